// SPDX-License-Identifier: Apache-2.0
#include "crypto/derive.h"

#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

Bytes counting_from(std::uint8_t first, std::size_t size) {
  Bytes bytes(size);
  std::iota(bytes.begin(), bytes.end(), first);
  return bytes;
}

std::string hkdf(const Bytes& key, const Bytes& salt, const Bytes& label, std::size_t size) {
  return hex(hkdf_sha256({.key = key, .salt = salt, .label = label}, size).reveal());
}

TEST(Derive, HkdfIsThatOfRfc5869) {
  EXPECT_EQ(hkdf(Bytes(22, 0x0b), counting_from(0x00, 13), counting_from(0xf0, 10), 42),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  EXPECT_EQ(hkdf(counting_from(0x00, 80), counting_from(0x60, 80), counting_from(0xb0, 80), 82),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
            "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  EXPECT_EQ(hkdf(Bytes(22, 0x0b), {}, {}, 42),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

// RFC 5869 2.2 and 2.3 with an empty salt and one block, step by step.
TEST(Derive, IsHkdfWithAnEmptySaltAndTheLabel) {
  const Bytes key = pattern(32);
  const Digest extracted = hmac_sha256(Secret(32), key);
  const Digest expanded = hmac_sha256(Secret(extracted), view_of("sspf/test/v1\x01"));
  EXPECT_EQ(hex(derive(Secret(key), "sspf/test/v1").reveal()), hex(expanded));
}

TEST(Derive, AnotherLabelOrKeyGivesAnotherKey) {
  const Secret key(pattern(32));
  EXPECT_EQ(derive(key, "a").size(), 32U);
  EXPECT_TRUE(derive(key, "a").equals(derive(key, "a")));
  EXPECT_FALSE(derive(key, "a").equals(derive(key, "b")));
  EXPECT_FALSE(derive(key, "a").equals(derive(Secret(pattern(33)), "a")));
}

TEST(Derive, RefusesAnEmptyLabelAndAShortKey) {
  EXPECT_THROW(derive(Secret(32), ""), std::invalid_argument);
  EXPECT_THROW(derive(Secret(31), "a"), std::invalid_argument);
  EXPECT_THROW(derive(Secret(0), "a"), std::invalid_argument);
}

}  // namespace
}  // namespace sspf::crypto
