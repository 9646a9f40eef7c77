// SPDX-License-Identifier: Apache-2.0
//
// Text from elsewhere made safe and measured for a terminal: nothing that the server sends can move
// the cursor, change a colour or reverse the direction of the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sspf::cli {

// Control characters, characters that change the direction of text or take no room, line and
// paragraph separators, and bytes that are not UTF-8 become \x1b, \u202e and the like. Line feeds
// too, as \n.
std::string escaped(std::string_view text);

// As above, but line feeds stay.
std::string escaped_lines(std::string_view text);

// Within JSON text: what JSON itself leaves as it is becomes \u202e and the like.
std::string escaped_json(std::string_view json);

// Columns on a terminal; a wide character takes two, a combining one none.
std::size_t display_width(std::string_view text);

// At most `width` columns, with … at the end of what was cut. Cuts between characters as a person
// sees them.
std::string cut_to_width(std::string_view text, std::size_t width);

std::string padded(std::string_view text, std::size_t width);

// Breaks at spaces, and within a word only when it is wider than a line. Line feeds are kept.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace sspf::cli
