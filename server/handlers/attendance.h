// SPDX-License-Identifier: Apache-2.0
//
// Attendance, which proves who could hear what. One function for each RPC of AttendanceService;
// what each refuses stands beside it, what every call refuses is in rpc/.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/meeting.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// meeting_closed; not_found of the participant or the item; meeting_not_open, but an invitation,
// and at the meeting as a whole notified absence, may be recorded before; outside_consent;
// stale_version; too_many_versions.
Result<v1::RecordAttendanceResponse> record_attendance(
    const Permit<Action::record_attendance>& permit, Workspace& workspace,
    const v1::RecordAttendanceRequest& request);
Result<v1::ListAttendanceResponse> list_attendance(const Permit<Action::list_attendance>& permit,
                                                   Workspace& workspace,
                                                   const v1::ListAttendanceRequest& request);

}  // namespace sspf::handlers
