// SPDX-License-Identifier: Apache-2.0
#include "crypto/sign.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

struct SignVector {
  std::string seed;
  std::string public_key;
  std::string message;
  std::string signature;
};

const std::vector<SignVector>& vectors() {
  static const std::vector<SignVector> vectors = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
       "f9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
       "f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098"
       "4dc6594a7c15e9716ed28dc027beceea1ec40a"}};
  return vectors;
}

TEST(Sign, IsEd25519OfRfc8032) {
  for (const SignVector& vector : vectors()) {
    const SigningKey key(secret_from_hex(vector.seed));
    EXPECT_EQ(hex(key.public_key()), vector.public_key);
    const Bytes message = unhex(vector.message);
    const Signature signature = key.sign(message);
    EXPECT_EQ(hex(signature), vector.signature);
    EXPECT_TRUE(verify(key.public_key(), message, signature));
  }
}

TEST(Sign, AnyOtherBitDoesNotVerify) {
  const SigningKey key(secret_from_hex(vectors()[2].seed));
  Bytes message = unhex(vectors()[2].message);
  Signature signature = key.sign(message);
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    signature[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(verify(key.public_key(), message, signature)) << bit;
    signature[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
  }
  message[0] ^= 1;
  EXPECT_FALSE(verify(key.public_key(), message, signature));
}

TEST(Sign, AnotherKeyDoesNotVerify) {
  const SigningKey key = SigningKey::generate();
  const SigningKey other = SigningKey::generate();
  const Signature signature = key.sign(view_of("x"));
  EXPECT_TRUE(verify(key.public_key(), view_of("x"), signature));
  EXPECT_FALSE(verify(other.public_key(), view_of("x"), signature));
}

// The neutral element with a zero: it verifies for one message in a few under such a key.
TEST(Sign, AKeyOfSmallOrderVerifiesNothing) {
  Signature signature{};
  signature[0] = 1;
  for (const std::uint8_t first : Bytes{0x00, 0x01, 0xec, 0xed, 0xee}) {
    SigningPublicKey key{};
    if (first > 0x01) key.fill(0xff);
    key[0] = first;
    for (int message = 0; message < 64; ++message) {
      EXPECT_FALSE(verify(key, view_of(std::to_string(message)), signature));
    }
  }
}

TEST(Sign, TheSeedIsAllThatIsStored) {
  const SigningKey key = SigningKey::generate();
  const SigningKey again(key.seed().duplicate());
  EXPECT_EQ(key.public_key(), again.public_key());
  EXPECT_THROW(SigningKey(Secret(31)), std::invalid_argument);
  EXPECT_THROW(SigningKey(Secret(64)), std::invalid_argument);
}

}  // namespace
}  // namespace sspf::crypto
