// SPDX-License-Identifier: Apache-2.0
//
// The tertial report through the real command: an empty one of a period that is over, a refusal
// while one runs, and the smallest number that the installation lets show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

struct TertialReport : testing::Test {
  Town town;
  const Person& anna = town.person("anna");
  const int year = std::stoi(day(0).substr(0, 4));
  const int tertial = (std::stoi(day(0).substr(5, 2)) + 3) / 4;

  static Words report(int year, int tertial) {
    return {"report",         "tertial",
            "--municipality", "TYR",
            "--year",         std::to_string(year),
            "--tertial",      std::to_string(tertial)};
  }
  Words last() const { return tertial == 1 ? report(year - 1, 3) : report(year, tertial - 1); }
};

TEST_F(TertialReport, IsEmptyOfAPeriodInWhichNothingWas) {
  town.mapped_case();  // of the running tertial
  const json shown = anna.did(last());
  EXPECT_EQ(shown["municipalityCode"], "TYR");
  EXPECT_LT(shown["toDate"].get<std::string>(), day(0));
  EXPECT_EQ(shown["smallCellMin"], 5);
  EXPECT_EQ(shown["meetings"]["planned"], "0");
  for (const char* table : {"attendance", "commitments"}) {
    ASSERT_EQ(shown[table].size(), 1U) << table;
    EXPECT_EQ(shown[table][0]["agencyCode"], "") << table;
  }
  EXPECT_EQ(shown["attendance"][0]["invited"], "0");
  EXPECT_EQ(shown["commitments"][0]["due"], "0");
  EXPECT_EQ(shown["cases"]["referred"], "0");
  EXPECT_EQ(shown["cases"]["medianDaysToPlan"], "..");
  EXPECT_EQ(shown["closures"]["ended"], "0");
  Words swedish = last();
  swedish.insert(swedish.end(), {"--lang", "sv"});
  const std::string text = town.person("ulla").sspf(swedish).out;  // the auditor's, too
  for (const char* word : {"Tertialrapport", "Möten", "Närvaro", "Åtaganden", "Avslut",
                           "Dagar till samtycke (median)", "Återkallade samtycken"}) {
    EXPECT_THAT(text, HasSubstr(word));
  }
}

TEST_F(TertialReport, IsRefusedWhileThePeriodRuns) {
  const json refused = anna.refused(6, report(year, tertial));
  EXPECT_EQ(refused["reason"], "period_not_over");
  EXPECT_EQ(refused["field"], "tertial");
  EXPECT_EQ(refused["message"], "tertial is not over yet.");
  Words swedish = report(year, tertial);
  swedish.insert(swedish.end(), {"--lang", "sv"});
  EXPECT_EQ(whole(anna.sspf(swedish)), "exit 6\n\nsspf: --tertial är inte slut än.\n");
  EXPECT_EQ(town.person("sven").refused(3, last())["reason"], "role_missing");
  EXPECT_EQ(town.person("nils").refused(5, last())["code"], "not_found");
}

TEST(SmallCells, AreNeverSmallerThanThree) {
  const Site site;
  site.edit("[limits]", "[reports]\nsmall_cell_min = 2\n\n[limits]");
  const Ended served = site.sspfd({"serve"});
  EXPECT_EQ(served.exit_code, 2);
  EXPECT_THAT(served.err, HasSubstr("reports.small_cell_min must be a whole number from 3 to 100"));
}

TEST_F(TertialReport, ShowsNumbersFromTheSettingOn) {
  town.stop();
  town.site().edit("[limits]", "[reports]\nsmall_cell_min = 3\n\n[limits]");
  town.start_again();
  EXPECT_EQ(anna.did(last())["smallCellMin"], 3);
}

}  // namespace
}  // namespace sspf::test
