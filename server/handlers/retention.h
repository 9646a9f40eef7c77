// SPDX-License-Identifier: Apache-2.0
//
// How long a case is kept, and what stands in the way of disposing of it (R17-R19).
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/disposal.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// What applies to one case on one day. No due day for a case that is preserved.
struct Retained {
  store::RetentionRuleRow rule;
  std::string last_activity_on;
  std::string due_on;
  v1::RetentionStatus status = v1::RETENTION_STATUS_UNSPECIFIED;
};

// The rule that is in force today: for cases, five years, and those born on day 5, 15 and 25
// preserved, until the municipality decides otherwise.
store::RetentionRuleRow rule_in_force(const Workspace& workspace,
                                      const MunicipalityId& municipality,
                                      v1::DocumentCategory category);
store::RetentionRuleRow rule_for_cases(const Workspace& workspace,
                                       const MunicipalityId& municipality);

// The day from which a case of this last activity may be disposed of.
std::string due_day(const Workspace& workspace, const store::RetentionRuleRow& rule,
                    const CaseId& id);

// Opens the case for its birth date, when the rule asks for it, and never looks at a personal
// number: its day can be a neighbouring one. Nobody is preserved for a birth date that is not
// known.
Retained retention_of(const access::CaseAccess& access, const Workspace& workspace,
                      const store::RetentionRuleRow& rule);

// Refuses: in_past (valid_from), too_large (years), unknown_value (preserved_birth_days),
// too_many_rules.
Result<v1::SetRetentionRuleResponse> set_retention_rule(
    const Permit<Action::set_retention_rule>& permit, Workspace& workspace,
    const v1::SetRetentionRuleRequest& request);

Result<v1::ListRetentionRulesResponse> list_retention_rules(
    const Permit<Action::list_retention_rules>& permit, Workspace& workspace,
    const v1::ListRetentionRulesRequest& request);

Result<v1::GetRetentionResponse> get_retention(const Permit<Action::get_retention>& permit,
                                               Workspace& workspace,
                                               const v1::GetRetentionRequest& request);

// Also on a case that has ended. Refuses: case_full.
Result<v1::SetLegalHoldResponse> set_legal_hold(const Permit<Action::set_legal_hold>& permit,
                                                Workspace& workspace,
                                                const v1::SetLegalHoldRequest& request);

// Refuses: not_found, hold_lifted.
Result<v1::LiftLegalHoldResponse> lift_legal_hold(const Permit<Action::lift_legal_hold>& permit,
                                                  Workspace& workspace,
                                                  const v1::LiftLegalHoldRequest& request);

}  // namespace sspf::handlers
