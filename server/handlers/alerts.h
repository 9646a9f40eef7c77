// SPDX-License-Identifier: Apache-2.0
//
// Alerts of the log: reading and acknowledging them, their rules, and decoy cases. One function for
// each RPC of AlertService; what each refuses stands beside it, what every call refuses is in rpc/.
// An alert outside the caller's municipalities is hidden.
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/alert.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

Result<Piece<v1::ListAlertsResponse>> list_alerts(const Permit<Action::list_alerts>& permit,
                                                  Workspace& workspace,
                                                  const v1::ListAlertsRequest& request,
                                                  const std::string& cursor);
Result<v1::GetAlertResponse> get_alert(const Permit<Action::get_alert>& permit,
                                       Workspace& workspace, const v1::GetAlertRequest& request);
// own_act of an alert about the own account; acknowledged_already.
Result<v1::AcknowledgeAlertResponse> acknowledge_alert(
    const Permit<Action::acknowledge_alert>& permit, Workspace& workspace,
    const v1::AcknowledgeAlertRequest& request);
Result<v1::ListAlertRulesResponse> list_alert_rules(const Permit<Action::list_alert_rules>& permit,
                                                    Workspace& workspace,
                                                    const v1::ListAlertRulesRequest& request);
// unexpected of a kind that is the server's own, and of a threshold of a kind of which one event is
// enough; too_large.
Result<v1::SetAlertRuleResponse> set_alert_rule(const Permit<Action::set_alert_rule>& permit,
                                                Workspace& workspace,
                                                const v1::SetAlertRuleRequest& request);
Result<v1::ListDecoysResponse> list_decoys(const Permit<Action::list_decoys>& permit,
                                           Workspace& workspace,
                                           const v1::ListDecoysRequest& request);
// These two: wrong_reference; hidden when the municipality has no such case, or decoy. Their events
// name the case as the item, so that they are no event of the case: whoever coordinates it, and
// asks who has looked at it, must not find them. already_there; too_many_decoys.
Result<v1::AddDecoyResponse> add_decoy(const Permit<Action::add_decoy>& permit,
                                       Workspace& workspace, const v1::AddDecoyRequest& request);
Result<v1::RemoveDecoyResponse> remove_decoy(const Permit<Action::remove_decoy>& permit,
                                             Workspace& workspace,
                                             const v1::RemoveDecoyRequest& request);

}  // namespace sspf::handlers
