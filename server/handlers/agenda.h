// SPDX-License-Identifier: Apache-2.0
//
// Agenda templates, agendas, and minutes. One function for each RPC of AgendaService; what each
// refuses stands beside it, what every call refuses is in rpc/.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/meeting.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

Result<v1::GetAgendaTemplateResponse> get_agenda_template(
    const Permit<Action::get_agenda_template>& permit, Workspace& workspace,
    const v1::GetAgendaTemplateRequest& request);
// unknown_value of a case item: a template names no case; too_many_items; stale_version.
Result<v1::UpdateAgendaTemplateResponse> update_agenda_template(
    const Permit<Action::update_agenda_template>& permit, Workspace& workspace,
    const v1::UpdateAgendaTemplateRequest& request);

Result<v1::ListAgendaResponse> list_agenda(const Permit<Action::list_agenda>& permit,
                                           Workspace& workspace,
                                           const v1::ListAgendaRequest& request);
// meeting_closed; missing or unexpected, of title and case_number; unknown_value of after_item;
// already_there; meeting_full.
Result<v1::AddAgendaItemResponse> add_agenda_item(const Permit<Action::add_agenda_item>& permit,
                                                  Workspace& workspace,
                                                  const v1::AddAgendaItemRequest& request);
// meeting_closed; not_found of the item; unknown_value of after_item; stale_version.
Result<v1::MoveAgendaItemResponse> move_agenda_item(const Permit<Action::move_agenda_item>& permit,
                                                    Workspace& workspace,
                                                    const v1::MoveAgendaItemRequest& request);
// meeting_closed; not_found of the item; item_has_records; stale_version.
Result<v1::RemoveAgendaItemResponse> remove_agenda_item(
    const Permit<Action::remove_agenda_item>& permit, Workspace& workspace,
    const v1::RemoveAgendaItemRequest& request);
// meeting_closed; meeting_not_open; missing without notes and decision; not_found of the item;
// stale_version; too_many_versions.
Result<v1::RecordMinutesResponse> record_minutes(const Permit<Action::record_minutes>& permit,
                                                 Workspace& workspace,
                                                 const v1::RecordMinutesRequest& request);

}  // namespace sspf::handlers
