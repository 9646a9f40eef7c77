// SPDX-License-Identifier: Apache-2.0
//
// Private to crypto/: owning pointers for OpenSSL's types, and the one way in which a failure of
// OpenSSL becomes an exception. Algorithms are fetched once: an implicit fetch at every call costs
// more than hashing a small message.
#pragma once

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

#include "crypto/bytes.h"

namespace sspf::crypto::openssl {

template <auto release>
struct Release {
  template <typename T>
  void operator()(T* object) const {
    static_cast<void>(release(object));
  }
};
template <typename T, auto release>
using Owned = std::unique_ptr<T, Release<release>>;

using Bio = Owned<BIO, BIO_free_all>;
using Certificate = Owned<X509, X509_free>;
using CipherContext = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using KdfContext = Owned<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using MacContext = Owned<EVP_MAC_CTX, EVP_MAC_CTX_free>;

// Throws std::runtime_error with the call's name and OpenSSL's own code and reason, and empties the
// error queue. The text never holds data: it ends up in logs.
[[noreturn]] void fail(const char* call);

// For functions that answer 1, or a positive size, when they succeed.
inline void check(int result, const char* call) {
  if (result <= 0) fail(call);
}

// For functions that answer with a pointer.
template <typename T>
T* check(T* result, const char* call) {
  if (result == nullptr) fail(call);
  return result;
}

// Empties the error queue on the way out of a function whose "no" is an expected answer, so that
// the next one who looks at the queue (TLS does, for the whole thread) sees only its own errors.
class ExpectNo {
 public:
  ExpectNo() = default;
  ExpectNo(const ExpectNo&) = delete;
  ExpectNo& operator=(const ExpectNo&) = delete;
  ~ExpectNo();
};

const EVP_MD* sha256_algorithm();

// Parameters for a fetched algorithm. They refer to `bytes`, which must outlive the call that they
// are for; OpenSSL takes them as mutable but only reads.
OSSL_PARAM octet_parameter(const char* name, ByteView bytes);
OSSL_PARAM sha256_parameter(const char* name);

// Never null, also for an empty view: to OpenSSL a null pointer often means "not given".
const std::uint8_t* address_of(ByteView bytes);

}  // namespace sspf::crypto::openssl
