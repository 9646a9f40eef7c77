// SPDX-License-Identifier: Apache-2.0
//
// Private to crypto/: what a line of a signed note may hold.
#pragma once

#include <string_view>

namespace sspf::crypto {

// Valid UTF-8 without ASCII control characters other than newline (c2sp.org/signed-note, "Format").
bool is_note_text(std::string_view text);

// A key's name: such text, not empty, without newlines, Unicode spaces and plus signs.
bool is_key_name(std::string_view name);

}  // namespace sspf::crypto
