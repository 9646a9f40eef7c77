// SPDX-License-Identifier: Apache-2.0
//
// Re-identification by two auditors (trust.md 4): from a case's reference in the log to its number,
// never to a name.
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/review.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// wrong_reference; hidden when no case of the municipality has this reference.
Result<v1::RequestReidentificationResponse> request_reidentification(
    const Permit<Action::request_reidentification>& permit, Workspace& workspace,
    const v1::RequestReidentificationRequest& request);
Result<Piece<v1::ListReidentificationsResponse>> list_reidentifications(
    const Permit<Action::list_reidentifications>& permit, Workspace& workspace,
    const v1::ListReidentificationsRequest& request, const std::string& cursor);
// own_act; approved_already.
Result<v1::ApproveReidentificationResponse> approve_reidentification(
    const Permit<Action::approve_reidentification>& permit, Workspace& workspace,
    const v1::ApproveReidentificationRequest& request);
// role_missing of whoever has not asked; not_approved; shown_already, also an hour after the
// approval.
Result<v1::ShowReidentifiedResponse> show_reidentified(
    const Permit<Action::show_reidentified>& permit, Workspace& workspace,
    const v1::ShowReidentifiedRequest& request);

}  // namespace sspf::handlers
