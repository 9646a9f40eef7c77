// SPDX-License-Identifier: Apache-2.0
//
// The private keys of certificate.h: making them, and the client's encrypted key file.
#include <openssl/pem.h>

#include <stdexcept>

#include "crypto/certificate.h"
#include "crypto/openssl.h"
#include "crypto/pem.h"
#include "crypto/random.h"

namespace sspf::crypto {
namespace {

using PrivateKeyInfo = openssl::Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using EncryptedKey = openssl::Owned<X509_SIG, X509_SIG_free>;
using Algorithm = openssl::Owned<X509_ALGOR, X509_ALGOR_free>;

// scrypt costs 128 * n * r bytes. Five passes over 16 MiB are as strong as one over 128 MiB, and
// OpenSSL reads no PKCS#8 file that wants 32 MiB or more.
constexpr std::uint64_t scrypt_n = std::uint64_t{1} << 14U;
constexpr std::uint64_t scrypt_r = 8;
constexpr std::uint64_t scrypt_p = 5;
constexpr std::size_t salt_bytes = 16;

PrivateKeyInfo info_of(const EVP_PKEY* key) {
  return PrivateKeyInfo(openssl::check(EVP_PKEY2PKCS8(key), "EVP_PKEY2PKCS8"));
}

Secret pem_of(const PKCS8_PRIV_KEY_INFO* info) {
  const openssl::Bio memory = pem::new_memory();
  openssl::check(PEM_write_bio_PKCS8_PRIV_KEY_INFO(memory.get(), info),
                 "PEM_write_bio_PKCS8_PRIV_KEY_INFO");
  return pem::secret_in(memory);
}

std::string_view passphrase_text(const Secret& passphrase) { return text_of(passphrase.reveal()); }

}  // namespace

Secret generate_private_key() {
  const openssl::Key key(openssl::check(EVP_EC_gen("P-256"), "EVP_EC_gen"));
  return pem_of(info_of(key.get()).get());
}

std::string encrypt_private_key(const Secret& private_key_pem, const Secret& passphrase) {
  if (passphrase.size() == 0) throw std::invalid_argument("an empty passphrase");
  const openssl::Key key = pem::private_key_in(private_key_pem);
  const PrivateKeyInfo info = info_of(key.get());
  Bytes salt = random_bytes(salt_bytes);
  Algorithm algorithm(openssl::check(
      PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt.data(), static_cast<int>(salt.size()), nullptr,
                            scrypt_n, scrypt_r, scrypt_p),
      "PKCS5_pbe2_set_scrypt"));
  const std::string_view text = passphrase_text(passphrase);
  const EncryptedKey encrypted(openssl::check(
      PKCS8_set0_pbe(text.data(), static_cast<int>(text.size()), info.get(), algorithm.get()),
      "PKCS8_set0_pbe"));
  static_cast<void>(algorithm.release());  // it belongs to `encrypted` now
  const openssl::Bio memory = pem::new_memory();
  openssl::check(PEM_write_bio_PKCS8(memory.get(), encrypted.get()), "PEM_write_bio_PKCS8");
  return pem::text_in(memory);
}

std::optional<Secret> decrypt_private_key(const std::string& pem, const Secret& passphrase) {
  if (passphrase.size() == 0) return std::nullopt;
  const openssl::ExpectNo expect_no;
  const std::optional<Secret> der = pem::read(pem, PEM_STRING_PKCS8);
  if (!der) return std::nullopt;
  const std::uint8_t* position = der->reveal().data();
  const EncryptedKey encrypted(d2i_X509_SIG(nullptr, &position, static_cast<long>(der->size())));
  const std::uint8_t* const end = der->reveal().data() + der->size();
  if (!encrypted || position != end) return std::nullopt;
  const std::string_view text = passphrase_text(passphrase);
  const PrivateKeyInfo info(
      PKCS8_decrypt(encrypted.get(), text.data(), static_cast<int>(text.size())));
  if (!info) return std::nullopt;
  const openssl::Key key(EVP_PKCS82PKEY(info.get()));
  if (!key || !pem::is_p256(key.get())) return std::nullopt;
  return pem_of(info.get());
}

}  // namespace sspf::crypto
