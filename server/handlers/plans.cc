// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/plans.h"

#include "server/handlers/case_flow.h"
#include "server/handlers/commitments.h"

namespace sspf::handlers {
namespace {

// The same answer for "there is none" and "not yours to see"; the log tells them apart.
Refusal nothing_to_see(const Workspace& workspace, const access::CaseAccess& in) {
  const bool is_there = workspace.tables.plans.exists(in) || workspace.tables.commitments.exist(in);
  return hidden(is_there ? Reason::no_basis : Reason::not_found);
}

}  // namespace

Result<v1::CreatePlanResponse> create_plan(const Permit<Action::create_plan>& permit,
                                           Workspace& workspace,
                                           const v1::CreatePlanRequest& request) {
  TRY(ensure_in_planning(permit.target()));
  v1::CreatePlanResponse response;
  response.set_version(TRY(workspace.tables.plans.create(
      permit.target(), request.content(), {permit.caller().account(), workspace.now})));
  workspace.tally.note_item(same_id<ItemId>(permit.target().case_id()), response.version());
  return response;
}

Result<v1::RevisePlanResponse> revise_plan(const Permit<Action::revise_plan>& permit,
                                           Workspace& workspace,
                                           const v1::RevisePlanRequest& request) {
  TRY(ensure_in_planning(permit.target()));
  v1::RevisePlanResponse response;
  response.set_version(
      TRY(workspace.tables.plans.revise(permit.target(), request.version(), request.content(),
                                        {permit.caller().account(), workspace.now})));
  workspace.tally.note_item(same_id<ItemId>(permit.target().case_id()), response.version());
  return response;
}

Result<v1::GetPlanResponse> get_plan(const Permit<Action::get_plan>& permit, Workspace& workspace,
                                     const v1::GetPlanRequest& /*request*/) {
  v1::GetPlanResponse response;
  if (auto plan = workspace.tables.plans.newest(permit.target())) {
    *response.mutable_plan() = std::move(*plan);
  }
  for (const auto& row : workspace.tables.commitments.list(permit.target())) {
    *response.add_commitments() = shown(workspace, permit.target(), row);
  }
  if (!response.has_plan() && response.commitments().empty()) {
    return nothing_to_see(workspace, permit.target());
  }
  return response;
}

Result<Piece<v1::ListPlanVersionsResponse>> list_plan_versions(
    const Permit<Action::list_plan_versions>& permit, Workspace& workspace,
    const v1::ListPlanVersionsRequest& /*request*/, const std::string& cursor) {
  Piece<v1::ListPlanVersionsResponse> piece;
  auto found = workspace.tables.plans.versions(permit.target(), cursor);
  for (v1::Plan& plan : found.versions) *piece.message.add_versions() = std::move(plan);
  piece.next_cursor = std::move(found.next_cursor);
  if (!piece.message.versions().empty()) return piece;
  return hidden(workspace.tables.plans.exists(permit.target()) ? Reason::no_basis
                                                               : Reason::not_found);
}

}  // namespace sspf::handlers
