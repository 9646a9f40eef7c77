// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/emergency.h"

#include "server/store/timestamps.h"

namespace sspf::handlers {

Result<v1::OpenInEmergencyResponse> open_in_emergency(
    const Permit<Action::open_in_emergency>& permit, Workspace& workspace,
    const v1::OpenInEmergencyRequest& request) {
  const auto opened = TRY(workspace.tables.openings.add(
      permit.target().in(), request.reason(), {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(opened.id, 1);
  workspace.tally.basis_change = {.basis = same_id<BasisId>(opened.id),
                                  .from_date = {},
                                  .to_date = {},
                                  .until_us = opened.expires_at.microseconds};
  v1::OpenInEmergencyResponse response;
  response.set_opening(opened.ref);
  *response.mutable_expires_at() = store::timestamp_of(opened.expires_at.microseconds);
  return response;
}

Result<v1::ListOpeningsResponse> list_openings(const Permit<Action::list_openings>& permit,
                                               Workspace& workspace,
                                               const v1::ListOpeningsRequest& /*request*/) {
  v1::ListOpeningsResponse response;
  for (v1::Opening& opening : workspace.tables.openings.list(permit.target())) {
    *response.add_openings() = std::move(opening);
  }
  return response;
}

Result<v1::ReviewOpeningResponse> review_opening(const Permit<Action::review_opening>& permit,
                                                 Workspace& workspace,
                                                 const v1::ReviewOpeningRequest& request) {
  const ItemId reviewed = TRY(workspace.tables.openings.review(
      permit.target(), request.opening(), {request.verdict(), request.comment()},
      {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(reviewed, 2);
  return v1::ReviewOpeningResponse();
}

}  // namespace sspf::handlers
