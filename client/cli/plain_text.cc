// SPDX-License-Identifier: Apache-2.0
#include "client/cli/plain_text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <functional>

namespace sspf::cli {
namespace {

// One code point, or one byte that is not UTF-8.
struct Unit {
  utf8proc_int32_t code = -1;
  std::string_view bytes;
};

Unit unit_at(std::string_view text, std::size_t at) {
  const auto rest = text.substr(at);
  Unit unit;
  const auto* const bytes = reinterpret_cast<const utf8proc_uint8_t*>(rest.data());
  const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(rest.size()), &unit.code);
  if (size < 1) unit.code = -1;
  unit.bytes = rest.substr(0, size < 1 ? 1 : static_cast<std::size_t>(size));
  return unit;
}

// Controls, formatting characters (direction, zero width), separators of lines and paragraphs,
// private use and unassigned. The soft hyphen and the joiners are formatting characters too.
bool is_unsafe(utf8proc_int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

std::string escape_of(const Unit& unit) {
  if (unit.code < 0) return fmt::format("\\x{:02x}", static_cast<std::uint8_t>(unit.bytes[0]));
  if (unit.code == '\n') return "\\n";
  if (unit.code == '\t') return " ";
  if (unit.code < 0x100) return fmt::format("\\x{:02x}", unit.code);
  return fmt::format("\\u{:04x}", unit.code);
}

std::string transformed(std::string_view text, const std::function<std::string(const Unit&)>& of) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const Unit unit = unit_at(text, at);
    result += of(unit);
    at += unit.bytes.size();
  }
  return result;
}

std::string json_escape_of(utf8proc_int32_t code) {
  if (code < 0x10000) return fmt::format("\\u{:04x}", code);
  const auto offset = static_cast<unsigned>(code) - 0x10000U;
  return fmt::format("\\u{:04x}\\u{:04x}", 0xd800U + (offset >> 10U), 0xdc00U + (offset & 0x3ffU));
}

std::size_t width_of(utf8proc_int32_t code) {
  const int width = code < 0 ? 1 : utf8proc_charwidth(code);
  return width < 0 ? 0 : static_cast<std::size_t>(width);
}

// The next character as a person sees it: a letter with its combining marks.
std::string_view grapheme_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  utf8proc_int32_t before = -1;
  utf8proc_int32_t state = 0;
  while (end < text.size()) {
    const Unit unit = unit_at(text, end);
    const bool is_first = end == at;
    if (!is_first && (before < 0 || unit.code < 0)) break;
    if (!is_first && utf8proc_grapheme_break_stateful(before, unit.code, &state)) break;
    before = unit.code;
    end += unit.bytes.size();
  }
  return text.substr(at, end - at);
}

// As much of `text` as fits, at least one character.
std::string_view head_of_width(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto grapheme = grapheme_at(text, at);
    used += display_width(grapheme);
    if (used > width && at > 0) break;
    at += grapheme.size();
  }
  return text.substr(0, at);
}

// Breaks one line of words.
std::vector<std::string> wrapped_line(std::string_view line, std::size_t width) {
  std::vector<std::string> lines;
  std::string current;
  while (!line.empty()) {
    const auto space = line.find(' ');
    std::string_view word = line.substr(0, space);
    line = space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
    const std::string longer =
        current.empty() ? std::string(word) : current + " " + std::string(word);
    if (display_width(longer) <= width) {
      current = longer;
      continue;
    }
    if (!current.empty()) lines.push_back(current);
    while (display_width(word) > width) {
      const auto head = head_of_width(word, width);
      lines.emplace_back(head);
      word.remove_prefix(head.size());
    }
    current = word;
  }
  lines.push_back(current);
  return lines;
}

}  // namespace

std::string escaped(std::string_view text) {
  return transformed(text, [](const Unit& unit) {
    const bool is_safe = unit.code >= 0 && !is_unsafe(unit.code);
    return is_safe ? std::string(unit.bytes) : escape_of(unit);
  });
}

std::string escaped_lines(std::string_view text) {
  return transformed(text, [](const Unit& unit) {
    const bool is_safe = unit.code == '\n' || (unit.code >= 0 && !is_unsafe(unit.code));
    return is_safe ? std::string(unit.bytes) : escape_of(unit);
  });
}

std::string escaped_json(std::string_view json) {
  return transformed(json, [](const Unit& unit) {
    const bool is_safe = unit.code == '\n' || (unit.code >= 0 && !is_unsafe(unit.code));
    if (is_safe) return std::string(unit.bytes);
    return unit.code < 0 ? std::string("\\ufffd") : json_escape_of(unit.code);
  });
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Unit unit = unit_at(text, at);
    width += width_of(unit.code);
    at += unit.bytes.size();
  }
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return "";
  std::string cut;
  for (std::size_t at = 0; at < text.size();) {
    const auto grapheme = grapheme_at(text, at);
    if (display_width(cut) + display_width(grapheme) + 1 > width) break;
    cut += grapheme;
    at += grapheme.size();
  }
  while (cut.ends_with(' ')) cut.pop_back();
  return cut + "…";
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (true) {
    const auto end = text.find('\n');
    for (auto& line : wrapped_line(text.substr(0, end), width)) lines.push_back(std::move(line));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

}  // namespace sspf::cli
