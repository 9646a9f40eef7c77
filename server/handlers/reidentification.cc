// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/reidentification.h"

#include "crypto/encoding.h"
#include "server/base/limits.h"

namespace sspf::handlers {

Result<v1::RequestReidentificationResponse> request_reidentification(
    const Permit<Action::request_reidentification>& permit, Workspace& workspace,
    const v1::RequestReidentificationRequest& request) {
  const access::ReviewAccess& in = permit.target();
  const auto bytes = crypto::from_base32(request.case_ref());
  if (!bytes || bytes->size() != CaseId::size) return refusal(Reason::wrong_reference, "case_ref");
  store::NewReidentification wanted;
  wanted.case_id = CaseId::of(*bytes);
  if (!workspace.tables.review_facts.is_case_of(in.municipality(), wanted.case_id)) {
    return hidden(Reason::not_found);
  }
  wanted.id = ItemId::random();
  wanted.ref = random_ref();
  wanted.reason = in.seal(store::reidentification_place(wanted.id), request.reason());
  wanted.author = {in.reviewer(), workspace.now};
  workspace.tables.reidentifications.add(in, wanted);
  workspace.tally.case_id = wanted.case_id;
  workspace.tally.note_item(wanted.id, 1);
  v1::RequestReidentificationResponse response;
  response.set_reidentification(wanted.ref);
  return response;
}

Result<Piece<v1::ListReidentificationsResponse>> list_reidentifications(
    const Permit<Action::list_reidentifications>& permit, Workspace& workspace,
    const v1::ListReidentificationsRequest& /*request*/, const std::string& cursor) {
  const access::ReviewAccess& in = permit.target();
  auto found = workspace.tables.reidentifications.list(in, cursor);
  Piece<v1::ListReidentificationsResponse> piece;
  piece.next_cursor = std::move(found.next_cursor);
  for (const store::ReidentificationRow& row : found.rows) {
    v1::Reidentification& shown = *piece.message.add_requests();
    shown = row.shown;
    shown.set_reason(in.open(store::reidentification_place(row.id), row.reason));
  }
  workspace.tally.items_shown = static_cast<std::uint32_t>(found.rows.size());
  return piece;
}

Result<v1::ApproveReidentificationResponse> approve_reidentification(
    const Permit<Action::approve_reidentification>& permit, Workspace& workspace,
    const v1::ApproveReidentificationRequest& request) {
  store::Reidentifications& requests = workspace.tables.reidentifications;
  const auto row = TRY(requests.find(permit.target(), request.reidentification()));
  workspace.tally.case_id = row.case_id;
  workspace.tally.subject_account = row.asked_by;
  if (row.asked_by == permit.caller().account()) return refusal(Reason::own_act);
  if (row.approved_at) return refusal(Reason::approved_already);
  requests.approve(row, {permit.caller().account(), workspace.now});
  workspace.tally.note_item(row.id, 2);
  return v1::ApproveReidentificationResponse();
}

Result<v1::ShowReidentifiedResponse> show_reidentified(
    const Permit<Action::show_reidentified>& permit, Workspace& workspace,
    const v1::ShowReidentifiedRequest& request) {
  store::Reidentifications& requests = workspace.tables.reidentifications;
  const auto row = TRY(requests.find(permit.target(), request.reidentification()));
  workspace.tally.case_id = row.case_id;
  if (row.asked_by != permit.caller().account()) return refusal(Reason::role_missing);
  if (!row.approved_at) return refusal(Reason::not_approved);
  const std::int64_t until_us =
      row.approved_at->microseconds +
      std::chrono::microseconds(limits::reidentification_time_max).count();
  if (row.shown.has_shown_at() || workspace.now.microseconds >= until_us) {
    return refusal(Reason::shown_already);
  }
  v1::ShowReidentifiedResponse response;
  response.set_case_number(requests.show(row, workspace.now));
  // So that it can come into the next sample itself.
  workspace.tally.note_shown(row.case_id, std::nullopt);
  workspace.tally.note_item(row.id, 3);
  return response;
}

}  // namespace sspf::handlers
