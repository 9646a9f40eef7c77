// SPDX-License-Identifier: Apache-2.0
//
// What is said of a consent that is not in force, in the answer that records it and in every list
// after: whose signature is missing, that it has not begun, is past or revoked.
#include <gtest/gtest.h>

#include <set>

#include "tests/support/caseload.h"

namespace sspf::test::consent_warning {
namespace {

using Codes = std::vector<std::string>;

const std::string not_begun = "consent_not_begun";
const std::string past = "consent_past";
const std::string revoked = "consent_revoked";
const std::string guardian_missing = "guardian_signature_missing";
const std::string youth_missing = "youth_signature_missing";
const std::string youth_at_15 = "signature_needed_at_birthday";
const std::string none_in_force = "no_consent_in_force";

struct ConsentWarnings : testing::Test {
  Caseload load;
  const Account& coordinator = load.cast.coordinator_tyr;

  std::string born(const std::string& birth_date) {
    v1::CreateCaseRequest person = new_person("");
    person.set_birth_date(birth_date);
    return load.create(person);
  }
  Codes record(const std::string& number, const Terms& terms) {
    const auto response = load.get<v1::RecordConsentResponse>(
        coordinator, "ConsentService/RecordConsent", new_consent(number, terms));
    return {response.warnings().begin(), response.warnings().end()};
  }
  std::vector<v1::Consent> list(const std::string& number) {
    v1::ListConsentsRequest request;
    request.set_case_number(number);
    const auto response =
        load.get<v1::ListConsentsResponse>(coordinator, "ConsentService/ListConsents", request);
    return {response.consents().begin(), response.consents().end()};
  }
  // Of the first consent; and in force is what has nothing against it today.
  Codes listed(const std::string& number) {
    const v1::Consent consent = list(number).at(0);
    const Codes codes{consent.warnings().begin(), consent.warnings().end()};
    EXPECT_EQ(consent.in_force(), codes.empty() || codes == Codes{youth_at_15});
    return codes;
  }
};

Terms signed_by(const std::string& signers) {
  Terms terms;
  terms.signers = signers;
  terms.signed_on = "2026-11-24";
  return terms;
}

struct Row {
  std::string birth_date;
  std::string signers;
  Codes codes;
};

// On 2026-11-24, of a consent from the first of November to the end of January.
TEST_F(ConsentWarnings, NameTheSignaturesThatTheAgeRequires) {
  const Row rows[] = {
      {"2013-02-22", "g", {}},
      {"2013-02-22", "y", {guardian_missing}},
      {"2011-11-25", "g", {youth_at_15}},    // fifteen tomorrow
      {"2011-11-25", "gy", {youth_at_15}},   // and has to sign again
      {"2011-11-24", "g", {youth_missing}},  // fifteen today
      {"2011-11-24", "y", {guardian_missing}},
      {"2011-11-24", "gy", {}},
      {"2008-11-25", "y", {guardian_missing}},  // eighteen tomorrow
      {"2008-11-24", "y", {}},                  // eighteen today
      {"2008-11-24", "g", {youth_missing}},
  };
  for (const Row& row : rows) {
    const std::string number = born(row.birth_date);
    const Codes told = record(number, signed_by(row.signers));
    EXPECT_EQ(listed(number), row.codes) << row.birth_date << " " << row.signers;
    Codes expected = row.codes;
    if (!list(number)[0].in_force()) expected.push_back(none_in_force);
    EXPECT_EQ(told, expected) << row.birth_date << " " << row.signers;
  }
}

TEST_F(ConsentWarnings, FollowTheDaysOfTheTerm) {
  const std::string number = load.referred();
  Terms terms;
  terms.from_date = "2026-11-26";
  terms.to_date = "2026-11-28";
  EXPECT_EQ(record(number, terms), (Codes{not_begun, none_in_force}));
  for (const auto& [day, codes] : {std::pair{"2026-11-25", Codes{not_begun}},
                                   {"2026-11-26", Codes{}},
                                   {"2026-11-28", Codes{}},
                                   {"2026-11-29", Codes{past}}}) {
    load.server.set_date(day);
    EXPECT_EQ(listed(number), codes) << day;
  }
  EXPECT_EQ(record(number, terms), (Codes{past, none_in_force}));
}

// A consent that has not begun is held against the age on its first day.
TEST_F(ConsentWarnings, OfOneThatHasNotBegunAreThoseOfItsFirstDay) {
  const std::string number = born("2011-11-26");  // fifteen on that day
  Terms terms = signed_by("g");
  terms.from_date = "2026-11-26";
  EXPECT_EQ(record(number, terms), (Codes{not_begun, youth_missing, none_in_force}));
  EXPECT_EQ(listed(number), (Codes{not_begun, youth_missing}));
  const std::string younger = born("2011-11-27");
  EXPECT_EQ(record(younger, terms), (Codes{not_begun, youth_at_15, none_in_force}));
  load.server.set_date("2026-11-26");
  EXPECT_EQ(listed(younger), Codes{youth_at_15});
  load.server.set_date("2026-11-27");
  EXPECT_EQ(listed(younger), Codes{youth_missing});
}

TEST_F(ConsentWarnings, OfOneThatIsRevokedOrPastSayNothingElse) {
  const std::string number = load.referred();
  Terms terms = signed_by("y");
  terms.to_date = "2026-11-30";
  EXPECT_EQ(record(number, terms), (Codes{guardian_missing, none_in_force}));
  const std::string consent = list(number)[0].consent();
  load.server.set_date("2026-12-01");
  EXPECT_EQ(listed(number), Codes{past});
  load.revoke(number, consent);
  EXPECT_EQ(listed(number), Codes{revoked});
  const std::string other = born("2013-02-22");
  record(other, signed_by("g"));
  EXPECT_EQ(listed(other), Codes{});
  load.revoke(other, list(other)[0].consent());
  EXPECT_EQ(listed(other), Codes{revoked});
}

// Each consent has its own; the case's are about all of them.
TEST_F(ConsentWarnings, AreEachConsentsOwn) {
  const std::string number = load.referred();
  record(number, signed_by("g"));
  EXPECT_EQ(record(number, signed_by("gy")), Codes{});
  // One more that lacks something: the case has a consent in force nevertheless.
  EXPECT_EQ(record(number, signed_by("y")), Codes{guardian_missing});
  std::multiset<Codes> all;
  for (const v1::Consent& each : list(number)) {
    all.insert(Codes(each.warnings().begin(), each.warnings().end()));
  }
  EXPECT_EQ(all, (std::multiset<Codes>{{}, {guardian_missing}, {youth_missing}}));
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_EQ(event.outcome(), v1::OUTCOME_ALLOWED);
  EXPECT_EQ(event.cases_shown_size(), 1);
}

TEST_F(ConsentWarnings, OfACaseWithoutConsentsAreNone) {
  EXPECT_TRUE(list(load.referred()).empty());
  EXPECT_EQ(load.server.last_event().items_shown(), 0U);
}

}  // namespace
}  // namespace sspf::test::consent_warning
