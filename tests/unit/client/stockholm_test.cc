// SPDX-License-Identifier: Apache-2.0
#include "client/cli/stockholm.h"

#include <gtest/gtest.h>

namespace sspf::cli {
namespace {

using std::chrono::seconds;

std::int64_t parsed(std::string_view text) {
  const auto time = parse_stockholm(text);
  return time ? time->time_since_epoch().count() : -1;
}

TEST(Stockholm, WinterAndSummerTime) {
  EXPECT_EQ(stockholm_text(UtcSeconds(seconds(1796126400)), Precision::minutes),
            "2026-12-01 13:00");
  EXPECT_EQ(stockholm_text(UtcSeconds(seconds(1782910800)), Precision::minutes),
            "2026-07-01 15:00");
  EXPECT_EQ(stockholm_text(UtcSeconds(seconds(1796126407)), Precision::seconds),
            "2026-12-01 13:00:07");
}

TEST(Stockholm, AProgramIsToldInUtc) {
  EXPECT_EQ(utc_seconds_text(UtcSeconds(seconds(1796126407))), "2026-12-01T12:00:07Z");
  EXPECT_EQ(utc_seconds_text(UtcSeconds(seconds(0))), "1970-01-01T00:00:00Z");
}

TEST(Stockholm, WhatIsWrittenIsReadBack) {
  for (const std::int64_t time : {0LL, 1796126400LL, 1782910800LL, 1774746000LL, 1792893600LL}) {
    EXPECT_EQ(parsed(stockholm_text(UtcSeconds(seconds(time)), Precision::seconds)), time);
  }
}

TEST(Stockholm, TheChangesOfClockAreWhereTheyAre) {
  // 2026-03-29 01:00 UTC and 2026-10-25 01:00 UTC.
  EXPECT_EQ(stockholm_text(UtcSeconds(seconds(1774745999)), Precision::seconds),
            "2026-03-29 01:59:59");
  EXPECT_EQ(stockholm_text(UtcSeconds(seconds(1774746000)), Precision::minutes),
            "2026-03-29 03:00");
  EXPECT_EQ(stockholm_text(UtcSeconds(seconds(1792889999)), Precision::seconds),
            "2026-10-25 02:59:59");
  EXPECT_EQ(stockholm_text(UtcSeconds(seconds(1792890000)), Precision::minutes),
            "2026-10-25 02:00");
}

TEST(Stockholm, ATimeThatTheClockSkipsDoesNotExist) {
  EXPECT_EQ(parse_stockholm("2026-03-29T02:30"), std::nullopt);
}

TEST(Stockholm, TheHourThatComesTwiceIsTheFirst) {
  EXPECT_EQ(parsed("2026-10-25T02:30"), 1792888200);
}

TEST(Stockholm, OtherFormsAreRefused) {
  for (const char* const text :
       {"", "2026", "2026-13-01", "2026-02-30", "2026-12-01T24:00", "2026-12-01T13:60",
        "2026-12-01T13:00Z", "2026-12-01T13:00+01:00", "01/12/2026", "2026-12-01T", "-026-12-01"}) {
    EXPECT_EQ(parse_stockholm(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sspf::cli
