// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/alerts.h"

#include "crypto/encoding.h"
#include "server/base/limits.h"
#include "server/handlers/alert_rules.h"

namespace sspf::handlers {
namespace {

// An alert that the caller may see, named in the event.
Result<store::AlertRow> find(const access::LogAccess& log, Workspace& workspace,
                             const std::string& ref) {
  auto row = TRY(workspace.tables.alerts.find(log.within_grants_of(), ref));
  workspace.tally.municipality = row.municipality;
  workspace.tally.subject_account = row.account;
  return row;
}

Result<CaseId> case_of(const std::string& ref) {
  const auto bytes = crypto::from_base32(ref);
  if (!bytes || bytes->size() != CaseId::size) return refusal(Reason::wrong_reference, "case_ref");
  return CaseId::of(*bytes);
}

}  // namespace

Result<Piece<v1::ListAlertsResponse>> list_alerts(const Permit<Action::list_alerts>& permit,
                                                  Workspace& workspace,
                                                  const v1::ListAlertsRequest& request,
                                                  const std::string& cursor) {
  auto found = workspace.tables.alerts.list(permit.target().within_grants_of(),
                                            request.unacknowledged(), cursor);
  Piece<v1::ListAlertsResponse> piece;
  piece.next_cursor = std::move(found.next_cursor);
  workspace.tally.items_shown = static_cast<std::uint32_t>(found.rows.size());
  for (v1::Alert& row : found.rows) *piece.message.add_alerts() = std::move(row);
  return piece;
}

Result<v1::GetAlertResponse> get_alert(const Permit<Action::get_alert>& permit,
                                       Workspace& workspace, const v1::GetAlertRequest& request) {
  auto row = TRY(find(permit.target(), workspace, request.alert()));
  workspace.tally.note_item(row.id, 0);
  workspace.tally.items_shown = 1;
  v1::GetAlertResponse response;
  *response.mutable_alert() = std::move(row.shown);
  return response;
}

Result<v1::AcknowledgeAlertResponse> acknowledge_alert(
    const Permit<Action::acknowledge_alert>& permit, Workspace& workspace,
    const v1::AcknowledgeAlertRequest& request) {
  const auto row = TRY(find(permit.target(), workspace, request.alert()));
  const AccountId& caller = permit.caller().account();
  if (row.account == caller) return refusal(Reason::own_act);
  TRY(workspace.tables.alerts.acknowledge(row, {caller, workspace.now}));
  workspace.tally.note_item(row.id, 1);
  return v1::AcknowledgeAlertResponse();
}

Result<v1::ListAlertRulesResponse> list_alert_rules(const Permit<Action::list_alert_rules>& permit,
                                                    Workspace& workspace,
                                                    const v1::ListAlertRulesRequest& /*request*/) {
  v1::ListAlertRulesResponse response;
  for (auto& rule : alert_rules_in_force(workspace.tables.alerts, permit.target())) {
    *response.add_rules() = std::move(rule);
  }
  return response;
}

Result<v1::SetAlertRuleResponse> set_alert_rule(const Permit<Action::set_alert_rule>& permit,
                                                Workspace& workspace,
                                                const v1::SetAlertRuleRequest& request) {
  if (is_of_server(request.kind())) return refusal(Reason::unexpected, "kind");
  if (request.threshold() != 0 && !counts_events(request.kind())) {
    return refusal(Reason::unexpected, "threshold");
  }
  if (request.threshold() > limits::alert_threshold_max) {
    return over_limit(Reason::too_large, "threshold", limits::alert_threshold_max);
  }
  if (request.window_minutes() > limits::alert_window_minutes_max) {
    return over_limit(Reason::too_large, "window_minutes", limits::alert_window_minutes_max);
  }
  const store::AlertRule otherwise = default_alert_rule(request.kind());
  v1::AlertRuleSetting setting;
  setting.set_kind(request.kind());
  setting.set_enabled(request.enabled());
  setting.set_threshold(request.threshold() != 0 ? request.threshold() : otherwise.threshold);
  setting.set_window_minutes(request.window_minutes() != 0 ? request.window_minutes()
                                                           : otherwise.window_minutes);
  workspace.tables.alerts.set_rule(permit.target(), setting,
                                   {permit.caller().account(), workspace.now});
  return v1::SetAlertRuleResponse();
}

Result<v1::ListDecoysResponse> list_decoys(const Permit<Action::list_decoys>& permit,
                                           Workspace& workspace,
                                           const v1::ListDecoysRequest& /*request*/) {
  v1::ListDecoysResponse response;
  for (v1::Decoy& decoy : workspace.tables.alerts.decoys(permit.target())) {
    *response.add_decoys() = std::move(decoy);
  }
  workspace.tally.items_shown = static_cast<std::uint32_t>(response.decoys_size());
  return response;
}

Result<v1::AddDecoyResponse> add_decoy(const Permit<Action::add_decoy>& permit,
                                       Workspace& workspace, const v1::AddDecoyRequest& request) {
  const CaseId id = TRY(case_of(request.case_ref()));
  TRY(workspace.tables.alerts.add_decoy(permit.target(), id,
                                        {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(same_id<ItemId>(id), 1);
  return v1::AddDecoyResponse();
}

Result<v1::RemoveDecoyResponse> remove_decoy(const Permit<Action::remove_decoy>& permit,
                                             Workspace& workspace,
                                             const v1::RemoveDecoyRequest& request) {
  const CaseId id = TRY(case_of(request.case_ref()));
  TRY(workspace.tables.alerts.remove_decoy(permit.target(), id,
                                           {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(same_id<ItemId>(id), 2);
  return v1::RemoveDecoyResponse();
}

}  // namespace sspf::handlers
