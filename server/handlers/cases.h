// SPDX-License-Identifier: Apache-2.0
//
// Cases, their states, and who works with them. One function for each RPC of case.proto but those
// of notes; what each refuses stands beside it, what every call refuses is in rpc/. A case that has
// ended refuses every write with case_closed, except what only takes access away.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/case.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// What checked_subject() refuses (subject.h); in_future of referred_on; unknown_value of the
// agency; case_exists when the person has a case here that has not ended.
Result<v1::CreateCaseResponse> create_case(const Permit<Action::create_case>& permit,
                                           Workspace& workspace,
                                           const v1::CreateCaseRequest& request);
Result<Piece<v1::ListCasesResponse>> list_cases(const Permit<Action::list_cases>& permit,
                                                Workspace& workspace,
                                                const v1::ListCasesRequest& request,
                                                const std::string& cursor);
Result<v1::GetCaseResponse> get_case(const Permit<Action::get_case>& permit, Workspace& workspace,
                                     const v1::GetCaseRequest& request);
// What parse_identity_number() refuses.
Result<v1::FindCaseResponse> find_case(const Permit<Action::find_case>& permit,
                                       Workspace& workspace, const v1::FindCaseRequest& request);
// case_closed; stale_version; state_does_not_follow; missing reason of an end; no_consent_in_force
// where work on a person begins; consent_in_force where consent is said to be denied.
Result<v1::AdvanceCaseResponse> advance_case(const Permit<Action::advance_case>& permit,
                                             Workspace& workspace,
                                             const v1::AdvanceCaseRequest& request);

// case_closed; ends_before_start; already_there; case_full; unknown_value of an account that is not
// there, is suspended, or is neither member nor coordinator in the municipality with an agency that
// serves it.
Result<v1::AssignAccountResponse> assign_account(const Permit<Action::assign_account>& permit,
                                                 Workspace& workspace,
                                                 const v1::AssignAccountRequest& request);
// not_found for an account that is not assigned, whether it exists or not. Possible after the end.
Result<v1::UnassignAccountResponse> unassign_account(const Permit<Action::unassign_account>& permit,
                                                     Workspace& workspace,
                                                     const v1::UnassignAccountRequest& request);
Result<v1::ListAssignmentsResponse> list_assignments(const Permit<Action::list_assignments>& permit,
                                                     Workspace& workspace,
                                                     const v1::ListAssignmentsRequest& request);

}  // namespace sspf::handlers
