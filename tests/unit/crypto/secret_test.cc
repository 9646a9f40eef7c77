// SPDX-License-Identifier: Apache-2.0
#include "crypto/secret.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

#include "crypto/bytes.h"
#include "crypto/random.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);
static_assert(std::is_nothrow_move_assignable_v<Secret>);

TEST(Secret, StartsAsZeroesAndIsFilledInPlace) {
  Secret secret(3);
  EXPECT_EQ(hex(secret.reveal()), "000000");
  secret.writable()[1] = 0x7f;
  EXPECT_EQ(hex(secret.reveal()), "007f00");
}

TEST(Secret, MovesWithoutLeavingACopy) {
  Secret first = secret_from_hex("0102");
  Secret second(std::move(first));
  EXPECT_EQ(hex(second.reveal()), "0102");
  Secret third(8);
  third = std::move(second);
  EXPECT_EQ(hex(third.reveal()), "0102");
}

TEST(Secret, ADuplicateIsItsOwn) {
  Secret first = secret_from_hex("0102");
  const Secret second = first.duplicate();
  first.writable()[0] = 0xff;
  EXPECT_EQ(hex(second.reveal()), "0102");
}

TEST(Secret, EqualsOnlyTheSameBytes) {
  const Secret secret = secret_from_hex("010203");
  EXPECT_TRUE(secret.equals(secret_from_hex("010203")));
  EXPECT_FALSE(secret.equals(secret_from_hex("010204")));
  EXPECT_FALSE(secret.equals(secret_from_hex("0102")));
  EXPECT_TRUE(Secret(0).equals(Secret(0)));
}

TEST(Secret, WipeOverwritesTheBytes) {
  Bytes bytes = pattern(100);
  wipe(bytes);
  EXPECT_EQ(bytes, Bytes(100));
  wipe(std::span<std::uint8_t>());
}

TEST(Secret, WipedTextIsGoneFromItsMemoryAlsoBeyondItsEnd) {
  std::string text(100, 'x');
  text.resize(50);
  const std::span<const char> memory(text.data(), 100);
  wipe(text);
  EXPECT_TRUE(text.empty());
  EXPECT_TRUE(std::all_of(memory.begin(), memory.end(), [](char byte) { return byte == '\0'; }));
}

TEST(Random, HasTheSizeAskedForAndDoesNotRepeat) {
  std::set<Bytes> seen;
  for (int i = 0; i < 100; ++i) {
    const Bytes bytes = random_bytes(16);
    EXPECT_EQ(bytes.size(), 16U);
    EXPECT_TRUE(seen.insert(bytes).second);
    const Secret secret = random_secret(16);
    EXPECT_TRUE(seen.insert(Bytes(secret.reveal().begin(), secret.reveal().end())).second);
  }
  EXPECT_TRUE(random_bytes(0).empty());
  EXPECT_EQ(random_secret(32).size(), 32U);
}

}  // namespace
}  // namespace sspf::crypto
