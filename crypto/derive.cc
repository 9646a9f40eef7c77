// SPDX-License-Identifier: Apache-2.0
#include "crypto/derive.h"

#include <openssl/core_names.h>

#include <stdexcept>

#include "crypto/hkdf.h"
#include "crypto/openssl.h"

namespace sspf::crypto {
namespace {

constexpr std::size_t key_bytes_min = 32;

EVP_KDF* hkdf_algorithm() {
  static const openssl::Owned<EVP_KDF, EVP_KDF_free> algorithm(
      openssl::check(EVP_KDF_fetch(nullptr, "HKDF", nullptr), "EVP_KDF_fetch"));
  return algorithm.get();
}

}  // namespace

Secret hkdf_sha256(const HkdfInput& input, std::size_t size) {
  const openssl::KdfContext context(
      openssl::check(EVP_KDF_CTX_new(hkdf_algorithm()), "EVP_KDF_CTX_new"));
  const OSSL_PARAM parameters[] = {openssl::sha256_parameter(OSSL_KDF_PARAM_DIGEST),
                                   openssl::octet_parameter(OSSL_KDF_PARAM_KEY, input.key),
                                   openssl::octet_parameter(OSSL_KDF_PARAM_SALT, input.salt),
                                   openssl::octet_parameter(OSSL_KDF_PARAM_INFO, input.label),
                                   OSSL_PARAM_construct_end()};
  Secret derived(size);
  openssl::check(
      EVP_KDF_derive(context.get(), derived.writable().data(), derived.size(), parameters),
      "EVP_KDF_derive");
  return derived;
}

Secret derive(const Secret& key, std::string_view label) {
  if (label.empty()) throw std::invalid_argument("a key derivation without a label");
  if (key.size() < key_bytes_min) throw std::invalid_argument("a key under 32 bytes");
  return hkdf_sha256({.key = key.reveal(), .salt = {}, .label = view_of(label)}, 32);
}

}  // namespace sspf::crypto
