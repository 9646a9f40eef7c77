// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace sspf::crypto {

Digest sha256(ByteView bytes);
Digest hmac_sha256(const Secret& key, ByteView bytes);

// Constant time in the contents; the lengths may leak.
bool equal(ByteView a, ByteView b);

}  // namespace sspf::crypto
