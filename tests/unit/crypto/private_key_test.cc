// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

#include "crypto/certificate.h"
#include "crypto/openssl.h"
#include "crypto/pem.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

const Secret& private_key() {
  static const Secret key = generate_private_key();
  return key;
}

Secret passphrase(std::string_view text) { return Secret(view_of(text)); }

// A key file that OpenSSL itself wrote, of another kind than ours.
std::string pkcs8_file(EVP_PKEY* key) {
  const openssl::Bio memory = pem::new_memory();
  EXPECT_EQ(PEM_write_bio_PKCS8PrivateKey(memory.get(), key, EVP_aes_256_cbc(), "right", 5, nullptr,
                                          nullptr),
            1);
  return pem::text_in(memory);
}

TEST(PrivateKey, IsPkcs8PemAndDiffersEveryTime) {
  const std::string_view text = text_of(private_key().reveal());
  EXPECT_TRUE(text.starts_with("-----BEGIN PRIVATE KEY-----\n"));
  EXPECT_TRUE(text.ends_with("\n-----END PRIVATE KEY-----\n"));
  EXPECT_FALSE(private_key().equals(generate_private_key()));
}

TEST(PrivateKey, EncryptedItComesBackWithItsPassphraseOnly) {
  const std::string file = encrypt_private_key(private_key(), passphrase("right"));
  EXPECT_TRUE(file.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
  const auto opened = decrypt_private_key(file, passphrase("right"));
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->equals(private_key()));
  for (const std::string_view wrong : {"wrong", "Right", "righ", "right\n", ""}) {
    EXPECT_FALSE(decrypt_private_key(file, passphrase(wrong))) << wrong;
  }
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST(PrivateKey, IsEncryptedByScryptAndAes256) {
  const std::string file = encrypt_private_key(private_key(), passphrase("right"));
  const Secret der = pem::read(file, PEM_STRING_PKCS8).value();
  const std::string digits = hex(der.reveal());
  EXPECT_NE(digits.find("06092b06010401da47040b"), std::string::npos);  // scrypt, RFC 7914
  EXPECT_NE(digits.find("0202400002010802010"), std::string::npos);     // N 16384, r 8
  EXPECT_NE(digits.find("060960864801650304012a"), std::string::npos);  // aes256-CBC
  EXPECT_NE(file, encrypt_private_key(private_key(), passphrase("right")));
}

TEST(PrivateKey, AnEmptyPassphraseIsRefused) {
  EXPECT_THROW(encrypt_private_key(private_key(), Secret(0)), std::invalid_argument);
}

TEST(PrivateKey, AnotherToolsFileOpensWhenItHoldsSuchAKey) {
  const openssl::Key p256(EVP_EC_gen("P-256"));
  EXPECT_TRUE(decrypt_private_key(pkcs8_file(p256.get()), passphrase("right")));
  const openssl::Key p384(EVP_EC_gen("P-384"));
  EXPECT_FALSE(decrypt_private_key(pkcs8_file(p384.get()), passphrase("right")));
}

// None of these may ask for a passphrase on the terminal: the test would hang.
TEST(PrivateKey, AForeignFileIsRefusedWithoutAQuestion) {
  const std::string legacy =
      "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
      "DEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAA\n"
      "-----END EC PRIVATE KEY-----\n";
  const std::string header = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n";
  const std::string disguised = header + legacy.substr(legacy.find("Proc-Type"));
  const std::string good = encrypt_private_key(private_key(), passphrase("right"));
  const std::vector<std::string> refused = {"",
                                            "text",
                                            std::string(text_of(private_key().reveal())),
                                            legacy,
                                            disguised,
                                            good + good,
                                            good.substr(0, good.size() - 10),
                                            header + "AAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"};
  for (const std::string& file : refused) {
    EXPECT_FALSE(decrypt_private_key(file, passphrase("right"))) << file;
    EXPECT_THROW(encrypt_private_key(Secret(view_of("x" + file)), passphrase("p")),
                 std::invalid_argument);
  }
}

TEST(PrivateKey, NoFlippedByteGivesAnotherKey) {
  const std::string file = encrypt_private_key(private_key(), passphrase("right"));
  Secret der = pem::read(file, PEM_STRING_PKCS8).value();
  // CBC is not authenticated; a flip in the last block breaks the padding or the structure.
  for (const std::size_t from_end : {1U, 8U, 16U}) {
    der.writable()[der.size() - from_end] ^= 1;
    const std::string tampered = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + base64(der.reveal()) +
                                 "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    const auto opened = decrypt_private_key(tampered, passphrase("right"));
    EXPECT_FALSE(opened && !opened->equals(private_key()));
    der.writable()[der.size() - from_end] ^= 1;
  }
}

}  // namespace
}  // namespace sspf::crypto
