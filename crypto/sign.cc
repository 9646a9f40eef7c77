// SPDX-License-Identifier: Apache-2.0
#include "crypto/sign.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "crypto/encoding.h"
#include "crypto/openssl.h"
#include "crypto/random.h"

namespace sspf::crypto {
namespace {

constexpr std::size_t seed_bytes = 32;

// The points of small order, without their sign bit: public keys that have no private key, for
// which signatures can be made by anyone. OpenSSL takes them; the first is also a key never filled
// in.
constexpr std::array<std::string_view, 7> small_order_keys = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};

bool is_of_small_order(SigningPublicKey key) {
  key.back() &= 0x7FU;
  return std::find(small_order_keys.begin(), small_order_keys.end(), hex(key)) !=
         small_order_keys.end();
}

openssl::Key private_key_of(const Secret& seed) {
  return openssl::Key(
      openssl::check(EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr,
                                                     seed.reveal().data(), seed.size()),
                     "EVP_PKEY_new_raw_private_key_ex"));
}

openssl::DigestContext new_digest_context() {
  return openssl::DigestContext(openssl::check(EVP_MD_CTX_new(), "EVP_MD_CTX_new"));
}

}  // namespace

SigningKey SigningKey::generate() { return SigningKey(random_secret(seed_bytes)); }

SigningKey::SigningKey(Secret seed) : seed_(std::move(seed)) {
  if (seed_.size() != seed_bytes) throw std::invalid_argument("an Ed25519 seed is 32 bytes");
  const openssl::Key key = private_key_of(seed_);
  std::size_t size = public_key_.size();
  openssl::check(EVP_PKEY_get_raw_public_key(key.get(), public_key_.data(), &size),
                 "EVP_PKEY_get_raw_public_key");
}

Signature SigningKey::sign(ByteView message) const {
  const openssl::Key key = private_key_of(seed_);
  const openssl::DigestContext context = new_digest_context();
  openssl::check(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()),
                 "EVP_DigestSignInit");
  Signature signature{};
  std::size_t size = signature.size();
  openssl::check(EVP_DigestSign(context.get(), signature.data(), &size,
                                openssl::address_of(message), message.size()),
                 "EVP_DigestSign");
  return signature;
}

bool verify(const SigningPublicKey& key, ByteView message, const Signature& signature) {
  if (is_of_small_order(key)) return false;
  const openssl::ExpectNo expect_no;
  const openssl::Key public_key(openssl::check(
      EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, key.data(), key.size()),
      "EVP_PKEY_new_raw_public_key_ex"));
  const openssl::DigestContext context = new_digest_context();
  openssl::check(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, public_key.get()),
                 "EVP_DigestVerifyInit");
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                          openssl::address_of(message), message.size()) == 1;
}

}  // namespace sspf::crypto
