// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.h"

#include <openssl/rand.h>

#include "crypto/openssl.h"

namespace sspf::crypto {

Bytes random_bytes(std::size_t size) {
  Bytes bytes(size);
  openssl::check(RAND_bytes_ex(nullptr, bytes.data(), bytes.size(), 0), "RAND_bytes_ex");
  return bytes;
}

Secret random_secret(std::size_t size) {
  Secret secret(size);
  // The generator for what stays secret has a state of its own, apart from the one whose output
  // (nonces, ids) is seen by others.
  openssl::check(RAND_priv_bytes_ex(nullptr, secret.writable().data(), size, 0),
                 "RAND_priv_bytes_ex");
  return secret;
}

}  // namespace sspf::crypto
