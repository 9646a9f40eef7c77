// SPDX-License-Identifier: Apache-2.0
//
// What Protobuf's own parser would let pass is refused before it (evidence.md 0.8).
#include "server/rpc/json.h"

#include <gtest/gtest.h>

#include "server/base/limits.h"

namespace sspf::test {
namespace {

TEST(StrictJson, TakesOneValueOfRfc8259) {
  for (const char* text :
       {"{}", "[]", "null", "1.5e3", "\"\\u00e5\"", " {\"a\": [1, {\"a\": 2}]} "}) {
    EXPECT_TRUE(rpc::is_strict_json(text)) << text;
  }
}

TEST(StrictJson, RefusesEverythingElse) {
  for (const char* text : {"", "{", "{a: 1}", "{'a': 1}", "{\"a\": 1,}", "[1,]", "{\"a\": 1} x",
                           "// c\n{}", "NaN", "1e400", "\"\\ud800\"", "\"\xff\"", "\"a\nb\"",
                           "{\"a\": 1, \"a\": 2}", "{\"b\": {\"a\": 1, \"a\": 2}}", "01"}) {
    EXPECT_FALSE(rpc::is_strict_json(text)) << text;
  }
}

TEST(StrictJson, StopsBelowItsDepth) {
  const auto max = static_cast<std::size_t>(limits::message_depth_max);
  EXPECT_TRUE(rpc::is_strict_json(std::string(max, '[') + std::string(max, ']')));
  EXPECT_FALSE(rpc::is_strict_json(std::string(max + 1, '[') + std::string(max + 1, ']')));
  EXPECT_FALSE(rpc::is_strict_json(std::string(400'000, '[')));
}

}  // namespace
}  // namespace sspf::test
