// SPDX-License-Identifier: Apache-2.0
//
// The plan of a case. One function for each RPC of PlanService; what each refuses stands beside it,
// what every call refuses is in rpc/.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/plan.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// case_closed; case_not_in_planning; already_there.
Result<v1::CreatePlanResponse> create_plan(const Permit<Action::create_plan>& permit,
                                           Workspace& workspace,
                                           const v1::CreatePlanRequest& request);
// case_closed; case_not_in_planning; not_found without a plan; stale_version; too_many_versions.
Result<v1::RevisePlanResponse> revise_plan(const Permit<Action::revise_plan>& permit,
                                           Workspace& workspace,
                                           const v1::RevisePlanRequest& request);
// The plan, when the caller may see it, with those commitments that the caller may see. not_found
// when that is nothing.
Result<v1::GetPlanResponse> get_plan(const Permit<Action::get_plan>& permit, Workspace& workspace,
                                     const v1::GetPlanRequest& request);
// not_found without a plan, and for who may not see it.
Result<Piece<v1::ListPlanVersionsResponse>> list_plan_versions(
    const Permit<Action::list_plan_versions>& permit, Workspace& workspace,
    const v1::ListPlanVersionsRequest& request, const std::string& cursor);

}  // namespace sspf::handlers
