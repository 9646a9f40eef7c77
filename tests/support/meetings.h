// SPDX-License-Identifier: Apache-2.0
//
// What the tests of meetings do over and over, as the coordinator of TYR unless another account is
// named. Throws std::runtime_error when a step that sets up is refused. All names are fictive.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sspf/v1/meeting.pb.h"
#include "tests/support/caseload.h"
#include "tests/support/requests.h"

namespace sspf::test {

// 2026-12-01 at 13:00 in Stockholm, for two hours.
inline constexpr std::int64_t meeting_starts_at = 1'796'126'400;
v1::CreateMeetingRequest new_meeting(const std::string& municipality_code);
v1::AddAgendaItemRequest new_item(const std::string& meeting, const std::string& title);
v1::AddAgendaItemRequest new_case_item(const std::string& meeting, const std::string& case_number);

struct Meetings {
  Caseload load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;

  // The number of a new meeting of TYR, or of NAC.
  std::string plan();
  std::string plan_in_nac();
  void open(const std::string& meeting);
  void close(const std::string& meeting);

  v1::Meeting show(const std::string& meeting);
  std::vector<std::string> listed(const Account& caller);
  std::vector<v1::AgendaItem> agenda(const Account& caller, const std::string& meeting);
  std::vector<v1::Participant> participants(const Account& caller, const std::string& meeting);
  std::vector<v1::Attendance> attendance(const Account& caller, const std::string& meeting);
  std::vector<v1::Attendance> attendance_history(const Account& caller, const std::string& meeting);
  v1::GetAgendaTemplateResponse agenda_template();

  // References of what was added.
  std::string invite(const std::string& meeting, const Account& account);
  std::string invite_guest(const std::string& meeting, const std::string& name);
  std::string add_item(const std::string& meeting, const std::string& title);
  std::string add_case(const std::string& meeting, const std::string& case_number);
  // The participant that is this account.
  std::string participant(const std::string& meeting, const Account& account);

  // With the version that the item has now.
  v1::RecordMinutesRequest minutes(const std::string& meeting, const std::string& item);
  void record_minutes(const std::string& meeting, const std::string& item,
                      const std::string& notes);

  // One call, and what its one event says of it: "allowed", "dry run", or "refused
  // not_found/not_found for not_invited". The RPC without "sspf.v1.".
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request);
  // Likewise, followed by " and is stored" when anything of stored() became another.
  std::string refusal(const std::string& rpc, const google::protobuf::Message& request);

  // Every meeting of TYR and of NAC with all that is in it, and the template of TYR, as text.
  std::string stored();

  // What stands for these in the audit log.
  std::string id_of_meeting(const std::string& number);
  std::string id_of_case(const std::string& number);
  std::string id_of_municipality(const std::string& code);
  std::string id_of(const Account& account);

  // A right request of every RPC about this meeting. Writes are dry runs; they are about the first
  // participant and the last item of the agenda, and put `case_number` on it.
  Requests reads(const std::string& meeting);
  Requests writes(const std::string& meeting, const std::string& case_number);
};

}  // namespace sspf::test
