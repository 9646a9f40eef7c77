// SPDX-License-Identifier: Apache-2.0
//
// RPCs of what has gone from one agency to another, and of requests under a duty to disclose.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/disclosure.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// not_found of the note; other_agency; in_future; unknown_value of the recipient;
// basis_not_in_force unless the basis works item by item and is in force; and what it does not
// cover: secrecy_class_not_covered, wrong_recipient, too_old_for_basis. case_full.
Result<v1::RecordDisclosureResponse> record_disclosure(
    const Permit<Action::record_disclosure>& permit, Workspace& workspace,
    const v1::RecordDisclosureRequest& request);
Result<Piece<v1::ListDisclosuresResponse>> list_disclosures(
    const Permit<Action::list_disclosures>& permit, Workspace& workspace,
    const v1::ListDisclosuresRequest& request, const std::string& cursor);
Result<Piece<v1::ListShownItemsResponse>> list_shown_items(
    const Permit<Action::list_shown_items>& permit, Workspace& workspace,
    const v1::ListShownItemsRequest& request, const std::string& cursor);

// in_future; unknown_value of who asks; basis_not_in_force; wrong_recipient. case_full.
Result<v1::RegisterDutyRequestResponse> register_duty_request(
    const Permit<Action::register_duty_request>& permit, Workspace& workspace,
    const v1::RegisterDutyRequestRequest& request);
// not_found; answered_already; secrecy_class_not_covered.
Result<v1::AnswerDutyRequestResponse> answer_duty_request(
    const Permit<Action::answer_duty_request>& permit, Workspace& workspace,
    const v1::AnswerDutyRequestRequest& request);
Result<Piece<v1::ListDutyRequestsResponse>> list_duty_requests(
    const Permit<Action::list_duty_requests>& permit, Workspace& workspace,
    const v1::ListDutyRequestsRequest& request, const std::string& cursor);

}  // namespace sspf::handlers
