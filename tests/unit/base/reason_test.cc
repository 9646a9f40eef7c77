// SPDX-License-Identifier: Apache-2.0
#include "server/base/reason.h"

#include <gtest/gtest.h>

#include <set>

namespace sspf {
namespace {

constexpr Reason all[] = {
#define X(number, name, code, swedish, english) Reason::name,
    SSPF_REASONS(X)
#undef X
};

TEST(Reason, NoNumberAndNoNameIsUsedTwice) {
  std::set<std::uint32_t> numbers;
  std::set<std::string_view> names;
  for (const Reason reason : all) {
    EXPECT_TRUE(numbers.insert(static_cast<std::uint32_t>(reason)).second) << name_of(reason);
    EXPECT_TRUE(names.insert(name_of(reason)).second) << name_of(reason);
  }
}

TEST(Reason, EveryOneHasASentenceInBothLanguages) {
  for (const Reason reason : all) {
    for (const std::string& text : {swedish(reason, "title", 7), english(reason, "title", 7)}) {
      ASSERT_FALSE(text.empty()) << name_of(reason);
      EXPECT_EQ(text.back(), '.') << text;
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
    }
    const bool names_field = english(reason, "a_field", 7).find("a_field") != std::string::npos;
    EXPECT_EQ(swedish(reason, "a_field", 7).find("a_field") != std::string::npos, names_field)
        << name_of(reason);
  }
}

TEST(Reason, TheFieldStandsWhereTheTextNamesIt) {
  EXPECT_EQ(swedish(Reason::missing, "birth_date"), "birth_date saknas.");
  EXPECT_EQ(english(Reason::missing, "birth_date"), "birth_date is missing.");
}

TEST(Reason, ALimitThatIsExceededIsSaid) {
  EXPECT_EQ(swedish(Reason::too_long, "title", 200), "title är för lång: högst 200 tecken.");
  EXPECT_EQ(english(Reason::too_long, "title", 200), "title is too long: at most 200 characters.");
  EXPECT_EQ(english(Reason::too_long, "title"), "title is too long.");
}

// trust.md 1.6: what may not be known of answers exactly as what is not there.
TEST(Reason, WhatIsHiddenReadsAsWhatDoesNotExist) {
  for (const Reason reason :
       {Reason::other_municipality, Reason::not_assigned, Reason::no_basis, Reason::not_invited}) {
    EXPECT_EQ(code_of(reason), code_of(Reason::not_found)) << name_of(reason);
    EXPECT_EQ(swedish(reason, ""), swedish(Reason::not_found, "")) << name_of(reason);
    EXPECT_EQ(english(reason, ""), english(Reason::not_found, "")) << name_of(reason);
  }
}

TEST(Reason, WhyASignInFailsIsNotTold) {
  for (const Reason reason :
       {Reason::certificate_revoked, Reason::certificate_expired, Reason::account_suspended}) {
    EXPECT_EQ(code_of(reason), code_of(Reason::unknown_certificate)) << name_of(reason);
    EXPECT_EQ(swedish(reason, ""), swedish(Reason::unknown_certificate, "")) << name_of(reason);
    EXPECT_EQ(english(reason, ""), english(Reason::unknown_certificate, "")) << name_of(reason);
  }
}

TEST(Reason, KnowsTheNumbersOfTheLog) {
  for (const Reason reason : all) EXPECT_TRUE(is_reason(static_cast<std::uint32_t>(reason)));
  EXPECT_FALSE(is_reason(0));
  EXPECT_FALSE(is_reason(9999));
}

}  // namespace
}  // namespace sspf
