// SPDX-License-Identifier: Apache-2.0
#include "crypto/openssl.h"

#include <openssl/err.h>

#include <stdexcept>
#include <string>

namespace sspf::crypto::openssl {

void fail(const char* call) {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  throw std::runtime_error(std::string(call) + " failed: error " + std::to_string(code) + " (" +
                           (reason != nullptr ? reason : "no reason given") + ")");
}

ExpectNo::~ExpectNo() { ERR_clear_error(); }

const EVP_MD* sha256_algorithm() {
  static const Owned<EVP_MD, EVP_MD_free> algorithm(
      check(EVP_MD_fetch(nullptr, "SHA256", nullptr), "EVP_MD_fetch"));
  return algorithm.get();
}

OSSL_PARAM octet_parameter(const char* name, ByteView bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<std::uint8_t*>(address_of(bytes)),
                                           bytes.size());
}

OSSL_PARAM sha256_parameter(const char* name) {
  static constexpr const char* algorithm = "SHA256";
  return OSSL_PARAM_construct_utf8_string(name, const_cast<char*>(algorithm), 0);
}

const std::uint8_t* address_of(ByteView bytes) {
  static constexpr std::uint8_t nothing = 0;
  return bytes.empty() ? &nothing : bytes.data();
}

}  // namespace sspf::crypto::openssl
