// SPDX-License-Identifier: Apache-2.0
#include "client/cli/plain_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace sspf::cli {
namespace {

TEST(PlainText, WhatControlsATerminalIsWrittenOut) {
  EXPECT_EQ(escaped("\x1b[2Jröd"), "\\x1b[2Jröd");
  EXPECT_EQ(escaped("a\rb\x07\x7f"), "a\\x0db\\x07\\x7f");
  EXPECT_EQ(escaped("\xc2\x9b"
                    "31m"),
            "\\x9b31m");  // CSI as one C1 character
  EXPECT_EQ(escaped(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(escaped("a\nb\tc"), "a\\nb c");
  EXPECT_EQ(escaped_lines("a\nb\x1b"), "a\nb\\x1b");
}

TEST(PlainText, WhatReversesOrHidesTextIsWrittenOut) {
  EXPECT_EQ(escaped("\u202egnirts\u202c"), "\\u202egnirts\\u202c");
  EXPECT_EQ(escaped("\u2066a\u2069\u200f\u061c"), "\\u2066a\\u2069\\u200f\\u061c");
  EXPECT_EQ(escaped("a\u200bb\ufeff\u00ad"), "a\\u200bb\\ufeff\\xad");
  EXPECT_EQ(escaped("a\u2028b\u2029"), "a\\u2028b\\u2029");
  EXPECT_EQ(escaped("\U000e0041"), "\\ue0041");
}

TEST(PlainText, BytesThatAreNotUtf8AreWrittenOut) {
  EXPECT_EQ(escaped("a\xff\xc3"), "a\\xff\\xc3");
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80");
  EXPECT_EQ(escaped("Åsa Öberg – ”å”"), "Åsa Öberg – ”å”");
}

TEST(PlainText, JsonStaysJson) {
  const std::string text = nlohmann::json("å\u202e\U000e0041\x7f\u0085").dump();
  const std::string safe = escaped_json(text);
  EXPECT_EQ(safe, "\"å\\u202e\\udb40\\udc41\\u007f\\u0085\"");
  EXPECT_EQ(nlohmann::json::parse(safe), nlohmann::json::parse(text));
}

TEST(PlainText, WidthIsThatOfATerminal) {
  EXPECT_EQ(display_width("Åtagande"), 8U);
  EXPECT_EQ(display_width("A\u030atagande"), 8U);  // combining ring
  EXPECT_EQ(display_width("漢字"), 4U);
  EXPECT_EQ(padded("漢", 4), "漢  ");
}

TEST(PlainText, CutsBetweenWholeCharacters) {
  EXPECT_EQ(cut_to_width("samordnare", 10), "samordnare");
  EXPECT_EQ(cut_to_width("samordnare", 9), "samordna…");
  EXPECT_EQ(cut_to_width("漢字漢字", 6), "漢字…");
  EXPECT_EQ(cut_to_width("a\u030aa\u030aa\u030a", 2), "a\u030a…");
  EXPECT_EQ(cut_to_width("att göra", 5), "att…");
  EXPECT_EQ(cut_to_width("a", 0), "");
}

TEST(PlainText, WrapsAtSpacesAndBreaksLongWords) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrapped("ett två tre", 7), (Lines{"ett två", "tre"}));
  EXPECT_EQ(wrapped("åtagandeplan", 5), (Lines{"åtaga", "ndepl", "an"}));
  EXPECT_EQ(wrapped("ett\n\ntvå", 10), (Lines{"ett", "", "två"}));
  EXPECT_EQ(wrapped("", 10), (Lines{""}));
}

}  // namespace
}  // namespace sspf::cli
