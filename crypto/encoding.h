// SPDX-License-Identifier: Apache-2.0
//
// Text forms of bytes. Decoders are strict: one text for one value, nothing else is accepted.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.h"

namespace sspf::crypto {

std::string hex(ByteView bytes);  // lower case
std::optional<Bytes> from_hex(std::string_view text);

// RFC 4648 section 4, padded.
std::string base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);

// RFC 4648 section 4 without padding: the values of Connect's error details.
std::string base64_unpadded(ByteView bytes);

// Crockford's alphabet in lower case (0-9, a-z without i, l, o, u), no padding; the last digit
// holds the remaining bits, left-aligned. Decoding takes upper case too, for codes that people
// type.
std::string base32(ByteView bytes);
std::optional<Bytes> from_base32(std::string_view text);

}  // namespace sspf::crypto
