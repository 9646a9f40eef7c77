// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/json.h"

#include <gtest/gtest.h>

#include "server/base/limits.h"

namespace sspf::rpc {
namespace {

std::string lists(int depth) {
  const auto size = static_cast<std::size_t>(depth);
  return std::string(size, '[') + std::string(size, ']');
}

std::string objects(int depth) {
  std::string text = "1";
  for (int i = 0; i < depth; ++i) text = "{\"a\":" + text + "}";
  return text;
}

TEST(StrictJson, NestsAsDeepAsMessagesMay) {
  EXPECT_TRUE(is_strict_json(lists(limits::message_depth_max)));
  EXPECT_FALSE(is_strict_json(lists(limits::message_depth_max + 1)));
  EXPECT_TRUE(is_strict_json(objects(limits::message_depth_max)));
  EXPECT_FALSE(is_strict_json(objects(limits::message_depth_max + 1)));
}

TEST(StrictJson, NamesAreUniqueWithinOneObjectOnly) {
  EXPECT_TRUE(is_strict_json(R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})"));
  EXPECT_FALSE(is_strict_json(R"({"a":1,"b":2,"a":1})"));
  EXPECT_FALSE(is_strict_json(R"({"a":1,"\u0061":1})"));
}

TEST(StrictJson, IsOneWholeValue) {
  EXPECT_TRUE(is_strict_json(" {} "));
  EXPECT_FALSE(is_strict_json(""));
  EXPECT_FALSE(is_strict_json("{} {}"));
  EXPECT_FALSE(is_strict_json(std::string_view("{}\0", 3)));
  EXPECT_FALSE(is_strict_json("[1,]"));
  EXPECT_FALSE(is_strict_json("{\"a\":01}"));
}

}  // namespace
}  // namespace sspf::rpc
