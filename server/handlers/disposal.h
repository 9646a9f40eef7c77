// SPDX-License-Identifier: Apache-2.0
//
// Lists of disposal: one person makes a list, others review it item by item, a third executes it.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/disposal.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// Where the reason for keeping a case that is on this list is sealed.
access::Place kept_place(const ItemId& list);

// The event names every case whose birth date was looked at. Refuses: nothing_due.
Result<v1::CreateDisposalListResponse> create_disposal_list(
    const Permit<Action::create_disposal_list>& permit, Workspace& workspace,
    const v1::CreateDisposalListRequest& request);

Result<Piece<v1::ListDisposalListsResponse>> list_disposal_lists(
    const Permit<Action::list_disposal_lists>& permit, Workspace& workspace,
    const v1::ListDisposalListsRequest& request, const std::string& cursor);

// Refuses: not_found.
Result<v1::GetDisposalListResponse> get_disposal_list(
    const Permit<Action::get_disposal_list>& permit, Workspace& workspace,
    const v1::GetDisposalListRequest& request);

// Refuses: not_found (the list, or the case is not on it), executed_already, list_made_by_caller,
// missing and unexpected (reason), case_on_hold, reviewed_already.
Result<v1::ReviewDisposalItemResponse> review_disposal_item(
    const Permit<Action::review_disposal_item>& permit, Workspace& workspace,
    const v1::ReviewDisposalItemRequest& request);

// Disposes of the cases that the reviewers have so judged, and that are neither on hold nor, by the
// rule in force, due later than today; the others are left. Refuses: not_found, executed_already,
// list_made_by_caller, list_reviewed_by_caller, not_reviewed.
Result<v1::ExecuteDisposalResponse> execute_disposal(const Permit<Action::execute_disposal>& permit,
                                                     Workspace& workspace,
                                                     const v1::ExecuteDisposalRequest& request);

}  // namespace sspf::handlers
