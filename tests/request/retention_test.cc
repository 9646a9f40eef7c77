// SPDX-License-Identifier: Apache-2.0
//
// How long a case is kept, by dated rules of the municipality, and what stands in the way of its
// disposal (R19).
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/disposing.h"

namespace sspf::test {
namespace {

struct Retention : testing::Test {
  Disposing town;
  const Cast& cast = town.cast;

  std::string set(const v1::SetRetentionRuleRequest& request) {
    return town.outcome(cast.admin_tyr, "RetentionService/SetRetentionRule", request);
  }
  std::vector<v1::RetentionRule> rules() {
    const auto response = town.load.get<v1::ListRetentionRulesResponse>(
        cast.admin_tyr, "RetentionService/ListRetentionRules",
        of_tyr<v1::ListRetentionRulesRequest>());
    return {response.rules().begin(), response.rules().end()};
  }
  // "due 2025-03-01", or what keeps it.
  std::string kept(const std::string& number) {
    const auto shown = town.retention(number);
    return v1::RetentionStatus_Name(shown.status()).substr(17) +
           (shown.due_on().empty() ? "" : " " + shown.due_on());
  }
};

TEST_F(Retention, IsFiveYearsFromTheEndUntilTheMunicipalityDecides) {
  const std::string number = town.old_group();
  const auto shown = town.retention(number);
  EXPECT_TRUE(shown.has_ended());
  EXPECT_EQ(shown.last_activity_on(), "2020-03-01");
  EXPECT_EQ(shown.years(), 5U);
  EXPECT_EQ(shown.rule(), "");
  EXPECT_EQ(kept(number), "DUE 2025-03-01");
  town.load.server.set_date("2025-02-28");
  EXPECT_EQ(kept(number), "RETAINED 2025-03-01");
  town.load.server.set_date("2025-03-01");
  EXPECT_EQ(kept(number), "DUE 2025-03-01");
}

TEST_F(Retention, OfAnOpenCaseIsAPreviewAsIfItEndedToday) {
  const std::string number = town.load.referred();
  const auto shown = town.retention(number);
  EXPECT_FALSE(shown.has_ended());
  EXPECT_EQ(shown.last_activity_on(), "2026-11-24");
  EXPECT_EQ(kept(number), "RETAINED 2031-11-24");
  const v1::AuditEvent event = town.load.server.last_event();
  EXPECT_EQ(event.case_id(), town.id_of(number));
  // However long ago it was last written of, what is open is never due.
  town.load.server.set_date("2020-03-01");
  const std::string open = town.load.create(new_group());
  town.load.server.set_date("2026-11-24");
  EXPECT_EQ(kept(open), "RETAINED 2031-11-24");
}

TEST_F(Retention, BeginsWithWhateverWasWrittenLast) {
  const std::string number = town.old_group();
  town.load.server.set_date("2020-05-05");
  const std::string hold = town.hold(number);
  town.lift(number, hold);
  town.load.server.set_date("2026-11-24");
  // A hold is no note, and neither is a look.
  EXPECT_EQ(kept(number), "DUE 2025-03-01");
}

TEST_F(Retention, PreservesByTheBirthDateAndNotByTheNumber) {
  const std::vector<std::pair<std::string, std::string>> born{
      {"2008-06-05", "PRESERVED_BY_BIRTH_DAY"},
      {"2008-06-15", "PRESERVED_BY_BIRTH_DAY"},
      {"2008-06-25", "PRESERVED_BY_BIRTH_DAY"},
      {"2008-06-04", "DUE 2025-03-01"},
      {"2008-06-06", "DUE 2025-03-01"},
      {"2008-05-31", "DUE 2025-03-01"},
      {"", "DUE 2025-03-01"}};
  for (const auto& [birth_date, expected] : born) {
    EXPECT_EQ(kept(town.old_person(birth_date)), expected) << birth_date;
  }
  // The day in a number can be a neighbouring one.
  v1::CreateCaseRequest request = new_person(number_aged_15);  // of the 23rd
  request.set_birth_date("2011-05-25");
  EXPECT_EQ(kept(town.load.create(request)), "PRESERVED_BY_BIRTH_DAY");
}

TEST_F(Retention, FollowsTheRuleInForceOnTheDay) {
  const std::string number = town.old_group();
  v1::SetRetentionRuleRequest later = new_rule(10);
  later.set_valid_from("2026-12-01");
  EXPECT_EQ(set(later), "allowed");
  EXPECT_EQ(town.load.server.last_event().role(),
            static_cast<std::uint32_t>(v1::ROLE_ADMINISTRATOR));
  EXPECT_EQ(kept(number), "DUE 2025-03-01");
  EXPECT_EQ(set(new_rule(6)), "allowed");
  EXPECT_EQ(kept(number), "DUE 2026-03-01");
  // Of two of the same day the newest.
  EXPECT_EQ(set(new_rule(7)), "allowed");
  EXPECT_EQ(kept(number), "RETAINED 2027-03-01");
  town.load.server.set_date("2026-12-01");
  EXPECT_EQ(kept(number), "RETAINED 2030-03-01");
  const auto listed = rules();
  ASSERT_EQ(listed.size(), 5U);
  std::vector<std::string> found;
  for (const v1::RetentionRule& rule : listed) {
    found.push_back(rule.valid_from() + " " + std::to_string(rule.years()) +
                    (rule.in_force() ? " in force" : "") + " " + rule.set_by_handle());
  }
  EXPECT_EQ(found,
            (std::vector<std::string>{" 5 ", "2026-11-24 6 admin.tyr", "2026-11-24 7 admin.tyr",
                                      "2026-12-01 10 in force admin.tyr", " 5 in force "}));
}

TEST_F(Retention, PreservesEverythingAndOtherBirthDaysWhenTheRuleSaysSo) {
  const std::string number = town.old_person("2008-06-06");
  v1::SetRetentionRuleRequest rule = new_rule(5);
  rule.add_preserved_birth_days(6);
  rule.add_preserved_birth_days(31);
  EXPECT_EQ(set(rule), "allowed");
  EXPECT_EQ(kept(number), "PRESERVED_BY_BIRTH_DAY");
  EXPECT_EQ(kept(town.old_person("2008-05-31")), "PRESERVED_BY_BIRTH_DAY");
  EXPECT_EQ(kept(town.old_person("2008-06-05")), "DUE 2025-03-01");
  rule.clear_preserved_birth_days();
  EXPECT_EQ(set(rule), "allowed");
  EXPECT_EQ(kept(number), "DUE 2025-03-01");
  rule.set_preserves_everything(true);
  EXPECT_EQ(set(rule), "allowed");
  EXPECT_EQ(kept(number), "PRESERVED");
  EXPECT_EQ(kept(town.old_group()), "PRESERVED");
}

TEST_F(Retention, RulesOfMeetingsAndOfOtherMunicipalitiesAreNotThoseOfCases) {
  const std::string number = town.old_group();
  v1::SetRetentionRuleRequest meetings = new_rule(50);
  meetings.set_category(v1::DOCUMENT_CATEGORY_MEETING);
  EXPECT_EQ(set(meetings), "allowed");
  v1::SetRetentionRuleRequest other = new_rule(50);
  other.set_municipality_code("NAC");
  EXPECT_EQ(town.outcome(cast.root, "RetentionService/SetRetentionRule", other), "allowed");
  EXPECT_EQ(kept(number), "DUE 2025-03-01");
  EXPECT_EQ(rules().size(), 3U);
}

TEST_F(Retention, RefusesRulesThatAreWrong) {
  v1::SetRetentionRuleRequest request = new_rule(5);
  request.set_valid_from("2026-11-23");
  EXPECT_EQ(set(request), "refused invalid_argument/in_past(valid_from) for in_past");
  EXPECT_EQ(set(new_rule(0)), "refused invalid_argument/missing(years) for missing");
  EXPECT_EQ(set(new_rule(limits::retention_years_max)), "allowed");
  EXPECT_EQ(set(new_rule(limits::retention_years_max + 1)),
            "refused invalid_argument/too_large(years) for too_large");
  for (const std::uint32_t day : {0U, 32U, 4294967295U}) {
    request = new_rule(5);
    request.add_preserved_birth_days(day);
    EXPECT_EQ(set(request),
              "refused invalid_argument/unknown_value(preserved_birth_days) for unknown_value");
  }
  request = new_rule(5);
  request.clear_category();
  EXPECT_EQ(set(request), "refused invalid_argument/missing(category) for missing");
}

TEST_F(Retention, AMunicipalityHasNoMoreRulesThanAreAllowed) {
  std::vector<std::string> bodies;
  for (std::int64_t i = 0; i < limits::retention_rules_max; ++i) {
    bodies.push_back(body_with_request_id(new_rule(5)));
  }
  EXPECT_EQ(town.load.call_all(cast.admin_tyr, "RetentionService/SetRetentionRule", bodies),
            bodies.size());
  EXPECT_EQ(set(new_rule(5)), "refused failed_precondition/too_many_rules for too_many_rules");
}

struct LegalHolds : Retention {};

TEST_F(LegalHolds, KeepACaseUntilTheyAreLifted) {
  const std::string number = town.old_group();
  const std::string first = town.hold(number);
  const v1::AuditEvent event = town.load.server.last_event();
  EXPECT_EQ(event.case_id(), town.id_of(number));
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.ciphertext_digest().size(), 32U);
  const std::string second = town.hold(number);
  EXPECT_EQ(kept(number), "ON_HOLD 2025-03-01");
  town.lift(number, first);
  EXPECT_EQ(kept(number), "ON_HOLD 2025-03-01");
  town.lift(number, second);
  EXPECT_EQ(kept(number), "DUE 2025-03-01");
  const auto shown = town.retention(number);
  ASSERT_EQ(shown.holds_size(), 2);
  EXPECT_EQ(shown.holds(0).hold(), first);
  EXPECT_EQ(shown.holds(0).reason(), "En domstol har begärt handlingarna.");
  EXPECT_EQ(shown.holds(0).set_by_handle(), "anna.alm");
  EXPECT_EQ(shown.holds(0).lifted_by_handle(), "anna.alm");
  EXPECT_TRUE(shown.holds(1).has_lifted_at());
}

TEST_F(LegalHolds, AreLiftedOnceAndOnlyOnTheirOwnCase) {
  const std::string number = town.old_group();
  const std::string other = town.old_group();
  const std::string hold = town.hold(number);
  const auto lift = [&](const std::string& of, const std::string& ref) {
    auto request = of_case<v1::LiftLegalHoldRequest>(of);
    request.set_hold(ref);
    return town.outcome(town.coordinator, "RetentionService/LiftLegalHold", request);
  };
  EXPECT_EQ(lift(other, hold), "refused not_found/not_found for not_found");
  EXPECT_EQ(lift(number, "zzzzzzzz"), "refused not_found/not_found for not_found");
  EXPECT_EQ(lift(number, hold), "allowed");
  EXPECT_EQ(lift(number, hold), "refused failed_precondition/hold_lifted for hold_lifted");
}

TEST_F(LegalHolds, NeedAReasonAndRoom) {
  const std::string number = town.old_group();
  auto request = of_case<v1::SetLegalHoldRequest>(number);
  const auto set_hold = [&] {
    return town.outcome(town.coordinator, "RetentionService/SetLegalHold", request);
  };
  EXPECT_EQ(set_hold(), "refused invalid_argument/missing(reason) for missing");
  request.set_reason("Skäl.");
  std::vector<std::string> bodies;
  for (std::int64_t i = 0; i < limits::records_per_case_max; ++i) {
    bodies.push_back(body_with_request_id(request));
  }
  EXPECT_EQ(town.load.call_all(town.coordinator, "RetentionService/SetLegalHold", bodies),
            bodies.size());
  EXPECT_EQ(set_hold(), "refused failed_precondition/case_full for case_full");
}

}  // namespace
}  // namespace sspf::test
