// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace sspf::crypto {

Digest sha256(ByteView bytes);
Digest sha256_of(std::initializer_list<ByteView> parts);  // of their concatenation
// Throws std::invalid_argument on an empty key.
Digest hmac_sha256(const Secret& key, ByteView bytes);

// Constant time in the contents; the lengths may leak.
bool equal(ByteView a, ByteView b);

}  // namespace sspf::crypto
