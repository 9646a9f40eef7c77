// SPDX-License-Identifier: Apache-2.0
//
// Text forms of bytes: one text for one value.
#include <algorithm>

#include "crypto/encoding.h"
#include "tests/fuzz/fuzz.h"

void sspf::test::fuzz(std::string_view input) {
  if (const auto bytes = crypto::from_hex(input)) ENSURE(crypto::hex(*bytes) == input);
  if (const auto bytes = crypto::from_base64(input)) ENSURE(crypto::base64(*bytes) == input);
  if (const auto bytes = crypto::from_base32(input)) {
    std::string lower(input);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    ENSURE(crypto::base32(*bytes) == lower);
  }
  const crypto::ByteView bytes = crypto::view_of(input);
  ENSURE(crypto::from_base32(crypto::base32(bytes)) == crypto::Bytes(bytes.begin(), bytes.end()));
}
