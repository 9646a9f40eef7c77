// SPDX-License-Identifier: Apache-2.0
//
// The details beside the events of the log: shown to auditors, and erased by two of them
// (trust.md 4).
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/audit_details.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// not_found: of what does not exist, and of what does not concern the caller's municipality. The
// event names the account whose details were shown.
Result<v1::GetAuditDetailsResponse> get_audit_details(
    const Permit<Action::get_audit_details>& permit, Workspace& workspace,
    const v1::GetAuditDetailsRequest& request);
// wrong_month; details_too_recent; nothing_to_erase.
Result<v1::RequestDetailsErasureResponse> request_details_erasure(
    const Permit<Action::request_details_erasure>& permit, Workspace& workspace,
    const v1::RequestDetailsErasureRequest& request);
Result<Piece<v1::ListDetailsErasuresResponse>> list_details_erasures(
    const Permit<Action::list_details_erasures>& permit, Workspace& workspace,
    const v1::ListDetailsErasuresRequest& request, const std::string& cursor);
// own_act; approved_already; nothing_to_erase when another request has erased the month.
Result<v1::ApproveDetailsErasureResponse> approve_details_erasure(
    const Permit<Action::approve_details_erasure>& permit, Workspace& workspace,
    const v1::ApproveDetailsErasureRequest& request);

}  // namespace sspf::handlers
