// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/audit_details.h"

#include "server/base/limits.h"
#include "server/base/months.h"

namespace sspf::handlers {

Result<v1::GetAuditDetailsResponse> get_audit_details(
    const Permit<Action::get_audit_details>& permit, Workspace& workspace,
    const v1::GetAuditDetailsRequest& request) {
  const store::AuditLog& log = workspace.tables.audit_log;
  if (request.sequence() >= log.size()) return refusal(Reason::not_found, "sequence");
  const auto entry = log.find(request.sequence(), permit.target().log().within_grants_of());
  if (!entry) return Refusal{Reason::not_found, Reason::other_municipality, "sequence"};
  v1::AuditEvent event;
  if (!event.ParseFromString(entry->bytes)) throw Fault("a stored audit event does not parse");
  v1::GetAuditDetailsResponse response;
  const auto details = permit.target().open(log.details(request.sequence()), event);
  response.set_erased(!details);
  if (details) {
    response.set_peer_address(details->peer_address());
    response.set_user_agent(details->user_agent());
    response.set_field(details->field());
  }
  if (!event.account_id().empty()) {
    workspace.tally.subject_account = AccountId::of(crypto::view_of(event.account_id()));
  }
  workspace.tally.items_shown = 1;
  return response;
}

Result<v1::RequestDetailsErasureResponse> request_details_erasure(
    const Permit<Action::request_details_erasure>& permit, Workspace& workspace,
    const v1::RequestDetailsErasureRequest& request) {
  if (!is_month(request.month())) return refusal(Reason::wrong_month, "month");
  if (months_after(request.month(), limits::details_months_min + 1) > month_of(workspace.today)) {
    return refusal(Reason::details_too_recent, "month");
  }
  if (!permit.target().has_key_of(request.month())) {
    return refusal(Reason::nothing_to_erase, "month");
  }
  const store::NewDetailsErasure wanted{
      ItemId::random(), random_ref(), request.month(), {permit.caller().account(), workspace.now}};
  workspace.tables.details_erasures.add(permit.target(), wanted);
  workspace.tally.note_item(wanted.id, 1);
  v1::RequestDetailsErasureResponse response;
  response.set_erasure(wanted.ref);
  return response;
}

Result<Piece<v1::ListDetailsErasuresResponse>> list_details_erasures(
    const Permit<Action::list_details_erasures>& permit, Workspace& workspace,
    const v1::ListDetailsErasuresRequest& /*request*/, const std::string& cursor) {
  auto found = workspace.tables.details_erasures.list(permit.target(), cursor);
  Piece<v1::ListDetailsErasuresResponse> piece;
  piece.next_cursor = std::move(found.next_cursor);
  for (v1::DetailsErasure& row : found.rows) *piece.message.add_erasures() = std::move(row);
  workspace.tally.items_shown = static_cast<std::uint32_t>(found.rows.size());
  return piece;
}

Result<v1::ApproveDetailsErasureResponse> approve_details_erasure(
    const Permit<Action::approve_details_erasure>& permit, Workspace& workspace,
    const v1::ApproveDetailsErasureRequest& request) {
  store::DetailsErasures& erasures = workspace.tables.details_erasures;
  const auto row = TRY(erasures.find(permit.target(), request.erasure()));
  workspace.tally.subject_account = row.asked_by;
  if (row.asked_by == permit.caller().account()) return refusal(Reason::own_act);
  if (row.shown.has_approved_at()) return refusal(Reason::approved_already);
  const std::string& month = row.shown.month();
  if (!permit.target().has_key_of(month)) return refusal(Reason::nothing_to_erase);
  const KeyId destroyed = permit.target().destroy_key_of(month);
  erasures.approve(row, destroyed, {permit.caller().account(), workspace.now});
  workspace.tally.note_item(row.id, 2);
  v1::ApproveDetailsErasureResponse response;
  response.set_month(month);
  return response;
}

}  // namespace sspf::handlers
