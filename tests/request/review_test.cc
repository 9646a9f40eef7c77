// SPDX-License-Identifier: Apache-2.0
//
// A campaign from its opening to its signature, and every step that is refused on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/reviewing.h"

namespace sspf::test {
namespace {

struct Review : testing::Test {
  Reviewing town;
  Caseload& load = town.load;
  const Cast& cast = town.cast;
  const std::string number = load.mapped();

  void SetUp() override {
    load.assign(number, cast.school_tyr);
    town.read(cast.school_tyr, number);
    town.end_month();
  }
  v1::OpenCampaignRequest opening(const std::string& month) {
    auto request = review_of_tyr<v1::OpenCampaignRequest>();
    request.set_month(month);
    return request;
  }
  template <typename Request>
  Request of_campaign(const std::string& campaign) {
    auto request = review_of_tyr<Request>();
    request.set_campaign(campaign);
    return request;
  }
  std::string opens(const v1::OpenCampaignRequest& request) {
    return town.outcome(town.auditor, "ReviewService/OpenCampaign", request);
  }
  std::string signs(const std::string& campaign) {
    return town.outcome(town.auditor, "ReviewService/SignOff",
                        of_campaign<v1::SignOffRequest>(campaign));
  }
  std::string judges(const Account& auditor, const v1::RecordVerdictRequest& request) {
    return town.outcome(auditor, "ReviewService/RecordVerdict", request);
  }
};

TEST_F(Review, HasOneCampaignForEachMonthThatIsOver) {
  EXPECT_EQ(town.open(), "TYR-G-2026-11");
  EXPECT_EQ(opens(opening(reviewed_month)),
            "refused already_exists/campaign_exists for campaign_exists");
  EXPECT_EQ(opens(opening("2026-12")),
            "refused failed_precondition/period_not_over(month) for period_not_over");
  EXPECT_EQ(opens(opening("2026-13")),
            "refused invalid_argument/wrong_month(month) for wrong_month");
  auto late = opening("2026-10");
  late.set_due_on("2026-12-09");
  EXPECT_EQ(opens(late), "refused invalid_argument/in_past(due_on) for in_past");
  auto many = opening("2026-10");
  many.set_random_items(limits::review_random_items_max + 1);
  EXPECT_EQ(opens(many), "refused invalid_argument/too_large(random_items) for too_large");
  many.set_random_items(limits::review_random_items_max);
  EXPECT_EQ(opens(many), "allowed");
}

TEST_F(Review, OfAPartOfTheRunningMonthDoesNotCountAsTheMonths) {
  auto part = opening("2026-12");
  part.set_partial(true);
  for (std::int64_t i = 0; i < limits::review_parts_max; ++i) EXPECT_EQ(opens(part), "allowed");
  EXPECT_EQ(opens(part), "refused failed_precondition/too_many_parts for too_many_parts");
  part.set_month(reviewed_month);
  EXPECT_EQ(opens(part), "refused invalid_argument/unexpected(partial) for unexpected");
  town.server.set_date("2027-01-05");
  const auto listed = load.get<v1::ListCampaignsResponse>(
      town.auditor, "ReviewService/ListCampaigns", review_of_tyr<v1::ListCampaignsRequest>());
  EXPECT_THAT(listed.months_without_campaign(), testing::ElementsAre("2026-11", "2026-12"));
  EXPECT_EQ(opens(opening("2026-12")), "allowed");
}

TEST_F(Review, IsOverdueAfterItsDayAndAMonthAfterItsOwn) {
  const std::string campaign = town.open();
  auto& database = town.server.installation().database();
  town.server.set_date("2027-01-09");
  EXPECT_FALSE(town.report(campaign).campaign().overdue());
  EXPECT_EQ(database.count_overdue_reviews("2027-01-09"), 0U);
  town.server.set_date("2027-01-10");
  EXPECT_TRUE(town.report(campaign).campaign().overdue());
  EXPECT_EQ(database.count_overdue_reviews("2027-01-10"), 1U);
  // NAC has had no campaign of November: limits::review_days_max after 1 December is 15 January.
  town.read(cast.coordinator_nac, "NAC-2026-0001");
  const std::uint32_t before = database.count_overdue_reviews("2027-01-15");
  EXPECT_EQ(database.count_overdue_reviews("2027-01-16"), before + 1);
}

TEST_F(Review, DrawsOnceAndSaysWhatItWasDrawnFrom) {
  const std::string campaign = town.open();
  const auto list = of_campaign<v1::ListReviewItemsRequest>(campaign);
  EXPECT_EQ(town.outcome(town.auditor, "ReviewService/ListReviewItems", list),
            "refused failed_precondition/not_drawn for not_drawn");
  const std::uint64_t size = town.server.event_count();
  const auto drawn = town.draw(campaign);
  EXPECT_GT(drawn.items(), 0U);
  EXPECT_EQ(town.outcome(town.auditor, "ReviewService/DrawSample",
                         of_campaign<v1::DrawSampleRequest>(campaign)),
            "refused failed_precondition/drawn_already for drawn_already");
  const auto report = town.report(campaign);
  EXPECT_EQ(report.log_size(), size);
  EXPECT_EQ(report.scanned_events(), report.period_events());
  EXPECT_LE(report.period_events(), limits::review_scan_events_max);
  EXPECT_GE(report.period_events(), report.case_events());
  for (const v1::ReviewItem& item : town.items(campaign)) {
    EXPECT_FALSE(item.case_refs().empty()) << item.DebugString();
    EXPECT_LT(item.time().seconds(), 1796079600) << "of December";  // 2026-12-01 in Stockholm
  }
}

TEST_F(Review, KeepsEveryVerdictAndAsksForACommentUnlessJustified) {
  const std::string campaign = town.drawn();
  auto item = town.item_of(campaign, cast.school_tyr);
  auto bare = verdict_on(item, v1::REVIEW_VERDICT_NOT_JUSTIFIED);
  bare.set_comment(" \n");
  EXPECT_EQ(judges(town.auditor, bare), "refused invalid_argument/missing(comment) for missing");
  const auto first = verdict_on(item, v1::REVIEW_VERDICT_UNCLEAR);
  EXPECT_EQ(judges(town.auditor, first), "allowed");
  EXPECT_EQ(judges(town.auditor, first), "refused aborted/stale_version for stale_version");
  item = town.item_of(campaign, cast.school_tyr);
  EXPECT_EQ(item.version(), 1U);
  auto second = verdict_on(item, v1::REVIEW_VERDICT_JUSTIFIED);
  second.set_comment("Förklarat.");
  EXPECT_EQ(judges(cast.auditor, second), "allowed");
  const auto shown = town.show(item.review_item());
  ASSERT_EQ(shown.judgements_size(), 2);
  EXPECT_EQ(shown.judgements(0).verdict(), v1::REVIEW_VERDICT_UNCLEAR);
  EXPECT_EQ(shown.judgements(1).comment(), "Förklarat.");
  EXPECT_EQ(shown.judgements(1).judged_by_handle(), cast.auditor.handle);
}

TEST_F(Review, TakesOnlySoManyVerdictsAndQuestionsOnOneItem) {
  const std::string campaign = town.drawn();
  auto item = town.item_of(campaign, cast.school_tyr);
  for (std::uint64_t i = 0; i < limits::review_verdicts_max; ++i) {
    town.judge(item, v1::REVIEW_VERDICT_JUSTIFIED);
    item.set_version(item.version() + 1);
  }
  EXPECT_EQ(judges(town.auditor, verdict_on(item, v1::REVIEW_VERDICT_JUSTIFIED)),
            "refused failed_precondition/too_many_versions for too_many_versions");
  auto ask = review_of_tyr<v1::AskExplanationRequest>();
  ask.set_review_item(item.review_item());
  ask.set_handle(cast.coordinator_tyr.handle);
  ask.set_question("Varför?");
  // Below limits::review_enquiries_max of one account.
  for (std::int64_t i = 0; i < limits::review_questions_max; ++i) {
    EXPECT_EQ(town.outcome(town.auditor, "ReviewService/AskExplanation", ask), "allowed");
  }
  EXPECT_EQ(town.outcome(town.auditor, "ReviewService/AskExplanation", ask),
            "refused failed_precondition/too_many_questions for too_many_questions");
}

TEST_F(Review, AsksThoseWhoAnswerForStaffThereAndNotTheOneItIsAbout) {
  const std::string campaign = town.drawn();
  const auto asks = [&](const Account& about, const std::string& handle) {
    auto ask = review_of_tyr<v1::AskExplanationRequest>();
    ask.set_review_item(town.item_of(campaign, about).review_item());
    ask.set_handle(handle);
    ask.set_question("Varför?");
    return town.outcome(town.auditor, "ReviewService/AskExplanation", ask);
  };
  const std::string unknown = "refused invalid_argument/unknown_value(handle) for ";
  EXPECT_EQ(asks(cast.school_tyr, cast.social_tyr.handle), unknown + "role_missing");
  EXPECT_EQ(asks(cast.school_tyr, cast.coordinator_nac.handle), unknown + "role_missing");
  EXPECT_EQ(asks(cast.school_tyr, "ingen.alls"), unknown + "unknown_value");
  EXPECT_EQ(asks(cast.coordinator_tyr, cast.coordinator_tyr.handle),
            "refused failed_precondition/own_act for own_act");
  EXPECT_EQ(asks(cast.coordinator_tyr, cast.admin_tyr.handle), "allowed");
}

TEST_F(Review, IsSignedOffWhenAllIsJudgedAnsweredAndClearAndLockedThen) {
  const std::string campaign = town.open();
  EXPECT_EQ(signs(campaign), "refused failed_precondition/not_drawn for not_drawn");
  town.draw(campaign);
  EXPECT_EQ(signs(campaign), "refused failed_precondition/not_judged for not_judged");
  town.judge_all(campaign);
  auto item = town.item_of(campaign, cast.school_tyr);
  auto ask = review_of_tyr<v1::AskExplanationRequest>();
  ask.set_review_item(item.review_item());
  ask.set_handle(cast.coordinator_tyr.handle);
  ask.set_question("Varför?");
  v1::AnswerExplanationRequest answer;
  answer.set_review_question(
      load.get<v1::AskExplanationResponse>(town.auditor, "ReviewService/AskExplanation", ask)
          .review_question());
  answer.set_answer("Uppdrag.");
  EXPECT_EQ(signs(campaign), "refused failed_precondition/question_open for question_open");
  const std::string answering = "ReviewService/AnswerExplanation";
  EXPECT_EQ(town.outcome(cast.coordinator_tyr, answering, answer), "allowed");
  EXPECT_EQ(town.outcome(cast.coordinator_tyr, answering, answer),
            "refused failed_precondition/answered_already for answered_already");
  town.judge(item, v1::REVIEW_VERDICT_UNCLEAR);
  EXPECT_EQ(signs(campaign), "refused failed_precondition/unclear_left for unclear_left");
  item = town.item_of(campaign, cast.school_tyr);
  town.judge(item, v1::REVIEW_VERDICT_NOT_JUSTIFIED);
  auto escalate = review_of_tyr<v1::EscalateRequest>();
  escalate.set_review_item(item.review_item());
  escalate.set_text("Läste utan uppdrag.");
  EXPECT_EQ(town.outcome(town.auditor, "ReviewService/Escalate", escalate), "allowed");
  EXPECT_EQ(town.outcome(town.auditor, "ReviewService/Escalate", escalate),
            "refused failed_precondition/escalated_already for escalated_already");
  EXPECT_EQ(signs(campaign), "allowed");

  const std::string locked =
      "refused failed_precondition/signed_off_already for signed_off_already";
  EXPECT_EQ(signs(campaign), locked);
  item = town.item_of(campaign, cast.school_tyr);
  EXPECT_EQ(judges(town.auditor, verdict_on(item, v1::REVIEW_VERDICT_JUSTIFIED)), locked);
  EXPECT_EQ(town.outcome(town.auditor, "ReviewService/AskExplanation", ask), locked);
  EXPECT_EQ(town.outcome(town.auditor, "ReviewService/Escalate", escalate), locked);
  const auto report = town.report(campaign);
  EXPECT_EQ(report.campaign().signed_by_handle(), town.auditor.handle);
  EXPECT_EQ(report.incidents_size(), 1);
  EXPECT_EQ(report.questions(), 1U);
  EXPECT_EQ(town.show(item.review_item()).incident_text(), "Läste utan uppdrag.");
}

// An auditor's reveal of a case number shows something of a case, and so is in a sample itself.
TEST_F(Review, OfTheReviewersOwnReadsIsLeftToAnother) {
  const std::string first = town.drawn();
  auto ask = review_of_tyr<v1::RequestReidentificationRequest>();
  ask.set_case_ref(town.item_of(first, cast.school_tyr).case_refs(0));
  ask.set_reason("Incident.");
  auto approve = review_of_tyr<v1::ApproveReidentificationRequest>();
  approve.set_reidentification(
      load.get<v1::RequestReidentificationResponse>(
              town.auditor, "ReidentificationService/RequestReidentification", ask)
          .reidentification());
  load.get<v1::ApproveReidentificationResponse>(
      cast.auditor, "ReidentificationService/ApproveReidentification", approve);
  auto reveal = review_of_tyr<v1::ShowReidentifiedRequest>();
  reveal.set_reidentification(approve.reidentification());
  load.get<v1::ShowReidentifiedResponse>(town.auditor, "ReidentificationService/ShowReidentified",
                                         reveal);
  auto part = opening("2026-12");
  part.set_partial(true);
  town.server.advance_seconds(1);
  const auto campaign =
      load.get<v1::OpenCampaignResponse>(town.auditor, "ReviewService/OpenCampaign", part)
          .campaign();
  town.draw(campaign);
  const auto own = town.item_of(campaign, town.auditor);
  const std::string refused = "refused failed_precondition/own_reads for own_reads";
  EXPECT_EQ(judges(town.auditor, verdict_on(own, v1::REVIEW_VERDICT_JUSTIFIED)), refused);
  auto escalate = review_of_tyr<v1::EscalateRequest>();
  escalate.set_review_item(own.review_item());
  escalate.set_text("Inget.");
  EXPECT_EQ(town.outcome(town.auditor, "ReviewService/Escalate", escalate), refused);
  EXPECT_EQ(judges(cast.auditor, verdict_on(own, v1::REVIEW_VERDICT_JUSTIFIED)), "allowed");
}

TEST_F(Review, RefusesRulesThatAreNone) {
  const auto sets = [&](v1::ReviewRule rule, std::uint32_t threshold) {
    auto request = review_of_tyr<v1::SetReviewRuleRequest>();
    request.set_rule(rule);
    request.set_enabled(true);
    request.set_threshold(threshold);
    return town.outcome(town.auditor, "ReviewService/SetReviewRule", request);
  };
  EXPECT_EQ(sets(v1::REVIEW_RULE_RANDOM, 0),
            "refused invalid_argument/unexpected(rule) for unexpected");
  EXPECT_EQ(sets(v1::REVIEW_RULE_EMERGENCY, 2),
            "refused invalid_argument/unexpected(threshold) for unexpected");
  EXPECT_EQ(sets(v1::REVIEW_RULE_VOLUME, limits::review_threshold_max + 1),
            "refused invalid_argument/too_large(threshold) for too_large");
  EXPECT_EQ(sets(v1::REVIEW_RULE_VOLUME, limits::review_threshold_max), "allowed");
}

TEST_F(Review, TellsACoordinatorWhoHasReadTheCase) {
  town.read(cast.school_tyr, number);
  v1::ListCaseReadersRequest request;
  request.set_case_number(number);
  const auto readers = load.get<v1::ListCaseReadersResponse>(
      cast.coordinator_tyr, "CaseReaderService/ListCaseReaders", request);
  for (const v1::CaseReader& reader : readers.readers()) {
    if (reader.account() != cast.school_tyr.handle) continue;
    EXPECT_EQ(reader.times(), 2U);
    EXPECT_EQ(reader.agency_code(), "TYR-SKO");
    EXPECT_LT(reader.first_at().seconds(), reader.last_at().seconds());
    return;
  }
  FAIL() << readers.DebugString();
}

}  // namespace
}  // namespace sspf::test
