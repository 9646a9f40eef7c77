// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "crypto/secret.h"

namespace sspf::crypto {

// HKDF-SHA-256 (RFC 5869) with an empty salt, 32 bytes. `label` says what the derived key is for;
// two uses never share a label. Throws std::invalid_argument on an empty label or a key under 32
// bytes.
Secret derive(const Secret& key, std::string_view label);

}  // namespace sspf::crypto
