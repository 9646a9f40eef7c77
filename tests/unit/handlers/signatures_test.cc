// SPDX-License-Identifier: Apache-2.0
//
// R5 as a table: who has signed, how old the person is, and the days on which the consent counts.
#include "server/handlers/signatures.h"

#include <gtest/gtest.h>

namespace sspf::handlers {
namespace {

// "g" a guardian, "y" the youth.
store::Signatures signed_by(const std::string& who) {
  return {who.find('g') != std::string::npos, who.find('y') != std::string::npos};
}

std::string words(const store::Signatures& signatures) {
  return std::string(signatures.by_guardian ? "g" : "") + (signatures.by_youth ? "y" : "");
}

struct Required {
  std::optional<std::string> birth_date;
  std::string day;
  std::string who;
};

TEST(Signatures, AreRequiredByAge) {
  const Required rows[] = {
      {std::nullopt, "2026-11-24", "g"},
      {"2011-05-23", "2026-05-22", "g"},   // the day before fifteen
      {"2011-05-23", "2026-05-23", "gy"},  // fifteen today
      {"2011-05-23", "2029-05-22", "gy"},  // the day before eighteen
      {"2011-05-23", "2029-05-23", "y"},   // eighteen today
      {"2011-05-23", "2099-01-01", "y"},
      {"2011-05-23", "2011-05-23", "g"},  // born today
      {"2008-02-29", "2023-02-28", "g"},  // a leap day's birthday is 1 March in other years
      {"2008-02-29", "2023-03-01", "gy"},
      {"2008-02-29", "2026-02-28", "gy"},
      {"2008-02-29", "2026-03-01", "y"},
  };
  for (const Required& row : rows) {
    EXPECT_EQ(words(required_signatures(row.birth_date, row.day)), row.who)
        << row.birth_date.value_or("unknown") << " on " << row.day;
  }
}

struct Missing {
  std::string given;
  std::string day;
  std::string missing;
};

TEST(Signatures, AreMissingWhenRequiredAndNotGiven) {
  const Missing rows[] = {
      {"", "2026-05-22", "g"},  {"y", "2026-05-22", "g"}, {"g", "2026-05-22", ""},
      {"gy", "2026-05-22", ""}, {"", "2026-05-23", "gy"}, {"g", "2026-05-23", "y"},
      {"y", "2026-05-23", "g"}, {"gy", "2026-05-23", ""}, {"", "2029-05-23", "y"},
      {"g", "2029-05-23", "y"}, {"y", "2029-05-23", ""},  {"gy", "2029-05-23", ""},
  };
  for (const Missing& row : rows) {
    EXPECT_EQ(words(missing_signatures(signed_by(row.given), "2011-05-23", row.day)), row.missing)
        << row.given << " on " << row.day;
  }
}

struct Effective {
  std::string given;
  std::optional<std::string> birth_date;
  store::Days term;
  std::string days;
};

std::string words(const std::optional<store::Days>& days) {
  return days ? days->from_date + ".." + days->to_date : "never";
}

TEST(Signatures, MakeAConsentCountOnTheDaysOnWhichTheySuffice) {
  const store::Days before_15{"2026-01-01", "2026-05-22"};
  const store::Days across_15{"2026-01-01", "2026-12-31"};
  const store::Days from_15_to_18{"2026-05-23", "2029-05-22"};
  const store::Days across_18{"2029-01-01", "2029-12-31"};
  const store::Days from_18{"2029-05-23", "2030-05-22"};
  const store::Days across_both{"2026-01-01", "2029-12-31"};
  const std::string born = "2011-05-23";
  const Effective rows[] = {
      {"", born, across_both, "never"},
      {"", std::nullopt, across_both, "never"},
      // A guardian alone: until the day before fifteen, and always when the age is unknown.
      {"g", born, before_15, "2026-01-01..2026-05-22"},
      {"g", born, across_15, "2026-01-01..2026-05-22"},
      {"g", born, across_both, "2026-01-01..2026-05-22"},
      {"g", born, from_15_to_18, "never"},
      {"g", born, across_18, "never"},
      {"g", born, from_18, "never"},
      {"g", std::nullopt, across_both, "2026-01-01..2029-12-31"},
      // The youth alone: from eighteen.
      {"y", born, before_15, "never"},
      {"y", born, across_15, "never"},
      {"y", born, from_15_to_18, "never"},
      {"y", born, across_18, "2029-05-23..2029-12-31"},
      {"y", born, across_both, "2029-05-23..2029-12-31"},
      {"y", born, from_18, "2029-05-23..2030-05-22"},
      {"y", std::nullopt, across_both, "never"},
      // Both: at every age.
      {"gy", born, before_15, "2026-01-01..2026-05-22"},
      {"gy", born, across_15, "2026-01-01..2026-12-31"},
      {"gy", born, across_18, "2029-01-01..2029-12-31"},
      {"gy", born, across_both, "2026-01-01..2029-12-31"},
      {"gy", std::nullopt, across_both, "2026-01-01..2029-12-31"},
      // One day, and the turn of a year, and a leap day.
      {"g", born, {"2026-05-22", "2026-05-22"}, "2026-05-22..2026-05-22"},
      {"g", born, {"2026-05-23", "2026-05-23"}, "never"},
      {"g", "2011-01-01", across_15, "never"},
      {"g", "2012-01-01", across_both, "2026-01-01..2026-12-31"},
      {"g", "2008-02-29", {"2023-01-01", "2023-12-31"}, "2023-01-01..2023-02-28"},
      {"g", "2009-03-01", {"2024-01-01", "2024-12-31"}, "2024-01-01..2024-02-29"},
  };
  for (const Effective& row : rows) {
    EXPECT_EQ(words(effective_days(row.term, signed_by(row.given), row.birth_date)), row.days)
        << row.given << " born " << row.birth_date.value_or("unknown") << ", " << row.term.from_date
        << ".." << row.term.to_date;
  }
}

// The two ways of saying it agree on every day: nothing is missing on the effective days and
// something is on the others.
TEST(Signatures, SufficeExactlyOnTheEffectiveDays) {
  const store::Days term{"2026-01-01", "2029-12-31"};
  for (const char* who : {"", "g", "y", "gy"}) {
    const auto days = effective_days(term, signed_by(who), "2011-05-23");
    for (const char* day : {"2026-01-01", "2026-05-22", "2026-05-23", "2027-02-28", "2029-05-22",
                            "2029-05-23", "2029-12-31"}) {
      const bool suffices = words(missing_signatures(signed_by(who), "2011-05-23", day)).empty();
      EXPECT_EQ(days && days->include(day), suffices) << who << " on " << day;
    }
  }
}

}  // namespace
}  // namespace sspf::handlers
