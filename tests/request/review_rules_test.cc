// SPDX-License-Identifier: Apache-2.0
//
// What each rule of a review finds, and what it leaves. The log is of one Tuesday at noon, unless a
// test moves the clock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "sspf/v1/protection.pb.h"
#include "tests/support/reviewing.h"

namespace sspf::test {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

struct ReviewRules : testing::Test {
  Reviewing town;
  Caseload& load = town.load;
  const Cast& cast = town.cast;
  const std::string number = load.mapped();

  void SetUp() override { load.assign(number, cast.school_tyr); }

  // Draws, and the rules of the last item in the sample of each account.
  std::set<v1::ReviewRule> rules_about(const Account& account) {
    std::set<v1::ReviewRule> rules;
    for (const v1::ReviewItem& item : sample()) {
      if (item.account() == account.handle) rules = rules_of(item);
    }
    rules.erase(v1::REVIEW_RULE_RANDOM);
    return rules;
  }
  const std::vector<v1::ReviewItem>& sample() {
    if (campaign.empty()) {
      town.end_month();
      campaign = town.drawn();
      items = town.items(campaign);
    }
    return items;
  }
  std::uint64_t found(v1::ReviewRule rule) {
    sample();
    const auto report = town.report(campaign);
    for (const auto& count : report.rules()) {
      if (count.rule() == rule) return count.found();
    }
    return 0;
  }
  void set_rule(v1::ReviewRule rule, bool enabled, std::uint32_t threshold) {
    auto request = review_of_tyr<v1::SetReviewRuleRequest>();
    request.set_rule(rule);
    request.set_enabled(enabled);
    request.set_threshold(threshold);
    load.get<v1::SetReviewRuleResponse>(town.auditor, "ReviewService/SetReviewRule", request);
  }

