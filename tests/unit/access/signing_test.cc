// SPDX-License-Identifier: Apache-2.0
//
// R5 as a table: who has signed, how old the person is, and what is missing on which day.
#include "server/access/signing.h"

#include <gtest/gtest.h>

namespace sspf::access {
namespace {

const std::string born = "2011-05-23";

Signing by_default(const std::optional<std::string>& birth_date) {
  return {default_signature_rules(), birth_date};
}

// "g" for each guardian who signed, "y" the youth, and how many guardians there are.
Signatures given(const std::string& who, std::uint32_t guardians = 1) {
  Signatures signatures;
  signatures.guardians = guardians;
  for (const char each : who) {
    if (each == 'g') ++signatures.guardians_signed;
    if (each == 'y') signatures.youth_signed = true;
  }
  return signatures;
}

std::string words(const MissingSignatures& missing) {
  return std::string(missing.guardian ? "g" : "") + (missing.youth ? "y" : "");
}

struct Required {
  std::optional<std::string> birth_date;
  std::string day;
  std::string who;
};

TEST(Signing, AsksByAge) {
  const Required rows[] = {
      {std::nullopt, "2026-11-24", "g"},  {born, "2026-05-22", "g"},  // the day before fifteen
      {born, "2026-05-23", "gy"},                                     // fifteen today
      {born, "2029-05-22", "gy"},                                     // the day before eighteen
      {born, "2029-05-23", "y"},                                      // eighteen today
      {born, "2099-01-01", "y"},          {born, "2011-05-23", "g"},  // born today
      {"2008-02-29", "2023-02-28", "g"},  // a leap day's birthday is 1 March in other years
      {"2008-02-29", "2023-03-01", "gy"}, {"2008-02-29", "2026-02-28", "gy"},
      {"2008-02-29", "2026-03-01", "y"},
  };
  for (const Required& row : rows) {
    EXPECT_EQ(words(by_default(row.birth_date).missing(Signatures(), row.day)), row.who)
        << row.birth_date.value_or("unknown") << " on " << row.day;
  }
}

struct Missing {
  std::string given;
  std::uint32_t guardians;
  std::string day;
  std::string missing;
};

constexpr auto at_14 = "2026-05-22";
constexpr auto at_15 = "2026-05-23";
constexpr auto at_18 = "2029-05-23";

TEST(Signing, MissesWhatIsAskedForAndNotGiven) {
  const Missing rows[] = {
      {"y", 1, at_14, "g"},
      {"g", 1, at_14, ""},
      {"gy", 1, at_14, ""},
      {"g", 1, at_15, "y"},
      {"y", 1, at_15, "g"},
      {"gy", 1, at_15, ""},
      {"g", 1, at_18, "y"},
      {"y", 1, at_18, ""},
      {"gy", 1, at_18, ""},
      // Every guardian, not one of two. As many as are not known of count as one.
      {"g", 2, at_14, "g"},
      {"gg", 2, at_14, ""},
      {"gy", 2, at_15, "g"},
      {"ggy", 2, at_15, ""},
      {"y", 2, at_18, ""},
      {"g", 0, at_14, ""},
      {"", 0, at_14, "g"},
  };
  for (const Missing& row : rows) {
    EXPECT_EQ(words(by_default(born).missing(given(row.given, row.guardians), row.day)),
              row.missing)
        << row.given << " of " << row.guardians << " on " << row.day;
  }
}

struct Overridden {
  v1::SignatoryRole role;
  std::string given;
  std::string day;
  std::string missing;
};

TEST(Signing, AnOverrideStandsForOneSideAndNeverForAnAdult) {
  const Overridden rows[] = {
      {v1::SIGNATORY_ROLE_GUARDIAN, "g", at_14, ""},
      {v1::SIGNATORY_ROLE_GUARDIAN, "", at_14, ""},
      {v1::SIGNATORY_ROLE_GUARDIAN, "y", at_15, ""},
      {v1::SIGNATORY_ROLE_GUARDIAN, "g", at_15, "y"},
      {v1::SIGNATORY_ROLE_GUARDIAN, "g", at_18, "y"},
      {v1::SIGNATORY_ROLE_YOUTH, "gg", at_15, ""},
      {v1::SIGNATORY_ROLE_YOUTH, "g", at_15, "g"},
      {v1::SIGNATORY_ROLE_YOUTH, "gg", at_18, "y"},
  };
  for (const Overridden& row : rows) {
    Signatures signatures = given(row.given, 2);
    signatures.overridden = row.role;
    EXPECT_EQ(words(by_default(born).missing(signatures, row.day)), row.missing)
        << v1::SignatoryRole_Name(row.role) << " " << row.given << " on " << row.day;
  }
}

TEST(Signing, FollowsTheMunicipalitysOwnTable) {
  const Signing own({{0, v1::GUARDIAN_SIGNATURES_ONE, false},
                     {12, v1::GUARDIAN_SIGNATURES_ONE, true},
                     {18, v1::GUARDIAN_SIGNATURES_NONE, true}},
                    born);
  EXPECT_EQ(words(own.missing(given("g", 2), "2023-05-22")), "");
  EXPECT_EQ(words(own.missing(given("g", 2), "2023-05-23")), "y");
  EXPECT_EQ(words(own.missing(given("gy", 2), at_15)), "");
  EXPECT_FALSE(own.asks_every_guardian(at_15));
  EXPECT_TRUE(by_default(born).asks_every_guardian(at_15));
  EXPECT_FALSE(by_default(born).asks_every_guardian(at_18));
}

struct Lapse {
  std::string given;
  std::optional<std::string> birth_date;
  Days days;
  bool lapses;
};

TEST(Signing, LapsesAtABirthdayWithinTheDays) {
  const Lapse rows[] = {
      {"g", born, {"2026-01-01", "2026-05-22"}, false},
      {"g", born, {"2026-01-01", "2026-05-23"}, true},
      {"g", born, {"2026-05-22", "2029-12-31"}, true},
      {"g", born, {"2026-05-23", "2029-12-31"}, false},  // is missing already
      {"gy", born, {"2026-01-01", "2029-12-31"}, false},
      {"y", born, {"2029-05-23", "2035-12-31"}, false},
      {"g", std::nullopt, {"2026-01-01", "2099-12-31"}, false},
      {"g", "2008-02-29", {"2023-01-01", "2023-02-28"}, false},
      {"g", "2008-02-29", {"2023-01-01", "2023-03-01"}, true},
  };
  for (const Lapse& row : rows) {
    EXPECT_EQ(by_default(row.birth_date).lapses_within(given(row.given), row.days), row.lapses)
        << row.given << " born " << row.birth_date.value_or("unknown") << ", " << row.days.from_date
        << ".." << row.days.to_date;
  }
}

// Both ways of saying it agree on every day.
TEST(Signing, LapsesExactlyWhenALaterDayMissesSomething) {
  const Signing signing = by_default(born);
  for (const char* who : {"g", "y", "gy"}) {
    for (const char* first : {"2026-01-01", "2026-05-22", "2026-05-23", "2029-05-23"}) {
      const bool sufficed = !signing.missing(given(who), first).any();
      for (const char* last : {"2026-05-22", "2026-05-23", "2029-05-22", "2029-05-23"}) {
        if (std::string(last) < first) continue;
        const bool suffices = !signing.missing(given(who), last).any();
        EXPECT_EQ(signing.lapses_within(given(who), {first, last}), sufficed && !suffices)
            << who << " " << first << ".." << last;
      }
    }
  }
}

TEST(Signing, KnowsNobodysAgeWithoutABirthDate) {
  EXPECT_TRUE(by_default(born).is_below(15, at_14));
  EXPECT_FALSE(by_default(born).is_below(15, at_15));
  EXPECT_FALSE(by_default(std::nullopt).is_below(15, at_14));
}

}  // namespace
}  // namespace sspf::access
