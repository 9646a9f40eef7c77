// SPDX-License-Identifier: Apache-2.0
#include "crypto/seal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "crypto/derive.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

const ByteView context = view_of("commitment/17/3/case");

TEST(Seal, OpensToWhatWasSealed) {
  const Secret key(pattern(32));
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 4096U, 100000U}) {
    const Bytes plaintext = pattern(size);
    const Bytes sealed = seal(key, context, plaintext);
    EXPECT_EQ(sealed.size(), size + seal_overhead_bytes);
    const auto opened = open(key, context, sealed);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(opened->equals(Secret(plaintext)));
  }
}

// The GCM specification's test case 16, in our framing.
TEST(Seal, IsAes256GcmInItsFraming) {
  const Secret key =
      secret_from_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const Bytes sealed = unhex(
      "01"
      "cafebabefacedbaddecaf888"
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
      "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
      "76fc6ece0f4e1768cddf8853bb2d551b");
  const auto opened = open(key, unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"), sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(hex(opened->reveal()),
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
}

TEST(Seal, NoFlippedBitOpens) {
  const Secret key(pattern(32));
  Bytes sealed = seal(key, context, view_of("secret text"));
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    sealed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(open(key, context, sealed)) << bit;
    sealed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
  }
  EXPECT_TRUE(open(key, context, sealed));
}

TEST(Seal, NoOtherLengthOpens) {
  const Secret key(pattern(32));
  Bytes sealed = seal(key, context, view_of("x"));
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_FALSE(open(key, context, ByteView(sealed).first(size))) << size;
  }
  sealed.push_back(0);
  EXPECT_FALSE(open(key, context, sealed));
}

TEST(Seal, NoOtherKeyOrContextOpens) {
  const Secret key(pattern(32));
  const Bytes sealed = seal(key, context, view_of("x"));
  for (std::size_t bit = 0; bit < 256; ++bit) {
    Secret other = key.duplicate();
    other.writable()[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    EXPECT_FALSE(open(other, context, sealed)) << bit;
  }
  EXPECT_FALSE(open(Secret(pattern(31)), context, sealed));
  EXPECT_FALSE(open(key, view_of("commitment/18/3/case"), sealed));
  EXPECT_FALSE(open(key, context.first(context.size() - 1), sealed));
  EXPECT_FALSE(open(key, {}, sealed));
}

TEST(Seal, NeverRepeatsANonce) {
  const Secret key(pattern(32));
  std::set<Bytes> nonces;
  for (int i = 0; i < 1000; ++i) {
    const Bytes sealed = seal(key, context, view_of("x"));
    EXPECT_TRUE(nonces.emplace(sealed.begin() + 1, sealed.begin() + 13).second);
  }
}

TEST(Seal, RefusesAKeyOfAnotherSizeAndAMissingContext) {
  EXPECT_THROW(seal(Secret(16), context, view_of("x")), std::invalid_argument);
  EXPECT_THROW(seal(Secret(33), context, view_of("x")), std::invalid_argument);
  EXPECT_THROW(seal(Secret(32), {}, view_of("x")), std::invalid_argument);
}

TEST(KeyCheckValue, IsTheBeginningOfADerivedKey) {
  const Secret key(pattern(32));
  const auto value = key_check_value(key);
  EXPECT_EQ(hex(value), hex(derive(key, "sspf/kcv/v1").reveal().first(16)));
  EXPECT_NE(hex(value), hex(key_check_value(Secret(pattern(33)))));
}

}  // namespace
}  // namespace sspf::crypto
