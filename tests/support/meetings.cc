// SPDX-License-Identifier: Apache-2.0
#include "tests/support/meetings.h"

namespace sspf::test {
namespace {

template <typename Request>
std::unique_ptr<Request> asking(const std::string& meeting) {
  return std::make_unique<Request>(about_meeting<Request>(meeting));
}

template <typename Request>
std::unique_ptr<Request> trial(const std::string& meeting) {
  auto request = asking<Request>(meeting);
  request->mutable_write()->set_dry_run(true);
  return request;
}

template <typename Row>
std::string lines_of(const std::vector<Row>& rows) {
  std::string lines;
  for (const Row& row : rows) lines += "  " + row.ShortDebugString() + "\n";
  return lines;
}

}  // namespace

v1::CreateMeetingRequest new_meeting(const std::string& municipality_code) {
  v1::CreateMeetingRequest request;
  request.set_municipality_code(municipality_code);
  request.mutable_starts_at()->set_seconds(meeting_starts_at);
  request.mutable_ends_at()->set_seconds(meeting_starts_at + 7200);
  request.set_place("Rum 1");
  return request;
}

v1::AddAgendaItemRequest new_item(const std::string& meeting, const std::string& title) {
  auto request = about_meeting<v1::AddAgendaItemRequest>(meeting);
  request.set_kind(v1::AGENDA_ITEM_KIND_GENERAL);
  request.set_title(title);
  return request;
}

v1::AddAgendaItemRequest new_case_item(const std::string& meeting, const std::string& case_number) {
  auto request = about_meeting<v1::AddAgendaItemRequest>(meeting);
  request.set_kind(v1::AGENDA_ITEM_KIND_CASE);
  request.set_case_number(case_number);
  return request;
}

std::string Meetings::plan() {
  return load
      .get<v1::CreateMeetingResponse>(coordinator, "MeetingService/CreateMeeting",
                                      new_meeting("TYR"))
      .number();
}

std::string Meetings::plan_in_nac() {
  return load
      .get<v1::CreateMeetingResponse>(cast.coordinator_nac, "MeetingService/CreateMeeting",
                                      new_meeting("NAC"))
      .number();
}

void Meetings::open(const std::string& meeting) {
  auto request = about_meeting<v1::OpenMeetingRequest>(meeting);
  request.set_version(show(meeting).version());
  load.get<v1::OpenMeetingResponse>(coordinator, "MeetingService/OpenMeeting", request);
}

void Meetings::close(const std::string& meeting) {
  auto request = about_meeting<v1::CloseMeetingRequest>(meeting);
  request.set_version(show(meeting).version());
  load.get<v1::CloseMeetingResponse>(coordinator, "MeetingService/CloseMeeting", request);
}

v1::Meeting Meetings::show(const std::string& meeting) {
  return load
      .get<v1::GetMeetingResponse>(coordinator, "MeetingService/GetMeeting",
                                   about_meeting<v1::GetMeetingRequest>(meeting))
      .meeting();
}

std::vector<std::string> Meetings::listed(const Account& caller) {
  std::vector<std::string> numbers;
  const auto response = load.get<v1::ListMeetingsResponse>(caller, "MeetingService/ListMeetings",
                                                           v1::ListMeetingsRequest());
  for (const v1::Meeting& each : response.meetings()) numbers.push_back(each.number());
  return numbers;
}

std::vector<v1::AgendaItem> Meetings::agenda(const Account& caller, const std::string& meeting) {
  const auto response = load.get<v1::ListAgendaResponse>(
      caller, "AgendaService/ListAgenda", about_meeting<v1::ListAgendaRequest>(meeting));
  return {response.items().begin(), response.items().end()};
}

std::vector<v1::Participant> Meetings::participants(const Account& caller,
                                                    const std::string& meeting) {
  const auto response =
      load.get<v1::ListParticipantsResponse>(caller, "MeetingService/ListParticipants",
                                             about_meeting<v1::ListParticipantsRequest>(meeting));
  return {response.participants().begin(), response.participants().end()};
}

std::vector<v1::Attendance> Meetings::attendance(const Account& caller,
                                                 const std::string& meeting) {
  const auto response =
      load.get<v1::ListAttendanceResponse>(caller, "AttendanceService/ListAttendance",
                                           about_meeting<v1::ListAttendanceRequest>(meeting));
  return {response.attendances().begin(), response.attendances().end()};
}

std::vector<v1::Attendance> Meetings::attendance_history(const Account& caller,
                                                         const std::string& meeting) {
  auto request = about_meeting<v1::ListAttendanceRequest>(meeting);
  request.set_history(true);
  const auto response =
      load.get<v1::ListAttendanceResponse>(caller, "AttendanceService/ListAttendance", request);
  return {response.attendances().begin(), response.attendances().end()};
}

v1::GetAgendaTemplateResponse Meetings::agenda_template() {
  v1::GetAgendaTemplateRequest request;
  request.set_municipality_code("TYR");
  return load.get<v1::GetAgendaTemplateResponse>(coordinator, "AgendaService/GetAgendaTemplate",
                                                 request);
}

std::string Meetings::invite(const std::string& meeting, const Account& account) {
  auto request = about_meeting<v1::AddParticipantRequest>(meeting);
  request.set_handle(account.handle);
  return load.get<v1::AddParticipantResponse>(coordinator, "MeetingService/AddParticipant", request)
      .participant();
}

std::string Meetings::invite_guest(const std::string& meeting, const std::string& name) {
  auto request = about_meeting<v1::AddParticipantRequest>(meeting);
  request.set_guest_name(name);
  return load.get<v1::AddParticipantResponse>(coordinator, "MeetingService/AddParticipant", request)
      .participant();
}

std::string Meetings::add_item(const std::string& meeting, const std::string& title) {
  return load
      .get<v1::AddAgendaItemResponse>(coordinator, "AgendaService/AddAgendaItem",
                                      new_item(meeting, title))
      .item();
}

std::string Meetings::add_case(const std::string& meeting, const std::string& case_number) {
  return load
      .get<v1::AddAgendaItemResponse>(coordinator, "AgendaService/AddAgendaItem",
                                      new_case_item(meeting, case_number))
      .item();
}

std::string Meetings::participant(const std::string& meeting, const Account& account) {
  for (const v1::Participant& each : participants(coordinator, meeting)) {
    if (each.handle() == account.handle) return each.participant();
  }
  throw std::runtime_error(account.handle + " takes no part");
}

v1::RecordMinutesRequest Meetings::minutes(const std::string& meeting, const std::string& item) {
  auto request = about_meeting<v1::RecordMinutesRequest>(meeting);
  request.set_item(item);
  for (const v1::AgendaItem& each : agenda(coordinator, meeting)) {
    if (each.item() == item) request.set_version(each.version());
  }
  return request;
}

void Meetings::record_minutes(const std::string& meeting, const std::string& item,
                              const std::string& notes) {
  v1::RecordMinutesRequest request = minutes(meeting, item);
  request.set_notes(notes);
  load.get<v1::RecordMinutesResponse>(coordinator, "AgendaService/RecordMinutes", request);
}

std::string Meetings::outcome(const Account& caller, const std::string& rpc,
                              const google::protobuf::Message& request) {
  const std::uint64_t before = load.server.event_count();
  const Answered answered = load.server.call(caller, "sspf.v1." + rpc, request);
  const v1::AuditEvent event = load.server.last_event();
  if (load.server.event_count() != before + 1) return "not one event";
  if (event.rpc() != "sspf.v1." + rpc) return "an event of " + event.rpc();
  if (answered.ok() && event.outcome() == v1::OUTCOME_ALLOWED) return "allowed";
  if (answered.ok() && event.outcome() == v1::OUTCOME_DRY_RUN) return "dry run";
  if (answered.ok() && event.outcome() == v1::OUTCOME_REPEATED) return "repeated";
  if (answered.ok() || event.outcome() != v1::OUTCOME_REFUSED) {
    return answered.summary() + ", and the event " + v1::Outcome_Name(event.outcome());
  }
  if (event.items_shown() != 0 || event.cases_shown_size() != 0) return "refused and shown";
  return "refused " + answered.summary() + " for " + cause_of(event);
}

std::string Meetings::refusal(const std::string& rpc, const google::protobuf::Message& request) {
  const std::string before = stored();
  const std::string told = outcome(coordinator, rpc, request);
  return told + (stored() == before ? "" : " and is stored");
}

std::string Meetings::stored() {
  std::string text = agenda_template().ShortDebugString() + "\n";
  for (const Account& caller : {cast.coordinator_tyr, cast.coordinator_nac}) {
    const auto list = load.get<v1::ListMeetingsResponse>(caller, "MeetingService/ListMeetings",
                                                         v1::ListMeetingsRequest());
    for (const v1::Meeting& each : list.meetings()) {
      text += each.ShortDebugString() + "\n" + lines_of(agenda(caller, each.number())) +
              lines_of(participants(caller, each.number())) +
              lines_of(attendance(caller, each.number()));
    }
  }
  return text;
}

std::string Meetings::id_of_meeting(const std::string& number) {
  store::Batch batch(load.server.installation().database());
  store::Unit unit(batch);
  return unit.facts().meeting_of(number).value().id.blob();
}

std::string Meetings::id_of_case(const std::string& number) {
  store::Batch batch(load.server.installation().database());
  store::Unit unit(batch);
  return unit.facts().case_of(number).value().id.blob();
}

std::string Meetings::id_of_municipality(const std::string& code) {
  store::Batch batch(load.server.installation().database());
  store::Unit unit(batch);
  return unit.facts().municipality(code).value().id.blob();
}

std::string Meetings::id_of(const Account& account) {
  store::Batch batch(load.server.installation().database());
  store::Unit unit(batch);
  return unit.facts().account_of(account.handle).value().blob();
}

Requests Meetings::reads(const std::string& meeting) {
  Requests made;
  made.emplace_back("MeetingService/GetMeeting", asking<v1::GetMeetingRequest>(meeting));
  made.emplace_back("MeetingService/ListParticipants",
                    asking<v1::ListParticipantsRequest>(meeting));
  made.emplace_back("AgendaService/ListAgenda", asking<v1::ListAgendaRequest>(meeting));
  made.emplace_back("AttendanceService/ListAttendance", asking<v1::ListAttendanceRequest>(meeting));
  return made;
}

Requests Meetings::writes(const std::string& meeting, const std::string& case_number) {
  const std::uint64_t version = show(meeting).version();
  const v1::AgendaItem item = agenda(coordinator, meeting).back();
  const std::string first = participants(coordinator, meeting).front().participant();
  Requests made;
  auto opening = trial<v1::OpenMeetingRequest>(meeting);
  opening->set_version(version);
  made.emplace_back("MeetingService/OpenMeeting", std::move(opening));
  auto closing = trial<v1::CloseMeetingRequest>(meeting);
  closing->set_version(version);
  made.emplace_back("MeetingService/CloseMeeting", std::move(closing));
  auto participant = trial<v1::AddParticipantRequest>(meeting);
  participant->set_guest_name("Gäst Gästsson");
  made.emplace_back("MeetingService/AddParticipant", std::move(participant));
  auto added = trial<v1::AddAgendaItemRequest>(meeting);
  added->set_kind(v1::AGENDA_ITEM_KIND_CASE);
  added->set_case_number(case_number);
  made.emplace_back("AgendaService/AddAgendaItem", std::move(added));
  auto moved = trial<v1::MoveAgendaItemRequest>(meeting);
  moved->set_item(item.item());
  moved->set_version(item.version());
  made.emplace_back("AgendaService/MoveAgendaItem", std::move(moved));
  auto removed = trial<v1::RemoveAgendaItemRequest>(meeting);
  removed->set_item(item.item());
  removed->set_version(item.version());
  made.emplace_back("AgendaService/RemoveAgendaItem", std::move(removed));
  auto recorded = trial<v1::RecordMinutesRequest>(meeting);
  recorded->set_item(item.item());
  recorded->set_version(item.version());
  recorded->set_notes("Lugnt.");
  made.emplace_back("AgendaService/RecordMinutes", std::move(recorded));
  auto attended = trial<v1::RecordAttendanceRequest>(meeting);
  attended->set_participant(first);
  attended->set_item(item.item());
  attended->set_status(v1::ATTENDANCE_STATUS_PRESENT);
  made.emplace_back("AttendanceService/RecordAttendance", std::move(attended));
  return made;
}

}  // namespace sspf::test
