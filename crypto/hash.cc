// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>

#include <stdexcept>

#include "crypto/openssl.h"

namespace sspf::crypto {
namespace {

EVP_MAC* hmac_algorithm() {
  static const openssl::Owned<EVP_MAC, EVP_MAC_free> algorithm(
      openssl::check(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "EVP_MAC_fetch"));
  return algorithm.get();
}

}  // namespace

Digest sha256(ByteView bytes) { return sha256_of({bytes}); }

Digest sha256_of(std::initializer_list<ByteView> parts) {
  // One context for the thread: a tree hashes millions of small nodes, and making a context costs
  // as much as a node. It holds nothing between calls that matters, as every call starts it anew.
  thread_local const openssl::DigestContext context(
      openssl::check(EVP_MD_CTX_new(), "EVP_MD_CTX_new"));
  Digest digest{};
  openssl::check(EVP_DigestInit_ex2(context.get(), openssl::sha256_algorithm(), nullptr),
                 "EVP_DigestInit_ex2");
  for (const ByteView part : parts) {
    openssl::check(EVP_DigestUpdate(context.get(), part.data(), part.size()), "EVP_DigestUpdate");
  }
  openssl::check(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr), "EVP_DigestFinal_ex");
  return digest;
}

Digest hmac_sha256(const Secret& key, ByteView bytes) {
  if (key.size() == 0) throw std::invalid_argument("an HMAC key is empty");
  const openssl::MacContext context(
      openssl::check(EVP_MAC_CTX_new(hmac_algorithm()), "EVP_MAC_CTX_new"));
  const OSSL_PARAM parameters[] = {openssl::sha256_parameter(OSSL_MAC_PARAM_DIGEST),
                                   OSSL_PARAM_construct_end()};
  openssl::check(EVP_MAC_init(context.get(), key.reveal().data(), key.size(), parameters),
                 "EVP_MAC_init");
  openssl::check(EVP_MAC_update(context.get(), openssl::address_of(bytes), bytes.size()),
                 "EVP_MAC_update");
  Digest digest{};
  std::size_t size = 0;
  openssl::check(EVP_MAC_final(context.get(), digest.data(), &size, digest.size()),
                 "EVP_MAC_final");
  return digest;
}

bool equal(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace sspf::crypto
