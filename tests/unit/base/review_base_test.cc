// SPDX-License-Identifier: Apache-2.0
//
// Surnames, months and lots: what a review of the log is drawn by.
#include <gtest/gtest.h>

#include "server/base/lottery.h"
#include "server/base/months.h"
#include "server/base/surname.h"

namespace sspf {
namespace {

class Months : public testing::Test {
 protected:
  static void SetUpTestSuite() { use_stockholm_time(); }
};

TEST(Surname, IsTheLastWordWhateverItsCaseAndComposition) {
  EXPECT_EQ(folded_surname("Anna Öberg"), folded_surname("kim  ÖBERG "));
  EXPECT_EQ(folded_surname("Anna O\u0308berg"), folded_surname("Kim Öberg"));
  EXPECT_NE(folded_surname("Anna Oberg"), folded_surname("Kim Öberg"));
  EXPECT_EQ(folded_surname("Anna"), "");
  EXPECT_EQ(folded_surname(""), "");
  EXPECT_EQ(folded_surname("Anna \xff"), "");
}

TEST_F(Months, FollowOneAnotherOverTheYear) {
  EXPECT_TRUE(is_month("2026-12"));
  for (const char* wrong : {"", "2026", "2026-13", "2026-00", "2026-1", "2026-01-01"}) {
    EXPECT_FALSE(is_month(wrong)) << wrong;
  }
  EXPECT_EQ(months_after("2026-12", 1), "2027-01");
  EXPECT_EQ(months_after("2026-01", -12), "2025-01");
  EXPECT_EQ(days_after("2026-02-28", 1), "2026-03-01");
}

TEST_F(Months, BeginAtMidnightInStockholmInSummerAndWinter) {
  EXPECT_EQ(start_of_month("2026-11").microseconds, 1793487600LL * 1'000'000);
  EXPECT_EQ(start_of_month("2026-07").microseconds, 1782856800LL * 1'000'000);
  EXPECT_EQ(days_after("2026-10-24", 2), "2026-10-26");  // over the night of 25 hours
}

TEST(Lottery, StaysBelowItsLimitAndReachesEveryNumber) {
  Lottery lottery;
  std::vector<int> counts(6);
  for (int i = 0; i < 6000; ++i) ++counts.at(lottery.below(6));
  for (const int count : counts) EXPECT_NEAR(count, 1000, 250);
  EXPECT_EQ(lottery.below(1), 0U);
}

TEST(Reservoir, KeepsEachWithTheSameProbability) {
  Lottery lottery;
  std::vector<int> counts(20);
  for (int round = 0; round < 4000; ++round) {
    Reservoir<int> reservoir(5);
    for (int i = 0; i < 20; ++i) reservoir.offer(i, lottery);
    EXPECT_EQ(reservoir.kept().size(), 5U);
    EXPECT_EQ(reservoir.offered(), 20U);
    for (const int kept : reservoir.kept()) ++counts.at(static_cast<std::size_t>(kept));
  }
  for (const int count : counts) EXPECT_NEAR(count, 1000, 250);
}

}  // namespace
}  // namespace sspf
