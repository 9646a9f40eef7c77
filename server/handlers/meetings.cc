// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/meetings.h"

#include "server/base/blank.h"
#include "server/base/limits.h"
#include "server/handlers/case_flow.h"
#include "server/handlers/colleague.h"
#include "server/handlers/meeting_state.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

Result<Instant> checked_time(const google::protobuf::Timestamp& time, const std::string& field) {
  const Instant instant{store::microseconds_of(time)};
  const std::string date = date_of(instant);
  if (!is_date(date) || date < "2000-01-01") return refusal(Reason::wrong_time, field);
  return instant;
}

Result<store::MeetingDraft> checked_draft(const v1::CreateMeetingRequest& request) {
  const Instant starts = TRY(checked_time(request.starts_at(), "starts_at"));
  const Instant ends = TRY(checked_time(request.ends_at(), "ends_at"));
  if (ends <= starts) return refusal(Reason::meeting_ends_before_start, "ends_at");
  const std::chrono::microseconds lasts(ends.microseconds - starts.microseconds);
  if (lasts > limits::meeting_time_max) return refusal(Reason::meeting_too_long, "ends_at");
  return store::MeetingDraft{starts.microseconds, ends.microseconds, request.place()};
}

Result<store::ParticipantDraft> checked_participant(const Workspace& workspace,
                                                    const access::MeetingAccess& meeting,
                                                    const v1::AddParticipantRequest& request) {
  if (request.handle().empty() && is_blank(request.guest_name())) {
    return refusal(Reason::missing, "handle");
  }
  if (!request.handle().empty() && !request.guest_name().empty()) {
    return refusal(Reason::unexpected, "guest_name");
  }
  if (!request.handle().empty() && !request.case_number().empty()) {
    return refusal(Reason::unexpected, "case_number");
  }
  store::ParticipantDraft draft;
  draft.guest_name = request.guest_name();
  if (const access::CaseAccess* about = meeting.named_case()) draft.case_id = about->case_id();
  if (!request.deputy_for().empty()) {
    const auto absent = workspace.tables.participants.find(meeting, request.deputy_for());
    if (!absent.ok()) return refusal(Reason::unknown_value, "deputy_for");
    draft.deputy_for = absent.value().id;
  }
  if (request.handle().empty()) return draft;
  draft.account = TRY(colleague(workspace, meeting.municipality(), request.handle()));
  return draft;
}

Result<std::uint64_t> change_meeting_state(const access::MeetingAccess& meeting,
                                           Workspace& workspace, std::uint64_t version,
                                           v1::MeetingState state) {
  const std::uint64_t next = TRY(workspace.tables.meetings.set_state(meeting, version, state));
  workspace.tally.note_item(same_id<ItemId>(meeting.meeting_id()), next);
  return next;
}

}  // namespace

Result<v1::CreateMeetingResponse> create_meeting(const Permit<Action::create_meeting>& permit,
                                                 Workspace& workspace,
                                                 const v1::CreateMeetingRequest& request) {
  const store::MeetingDraft draft = TRY(checked_draft(request));
  const access::MunicipalityAccess& municipality = permit.target();
  const std::string year = date_of({draft.starts_at}).substr(0, 4);
  const access::MeetingAccess meeting = municipality.found_meeting(
      MeetingId::random(), workspace.tables.meetings.next_number(municipality, year));
  workspace.tables.meetings.add(meeting, draft);
  for (const v1::TemplateItem& item :
       workspace.tables.meetings.agenda_template(municipality).items) {
    TRY(workspace.tables.agenda.add(meeting, {item.kind(), item.title(), std::nullopt}));
  }
  TRY(workspace.tables.participants.add(meeting, {permit.caller().account(), {}, {}, {}}));
  workspace.tally.note_item(same_id<ItemId>(meeting.meeting_id()), 1);
  v1::CreateMeetingResponse response;
  response.set_number(meeting.number());
  response.set_version(1);
  return response;
}

Result<Piece<v1::ListMeetingsResponse>> list_meetings(const Permit<Action::list_meetings>& permit,
                                                      Workspace& workspace,
                                                      const v1::ListMeetingsRequest& /*request*/,
                                                      const std::string& /*cursor*/) {
  Piece<v1::ListMeetingsResponse> piece;
  for (const access::MeetingAccess& meeting : permit.target().meetings()) {
    *piece.message.add_meetings() = workspace.tables.meetings.get(meeting);
  }
  piece.next_cursor = permit.target().next_cursor();
  return piece;
}

Result<v1::GetMeetingResponse> get_meeting(const Permit<Action::get_meeting>& permit,
                                           Workspace& workspace,
                                           const v1::GetMeetingRequest& /*request*/) {
  v1::GetMeetingResponse response;
  *response.mutable_meeting() = workspace.tables.meetings.get(permit.target());
  return response;
}

Result<v1::OpenMeetingResponse> open_meeting(const Permit<Action::open_meeting>& permit,
                                             Workspace& workspace,
                                             const v1::OpenMeetingRequest& request) {
  TRY(require_not_closed(permit.target()));
  if (permit.target().state() == v1::MEETING_STATE_OPEN) {
    return refusal(Reason::meeting_open_already);
  }
  const auto version = TRY(
      change_meeting_state(permit.target(), workspace, request.version(), v1::MEETING_STATE_OPEN));
  v1::OpenMeetingResponse response;
  response.set_version(version);
  return response;
}

Result<v1::CloseMeetingResponse> close_meeting(const Permit<Action::close_meeting>& permit,
                                               Workspace& workspace,
                                               const v1::CloseMeetingRequest& request) {
  TRY(require_open(permit.target()));
  const auto version = TRY(change_meeting_state(permit.target(), workspace, request.version(),
                                                v1::MEETING_STATE_CLOSED));
  v1::CloseMeetingResponse response;
  response.set_version(version);
  return response;
}

Result<v1::AddParticipantResponse> add_participant(const Permit<Action::add_participant>& permit,
                                                   Workspace& workspace,
                                                   const v1::AddParticipantRequest& request) {
  TRY(require_not_closed(permit.target()));
  TRY(ensure_not_ended(permit.target().named_case()));
  const store::ParticipantDraft draft =
      TRY(checked_participant(workspace, permit.target(), request));
  const auto added = TRY(workspace.tables.participants.add(permit.target(), draft));
  workspace.tally.note_item(added.id, 1);
  workspace.tally.subject_account = added.account;
  v1::AddParticipantResponse response;
  response.set_participant(added.ref);
  return response;
}

Result<v1::ListParticipantsResponse> list_participants(
    const Permit<Action::list_participants>& permit, Workspace& workspace,
    const v1::ListParticipantsRequest& /*request*/) {
  v1::ListParticipantsResponse response;
  for (v1::Participant& row : workspace.tables.participants.list(permit.target())) {
    *response.add_participants() = std::move(row);
  }
  return response;
}

}  // namespace sspf::handlers
