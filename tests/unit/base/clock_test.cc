// SPDX-License-Identifier: Apache-2.0
#include "server/base/clock.h"

#include <gtest/gtest.h>

namespace sspf {
namespace {

constexpr Instant at(std::int64_t seconds) { return {seconds * 1'000'000}; }

class ClockTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { use_stockholm_time(); }
};

TEST_F(ClockTest, ADateIsThatOfStockholm) {
  EXPECT_EQ(date_of(at(0)), "1970-01-01");
  // 2026-11-24T22:59:59Z and one second later.
  EXPECT_EQ(date_of(at(1795561199)), "2026-11-24");
  EXPECT_EQ(date_of(at(1795561200)), "2026-11-25");
  // In summer the day begins an hour earlier: 2026-06-30T21:59:59Z.
  EXPECT_EQ(date_of(at(1782856799)), "2026-06-30");
  EXPECT_EQ(date_of(at(1782856800)), "2026-07-01");
}

TEST_F(ClockTest, ADayBeginsAtItsMidnightInStockholm) {
  EXPECT_EQ(start_of("2026-11-25"), at(1795561200));
  EXPECT_EQ(start_of("2026-07-01"), at(1782856800));
  // The days on which summer time begins and ends.
  for (const char* day : {"2026-03-29", "2026-03-30", "2026-10-25", "2026-10-26", "1970-01-01"}) {
    EXPECT_EQ(date_of(start_of(day)), day);
    EXPECT_LT(date_of({start_of(day).microseconds - 1}), day);
  }
}

TEST_F(ClockTest, AMicrosecondBefore1970IsTheDayBefore) {
  // Stockholm is an hour ahead, so the day changed at 23:00 UTC.
  EXPECT_EQ(date_of({-3'600'000'000}), "1970-01-01");
  EXPECT_EQ(date_of({-3'600'000'001}), "1969-12-31");
}

TEST_F(ClockTest, LocalTimeCarriesItsOffset) {
  EXPECT_EQ(local_time_of(at(1795561199)), "2026-11-24T23:59:59+01:00");
  EXPECT_EQ(local_time_of(at(1782856800)), "2026-07-01T00:00:00+02:00");
}

TEST_F(ClockTest, TheHourThatComesTwiceDiffersInItsOffset) {
  // 2026-10-25: at 01:00 UTC summer time ends.
  EXPECT_EQ(local_time_of(at(1792889999)), "2026-10-25T02:59:59+02:00");
  EXPECT_EQ(local_time_of(at(1792890000)), "2026-10-25T02:00:00+01:00");
}

TEST_F(ClockTest, ADateIsOneThatExistsInItsOneForm) {
  for (const char* date : {"1900-01-01", "2199-12-31", "2024-02-29", "2000-02-29", "2026-11-30"}) {
    EXPECT_TRUE(is_date(date)) << date;
  }
  for (const char* date : {"", "2026-11-31", "2026-02-29", "2100-02-29", "2026-00-10", "2026-13-01",
                           "2026-01-00", "1899-12-31", "2200-01-01", "2026-1-01", "26-01-01",
                           "2026/01/01", "2026-01-01 ", "2026-01-0a", "+026-01-01", "2026-01--1"}) {
    EXPECT_FALSE(is_date(date)) << date;
  }
}

TEST_F(ClockTest, AgeChangesOnTheBirthday) {
  EXPECT_EQ(age_on("2011-05-23", "2026-05-22"), 14);
  EXPECT_EQ(age_on("2011-05-23", "2026-05-23"), 15);
  EXPECT_EQ(age_on("2011-05-23", "2011-05-23"), 0);
  EXPECT_EQ(age_on("2011-05-23", "2011-05-22"), -1);
}

TEST_F(ClockTest, ALeapDaysBirthdayFallsOnTheFirstOfMarchInOtherYears) {
  EXPECT_EQ(age_on("2008-02-29", "2023-02-28"), 14);
  EXPECT_EQ(age_on("2008-02-29", "2023-03-01"), 15);
  EXPECT_EQ(age_on("2008-02-29", "2024-02-29"), 16);
}

TEST_F(ClockTest, YearsAfterALeapDayEndOnTheFirstOfMarchInOtherYears) {
  EXPECT_EQ(years_after("2020-03-01", 5), "2025-03-01");
  EXPECT_EQ(years_after("2019-12-31", 1), "2020-12-31");
  EXPECT_EQ(years_after("2020-02-29", 5), "2025-03-01");
  EXPECT_EQ(years_after("2020-02-29", 4), "2024-02-29");
  EXPECT_EQ(years_after("2000-02-29", 100), "2100-03-01");
}

TEST_F(ClockTest, TheSystemClockHasLeftTheYear2025) { EXPECT_GT(system_clock()(), at(1767222000)); }

}  // namespace
}  // namespace sspf
