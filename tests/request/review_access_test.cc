// SPDX-License-Identifier: Apache-2.0
//
// Who may call what of reviews, as one table of callers and RPCs. Writes are dry runs, so that
// every row meets the same state.
#include <gtest/gtest.h>

#include <memory>

#include "tests/support/requests.h"
#include "tests/support/reviewing.h"

namespace sspf::test {
namespace {

struct ReviewAccessTable : testing::Test {
  Reviewing town;
  const Cast& cast = town.cast;
  std::string campaign;
  std::string signable;
  v1::ReviewItem item;
  std::string request;
  std::string case_ref;

  void SetUp() override {
    const std::string number = town.load.mapped();
    town.load.assign(number, cast.school_tyr);
    town.read(cast.school_tyr, number);
    auto part = review_of_tyr<v1::OpenCampaignRequest>();
    part.set_month(reviewed_month);
    part.set_partial(true);
    signable =
        town.load.get<v1::OpenCampaignResponse>(town.auditor, "ReviewService/OpenCampaign", part)
            .campaign();
    town.draw(signable);
    town.judge_all(signable);
    item = town.item_of(signable, cast.school_tyr);
    case_ref = item.case_refs(0);
    auto ask = review_of_tyr<v1::RequestReidentificationRequest>();
    ask.set_case_ref(case_ref);
    ask.set_reason("Incident.");
    request = town.load
                  .get<v1::RequestReidentificationResponse>(
                      cast.auditor, "ReidentificationService/RequestReidentification", ask)
                  .reidentification();
    town.end_month();
    campaign = town.open();
  }

