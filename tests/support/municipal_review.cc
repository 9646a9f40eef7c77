// SPDX-License-Identifier: Apache-2.0
//
// What a full municipality holds of reviews of its log: a campaign that is to be drawn, one with a
// sample to judge, one that can be signed, and requests at every step.
#include "sspf/v1/audit_details.pb.h"
#include "sspf/v1/review.pb.h"
#include "tests/support/full_municipality.h"

namespace sspf::test {

std::string FullMunicipality::open_review(const std::string& month, bool is_partial) {
  v1::OpenCampaignRequest open;
  open.set_municipality_code(code_);
  open.set_month(month);
  open.set_partial(is_partial);
  const auto campaign =
      send<v1::OpenCampaignResponse>(auditor(), "ReviewService/OpenCampaign", open).campaign();
  note("campaign", campaign);
  return campaign;
}

void FullMunicipality::draw_review(const std::string& campaign) {
  v1::DrawSampleRequest draw;
  draw.set_municipality_code(code_);
  draw.set_campaign(campaign);
  send<v1::DrawSampleResponse>(auditor(), "ReviewService/DrawSample", draw);
}

void FullMunicipality::review() {
  open_review("2026-09", false);
  draw_review(open_review("2026-08", false));  // nothing happened then: it can be signed
  const std::string campaign = open_review("2026-11", true);
  draw_review(campaign);
  v1::ListReviewItemsRequest list;
  list.set_municipality_code(code_);
  list.set_campaign(campaign);
  const auto items =
      send<v1::ListReviewItemsResponse>(auditor(), "ReviewService/ListReviewItems", list);
  for (const v1::ReviewItem& item : items.items()) note("review_item", item.review_item());
  v1::AskExplanationRequest ask;
  ask.set_municipality_code(code_);
  ask.set_review_item(items.items(0).review_item());
  ask.set_handle(people_.at(4).handle);
  ask.set_question(marked("fråga"));
  note("review_question",
       send<v1::AskExplanationResponse>(auditor(), "ReviewService/AskExplanation", ask)
           .review_question());
  // One to approve, and one to show.
  for (const bool is_approved : {false, true}) {
    v1::RequestReidentificationRequest request;
    request.set_municipality_code(code_);
    request.set_case_ref(items.items(0).case_refs(0));
    request.set_reason(marked("skäl"));
    const auto ref = send<v1::RequestReidentificationResponse>(
                         is_approved ? auditor() : people_.at(5),
                         "ReidentificationService/RequestReidentification", request)
                         .reidentification();
    note("reidentification", ref);
    if (!is_approved) continue;
    v1::ApproveReidentificationRequest approve;
    approve.set_municipality_code(code_);
    approve.set_reidentification(ref);
    send<v1::ApproveReidentificationResponse>(
        people_.at(5), "ReidentificationService/ApproveReidentification", approve);
  }
  note("case_ref", items.items(0).case_refs(0));
  v1::RequestDetailsErasureRequest erase;
  erase.set_municipality_code(code_);
  erase.set_month("2020-03");
  note("erasure", send<v1::RequestDetailsErasureResponse>(
                      people_.at(5), "AuditDetailsService/RequestDetailsErasure", erase)
                      .erasure());
}

}  // namespace sspf::test
