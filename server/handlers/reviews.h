// SPDX-License-Identifier: Apache-2.0
//
// Reviews of the log (R13): campaigns, samples, verdicts, questions and reports. One function for
// each RPC of ReviewService; what each refuses stands beside it, what every call refuses is in
// rpc/. An unknown campaign, item or question is hidden.
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/review.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// wrong_month; too_large; in_past of the due day; period_not_over; in_future of a part of a month
// that has not begun, unexpected of one that is over; campaign_exists; too_many_parts.
Result<v1::OpenCampaignResponse> open_campaign(const Permit<Action::open_campaign>& permit,
                                               Workspace& workspace,
                                               const v1::OpenCampaignRequest& request);
Result<Piece<v1::ListCampaignsResponse>> list_campaigns(
    const Permit<Action::list_campaigns>& permit, Workspace& workspace,
    const v1::ListCampaignsRequest& request, const std::string& cursor);
// drawn_already.
Result<v1::DrawSampleResponse> draw_sample(const Permit<Action::draw_sample>& permit,
                                           Workspace& workspace,
                                           const v1::DrawSampleRequest& request);
// not_drawn.
Result<Piece<v1::ListReviewItemsResponse>> list_review_items(
    const Permit<Action::list_review_items>& permit, Workspace& workspace,
    const v1::ListReviewItemsRequest& request, const std::string& cursor);
Result<v1::GetReviewItemResponse> get_review_item(const Permit<Action::get_review_item>& permit,
                                                  Workspace& workspace,
                                                  const v1::GetReviewItemRequest& request);
// These three: own_reads of what the own account did; signed_off_already.
// missing of the comment; stale_version; too_many_versions.
Result<v1::RecordVerdictResponse> record_verdict(const Permit<Action::record_verdict>& permit,
                                                 Workspace& workspace,
                                                 const v1::RecordVerdictRequest& request);
// unknown_value of an account that neither coordinates nor administers there; own_act of the one
// that the item is about; too_many_questions.
Result<v1::AskExplanationResponse> ask_explanation(const Permit<Action::ask_explanation>& permit,
                                                   Workspace& workspace,
                                                   const v1::AskExplanationRequest& request);
// escalated_already.
Result<v1::EscalateResponse> escalate(const Permit<Action::escalate>& permit, Workspace& workspace,
                                      const v1::EscalateRequest& request);
Result<v1::ListEnquiriesResponse> list_enquiries(const Permit<Action::list_enquiries>& permit,
                                                 Workspace& workspace,
                                                 const v1::ListEnquiriesRequest& request);
// answered_already.
Result<v1::AnswerExplanationResponse> answer_explanation(
    const Permit<Action::answer_explanation>& permit, Workspace& workspace,
    const v1::AnswerExplanationRequest& request);
// not_drawn; signed_off_already; not_judged; question_open; unclear_left.
Result<v1::SignOffResponse> sign_off(const Permit<Action::sign_off>& permit, Workspace& workspace,
                                     const v1::SignOffRequest& request);
Result<v1::GetReviewReportResponse> get_review_report(
    const Permit<Action::get_review_report>& permit, Workspace& workspace,
    const v1::GetReviewReportRequest& request);
// unexpected of the random part, and of a threshold of a rule that has none; too_large.
Result<v1::SetReviewRuleResponse> set_review_rule(const Permit<Action::set_review_rule>& permit,
                                                  Workspace& workspace,
                                                  const v1::SetReviewRuleRequest& request);
Result<v1::ListReviewRulesResponse> list_review_rules(
    const Permit<Action::list_review_rules>& permit, Workspace& workspace,
    const v1::ListReviewRulesRequest& request);

}  // namespace sspf::handlers
