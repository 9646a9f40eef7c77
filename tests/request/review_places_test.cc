// SPDX-License-Identifier: Apache-2.0
//
// Reviews of two municipalities beside each other: campaigns, missing months, rules and what a
// sample is drawn from are those of one, for an auditor of the whole installation too.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sspf/v1/account.pb.h"
#include "tests/support/reviewing.h"

namespace sspf::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Words = std::vector<std::string>;

struct ReviewPlaces : testing::Test {
  Reviewing town;
  Caseload& load = town.load;
  const Cast& cast = town.cast;

  template <typename Request>
  static Request of(const std::string& municipality) {
    Request request;
    request.set_municipality_code(municipality);
    return request;
  }
  v1::ListCampaignsResponse campaigns(const std::string& municipality) {
    return load.get<v1::ListCampaignsResponse>(cast.auditor, "ReviewService/ListCampaigns",
                                               of<v1::ListCampaignsRequest>(municipality));
  }
  void set_volume(const std::string& municipality, std::uint32_t threshold) {
    auto request = of<v1::SetReviewRuleRequest>(municipality);
    request.set_rule(v1::REVIEW_RULE_VOLUME);
    request.set_enabled(true);
    request.set_threshold(threshold);
    load.get<v1::SetReviewRuleResponse>(cast.auditor, "ReviewService/SetReviewRule", request);
  }
  // "rule threshold" of what was decided there.
  Words decided(const std::string& municipality) {
    const auto listed =
        load.get<v1::ListReviewRulesResponse>(cast.auditor, "ReviewService/ListReviewRules",
                                              of<v1::ListReviewRulesRequest>(municipality));
    Words rules;
    for (const v1::ReviewRuleSetting& rule : listed.rules()) {
      if (rule.set_by_handle().empty()) continue;
      rules.push_back(std::to_string(rule.rule()) + " " + std::to_string(rule.threshold()));
    }
    return rules;
  }
};

TEST_F(ReviewPlaces, CampaignsAndMissingMonthsAreOfOne) {
  town.end_month();
  v1::CreateMunicipalityRequest late;
  late.set_code("VAR");
  late.set_name("Värmdö");
  load.get<v1::CreateMunicipalityResponse>(cast.root, "MunicipalityService/CreateMunicipality",
                                           late);
  town.open();
  EXPECT_THAT(campaigns("VAR").campaigns(), IsEmpty());
  EXPECT_THAT(campaigns("VAR").months_without_campaign(), IsEmpty()) << "it began in December";
  EXPECT_THAT(campaigns("NAC").months_without_campaign(), ElementsAre(reviewed_month));
  auto open = of<v1::OpenCampaignRequest>("NAC");
  open.set_month(reviewed_month);
  EXPECT_EQ(town.outcome(cast.auditor, "ReviewService/OpenCampaign", open), "allowed");
  EXPECT_EQ(campaigns("TYR").campaigns_size(), 1);
}

TEST_F(ReviewPlaces, RulesAreOfOneHoweverOftenAnotherDecides) {
  set_volume("TYR", 7);
  for (const std::uint32_t threshold : {2U, 4U, 9U}) set_volume("NAC", threshold);
  EXPECT_THAT(decided("TYR"), ElementsAre("5 7"));
  EXPECT_THAT(decided("NAC"), ElementsAre("5 9"));
}

// A call that shows cases of both concerns both; what the other's case is, is no reason here.
TEST_F(ReviewPlaces, AnothersCaseIsNoReasonToBeInTheSample) {
  Terms with_the_police;
  with_the_police.agencies = {"LPO-POL"};
  const std::string here = load.mapped();
  load.assign(here, cast.police);
  load.consent(here, with_the_police);
  auto relative = new_person(number_aged_17);
  relative.set_municipality_code("NAC");
  relative.set_referring_agency_code("NAC-SKO");
  relative.set_title("Kim Per.Park");  // as the police account's name ends
  const std::string there =
      load.get<v1::CreateCaseResponse>(cast.coordinator_nac, "CaseService/CreateCase", relative)
          .number();
  load.get<v1::RecordConsentResponse>(cast.coordinator_nac, "ConsentService/RecordConsent",
                                      new_consent(there, with_the_police));
  v1::AssignAccountRequest assign;
  assign.set_case_number(there);
  assign.set_handle(cast.police.handle);
  load.get<v1::AssignAccountResponse>(cast.coordinator_nac, "CaseService/AssignAccount", assign);
  ASSERT_EQ(load.listed(cast.police).size(), 2U);
  town.end_month();
  const v1::ReviewItem item = town.item_of(town.drawn(), cast.police);
  EXPECT_FALSE(rules_of(item).contains(v1::REVIEW_RULE_SAME_SURNAME));
  EXPECT_EQ(item.case_refs_size(), 1);
}

TEST_F(ReviewPlaces, RequestsToLearnACaseAreThereWhereItIs) {
  load.mapped();
  town.end_month();
  auto ask = of<v1::RequestReidentificationRequest>("TYR");
  ask.set_case_ref(town.item_of(town.drawn(), cast.coordinator_tyr).case_refs(0));
  ask.set_reason("Incident.");
  const auto asked = load.get<v1::RequestReidentificationResponse>(
      cast.auditor, "ReidentificationService/RequestReidentification", ask);
  auto approve = of<v1::ApproveReidentificationRequest>("NAC");
  approve.set_reidentification(asked.reidentification());
  EXPECT_EQ(town.outcome(cast.auditor, "ReidentificationService/ApproveReidentification", approve),
            "refused not_found/not_found for not_found");
  const auto listed = [&](const std::string& municipality) {
    return load
        .get<v1::ListReidentificationsResponse>(cast.auditor,
                                                "ReidentificationService/ListReidentifications",
                                                of<v1::ListReidentificationsRequest>(municipality))
        .requests_size();
  };
  EXPECT_EQ(listed("TYR"), 1);
  EXPECT_EQ(listed("NAC"), 0);
}

}  // namespace
}  // namespace sspf::test
