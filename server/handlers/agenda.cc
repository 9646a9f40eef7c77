// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/agenda.h"

#include "server/base/blank.h"
#include "server/base/limits.h"
#include "server/handlers/case_flow.h"
#include "server/handlers/meeting_state.h"

namespace sspf::handlers {
namespace {

Result<store::AgendaItemDraft> checked_draft(const access::MeetingAccess& meeting,
                                             const v1::AddAgendaItemRequest& request) {
  if (request.kind() != v1::AGENDA_ITEM_KIND_CASE) {
    if (!request.case_number().empty()) return refusal(Reason::unexpected, "case_number");
    if (is_blank(request.title())) return refusal(Reason::missing, "title");
    return store::AgendaItemDraft{request.kind(), request.title(), std::nullopt};
  }
  if (!request.title().empty()) return refusal(Reason::unexpected, "title");
  const access::CaseAccess* about = meeting.named_case();
  if (about == nullptr) return refusal(Reason::missing, "case_number");
  return store::AgendaItemDraft{request.kind(), {}, about->case_id()};
}

// Nothing when the request names no such item.
Result<std::optional<ItemId>> item_before(const Workspace& workspace,
                                          const access::MeetingAccess& meeting,
                                          const std::string& after_item) {
  if (after_item.empty()) return std::optional<ItemId>();
  const auto found = workspace.tables.agenda.find(meeting, after_item);
  if (!found) return refusal(Reason::unknown_value, "after_item");
  return std::optional<ItemId>(found.value().id);
}

// The event of a write to a case item names the case.
void note_item(Workspace& workspace, const store::AgendaItemRow& item, std::uint64_t version) {
  if (item.case_id) workspace.tally.case_id = item.case_id;
  workspace.tally.note_item(item.id, version);
}

}  // namespace

Result<v1::GetAgendaTemplateResponse> get_agenda_template(
    const Permit<Action::get_agenda_template>& permit, Workspace& workspace,
    const v1::GetAgendaTemplateRequest& /*request*/) {
  const auto stored = workspace.tables.meetings.agenda_template(permit.target());
  v1::GetAgendaTemplateResponse response;
  response.mutable_items()->Assign(stored.items.begin(), stored.items.end());
  response.set_version(stored.version);
  return response;
}

Result<v1::UpdateAgendaTemplateResponse> update_agenda_template(
    const Permit<Action::update_agenda_template>& permit, Workspace& workspace,
    const v1::UpdateAgendaTemplateRequest& request) {
  store::AgendaTemplate changed;
  changed.version = request.version();
  for (const v1::TemplateItem& item : request.items()) {
    if (item.kind() == v1::AGENDA_ITEM_KIND_CASE) {
      return refusal(Reason::unknown_value, "items.kind");
    }
    changed.items.push_back(item);
  }
  if (changed.items.size() > limits::agenda_items_max) {
    return over_limit(Reason::too_many_items, "items", limits::agenda_items_max);
  }
  const auto version = TRY(workspace.tables.meetings.replace_template(permit.target(), changed));
  workspace.tally.item_version = version;
  v1::UpdateAgendaTemplateResponse response;
  response.set_version(version);
  return response;
}

Result<v1::ListAgendaResponse> list_agenda(const Permit<Action::list_agenda>& permit,
                                           Workspace& workspace,
                                           const v1::ListAgendaRequest& /*request*/) {
  v1::ListAgendaResponse response;
  for (v1::AgendaItem& item : workspace.tables.agenda.list(permit.target())) {
    *response.add_items() = std::move(item);
  }
  return response;
}

Result<v1::AddAgendaItemResponse> add_agenda_item(const Permit<Action::add_agenda_item>& permit,
                                                  Workspace& workspace,
                                                  const v1::AddAgendaItemRequest& request) {
  TRY(require_not_closed(permit.target()));
  TRY(ensure_not_ended(permit.target().named_case()));
  const store::AgendaItemDraft draft = TRY(checked_draft(permit.target(), request));
  const auto after = TRY(item_before(workspace, permit.target(), request.after_item()));
  const auto added = TRY(workspace.tables.agenda.add(permit.target(), draft));
  if (after) workspace.tables.agenda.place(permit.target(), added.id, after);
  note_item(workspace, added, added.version);
  v1::AddAgendaItemResponse response;
  response.set_item(added.ref);
  response.set_version(added.version);
  return response;
}

Result<v1::MoveAgendaItemResponse> move_agenda_item(const Permit<Action::move_agenda_item>& permit,
                                                    Workspace& workspace,
                                                    const v1::MoveAgendaItemRequest& request) {
  TRY(require_not_closed(permit.target()));
  const auto item = TRY(workspace.tables.agenda.find(permit.target(), request.item()));
  const auto after = TRY(item_before(workspace, permit.target(), request.after_item()));
  if (after == item.id) return refusal(Reason::unknown_value, "after_item");
  const auto version = TRY(workspace.tables.agenda.advance_version(item, request.version()));
  workspace.tables.agenda.place(permit.target(), item.id, after);
  note_item(workspace, item, version);
  v1::MoveAgendaItemResponse response;
  response.set_version(version);
  return response;
}

Result<v1::RemoveAgendaItemResponse> remove_agenda_item(
    const Permit<Action::remove_agenda_item>& permit, Workspace& workspace,
    const v1::RemoveAgendaItemRequest& request) {
  TRY(require_not_closed(permit.target()));
  const auto item = TRY(workspace.tables.agenda.find(permit.target(), request.item()));
  TRY(workspace.tables.agenda.remove(item, request.version()));
  note_item(workspace, item, request.version());
  return v1::RemoveAgendaItemResponse();
}

Result<v1::RecordMinutesResponse> record_minutes(const Permit<Action::record_minutes>& permit,
                                                 Workspace& workspace,
                                                 const v1::RecordMinutesRequest& request) {
  TRY(require_open(permit.target()));
  if (is_blank(request.notes()) && is_blank(request.decision())) {
    return refusal(Reason::missing, "notes");
  }
  const auto item = TRY(workspace.tables.agenda.find(permit.target(), request.item()));
  if (item.case_id) {
    workspace.tally.case_id = item.case_id;
    TRY(ensure_not_ended(permit.target().find_case(*item.case_id)));
  }
  const store::MinutesDraft draft{request.version(), request.notes(), request.decision(),
                                  permit.caller().account(), workspace.now};
  const auto version = TRY(workspace.tables.agenda.record_minutes(permit.target(), item, draft));
  note_item(workspace, item, version);
  v1::RecordMinutesResponse response;
  response.set_version(version);
  return response;
}

}  // namespace sspf::handlers
