// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace sspf::crypto {

// From OpenSSL's generator; throws when it fails.
Bytes random_bytes(std::size_t size);
Secret random_secret(std::size_t size);

}  // namespace sspf::crypto
