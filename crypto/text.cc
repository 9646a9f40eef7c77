// SPDX-License-Identifier: Apache-2.0
#include "crypto/text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "crypto/bytes.h"
#include "crypto/openssl.h"

namespace sspf::crypto {
namespace {

constexpr unsigned long code_point_max = 0x10FFFF;

// The first code point, and `text` goes on after it; nothing when the text is not UTF-8.
std::optional<unsigned long> next_code_point(std::string_view& text) {
  const ByteView bytes = view_of(text);
  const std::size_t longest = std::min<std::size_t>(bytes.size(), 4);
  unsigned long code_point = 0;
  // Refuses overlong forms and surrogates, but knows of no last code point.
  const int size = UTF8_getc(bytes.data(), static_cast<int>(longest), &code_point);
  if (size <= 0 || code_point > code_point_max) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(size));
  return code_point;
}

// Unicode's White_Space property.
bool is_space(unsigned long code_point) {
  static constexpr std::array<unsigned long, 9> singles = {0x0020, 0x0085, 0x00A0, 0x1680, 0x2028,
                                                           0x2029, 0x202F, 0x205F, 0x3000};
  return (code_point >= 0x0009 && code_point <= 0x000D) ||
         (code_point >= 0x2000 && code_point <= 0x200A) ||
         std::find(singles.begin(), singles.end(), code_point) != singles.end();
}

}  // namespace

bool is_note_text(std::string_view text) {
  while (!text.empty()) {
    const std::optional<unsigned long> code_point = next_code_point(text);
    if (!code_point) return false;
    if (*code_point < 0x20 && *code_point != '\n') return false;
  }
  return true;
}

bool is_key_name(std::string_view name) {
  if (name.empty() || !is_note_text(name)) return false;
  while (!name.empty()) {
    const std::optional<unsigned long> code_point = next_code_point(name);
    if (!code_point || *code_point == '+' || is_space(*code_point)) return false;
  }
  return true;
}

}  // namespace sspf::crypto
