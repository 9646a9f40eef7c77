// SPDX-License-Identifier: Apache-2.0
//
// Exports of incidents (R20): that a bundle was made, its sum for the log to seal, and by when the
// authorities are to be told.
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/incident.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// 24 hours, 72 hours, and the same day of the next month; the last of it when that has none.
v1::IncidentDeadlines deadlines_from(Instant known_at);

// in_future of known_at; ends_before_start; too_many_incident_events; missing of the sum and the
// number of events, unless it is a dry run.
Result<v1::RecordIncidentExportResponse> record_incident_export(
    const Permit<Action::record_incident_export>& permit, Workspace& workspace,
    const v1::RecordIncidentExportRequest& request);
Result<Piece<v1::ListIncidentExportsResponse>> list_incident_exports(
    const Permit<Action::list_incident_exports>& permit, Workspace& workspace,
    const v1::ListIncidentExportsRequest& request, const std::string& cursor);

}  // namespace sspf::handlers
