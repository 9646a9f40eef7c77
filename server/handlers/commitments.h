// SPDX-License-Identifier: Apache-2.0
//
// Commitments and their follow-up. One function for each RPC of CommitmentService; what each
// refuses stands beside it, what every call refuses is in rpc/.
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/plan.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// case_closed; case_not_in_planning; other_agency for a member; unknown_value of the agency;
// ends_before_start; too_many_commitments.
Result<v1::AddCommitmentResponse> add_commitment(const Permit<Action::add_commitment>& permit,
                                                 Workspace& workspace,
                                                 const v1::AddCommitmentRequest& request);
// case_closed; case_not_in_planning; not_found; other_agency for a member; stale_version;
// commitment_ended; unexpected of another agency; ends_before_start; too_many_versions.
Result<v1::ChangeCommitmentResponse> change_commitment(
    const Permit<Action::change_commitment>& permit, Workspace& workspace,
    const v1::ChangeCommitmentRequest& request);
// case_closed; case_not_in_planning; not_found; other_agency for a member; stale_version; what
// progress.h says; too_many_versions.
Result<v1::LogProgressResponse> log_progress(const Permit<Action::log_progress>& permit,
                                             Workspace& workspace,
                                             const v1::LogProgressRequest& request);
// Case by case, in the order of their numbers; a case is never split between two messages.
Result<Piece<v1::ListCommitmentsResponse>> list_commitments(
    const Permit<Action::list_commitments>& permit, Workspace& workspace,
    const v1::ListCommitmentsRequest& request, const std::string& cursor);
// not_found.
Result<v1::GetCommitmentResponse> get_commitment(const Permit<Action::get_commitment>& permit,
                                                 Workspace& workspace,
                                                 const v1::GetCommitmentRequest& request);

// A commitment of this case as it is shown today.
v1::Commitment shown(const Workspace& workspace, const access::CaseAccess& in,
                     const store::CommitmentRow& row);

}  // namespace sspf::handlers
