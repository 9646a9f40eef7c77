// SPDX-License-Identifier: Apache-2.0
#include "crypto/seal.h"

#include <openssl/rand.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "crypto/derive.h"
#include "crypto/openssl.h"

namespace sspf::crypto {
namespace {

constexpr std::uint8_t version = 0x01;
constexpr std::size_t sealing_key_bytes = 32;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

const EVP_CIPHER* gcm_algorithm() {
  static const openssl::Owned<EVP_CIPHER, EVP_CIPHER_free> algorithm(
      openssl::check(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), "EVP_CIPHER_fetch"));
  return algorithm.get();
}

openssl::CipherContext new_cipher_context() {
  return openssl::CipherContext(openssl::check(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new"));
}

// OpenSSL counts in int. A longer value is our bug: items are far smaller.
int length_of(ByteView bytes) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw std::invalid_argument("a value too long to seal");
  }
  return static_cast<int>(bytes.size());
}

}  // namespace

Bytes seal(const Secret& key, ByteView context, ByteView plaintext) {
  if (key.size() != sealing_key_bytes) throw std::invalid_argument("a sealing key is 32 bytes");
  if (context.empty()) throw std::invalid_argument("a value sealed without a context");
  Bytes sealed(seal_overhead_bytes + plaintext.size());
  sealed[0] = version;
  std::uint8_t* const nonce = sealed.data() + 1;
  std::uint8_t* const ciphertext = nonce + nonce_bytes;
  openssl::check(RAND_bytes_ex(nullptr, nonce, nonce_bytes, 0), "RAND_bytes_ex");

  const openssl::CipherContext cipher = new_cipher_context();
  int size = 0;
  openssl::check(
      EVP_EncryptInit_ex2(cipher.get(), gcm_algorithm(), key.reveal().data(), nonce, nullptr),
      "EVP_EncryptInit_ex2");
  openssl::check(
      EVP_EncryptUpdate(cipher.get(), nullptr, &size, context.data(), length_of(context)),
      "EVP_EncryptUpdate");
  if (!plaintext.empty()) {
    openssl::check(
        EVP_EncryptUpdate(cipher.get(), ciphertext, &size, plaintext.data(), length_of(plaintext)),
        "EVP_EncryptUpdate");
  }
  std::uint8_t* const tag = ciphertext + plaintext.size();
  openssl::check(EVP_EncryptFinal_ex(cipher.get(), tag, &size), "EVP_EncryptFinal_ex");
  openssl::check(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes, tag),
                 "EVP_CTRL_AEAD_GET_TAG");
  return sealed;
}

std::optional<Secret> open(const Secret& key, ByteView context, ByteView sealed) {
  if (key.size() != sealing_key_bytes || context.empty()) return std::nullopt;
  if (sealed.size() < seal_overhead_bytes || sealed[0] != version) return std::nullopt;
  const openssl::ExpectNo expect_no;
  const ByteView nonce = sealed.subspan(1, nonce_bytes);
  const ByteView ciphertext = sealed.subspan(1 + nonce_bytes, sealed.size() - seal_overhead_bytes);
  std::array<std::uint8_t, tag_bytes> tag{};
  std::copy(sealed.end() - tag_bytes, sealed.end(), tag.begin());

  const openssl::CipherContext cipher = new_cipher_context();
  int size = 0;
  openssl::check(EVP_DecryptInit_ex2(cipher.get(), gcm_algorithm(), key.reveal().data(),
                                     nonce.data(), nullptr),
                 "EVP_DecryptInit_ex2");
  openssl::check(
      EVP_DecryptUpdate(cipher.get(), nullptr, &size, context.data(), length_of(context)),
      "EVP_DecryptUpdate");
  Secret plaintext(ciphertext.size());
  if (!ciphertext.empty()) {
    openssl::check(EVP_DecryptUpdate(cipher.get(), plaintext.writable().data(), &size,
                                     ciphertext.data(), length_of(ciphertext)),
                   "EVP_DecryptUpdate");
  }
  openssl::check(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()),
                 "EVP_CTRL_AEAD_SET_TAG");
  std::array<std::uint8_t, tag_bytes> rest{};  // GCM leaves nothing to write here
  if (EVP_DecryptFinal_ex(cipher.get(), rest.data(), &size) != 1) return std::nullopt;
  return plaintext;
}

std::array<std::uint8_t, 16> key_check_value(const Secret& key) {
  const Secret derived = derive(key, "sspf/kcv/v1");
  std::array<std::uint8_t, 16> value{};
  std::copy_n(derived.reveal().begin(), value.size(), value.begin());
  return value;
}

}  // namespace sspf::crypto
