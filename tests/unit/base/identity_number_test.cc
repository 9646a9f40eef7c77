// SPDX-License-Identifier: Apache-2.0
//
// Whole numbers that are accepted are published test numbers (domain.md 3). Where an edge of the
// date is tried, the check digit is wrong on purpose: a date that passes is told by the next check.
#include "server/base/identity_number.h"

#include <gtest/gtest.h>

namespace sspf {
namespace {

constexpr auto field = "identity_number";
constexpr auto today = "2026-11-24";

struct Accepted {
  std::string written;
  std::string today;
  std::string canonical;
  bool is_coordination;
  std::optional<std::string> birth_date;
};

TEST(IdentityNumber, AcceptsEachWayOfWriting) {
  const Accepted rows[] = {
      {"200801012386", today, "200801012386", false, "2008-01-01"},
      {"20080101-2386", today, "200801012386", false, "2008-01-01"},
      {"0801012386", today, "200801012386", false, "2008-01-01"},
      {"080101-2386", today, "200801012386", false, "2008-01-01"},
      {"200801012394", today, "200801012394", false, "2008-01-01"},
      {"200901072389", today, "200901072389", false, "2009-01-07"},
      {"201105232399", today, "201105232399", false, "2011-05-23"},
      {"201302222391", today, "201302222391", false, "2013-02-22"},
      // A plus is a hundred years more, and stands from the year of the hundredth birthday.
      {"080101+2386", today, "190801012386", false, "1908-01-01"},
      {"080101-2386", "2107-12-31", "200801012386", false, "2008-01-01"},
      {"080101-2386", "2108-01-01", "210801012386", false, "2108-01-01"},
      {"080101+2386", "2108-01-01", "200801012386", false, "2008-01-01"},
      // Skatteverket's worked example, a coordination number.
      {"701063-2391", today, "197010632391", true, "1970-10-03"},
      {"200603792383", today, "200603792383", true, "2006-03-19"},
      // Month 00: no date in the number.
      {"200600852388", today, "200600852388", true, std::nullopt},
      // Born today.
      {"201302222391", "2013-02-22", "201302222391", false, "2013-02-22"},
  };
  for (const Accepted& row : rows) {
    const auto number = parse_identity_number(row.written, row.today, field);
    ASSERT_TRUE(number.ok()) << row.written << " on " << row.today;
    EXPECT_EQ(number.value().canonical, row.canonical);
    EXPECT_EQ(number.value().is_coordination, row.is_coordination) << row.written;
    EXPECT_EQ(number.value().birth_date, row.birth_date) << row.written;
  }
}

struct Refused {
  std::string written;
  Reason reason;
};

TEST(IdentityNumber, RefusesWithTheReasonAndTheField) {
  const Refused rows[] = {
      // Form.
      {"", Reason::wrong_number_form},
      {"200801", Reason::wrong_number_form},
      {"08010123866", Reason::wrong_number_form},
      {"2008010123861", Reason::wrong_number_form},
      {"20080101+2386", Reason::wrong_number_form},
      {"2008-01-01-2386", Reason::wrong_number_form},
      {"200801-012386", Reason::wrong_number_form},
      {"080101 2386", Reason::wrong_number_form},
      {" 0801012386", Reason::wrong_number_form},
      {"-080101238", Reason::wrong_number_form},
      {"080101T386", Reason::wrong_number_form},
      {"20080101\u20132386", Reason::wrong_number_form},  // an en dash
      {"080101\u22122386", Reason::wrong_number_form},    // a minus sign
      {"\u200F0801012386", Reason::wrong_number_form},    // right-to-left mark
      {"080101\u200E-2386", Reason::wrong_number_form},   // left-to-right mark
      {"\uFF10801012386", Reason::wrong_number_form},     // one full-width digit: twelve bytes
      {"\uFF10\uFF18\uFF10\uFF11", Reason::wrong_number_form},
      {"\u0660801012386", Reason::wrong_number_form},  // an Arabic digit
      {std::string("0801012386\0", 11), Reason::wrong_number_form},
      // The date.
      {"200813012386", Reason::impossible_birth_date},
      {"200800012386", Reason::impossible_birth_date},
      {"200802302386", Reason::impossible_birth_date},
      {"200801002386", Reason::impossible_birth_date},
      {"200902292386", Reason::impossible_birth_date},
      {"189901012386", Reason::impossible_birth_date},
      {"220001012386", Reason::impossible_birth_date},
      {"200801602386", Reason::impossible_birth_date},
      {"200801922386", Reason::impossible_birth_date},
      {"200813612386", Reason::impossible_birth_date},
      {"189900612386", Reason::impossible_birth_date},
      {"220000612386", Reason::impossible_birth_date},
      // A date that passes, and a wrong digit.
      {"200802292385", Reason::wrong_check_digit},
      {"200801612385", Reason::wrong_check_digit},
      {"200802912385", Reason::wrong_check_digit},
      {"200800912385", Reason::wrong_check_digit},
      {"200801012387", Reason::wrong_check_digit},
      {"080101-2387", Reason::wrong_check_digit},
      {"701063-2390", Reason::wrong_check_digit},
      {"200600852380", Reason::wrong_check_digit},
  };
  for (const Refused& row : rows) {
    const auto number = parse_identity_number(row.written, today, field);
    ASSERT_FALSE(number.ok()) << row.written;
    EXPECT_EQ(number.refusal().told, row.reason) << row.written;
    EXPECT_EQ(number.refusal().cause, row.reason) << row.written;
    EXPECT_EQ(number.refusal().field, field);
  }
}

TEST(IdentityNumber, EveryOtherCheckDigitIsWrong) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    const auto number = parse_identity_number(std::string("20080101238") + digit, today, field);
    EXPECT_EQ(number.ok(), digit == '6') << digit;
  }
}

TEST(IdentityNumber, RefusesABirthInTheFuture) {
  const std::pair<std::string, std::string> rows[] = {
      {"201302222391", "2013-02-21"},
      {"130222-2391", "2013-02-21"},
      {"200603792383", "2006-03-18"},
      // Month 00: the year decides.
      {"200600852388", "2005-12-31"},
  };
  for (const auto& [written, day] : rows) {
    const auto number = parse_identity_number(written, day, field);
    ASSERT_FALSE(number.ok()) << written;
    EXPECT_EQ(number.refusal().told, Reason::born_in_future) << written;
  }
  EXPECT_TRUE(parse_identity_number("200600852388", "2006-01-01", field).ok());
}

}  // namespace
}  // namespace sspf
