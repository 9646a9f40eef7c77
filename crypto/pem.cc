// SPDX-License-Identifier: Apache-2.0
#include "crypto/pem.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <limits>
#include <stdexcept>

namespace sspf::crypto::pem {
namespace {

// What PEM_read_bio_ex hands out, wiped whatever happens.
struct Block {
  char* name = nullptr;
  char* header = nullptr;
  std::uint8_t* der = nullptr;
  long der_size = 0;

  Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() {
    OPENSSL_secure_free(name);
    OPENSSL_secure_free(header);
    OPENSSL_secure_clear_free(der, static_cast<std::size_t>(der_size));
  }
};

ByteView bytes_in(const openssl::Bio& memory) {
  char* start = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &start);
  if (size <= 0) openssl::fail("BIO_get_mem_data");
  return view_of({start, static_cast<std::size_t>(size)});
}

}  // namespace

std::optional<Secret> read(std::string_view text, std::string_view name) {
  const openssl::ExpectNo expect_no;
  const std::string begin = "-----BEGIN " + std::string(name) + "-----";
  if (!text.starts_with(begin)) return std::nullopt;
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return std::nullopt;
  const openssl::Bio source(openssl::check(
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), "BIO_new_mem_buf"));
  Block block;
  if (PEM_read_bio_ex(source.get(), &block.name, &block.header, &block.der, &block.der_size,
                      PEM_FLAG_SECURE) != 1) {
    return std::nullopt;
  }
  const bool is_followed = BIO_ctrl_pending(source.get()) != 0;
  if (block.name != name || !std::string_view(block.header).empty() || is_followed) {
    return std::nullopt;
  }
  return Secret(ByteView(block.der, static_cast<std::size_t>(block.der_size)));
}

openssl::Bio new_memory() {
  return openssl::Bio(openssl::check(BIO_new(BIO_s_secmem()), "BIO_new"));
}

std::string text_in(const openssl::Bio& memory) { return std::string(text_of(bytes_in(memory))); }

Secret secret_in(const openssl::Bio& memory) { return Secret(bytes_in(memory)); }

bool is_p256(EVP_PKEY* key) {
  std::array<char, 64> group{};
  std::size_t size = 0;
  if (EVP_PKEY_is_a(key, "EC") != 1) return false;
  if (EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) != 1) return false;
  // A curve that is spelled out instead of named, even if it is this one, is refused in
  // certificates (RFC 5480 2.1.1).
  int is_spelled_out = 0;
  if (EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS,
                             &is_spelled_out) != 1) {
    return false;
  }
  return is_spelled_out == 0 && std::string_view(group.data(), size) == SN_X9_62_prime256v1;
}

openssl::Key private_key_in(const Secret& pem) {
  const openssl::ExpectNo expect_no;
  const std::optional<Secret> der = read(text_of(pem.reveal()), PEM_STRING_PKCS8INF);
  if (!der) throw std::invalid_argument("not a private key in PKCS#8 PEM");
  const std::uint8_t* position = der->reveal().data();
  const openssl::Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free> parsed(
      d2i_PKCS8_PRIV_KEY_INFO(nullptr, &position, static_cast<long>(der->size())));
  const bool is_whole = position == der->reveal().data() + der->size();
  openssl::Key key(parsed && is_whole ? EVP_PKCS82PKEY(parsed.get()) : nullptr);
  if (!key || !is_p256(key.get())) throw std::invalid_argument("not a P-256 private key");
  return key;
}

}  // namespace sspf::crypto::pem
