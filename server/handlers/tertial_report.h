// SPDX-License-Identifier: Apache-2.0
//
// The tertial report: figures for the steering group and the council, without persons (R15).
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/report.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// unknown_value of a year or a tertial; period_not_over, for a report of a running tertial that is
// asked for day after day would show single events.
Result<v1::GetTertialReportResponse> get_tertial_report(
    const Permit<Action::get_tertial_report>& permit, Workspace& workspace,
    const v1::GetTertialReportRequest& request);

}  // namespace sspf::handlers
