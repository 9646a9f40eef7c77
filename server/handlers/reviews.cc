// SPDX-License-Identifier: Apache-2.0
//
// Campaigns from their opening to their signature, and the report that proves them.
#include "server/handlers/reviews.h"

#include "server/base/limits.h"
#include "server/base/months.h"
#include "server/handlers/review_rules.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

constexpr std::uint32_t default_random_items = 30;
constexpr int default_days = 30;

Result<Done> ensure_period(const v1::OpenCampaignRequest& request, const std::string& today) {
  const std::string running = month_of(today);
  if (!is_month(request.month())) return refusal(Reason::wrong_month, "month");
  if (request.partial()) {
    if (request.month() > running) return refusal(Reason::in_future, "month");
    if (request.month() < running) return refusal(Reason::unexpected, "partial");
    return Done();
  }
  if (request.month() >= running) return refusal(Reason::period_not_over, "month");
  return Done();
}

}  // namespace

Result<v1::OpenCampaignResponse> open_campaign(const Permit<Action::open_campaign>& permit,
                                               Workspace& workspace,
                                               const v1::OpenCampaignRequest& request) {
  TRY(ensure_period(request, workspace.today));
  if (request.random_items() > limits::review_random_items_max) {
    return over_limit(Reason::too_large, "random_items", limits::review_random_items_max);
  }
  if (!request.due_on().empty() && request.due_on() < workspace.today) {
    return refusal(Reason::in_past, "due_on");
  }
  store::NewCampaign campaign;
  campaign.month = request.month();
  campaign.is_partial = request.partial();
  campaign.due_on =
      request.due_on().empty() ? days_after(workspace.today, default_days) : request.due_on();
  campaign.random_items =
      request.random_items() == 0 ? default_random_items : request.random_items();
  campaign.opened = {permit.caller().account(), workspace.now};
  v1::OpenCampaignResponse response;
  response.set_campaign(TRY(workspace.tables.reviews.add(permit.target(), campaign)));
  response.set_due_on(campaign.due_on);
  const auto row =
      TRY(workspace.tables.reviews.find(permit.target(), response.campaign(), workspace.today));
  workspace.tally.note_item(row.id, 1);
  return response;
}

Result<Piece<v1::ListCampaignsResponse>> list_campaigns(
    const Permit<Action::list_campaigns>& permit, Workspace& workspace,
    const v1::ListCampaignsRequest& /*request*/, const std::string& cursor) {
  const access::ReviewAccess& in = permit.target();
  const store::Reviews& reviews = workspace.tables.reviews;
  auto found = reviews.list(in, workspace.today, cursor);
  Piece<v1::ListCampaignsResponse> piece;
  piece.next_cursor = std::move(found.next_cursor);
  for (auto& row : found.rows) *piece.message.add_campaigns() = std::move(row);
  if (!cursor.empty()) return piece;
  const auto missing = reviews.missing(in.municipality(), workspace.today);
  for (const std::string& month : missing.all) piece.message.add_months_without_campaign(month);
  for (const std::string& month : missing.overdue) piece.message.add_months_overdue(month);
  return piece;
}

Result<v1::SignOffResponse> sign_off(const Permit<Action::sign_off>& permit, Workspace& workspace,
                                     const v1::SignOffRequest& request) {
  store::Reviews& reviews = workspace.tables.reviews;
  const auto row = TRY(reviews.find(permit.target(), request.campaign(), workspace.today));
  if (row.shown.state() == v1::REVIEW_STATE_OPEN) return refusal(Reason::not_drawn);
  if (row.shown.state() == v1::REVIEW_STATE_SIGNED_OFF) return refusal(Reason::signed_off_already);
  if (row.shown.unjudged() != 0) return refusal(Reason::not_judged);
  if (workspace.tables.review_acts.is_question_open(row)) return refusal(Reason::question_open);
  for (const v1::ReviewVerdictCount& count : reviews.verdict_counts(row)) {
    if (count.verdict() == v1::REVIEW_VERDICT_UNCLEAR) return refusal(Reason::unclear_left);
  }
  reviews.sign(row, {permit.caller().account(), workspace.now});
  workspace.tally.note_item(row.id, 3);
  return v1::SignOffResponse();
}

Result<v1::GetReviewReportResponse> get_review_report(
    const Permit<Action::get_review_report>& permit, Workspace& workspace,
    const v1::GetReviewReportRequest& request) {
  const access::ReviewAccess& in = permit.target();
  const store::Reviews& reviews = workspace.tables.reviews;
  const store::ReviewActs& acts = workspace.tables.review_acts;
  const auto row = TRY(reviews.find(in, request.campaign(), workspace.today));
  workspace.tally.note_item(row.id, 0);
  v1::GetReviewReportResponse response;
  *response.mutable_campaign() = row.shown;
  for (const std::string& month : reviews.missing(in.municipality(), workspace.today).all) {
    response.add_months_without_campaign(month);
  }
  if (row.shown.state() == v1::REVIEW_STATE_OPEN) return response;
  *response.mutable_from() = store::timestamp_of(row.drawn.from.microseconds);
  *response.mutable_to() = store::timestamp_of(row.drawn.to.microseconds);
  response.set_period_events(row.drawn.period_events);
  response.set_scanned_events(row.drawn.scanned_events);
  response.set_case_events(row.drawn.case_events);
  response.set_log_size(row.drawn.log_size);
  response.set_checkpoint_note(row.drawn.checkpoint_note);
  for (auto& count : reviews.rule_counts(row)) *response.add_rules() = std::move(count);
  for (auto& count : reviews.verdict_counts(row)) *response.add_verdicts() = std::move(count);
  for (auto& incident : acts.incidents(row)) response.add_incidents(std::move(incident));
  response.set_questions(acts.count_questions(row));
  return response;
}

Result<v1::SetReviewRuleResponse> set_review_rule(const Permit<Action::set_review_rule>& permit,
                                                  Workspace& workspace,
                                                  const v1::SetReviewRuleRequest& request) {
  if (request.rule() == v1::REVIEW_RULE_RANDOM) return refusal(Reason::unexpected, "rule");
  if (request.threshold() != 0 && !has_threshold(request.rule())) {
    return refusal(Reason::unexpected, "threshold");
  }
  if (request.threshold() > limits::review_threshold_max) {
    return over_limit(Reason::too_large, "threshold", limits::review_threshold_max);
  }
  v1::ReviewRuleSetting setting;
  setting.set_rule(request.rule());
  setting.set_enabled(request.enabled());
  setting.set_threshold(request.threshold() != 0 ? request.threshold()
                                                 : default_threshold(request.rule()));
  workspace.tables.reviews.set_rule(permit.target(), setting,
                                    {permit.caller().account(), workspace.now});
  return v1::SetReviewRuleResponse();
}

Result<v1::ListReviewRulesResponse> list_review_rules(
    const Permit<Action::list_review_rules>& permit, Workspace& workspace,
    const v1::ListReviewRulesRequest& /*request*/) {
  v1::ListReviewRulesResponse response;
  for (auto& rule : rules_in_force(workspace.tables.reviews, permit.target())) {
    *response.add_rules() = std::move(rule);
  }
  return response;
}

}  // namespace sspf::handlers
