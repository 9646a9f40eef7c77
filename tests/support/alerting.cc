// SPDX-License-Identifier: Apache-2.0
#include "tests/support/alerting.h"

#include <algorithm>

#include "server/alert_text.h"

namespace sspf::test {
namespace {

const std::vector<store::AlertChannel> both_channels = {store::AlertChannel::webhook,
                                                        store::AlertChannel::mail};

}  // namespace

Alerting::Alerting() {
  watch = std::make_unique<AlertWatch>(server.installation().services(), both_channels);
}

void Alerting::look() {
  // What it raises is an event too.
  for (int pass = 0; pass < 5; ++pass) watch->look();
}

void Alerting::restart() {
  watch.reset();
  server.restart();
  watch = std::make_unique<AlertWatch>(server.installation().services(), both_channels);
}

std::vector<v1::Alert> Alerting::alerts(const Account& caller) {
  const auto listed =
      load.get<v1::ListAlertsResponse>(caller, "AlertService/ListAlerts", v1::ListAlertsRequest());
  return {listed.alerts().begin(), listed.alerts().end()};
}

std::vector<std::string> Alerting::told() {
  look();
  std::vector<std::string> told;
  for (const v1::Alert& alert : alerts(cast.auditor)) {
    told.push_back(std::string(alert_kind_name(alert.kind())) + " " + alert.municipality_code() +
                   " " + alert.account() + " " + std::to_string(alert.count()));
  }
  std::reverse(told.begin(), told.end());
  return told;
}

void Alerting::set_rule(v1::AlertKind kind, std::uint32_t threshold, std::uint32_t minutes) {
  auto request = alerts_of_tyr<v1::SetAlertRuleRequest>();
  request.set_kind(kind);
  request.set_enabled(true);
  request.set_threshold(threshold);
  request.set_window_minutes(minutes);
  load.get<v1::SetAlertRuleResponse>(auditor, "AlertService/SetAlertRule", request);
}

void Alerting::disable(v1::AlertKind kind) {
  auto request = alerts_of_tyr<v1::SetAlertRuleRequest>();
  request.set_kind(kind);
  load.get<v1::SetAlertRuleResponse>(auditor, "AlertService/SetAlertRule", request);
}

std::string Alerting::case_ref(const std::string& number) {
  load.show(cast.coordinator_tyr, number);
  return reference_of(server.last_event().case_id());
}

void Alerting::add_decoy(const std::string& number) {
  auto request = alerts_of_tyr<v1::AddDecoyRequest>();
  request.set_case_ref(case_ref(number));
  server.advance_seconds(1);  // who has looked up the reference has touched no decoy
  load.get<v1::AddDecoyResponse>(auditor, "AlertService/AddDecoy", request);
}

std::string Alerting::read(const Account& caller, const std::string& number) {
  v1::GetCaseRequest request;
  request.set_case_number(number);
  return server.call(caller, "sspf.v1.CaseService/GetCase", request).summary();
}

void Alerting::fail_to_read(const Account& caller, int times) {
  for (int i = 0; i < times; ++i) read(caller, "TYR-2026-9999");
}

std::string Alerting::outcome(const Account& caller, const std::string& rpc,
                              const google::protobuf::Message& request) {
  const std::uint64_t before = server.event_count();
  const Answered answered = server.call(caller, "sspf.v1." + rpc, request);
  const v1::AuditEvent event = server.last_event();
  if (server.event_count() != before + 1 || event.rpc() != "sspf.v1." + rpc) return "not one event";
  if (answered.ok() && event.outcome() == v1::OUTCOME_ALLOWED) return "allowed";
  if (answered.ok() && event.outcome() == v1::OUTCOME_DRY_RUN) return "dry run";
  if (answered.ok() && event.outcome() == v1::OUTCOME_REPEATED) return "repeated";
  if (event.outcome() != v1::OUTCOME_REFUSED) return v1::Outcome_Name(event.outcome());
  const auto cause = name_of(static_cast<Reason>(event.cause_reason()));
  return "refused " + answered.summary() + " for " + std::string(cause);
}

}  // namespace sspf::test
