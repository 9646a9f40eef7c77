// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/retention.h"

#include "server/base/limits.h"
#include "server/handlers/case_flow.h"
#include "server/handlers/disposal.h"
#include "server/handlers/subject.h"

namespace sspf::handlers {
namespace {

constexpr std::uint32_t undecided_years = 5;
constexpr std::uint32_t undecided_birth_days = 1U << 5U | 1U << 15U | 1U << 25U;

// R19: what applies until the municipality has decided.
store::RetentionRuleRow undecided(v1::DocumentCategory category) {
  store::RetentionRuleRow rule;
  rule.category = category;
  rule.years = undecided_years;
  rule.preserved_birth_days = undecided_birth_days;
  return rule;
}

access::Place reason_place(const ItemId& hold) {
  return {"legal_hold.sealed_reason", hold.bytes(), 1};
}

bool is_preserved_by_birth_day(const access::CaseAccess& access, const Workspace& workspace,
                               const store::RetentionRuleRow& rule) {
  if (rule.preserved_birth_days == 0 || access.facts().kind == v1::CASE_KIND_GROUP) return false;
  const auto subject = open_subject(access, workspace.tables.cases.record(access));
  const auto birth_date = subject ? birth_date_of(*subject) : std::nullopt;
  if (!birth_date) return false;
  return (rule.preserved_birth_days >> std::stoul(birth_date->substr(8, 2)) & 1U) != 0;
}

v1::RetentionStatus status_of(const access::CaseAccess& access, const Workspace& workspace,
                              const Retained& retained) {
  if (retained.rule.preserves_everything) return v1::RETENTION_STATUS_PRESERVED;
  if (is_preserved_by_birth_day(access, workspace, retained.rule)) {
    return v1::RETENTION_STATUS_PRESERVED_BY_BIRTH_DAY;
  }
  if (workspace.tables.retention.is_on_hold(access.case_id())) return v1::RETENTION_STATUS_ON_HOLD;
  const bool is_due = is_ended(access.state()) && retained.due_on <= workspace.today;
  return is_due ? v1::RETENTION_STATUS_DUE : v1::RETENTION_STATUS_RETAINED;
}

bool is_preserved(v1::RetentionStatus status) {
  return status == v1::RETENTION_STATUS_PRESERVED ||
         status == v1::RETENTION_STATUS_PRESERVED_BY_BIRTH_DAY;
}

Result<std::uint32_t> checked_birth_days(const v1::SetRetentionRuleRequest& request) {
  std::uint32_t days = 0;
  for (const std::uint32_t day : request.preserved_birth_days()) {
    if (day < 1 || day > 31) return refusal(Reason::unknown_value, "preserved_birth_days");
    days |= 1U << day;
  }
  return days;
}

void mark_in_force(const std::string& ref, v1::DocumentCategory category,
                   v1::ListRetentionRulesResponse& response) {
  for (v1::RetentionRule& rule : *response.mutable_rules()) {
    if (rule.category() == category && rule.rule() == ref) rule.set_in_force(true);
  }
}

v1::RetentionRule shown_default(const store::RetentionRuleRow& rule) {
  v1::RetentionRule shown;
  shown.set_category(rule.category);
  shown.set_years(rule.years);
  for (const std::uint32_t day : {5U, 15U, 25U}) shown.add_preserved_birth_days(day);
  return shown;
}

}  // namespace

store::RetentionRuleRow rule_in_force(const Workspace& workspace,
                                      const MunicipalityId& municipality,
                                      v1::DocumentCategory category) {
  return workspace.tables.retention.rule_on(municipality, workspace.today, undecided(category));
}

store::RetentionRuleRow rule_for_cases(const Workspace& workspace,
                                       const MunicipalityId& municipality) {
  return rule_in_force(workspace, municipality, v1::DOCUMENT_CATEGORY_CASE);
}

std::string due_day(const Workspace& workspace, const store::RetentionRuleRow& rule,
                    const CaseId& id) {
  return years_after(date_of(workspace.tables.retention.last_activity(id)), rule.years);
}

Retained retention_of(const access::CaseAccess& access, const Workspace& workspace,
                      const store::RetentionRuleRow& rule) {
  Retained retained;
  retained.rule = rule;
  retained.last_activity_on =
      is_ended(access.state()) ? date_of(workspace.tables.retention.last_activity(access.case_id()))
                               : workspace.today;
  retained.due_on = years_after(retained.last_activity_on, rule.years);
  retained.status = status_of(access, workspace, retained);
  if (is_preserved(retained.status)) retained.due_on.clear();
  return retained;
}

Result<v1::SetRetentionRuleResponse> set_retention_rule(
    const Permit<Action::set_retention_rule>& permit, Workspace& workspace,
    const v1::SetRetentionRuleRequest& request) {
  store::RetentionRuleRow rule;
  rule.id = ItemId::random();
  rule.ref = random_ref();
  rule.category = request.category();
  rule.valid_from = request.valid_from().empty() ? workspace.today : request.valid_from();
  // A rule of the past would change what lists were made by.
  if (rule.valid_from < workspace.today) return refusal(Reason::in_past, "valid_from");
  rule.years = request.years();
  if (rule.years > limits::retention_years_max) {
    return over_limit(Reason::too_large, "years", limits::retention_years_max);
  }
  rule.preserves_everything = request.preserves_everything();
  rule.preserved_birth_days = TRY(checked_birth_days(request));
  TRY(workspace.tables.retention.add_rule(permit.target(), rule,
                                          {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(*rule.id, 1);
  v1::SetRetentionRuleResponse response;
  response.set_rule(rule.ref);
  return response;
}

Result<v1::ListRetentionRulesResponse> list_retention_rules(
    const Permit<Action::list_retention_rules>& permit, Workspace& workspace,
    const v1::ListRetentionRulesRequest& /*request*/) {
  v1::ListRetentionRulesResponse response;
  const auto stored = workspace.tables.retention.list_rules(permit.target());
  for (const auto category : {v1::DOCUMENT_CATEGORY_CASE, v1::DOCUMENT_CATEGORY_MEETING}) {
    *response.add_rules() = shown_default(undecided(category));
    for (const v1::RetentionRule& rule : stored) {
      if (rule.category() == category) *response.add_rules() = rule;
    }
    const auto in_force = rule_in_force(workspace, permit.target().municipality(), category);
    mark_in_force(in_force.ref, category, response);
  }
  return response;
}

Result<v1::GetRetentionResponse> get_retention(const Permit<Action::get_retention>& permit,
                                               Workspace& workspace,
                                               const v1::GetRetentionRequest& /*request*/) {
  const access::CaseAccess& access = permit.target();
  const Retained retained =
      retention_of(access, workspace, rule_for_cases(workspace, access.municipality()));
  v1::GetRetentionResponse response;
  response.set_status(retained.status);
  response.set_has_ended(is_ended(access.state()));
  response.set_last_activity_on(retained.last_activity_on);
  response.set_years(retained.rule.years);
  response.set_rule(retained.rule.ref);
  response.set_due_on(retained.due_on);
  access.note_shown();
  const access::ItemFacts identity = access.coordination_item(v1::INFORMATION_KIND_IDENTITY);
  for (store::HoldRow& row : workspace.tables.retention.list_holds(access)) {
    const auto reason = access.open(identity, reason_place(row.id), row.reason);
    row.shown.set_reason(reason.value_or(""));
    *response.add_holds() = std::move(row.shown);
  }
  for (store::KeptRow& row : workspace.tables.disposals.kept(access)) {
    const auto reason = access.open(identity, kept_place(row.list), row.reason);
    row.shown.set_reason(reason.value_or(""));
    *response.add_kept() = std::move(row.shown);
  }
  return response;
}

Result<v1::SetLegalHoldResponse> set_legal_hold(const Permit<Action::set_legal_hold>& permit,
                                                Workspace& workspace,
                                                const v1::SetLegalHoldRequest& request) {
  const access::CaseAccess& access = permit.target();
  const ItemId id = ItemId::random();
  const store::NewHold hold{id,
                            random_ref(),
                            access.seal(access.coordination(), reason_place(id), request.reason()),
                            {permit.caller().account(), workspace.now}};
  TRY(workspace.tables.retention.add_hold(access, hold));
  workspace.tally.note_item(id, 1);
  v1::SetLegalHoldResponse response;
  response.set_hold(hold.ref);
  return response;
}

Result<v1::LiftLegalHoldResponse> lift_legal_hold(const Permit<Action::lift_legal_hold>& permit,
                                                  Workspace& workspace,
                                                  const v1::LiftLegalHoldRequest& request) {
  const ItemId id = TRY(workspace.tables.retention.lift_hold(
      permit.target(), request.hold(), {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(id, 2);
  return v1::LiftLegalHoldResponse();
}

}  // namespace sspf::handlers
