// SPDX-License-Identifier: Apache-2.0
#include "tests/support/reviewing.h"

#include <stdexcept>

#include "server/base/reason.h"
#include "tests/support/disposing.h"

namespace sspf::test {

void Reviewing::end_month() { server.set_date("2026-12-10"); }

void Reviewing::read(const Account& caller, const std::string& case_number) {
  v1::GetCaseRequest request;
  request.set_case_number(case_number);
  static_cast<void>(server.call(caller, "sspf.v1.CaseService/GetCase", request));
}

std::string Reviewing::open() {
  auto request = review_of_tyr<v1::OpenCampaignRequest>();
  request.set_month(reviewed_month);
  return load.get<v1::OpenCampaignResponse>(auditor, "ReviewService/OpenCampaign", request)
      .campaign();
}

v1::DrawSampleResponse Reviewing::draw(const std::string& campaign) {
  auto request = review_of_tyr<v1::DrawSampleRequest>();
  request.set_campaign(campaign);
  return load.get<v1::DrawSampleResponse>(auditor, "ReviewService/DrawSample", request);
}

std::string Reviewing::drawn() {
  const std::string campaign = open();
  draw(campaign);
  return campaign;
}

std::vector<v1::ReviewItem> Reviewing::items(const std::string& campaign) {
  auto request = review_of_tyr<v1::ListReviewItemsRequest>();
  request.set_campaign(campaign);
  const auto listed =
      load.get<v1::ListReviewItemsResponse>(auditor, "ReviewService/ListReviewItems", request);
  return {listed.items().begin(), listed.items().end()};
}

v1::ReviewItem Reviewing::item_of(const std::string& campaign, const Account& account) {
  for (const v1::ReviewItem& item : items(campaign)) {
    if (item.account() == account.handle) return item;
  }
  throw std::runtime_error("nothing of " + account.handle + " is in the sample");
}

v1::RecordVerdictRequest verdict_on(const v1::ReviewItem& item, v1::ReviewVerdict verdict) {
  auto request = review_of_tyr<v1::RecordVerdictRequest>();
  request.set_review_item(item.review_item());
  request.set_version(item.version());
  request.set_verdict(verdict);
  request.set_comment("Har ingen uppgift i ärendet.");
  return request;
}

void Reviewing::judge(const v1::ReviewItem& item, v1::ReviewVerdict verdict) {
  load.get<v1::RecordVerdictResponse>(auditor, "ReviewService/RecordVerdict",
                                      verdict_on(item, verdict));
}

void Reviewing::judge_all(const std::string& campaign) {
  for (const v1::ReviewItem& item : items(campaign)) judge(item, v1::REVIEW_VERDICT_JUSTIFIED);
}

v1::GetReviewReportResponse Reviewing::report(const std::string& campaign) {
  auto request = review_of_tyr<v1::GetReviewReportRequest>();
  request.set_campaign(campaign);
  return load.get<v1::GetReviewReportResponse>(auditor, "ReviewService/GetReviewReport", request);
}

v1::GetReviewItemResponse Reviewing::show(const std::string& item) {
  auto request = review_of_tyr<v1::GetReviewItemRequest>();
  request.set_review_item(item);
  return load.get<v1::GetReviewItemResponse>(auditor, "ReviewService/GetReviewItem", request);
}

std::string Reviewing::outcome(const Account& caller, const std::string& rpc,
                               const google::protobuf::Message& request) {
  const std::string rows = stored();
  const std::uint64_t before = server.event_count();
  const Answered answered = server.call(caller, "sspf.v1." + rpc, request);
  const v1::AuditEvent event = server.last_event();
  const std::string changed = stored() == rows ? "" : " and is stored";
  if (server.event_count() != before + 1 || event.rpc() != "sspf.v1." + rpc) return "not one event";
  if (answered.ok() && event.outcome() == v1::OUTCOME_ALLOWED) return "allowed";
  if (answered.ok() && event.outcome() == v1::OUTCOME_DRY_RUN) return "dry run" + changed;
  if (answered.ok() && event.outcome() == v1::OUTCOME_REPEATED) return "repeated" + changed;
  if (event.outcome() != v1::OUTCOME_REFUSED) return v1::Outcome_Name(event.outcome());
  const auto cause = name_of(static_cast<Reason>(event.cause_reason()));
  return "refused " + answered.summary() + " for " + std::string(cause) + changed;
}

std::string Reviewing::stored() {
  store::Connection database = open_database(server.config());
  store::Query rows(
      database,
      "SELECT 'rule ' || concat_ws('|', rule, version, enabled, threshold) FROM review_rule "
      "UNION ALL SELECT 'campaign ' || concat_ws('|', number, due_on, random_items, drawn_at, "
      "period_events, log_size, signed_at, hex(signed_by_id)) FROM review_campaign "
      "UNION ALL SELECT 'found ' || concat_ws('|', rule, found) FROM review_found "
      "UNION ALL SELECT 'item ' || concat_ws('|', ref, sequence, verdict, version) "
      "FROM review_item UNION ALL SELECT 'item rule ' || concat_ws('|', hex(item_id), rule) "
      "FROM review_item_rule UNION ALL SELECT 'verdict ' || concat_ws('|', hex(item_id), version, "
      "verdict, hex(sealed_comment)) FROM review_verdict "
      "UNION ALL SELECT 'question ' || concat_ws('|', ref, hex(sealed_question), "
      "hex(sealed_answer)) FROM review_question "
      "UNION ALL SELECT 'incident ' || concat_ws('|', ref, hex(sealed_text)) FROM review_incident "
      "UNION ALL SELECT 'request ' || concat_ws('|', ref, approved_at, shown_at) "
      "FROM reidentification UNION ALL SELECT 'export ' || concat_ws('|', number, events, "
      "known_us, hex(bundle_digest)) FROM incident_export "
      "UNION ALL SELECT 'erasure ' || concat_ws('|', ref, month, approved_at, hex(key_id)) "
      "FROM details_erasure");
  std::string text;
  while (rows.step()) text += rows.text(0) + "\n";
  return text;
}

std::set<v1::ReviewRule> rules_of(const v1::ReviewItem& item) {
  std::set<v1::ReviewRule> rules;
  for (const int rule : item.rules()) rules.insert(static_cast<v1::ReviewRule>(rule));
  return rules;
}

}  // namespace sspf::test
