// SPDX-License-Identifier: Apache-2.0
//
// The words of the tests of plans and commitments: RPCs, and outcomes as Planning tells them.
#pragma once

namespace sspf::test::planning {

inline constexpr auto revise_plan = "PlanService/RevisePlan";
inline constexpr auto add_commitment = "CommitmentService/AddCommitment";
inline constexpr auto change_commitment = "CommitmentService/ChangeCommitment";
inline constexpr auto list_commitments = "CommitmentService/ListCommitments";
inline constexpr auto log_progress = "CommitmentService/LogProgress";

inline constexpr auto early = "refused failed_precondition/case_not_in_planning";
inline constexpr auto other_agency = "refused permission_denied/other_agency";
inline constexpr auto absent = "refused not_found/not_found";
inline constexpr auto no_basis = "refused not_found/not_found for no_basis";

}  // namespace sspf::test::planning
