// SPDX-License-Identifier: Apache-2.0
#include "server/base/surname.h"

#include <utf8proc.h>

#include <cstdlib>

namespace sspf {

std::string folded_surname(const std::string& name) {
  const auto end = name.find_last_not_of(' ');
  if (end == std::string::npos) return {};
  const auto space = name.find_last_of(' ', end);
  if (space == std::string::npos) return {};
  const std::string word = name.substr(space + 1, end - space);
  utf8proc_uint8_t* folded = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(word.data()),
                   static_cast<utf8proc_ssize_t>(word.size()), &folded, options);
  if (size < 0) return {};
  std::string result(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
  std::free(folded);
  return result;
}

}  // namespace sspf