  template <typename Request>
  Request of_campaign(const std::string& number) {
    auto of = review_of_tyr<Request>();
    of.set_campaign(number);
    return of;
  }
  template <typename Request>
  Request of_item() {
    auto of = review_of_tyr<Request>();
    of.set_review_item(item.review_item());
    return of;
  }
  Requests of_auditors() {
    Requests all;
    auto open = review_of_tyr<v1::OpenCampaignRequest>();
    open.set_month("2026-10");
    all.emplace_back("ReviewService/OpenCampaign", as_trial(open));
    all.emplace_back("ReviewService/ListCampaigns",
                     as_trial(review_of_tyr<v1::ListCampaignsRequest>()));
    all.emplace_back("ReviewService/DrawSample",
                     as_trial(of_campaign<v1::DrawSampleRequest>(campaign)));
    all.emplace_back("ReviewService/ListReviewItems",
                     as_trial(of_campaign<v1::ListReviewItemsRequest>(signable)));
    all.emplace_back("ReviewService/GetReviewItem", as_trial(of_item<v1::GetReviewItemRequest>()));
    all.emplace_back("ReviewService/RecordVerdict",
                     as_trial(verdict_on(item, v1::REVIEW_VERDICT_UNCLEAR)));
    auto ask = of_item<v1::AskExplanationRequest>();
    ask.set_handle(cast.coordinator_tyr.handle);
    ask.set_question("Varför?");
    all.emplace_back("ReviewService/AskExplanation", as_trial(ask));
    auto escalate = of_item<v1::EscalateRequest>();
    escalate.set_text("Missbruk.");
    all.emplace_back("ReviewService/Escalate", as_trial(escalate));
    all.emplace_back("ReviewService/SignOff", as_trial(of_campaign<v1::SignOffRequest>(signable)));
    all.emplace_back("ReviewService/GetReviewReport",
                     as_trial(of_campaign<v1::GetReviewReportRequest>(signable)));
    auto rule = review_of_tyr<v1::SetReviewRuleRequest>();
    rule.set_rule(v1::REVIEW_RULE_DENIED);
    all.emplace_back("ReviewService/SetReviewRule", as_trial(rule));
    all.emplace_back("ReviewService/ListReviewRules",
                     as_trial(review_of_tyr<v1::ListReviewRulesRequest>()));
    auto reidentify = review_of_tyr<v1::RequestReidentificationRequest>();
    reidentify.set_case_ref(case_ref);
    reidentify.set_reason("Incident.");
    all.emplace_back("ReidentificationService/RequestReidentification", as_trial(reidentify));
    all.emplace_back("ReidentificationService/ListReidentifications",
                     as_trial(review_of_tyr<v1::ListReidentificationsRequest>()));
    return all;
  }
  void expect(const Account& caller, const std::string& expected) {
    for (const auto& [rpc, message] : of_auditors()) {
      const bool is_write = message->GetDescriptor()->FindFieldByName("write") != nullptr;
      EXPECT_EQ(town.outcome(caller, rpc, *message), expected != "may" ? expected
                                                     : is_write        ? "dry run"
                                                                       : "allowed")
          << caller.handle << " " << rpc;
    }
  }
};

TEST_F(ReviewAccessTable, IsForAuditorsOfTheMunicipalityAlone) {
  expect(cast.auditor_tyr, "may");
  expect(cast.auditor, "may");
  expect(cast.nobody, "refused unauthenticated/no_certificate for no_certificate");
  expect(cast.suspended, "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& caller : {cast.root, cast.admin_tyr, cast.coordinator_tyr, cast.school_tyr,
                                cast.social_tyr, cast.recreation_tyr, cast.police}) {
    expect(caller, "refused permission_denied/role_missing for role_missing");
  }
  const Account nacka =
      make_account(town.server, {"nina.nord", "NAC-SSPF", v1::ROLE_AUDITOR, {"NAC"}});
  for (const Account& caller : {nacka, cast.coordinator_nac, cast.school_nac}) {
    expect(caller, "refused not_found/not_found for other_municipality");
  }
}

TEST_F(ReviewAccessTable, NothingOfOneMunicipalityIsThereInAnother) {
  const std::string absent = "refused not_found/not_found for not_found";
  for (const auto& [rpc, message] : of_auditors()) {
    const auto* code = message->GetDescriptor()->FindFieldByName("municipality_code");
    message->GetReflection()->SetString(message.get(), code, "NAC");
    const bool names_something =
        message->GetDescriptor()->FindFieldByName("campaign") != nullptr ||
        message->GetDescriptor()->FindFieldByName("review_item") != nullptr ||
        message->GetDescriptor()->FindFieldByName("case_ref") != nullptr ||
        message->GetDescriptor()->FindFieldByName("reidentification") != nullptr;
    if (names_something) {
      EXPECT_EQ(town.outcome(cast.auditor, rpc, *message), absent) << rpc;
    }
  }
}

TEST_F(ReviewAccessTable, WhoHasReadACaseIsForThoseWhoCoordinateIt) {
  v1::ListCaseReadersRequest readers;
  readers.set_case_number("TYR-2026-0001");
  const std::string rpc = "CaseReaderService/ListCaseReaders";
  EXPECT_EQ(town.outcome(cast.coordinator_tyr, rpc, readers), "allowed");
  EXPECT_EQ(town.outcome(cast.school_tyr, rpc, readers),
            "refused permission_denied/role_missing for role_missing");
  for (const Account& caller : {cast.social_tyr, cast.coordinator_nac, cast.auditor,
                                cast.auditor_tyr, cast.admin_tyr, cast.root}) {
    EXPECT_EQ(town.outcome(caller, rpc, readers), "refused not_found/not_found for not_assigned")
        << caller.handle;
  }
}

TEST_F(ReviewAccessTable, AQuestionIsThereForTheOneWhoIsAskedAlone) {
  auto ask = of_item<v1::AskExplanationRequest>();
  ask.set_handle(cast.coordinator_tyr.handle);
  ask.set_question("Varför?");
  v1::AnswerExplanationRequest answer;
  answer.set_review_question(
      town.load.get<v1::AskExplanationResponse>(town.auditor, "ReviewService/AskExplanation", ask)
          .review_question());
  answer.set_answer("Uppdrag.");
  answer.mutable_write()->set_dry_run(true);
  const std::string rpc = "ReviewService/AnswerExplanation";
  for (const Account& caller : {cast.auditor_tyr, cast.admin_tyr, cast.school_tyr, cast.root}) {
    EXPECT_EQ(town.outcome(caller, rpc, answer), "refused not_found/not_found for not_found");
    const auto listed = town.load.get<v1::ListEnquiriesResponse>(
        caller, "ReviewService/ListEnquiries", v1::ListEnquiriesRequest());
    EXPECT_EQ(listed.enquiries_size(), 0);
  }
  EXPECT_EQ(town.outcome(cast.coordinator_tyr, rpc, answer), "dry run");
  const auto listed = town.load.get<v1::ListEnquiriesResponse>(
      cast.coordinator_tyr, "ReviewService/ListEnquiries", v1::ListEnquiriesRequest());
  ASSERT_EQ(listed.enquiries_size(), 1);
  EXPECT_EQ(listed.enquiries(0).question(), "Varför?");
  EXPECT_EQ(listed.enquiries(0).account(), cast.school_tyr.handle);
}

TEST_F(ReviewAccessTable, ReidentificationTakesTwoAuditorsAndShowsOnceWithinAnHour) {
  const std::string approving = "ReidentificationService/ApproveReidentification";
  const std::string showing = "ReidentificationService/ShowReidentified";
  auto approve = review_of_tyr<v1::ApproveReidentificationRequest>();
  approve.set_reidentification(request);
  auto show = review_of_tyr<v1::ShowReidentifiedRequest>();
  show.set_reidentification(request);
  EXPECT_EQ(town.outcome(cast.auditor, showing, show),
            "refused failed_precondition/not_approved for not_approved");
  EXPECT_EQ(town.outcome(cast.auditor, approving, approve),
            "refused failed_precondition/own_act for own_act");
  EXPECT_EQ(town.outcome(cast.coordinator_tyr, approving, approve),
            "refused permission_denied/role_missing for role_missing");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, approving, approve), "allowed");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, approving, approve),
            "refused failed_precondition/approved_already for approved_already");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, showing, show),
            "refused permission_denied/role_missing for role_missing");
  town.server.advance_seconds(3599);
  auto trial = show;
  trial.mutable_write()->set_dry_run(true);
  EXPECT_EQ(town.load.get<v1::ShowReidentifiedResponse>(cast.auditor, showing, trial).case_number(),
            "");
  const auto shown = town.load.get<v1::ShowReidentifiedResponse>(cast.auditor, showing, show);
  EXPECT_EQ(shown.case_number(), "TYR-2026-0001");
  EXPECT_EQ(town.server.last_event().cases_shown_size(), 1);
  EXPECT_EQ(town.outcome(cast.auditor, showing, show),
            "refused failed_precondition/shown_already for shown_already");
}

TEST_F(ReviewAccessTable, AnApprovalLastsAnHour) {
  auto approve = review_of_tyr<v1::ApproveReidentificationRequest>();
  approve.set_reidentification(request);
  EXPECT_EQ(
      town.outcome(cast.auditor_tyr, "ReidentificationService/ApproveReidentification", approve),
      "allowed");
  town.server.advance_seconds(3600);  // limits::reidentification_time_max
  auto show = review_of_tyr<v1::ShowReidentifiedRequest>();
  show.set_reidentification(request);
  EXPECT_EQ(town.outcome(cast.auditor, "ReidentificationService/ShowReidentified", show),
            "refused failed_precondition/shown_already for shown_already");
}

}  // namespace
}  // namespace sspf::test
