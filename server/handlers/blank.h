// SPDX-License-Identifier: Apache-2.0
//
// Whether a text that only some requests need says anything. What every request needs is checked by
// the rule beside the field.
#pragma once

#include <string>

namespace sspf::handlers {

inline bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \n") == std::string::npos;
}

}  // namespace sspf::handlers
