// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

struct HmacVector {
  Bytes key;
  Bytes message;
  std::string digest;
};

Bytes from_text(std::string_view text) {
  const ByteView view = view_of(text);
  return {view.begin(), view.end()};
}

TEST(Sha256, IsThatOfFips180) {
  EXPECT_EQ(hex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256(view_of("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, OfPartsIsThatOfTheirConcatenation) {
  EXPECT_EQ(sha256_of({view_of("a"), {}, view_of("bc")}), sha256(view_of("abc")));
  EXPECT_EQ(sha256_of({}), sha256({}));
}

TEST(Sha256, IsTheSameOnEveryThread) {
  Digest other{};
  std::thread([&other] { other = sha256(view_of("abc")); }).join();
  EXPECT_EQ(other, sha256(view_of("abc")));
}

TEST(Hmac, IsThatOfRfc4231) {
  const std::vector<HmacVector> vectors = {
      {Bytes(20, 0x0b), from_text("Hi There"),
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {from_text("Jefe"), from_text("what do ya want for nothing?"),
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {Bytes(20, 0xaa), Bytes(50, 0xdd),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {unhex("0102030405060708090a0b0c0d0e0f10111213141516171819"), Bytes(50, 0xcd),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {Bytes(131, 0xaa), from_text("Test Using Larger Than Block-Size Key - Hash Key First"),
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {Bytes(131, 0xaa),
       from_text("This is a test using a larger than block-size key and a larger than block-size "
                 "data. The key needs to be hashed before being used by the HMAC algorithm."),
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"}};
  for (const HmacVector& vector : vectors) {
    EXPECT_EQ(hex(hmac_sha256(Secret(vector.key), vector.message)), vector.digest);
  }
}

TEST(Hmac, OfNothingIsDefinedButNotWithoutAKey) {
  EXPECT_NE(hmac_sha256(Secret(32), {}), hmac_sha256(Secret(32), view_of("x")));
  EXPECT_THROW(hmac_sha256(Secret(0), view_of("x")), std::invalid_argument);
}

TEST(Equal, ComparesLengthAndContent) {
  EXPECT_TRUE(equal(view_of("abc"), view_of("abc")));
  EXPECT_FALSE(equal(view_of("abc"), view_of("abd")));
  EXPECT_FALSE(equal(view_of("abc"), view_of("ab")));
  EXPECT_TRUE(equal({}, {}));
}

}  // namespace
}  // namespace sspf::crypto
