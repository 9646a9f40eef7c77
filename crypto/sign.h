// SPDX-License-Identifier: Apache-2.0
//
// Ed25519 (RFC 8032).
#pragma once

#include <array>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace sspf::crypto {

using SigningPublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

class SigningKey {
 public:
  static SigningKey generate();
  // The 32-byte seed of RFC 8032 5.1.5; throws std::invalid_argument on another size.
  explicit SigningKey(Secret seed);

  const SigningPublicKey& public_key() const { return public_key_; }
  const Secret& seed() const { return seed_; }  // to be wrapped and stored
  Signature sign(ByteView message) const;

 private:
  Secret seed_;
  SigningPublicKey public_key_{};
};

// False too for a key of small order, under which anyone can sign.
bool verify(const SigningPublicKey& key, ByteView message, const Signature& signature);

}  // namespace sspf::crypto
