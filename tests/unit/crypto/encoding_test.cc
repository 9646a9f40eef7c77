// SPDX-License-Identifier: Apache-2.0
#include "crypto/encoding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

struct Form {
  std::function<std::string(ByteView)> encode;
  std::function<std::optional<Bytes>(std::string_view)> decode;
  std::string digits;
};

std::vector<Form> forms() {
  return {{hex, from_hex, "0123456789abcdef"},
          {base64, from_base64, "AQgwZz09+/="},
          {base32, from_base32, "0123456789abcdefghjkmnpqrstvwxyz"}};
}

TEST(Encoding, Base64IsThatOfRfc4648) {
  const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    EXPECT_EQ(base64(view_of(plain)), encoded);
    const auto decoded = from_base64(encoded);
    ASSERT_TRUE(decoded) << encoded;
    EXPECT_EQ(text_of(*decoded), plain);
  }
}

TEST(Encoding, Base64WithoutPaddingLeavesOnlyThePaddingOut) {
  EXPECT_EQ(base64_unpadded(view_of("f")), "Zg");
  EXPECT_EQ(base64_unpadded(view_of("fo")), "Zm8");
  EXPECT_EQ(base64_unpadded(view_of("foo")), "Zm9v");
}

TEST(Encoding, HexIsLowerCase) {
  EXPECT_EQ(hex(Bytes{0x00, 0x0a, 0xff}), "000aff");
  EXPECT_EQ(from_hex("000aff"), (Bytes{0x00, 0x0a, 0xff}));
  EXPECT_FALSE(from_hex("0A"));
}

TEST(Encoding, Base32LeavesOutTheLettersThatLookAlike) {
  EXPECT_EQ(base32(Bytes{0xff}), "zw");
  EXPECT_EQ(base32(view_of("f")), "cr");
  const std::string text = base32(pattern(4096));
  EXPECT_EQ(text.find_first_of("ilou"), std::string::npos);
  EXPECT_FALSE(from_base32("i0"));
  EXPECT_FALSE(from_base32("L0"));
}

TEST(Encoding, Base32TakesUpperCaseFromPeople) {
  const Bytes bytes = pattern(16);
  std::string text = base32(bytes);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  EXPECT_EQ(from_base32(text), bytes);
}

TEST(Encoding, EveryLengthComesBack) {
  for (const Form& form : forms()) {
    for (std::size_t size = 0; size <= 67; ++size) {
      EXPECT_EQ(form.decode(form.encode(pattern(size))), pattern(size));
    }
  }
}

// Every text of up to four of these digits: what decodes is the one text of its value.
TEST(Encoding, OneValueHasOneText) {
  for (const Form& form : forms()) {
    std::vector<std::string> texts = {""};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::string text = texts[i];
      const auto bytes = form.decode(text);
      if (bytes) {
        EXPECT_EQ(form.encode(*bytes), text);
      }
      if (text.size() == 4 || texts.size() > 50000) continue;
      for (const char digit : form.digits) texts.push_back(text + digit);
    }
  }
}

TEST(Encoding, AnythingElseIsRefused) {
  for (const std::string_view text : {"0", "000", "0g", " 00", "00 ", "00\n", "0x00"}) {
    EXPECT_FALSE(from_hex(text)) << text;
  }
  for (const std::string_view text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "=", "====", "Zm9v====",
                                      "Zm9v\n", "Zm-_", "Z===", "Zg==Zg==", " Zg="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
  for (const std::string_view text : {"z", "zz", "zz0", "00-", "00=", "z w"}) {
    EXPECT_FALSE(from_base32(text)) << text;
  }
  EXPECT_FALSE(from_hex(std::string_view("\0\0", 2)));
  EXPECT_FALSE(from_hex("\xff\xff"));
}

}  // namespace
}  // namespace sspf::crypto
