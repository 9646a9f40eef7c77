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

// "g" for each guardian who signed, "y" the youth; on what day, and how many guardians there are.
Signatures given(const std::string& who, const std::string& on, std::uint32_t guardians = 1) {
  Signatures signatures;
  signatures.recorded_on = on;
  signatures.guardians = guardians;
  for (const char each : who) {
    if (each == 'g') ++signatures.guardians_signed;
    if (each == 'y') signatures.youth_signed_on = on;
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
      {std::nullopt, "2026-11-24", "gy"}, {born, "2026-05-22", "g"},  // the day before fifteen
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
    EXPECT_EQ(words(by_default(born).missing(given(row.given, row.day, row.guardians), row.day)),
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
    Signatures signatures = given(row.given, row.day, 2);
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
  EXPECT_EQ(words(own.missing(given("g", at_14, 2), "2023-05-22")), "");
  EXPECT_EQ(words(own.missing(given("g", at_14, 2), "2023-05-23")), "y");
  EXPECT_EQ(words(own.missing(given("gy", at_15, 2), at_15)), "");
  // Asked for since twelve: what was signed at twelve is not asked for again at fifteen.
  EXPECT_EQ(words(own.missing(given("gy", "2023-05-22", 2), at_15)), "y");
  EXPECT_EQ(words(own.missing(given("gy", "2023-05-23", 2), at_15)), "");
  EXPECT_FALSE(own.asks_every_guardian(at_15));
  EXPECT_TRUE(by_default(born).asks_every_guardian(at_15));
  EXPECT_FALSE(by_default(born).asks_every_guardian(at_18));
}

struct Dated {
  std::string given;
  std::string signed_on;
  std::string day;
  std::string missing;
};

// R6: turning 15 or 18 asks for a new consent; what was signed or overridden before does not stand.
TEST(Signing, ForgetsTheYouthsWordAtTheBirthdayThatAsksForIt) {
  const Dated rows[] = {
      {"gy", at_14, at_15, "y"},       {"gy", at_15, at_15, ""},
      {"gy", at_15, "2029-05-22", ""},  // the day before eighteen
      {"gy", at_15, at_18, "y"},       {"gy", "2029-05-22", at_18, "y"},
      {"y", at_18, "2040-01-01", ""},
  };
  for (const Dated& row : rows) {
    EXPECT_EQ(words(by_default(born).missing(given(row.given, row.signed_on), row.day)),
              row.missing)
        << row.given << " signed " << row.signed_on << ", on " << row.day;
  }
  Signatures overridden = given("g", at_14);
  overridden.overridden = v1::SIGNATORY_ROLE_YOUTH;
  EXPECT_EQ(words(by_default(born).missing(overridden, at_15)), "y");
  overridden.recorded_on = at_15;
  EXPECT_EQ(words(by_default(born).missing(overridden, at_15)), "");
}

// Nobody knows that the person is a child: neither side's word is enough.
TEST(Signing, AsksBothWhenTheBirthDateIsNotKnown) {
  const Signing signing = by_default(std::nullopt);
  EXPECT_EQ(words(signing.missing(given("g", at_14), at_15)), "y");
  EXPECT_EQ(words(signing.missing(given("y", at_14), at_15)), "g");
  EXPECT_EQ(words(signing.missing(given("gy", at_14), at_18)), "");
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
      {"gy", born, {"2026-01-01", "2026-05-22"}, false},
      {"gy", born, {"2026-01-01", "2026-05-23"}, true},
      {"gy", born, {"2026-05-23", "2029-05-22"}, false},
      {"gy", born, {"2026-05-23", "2029-05-23"}, true},
      {"y", born, {"2029-05-23", "2035-12-31"}, false},
      {"g", std::nullopt, {"2026-01-01", "2099-12-31"}, false},
      {"g", "2008-02-29", {"2023-01-01", "2023-02-28"}, false},
      {"g", "2008-02-29", {"2023-01-01", "2023-03-01"}, true},
  };
  for (const Lapse& row : rows) {
    EXPECT_EQ(
        by_default(row.birth_date).lapses_within(given(row.given, row.days.from_date), row.days),
        row.lapses)
        << row.given << " born " << row.birth_date.value_or("unknown") << ", " << row.days.from_date
        << ".." << row.days.to_date;
  }
}

// Both ways of saying it agree on every day.
TEST(Signing, LapsesExactlyWhenALaterDayMissesSomething) {
  const Signing signing = by_default(born);
  for (const char* who : {"g", "y", "gy"}) {
    for (const char* first : {"2026-01-01", "2026-05-22", "2026-05-23", "2029-05-23"}) {
      const bool sufficed = !signing.missing(given(who, first), first).any();
      for (const char* last : {"2026-05-22", "2026-05-23", "2029-05-22", "2029-05-23"}) {
        if (std::string(last) < first) continue;
        const bool suffices = !signing.missing(given(who, first), last).any();
        EXPECT_EQ(signing.lapses_within(given(who, first), {first, last}), sufficed && !suffices)
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
