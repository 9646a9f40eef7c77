// SPDX-License-Identifier: Apache-2.0
//
// When a text that must be there counts as missing; the same for every field that asks for one.
#pragma once

#include <string_view>

namespace sspf {

// Nothing but blanks and line feeds says nothing.
inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \n") == std::string_view::npos;
}

}  // namespace sspf
