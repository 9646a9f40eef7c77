// SPDX-License-Identifier: Apache-2.0
//
// Private to crypto/: HKDF-SHA-256 (RFC 5869) in full, so that the published vectors can test it.
// Everything else calls derive().
#pragma once

#include <cstddef>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace sspf::crypto {

struct HkdfInput {
  ByteView key;
  ByteView salt;
  ByteView label;
};

Secret hkdf_sha256(const HkdfInput& input, std::size_t size);

}  // namespace sspf::crypto