  std::string campaign;
  std::vector<v1::ReviewItem> items;
};

TEST_F(ReviewRules, FindNothingWrongWithAnAssignedReaderAtNoon) {
  town.read(cast.school_tyr, number);
  EXPECT_THAT(rules_about(cast.school_tyr), IsEmpty());
  EXPECT_THAT(rules_about(cast.coordinator_tyr), IsEmpty());
}

// A list names no role.
TEST_F(ReviewRules, ACoordinatorsListIsNotOutsideTheAssignment) {
  load.listed(cast.coordinator_tyr);
  EXPECT_THAT(rules_about(cast.coordinator_tyr), IsEmpty());
}

TEST_F(ReviewRules, WhoCoordinatesElsewhereDoesNotCoordinateHere) {
  v1::SetRolesRequest roles;
  roles.set_handle(cast.police.handle);
  roles.set_version(1);
  for (const auto& [role, municipality] :
       {std::pair{v1::ROLE_MEMBER, "TYR"}, std::pair{v1::ROLE_COORDINATOR, "NAC"}}) {
    v1::RoleGrant& grant = *roles.add_roles();
    grant.set_role(role);
    grant.set_municipality_code(municipality);
  }
  load.get<v1::SetRolesResponse>(cast.root, "AccountService/SetRoles", roles);
  v1::OpenInEmergencyRequest open;
  open.set_case_number(number);
  open.set_reason("Försvunnen.");
  load.get<v1::OpenInEmergencyResponse>(cast.police, "EmergencyService/OpenInEmergency", open);
  ASSERT_EQ(load.listed(cast.police).size(), 1U);
  EXPECT_THAT(rules_about(cast.police), Contains(v1::REVIEW_RULE_OUTSIDE_ASSIGNMENT));
}

TEST_F(ReviewRules, FindAnEmergencyOpeningAndWhatWasReadByItOutsideTheAssignment) {
  v1::OpenInEmergencyRequest open;
  open.set_case_number(number);
  open.set_reason("Försvunnen.");
  load.get<v1::OpenInEmergencyResponse>(cast.police, "EmergencyService/OpenInEmergency", open);
  town.read(cast.police, number);
  EXPECT_THAT(rules_about(cast.police),
              testing::ElementsAre(v1::REVIEW_RULE_OUTSIDE_ASSIGNMENT, v1::REVIEW_RULE_EMERGENCY));
  EXPECT_EQ(found(v1::REVIEW_RULE_EMERGENCY), 2U);
}

TEST_F(ReviewRules, CountAnAssignmentUntilItEndedAndNotAfter) {
  v1::UnassignAccountRequest unassign;
  unassign.set_case_number(number);
  unassign.set_handle(cast.school_tyr.handle);
  town.read(cast.school_tyr, number);
  load.server.advance_seconds(1);
  load.get<v1::UnassignAccountResponse>(cast.coordinator_tyr, "CaseService/UnassignAccount",
                                        unassign);
  EXPECT_THAT(rules_about(cast.school_tyr), Not(Contains(v1::REVIEW_RULE_OUTSIDE_ASSIGNMENT)));
}

TEST_F(ReviewRules, FindTheSameSurnameWhateverItsCaseAndTellNothingElse) {
  auto relative = new_person(number_aged_13);
  relative.set_title("Kim Sven.SKOG");  // the account's name ends so
  const std::string other = load.create(relative);
  load.assign(other, cast.school_tyr);
  town.read(cast.school_tyr, other);
  EXPECT_THAT(rules_about(cast.school_tyr), Contains(v1::REVIEW_RULE_SAME_SURNAME));
  EXPECT_THAT(rules_about(cast.coordinator_tyr), Not(Contains(v1::REVIEW_RULE_SAME_SURNAME)));
  std::string told = town.report(campaign).DebugString();
  for (const v1::ReviewItem& item : items) told += item.DebugString();
  for (const std::string& secret : {std::string("Kim"), std::string("SKOG"), other, number}) {
    EXPECT_THAT(told, Not(testing::HasSubstr(secret)));
  }
}

TEST_F(ReviewRules, OpenNoNameOfAGroup) {
  auto group = new_group();
  group.set_title("Vid Sven.Skog");
  const std::string other = load.create(group);
  load.assign(other, cast.school_tyr);
  town.read(cast.school_tyr, other);
  EXPECT_THAT(rules_about(cast.school_tyr), Not(Contains(v1::REVIEW_RULE_SAME_SURNAME)));
}

TEST_F(ReviewRules, FindEveningsAndWeekendsOfSwedishTime) {
  const auto at = [&](std::int64_t hours) {
    load.server.advance_seconds(hours * 3600);
    town.read(cast.school_tyr, number);
  };
  at(6);                               // 18:00
  at(1);                               // 19:00
  at(10);                              // 05:00 on Wednesday
  at(1);                               // 06:00
  load.server.set_date("2026-11-28");  // Saturday
  town.read(cast.school_tyr, number);
  EXPECT_EQ(found(v1::REVIEW_RULE_OFF_HOURS), 3U);
}

TEST_F(ReviewRules, FindWhatIsProtectedAndWhatHadEnded) {
  load.close(number);
  load.server.advance_seconds(1);
  town.read(cast.coordinator_tyr, number);
  EXPECT_THAT(rules_about(cast.coordinator_tyr), Contains(v1::REVIEW_RULE_ENDED_CASE));
  EXPECT_EQ(found(v1::REVIEW_RULE_ENDED_CASE), 1U);  // and not the call that closed it
}

TEST_F(ReviewRules, FindEveryCallOnAProtectedIdentity) {
  v1::ProtectIdentityRequest protect;
  protect.set_case_number(number);
  protect.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
  load.get<v1::ProtectIdentityResponse>(cast.coordinator_tyr, "ProtectionService/ProtectIdentity",
                                        protect);
  town.read(cast.school_tyr, number);  // refused
  EXPECT_THAT(rules_about(cast.school_tyr), Contains(v1::REVIEW_RULE_PROTECTED_IDENTITY));
}

TEST_F(ReviewRules, FindRefusalsFromTheThirdWithinAnHourOn) {
  for (int i = 0; i < 2; ++i) town.read(cast.social_tyr, number);
  load.server.advance_seconds(3601);
  for (int i = 0; i < 2; ++i) town.read(cast.social_tyr, number);
  for (int i = 0; i < 3; ++i) town.read(cast.recreation_tyr, number);
  for (int i = 0; i < 5; ++i) town.read(cast.school2_tyr, "TYR-2026-9999");  // not there
  EXPECT_EQ(found(v1::REVIEW_RULE_DENIED), 3U);
  EXPECT_THAT(rules_about(cast.recreation_tyr), Contains(v1::REVIEW_RULE_DENIED));
  EXPECT_THAT(rules_about(cast.social_tyr), Not(Contains(v1::REVIEW_RULE_DENIED)));
}

TEST_F(ReviewRules, FindWhoReadFarMoreThanTheMedianOfTheRole) {
  load.assign(number, cast.social_tyr);
  town.read(cast.social_tyr, number);
  for (std::uint32_t i = 0; i <= limits::review_volume_items_min; ++i) {
    town.read(cast.school_tyr, number);
  }
  EXPECT_THAT(rules_about(cast.school_tyr), Contains(v1::REVIEW_RULE_VOLUME));
  EXPECT_THAT(rules_about(cast.social_tyr), Not(Contains(v1::REVIEW_RULE_VOLUME)));
}

TEST_F(ReviewRules, AreTheMunicipalitysOwnAndADisabledOneFindsNothing) {
  set_rule(v1::REVIEW_RULE_DENIED, true, 4);
  set_rule(v1::REVIEW_RULE_OFF_HOURS, false, 0);
  for (int i = 0; i < 3; ++i) town.read(cast.social_tyr, number);
  load.server.advance_seconds(10 * 3600);
  town.read(cast.school_tyr, number);
  EXPECT_EQ(found(v1::REVIEW_RULE_DENIED), 0U);
  EXPECT_EQ(found(v1::REVIEW_RULE_OFF_HOURS), 0U);
}

TEST_F(ReviewRules, KeepOnlySoManyOfOneRuleAndSayHowManyTheyFound) {
  const std::size_t most = limits::review_risk_items_max;
  for (std::size_t i = 0; i <= most; ++i) town.read(cast.social_tyr, number);
  town.end_month();
  auto request = review_of_tyr<v1::OpenCampaignRequest>();
  request.set_month(reviewed_month);
  request.set_random_items(1);
  campaign = load.get<v1::OpenCampaignResponse>(town.auditor, "ReviewService/OpenCampaign", request)
                 .campaign();
  const auto drawn = town.draw(campaign);
  for (const auto& count : drawn.rules()) {
    if (count.rule() != v1::REVIEW_RULE_DENIED) continue;
    EXPECT_EQ(count.found(), most + 1);
    EXPECT_GE(count.drawn(), most);
    EXPECT_LE(count.drawn(), most + 1);  // the one by lot may fit the rule, too
  }
}

}  // namespace
}  // namespace sspf::test
