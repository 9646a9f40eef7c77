// SPDX-License-Identifier: Apache-2.0
//
// The story's chapter about the review of its log: every text that an auditor or a manager writes.
#include "server/base/clock.h"
#include "server/base/months.h"
#include "sspf/v1/review.pb.h"
#include "tests/support/disposing.h"
#include "tests/support/town.h"
#include "tests/system/marked_story.h"

namespace sspf::test {

void MarkedStory::review() {
  Caller auditor(port_,
                 enroll(port_, make_account(*root_, {"ulla", "TYR-SSPF", v1::ROLE_AUDITOR, ""})));
  auto open = of_tyr<v1::OpenCampaignRequest>();
  open.set_month(month_of(day(0)));
  open.set_partial(true);
  auto draw = of_tyr<v1::DrawSampleRequest>();
  draw.set_campaign(
      send<v1::OpenCampaignResponse>(auditor, "ReviewService/OpenCampaign", open).campaign());
  send<v1::DrawSampleResponse>(auditor, "ReviewService/DrawSample", draw);
  auto list = of_tyr<v1::ListReviewItemsRequest>();
  list.set_campaign(draw.campaign());
  const auto items =
      send<v1::ListReviewItemsResponse>(auditor, "ReviewService/ListReviewItems", list);
  // Of the member's: the coordinator is the one who answers.
  v1::ReviewItem item;
  for (const v1::ReviewItem& each : items.items()) {
    if (each.account() == "sven") item = each;
  }
  auto verdict = of_tyr<v1::RecordVerdictRequest>();
  verdict.set_review_item(item.review_item());
  verdict.set_verdict(v1::REVIEW_VERDICT_UNCLEAR);
  verdict.set_comment(marked("verdict"));
  send<v1::RecordVerdictResponse>(auditor, "ReviewService/RecordVerdict", verdict);
  auto ask = of_tyr<v1::AskExplanationRequest>();
  ask.set_review_item(item.review_item());
  ask.set_handle("anna");
  ask.set_question(marked("enquiry"));
  v1::AnswerExplanationRequest answer;
  answer.set_review_question(
      send<v1::AskExplanationResponse>(auditor, "ReviewService/AskExplanation", ask)
          .review_question());
  answer.set_answer(marked("explanation"));
  send<v1::AnswerExplanationResponse>(*coordinator_, "ReviewService/AnswerExplanation", answer);
  auto escalate = of_tyr<v1::EscalateRequest>();
  escalate.set_review_item(item.review_item());
  escalate.set_text(marked("incident"));
  send<v1::EscalateResponse>(auditor, "ReviewService/Escalate", escalate);
  auto reidentify = of_tyr<v1::RequestReidentificationRequest>();
  reidentify.set_case_ref(item.case_refs(0));
  reidentify.set_reason(marked("reidentification"));
  send<v1::RequestReidentificationResponse>(
      auditor, "ReidentificationService/RequestReidentification", reidentify);
  auto show = of_tyr<v1::GetReviewItemRequest>();
  show.set_review_item(item.review_item());
  send<v1::GetReviewItemResponse>(auditor, "ReviewService/GetReviewItem", show);
}

}  // namespace sspf::test
