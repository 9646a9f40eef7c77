// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/attendance.h"

#include <algorithm>

#include "server/handlers/meeting_state.h"

namespace sspf::handlers {
namespace {

bool may_precede_meeting(const v1::RecordAttendanceRequest& request) {
  if (request.status() == v1::ATTENDANCE_STATUS_INVITED) return true;
  return request.status() == v1::ATTENDANCE_STATUS_ABSENT_NOTIFIED && request.item().empty();
}

bool hears(v1::AttendanceStatus status) {
  return status == v1::ATTENDANCE_STATUS_PRESENT || status == v1::ATTENDANCE_STATUS_REMOTE;
}

// May the participant hear what is said of the case (R1)? A guest's presence is recorded, not
// judged: a guardian has no agency. A group or place holds no person.
bool may_hear(const Workspace& workspace, const access::CaseAccess& about,
              const store::ParticipantRow& participant) {
  if (!participant.account) return true;
  if (workspace.tables.protection.keeps_out(about, *participant.account)) return false;
  if (about.facts().kind == v1::CASE_KIND_GROUP) return true;
  const auto& accounts = workspace.tables.accounts;
  const AgencyId agency = accounts.agency_of(*participant.account);
  return agency == about.facts().coordinating_agency ||
         accounts.has_role_in(*participant.account, v1::ROLE_COORDINATOR, about.municipality()) ||
         about.consents_to(agency, v1::INFORMATION_KIND_MINUTES);
}

// The item that the request names; nothing for the meeting as a whole.
Result<std::optional<ItemId>> attended_item(Workspace& workspace,
                                            const access::MeetingAccess& meeting,
                                            const store::ParticipantRow& participant,
                                            const v1::RecordAttendanceRequest& request) {
  if (request.item().empty()) return std::optional<ItemId>();
  const auto item = TRY(workspace.tables.agenda.find(meeting, request.item()));
  if (!item.case_id) return std::optional<ItemId>(item.id);
  workspace.tally.case_id = item.case_id;
  const access::CaseAccess* about = meeting.find_case(*item.case_id);
  ENSURE(about != nullptr);  // find() would have hidden the item
  if (hears(request.status()) && !may_hear(workspace, *about, participant)) {
    return refusal(Reason::outside_consent);
  }
  return std::optional<ItemId>(item.id);
}

}  // namespace

Result<v1::RecordAttendanceResponse> record_attendance(
    const Permit<Action::record_attendance>& permit, Workspace& workspace,
    const v1::RecordAttendanceRequest& request) {
  const access::MeetingAccess& meeting = permit.target();
  TRY(require_not_closed(meeting));
  if (!may_precede_meeting(request)) TRY(require_open(meeting));
  const auto participant = TRY(workspace.tables.participants.find(meeting, request.participant()));
  workspace.tally.subject_account = participant.account;
  workspace.tally.case_id = participant.case_id;
  const auto item = TRY(attended_item(workspace, meeting, participant, request));
  const store::AttendanceDraft draft{
      participant.id, item, request.status(), request.version(), permit.caller().account(),
      workspace.now};
  const auto version = TRY(workspace.tables.attendance.record(meeting, draft));
  workspace.tally.note_item(item.value_or(participant.id), version);
  v1::RecordAttendanceResponse response;
  response.set_version(version);
  return response;
}

Result<v1::ListAttendanceResponse> list_attendance(const Permit<Action::list_attendance>& permit,
                                                   Workspace& workspace,
                                                   const v1::ListAttendanceRequest& request) {
  v1::ListAttendanceResponse response;
  const auto versions = request.history() ? store::Versions::every : store::Versions::newest;
  for (v1::Attendance& row : workspace.tables.attendance.list(permit.target(), versions)) {
    *response.add_attendances() = std::move(row);
  }
  return response;
}

}  // namespace sspf::handlers
