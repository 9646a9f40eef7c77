// SPDX-License-Identifier: Apache-2.0
//
// Reading the audit log: references and codes, never content. One function for each RPC of
// AuditService; what each refuses stands beside it, what every call refuses is in rpc/.
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// wrong_reference of the case; wrong_time. An unknown handle or case has no events. The cursor is
// the sequence to go on with.
Result<Piece<v1::ListEventsResponse>> list_events(const Permit<Action::list_events>& permit,
                                                  Workspace& workspace,
                                                  const v1::ListEventsRequest& request,
                                                  const std::string& cursor);
// not_found before the first checkpoint. The cursor is "next/end" of the events that the checkpoint
// in the first piece covers.
Result<Piece<v1::ExportEventsResponse>> export_events(const Permit<Action::export_events>& permit,
                                                      Workspace& workspace,
                                                      const v1::ExportEventsRequest& request,
                                                      const std::string& cursor);
// not_found before the first checkpoint. A checkpoint that the log does not reach gets no proof:
// that it is shorter now is for the caller to see.
Result<v1::GetCheckpointResponse> get_checkpoint(const Permit<Action::get_checkpoint>& permit,
                                                 Workspace& workspace,
                                                 const v1::GetCheckpointRequest& request);
// not_found: of what is not in the newest checkpoint, and of what does not concern the caller's
// municipality.
Result<v1::GetInclusionProofResponse> get_inclusion_proof(
    const Permit<Action::get_inclusion_proof>& permit, Workspace& workspace,
    const v1::GetInclusionProofRequest& request);
// too_large of what is beyond the newest checkpoint; sizes_not_in_order.
Result<v1::GetConsistencyProofResponse> get_consistency_proof(
    const Permit<Action::get_consistency_proof>& permit, Workspace& workspace,
    const v1::GetConsistencyProofRequest& request);

}  // namespace sspf::handlers
