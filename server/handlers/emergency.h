// SPDX-License-Identifier: Apache-2.0
//
// RPCs of emergency openings (nödöppning).
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/protection.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// emergency_not_reviewed.
Result<v1::OpenInEmergencyResponse> open_in_emergency(
    const Permit<Action::open_in_emergency>& permit, Workspace& workspace,
    const v1::OpenInEmergencyRequest& request);
Result<v1::ListOpeningsResponse> list_openings(const Permit<Action::list_openings>& permit,
                                               Workspace& workspace,
                                               const v1::ListOpeningsRequest& request);
// not_found; own_act; reviewed_already.
Result<v1::ReviewOpeningResponse> review_opening(const Permit<Action::review_opening>& permit,
                                                 Workspace& workspace,
                                                 const v1::ReviewOpeningRequest& request);

}  // namespace sspf::handlers
