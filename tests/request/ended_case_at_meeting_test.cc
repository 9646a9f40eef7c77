// SPDX-License-Identifier: Apache-2.0
//
// A case that has ended is not written of at a meeting any more, whichever way it ended (R6). Who
// was there when it was spoken of may still be recorded.
#include <gtest/gtest.h>

#include "tests/support/meetings.h"

namespace sspf::test {
namespace {

const std::string case_closed = "refused failed_precondition/case_closed for case_closed";

struct EndedCaseAtMeeting : testing::Test {
  Meetings room;
  const std::string number = room.load.mapped();
  const std::string meeting = room.plan();
  const std::string item = room.add_case(meeting, number);

  v1::AddParticipantRequest guest() {
    auto request = about_meeting<v1::AddParticipantRequest>(meeting);
    request.set_guest_name("Vera Vårdnadshavare");
    request.set_case_number(number);
    return request;
  }
  v1::RecordAttendanceRequest attended() {
    auto request = about_meeting<v1::RecordAttendanceRequest>(meeting);
    request.set_participant(room.participant(meeting, room.coordinator));
    request.set_item(item);
    request.set_status(v1::ATTENDANCE_STATUS_PRESENT);
    return request;
  }
  v1::RecordMinutesRequest minutes() {
    v1::RecordMinutesRequest request = room.minutes(meeting, item);
    request.set_notes("Efter avslutet.");
    return request;
  }
  void expect_nothing_more_is_written() {
    const auto again = new_case_item(meeting, number);
    const std::string subject = room.id_of_case(number);
    EXPECT_EQ(room.refusal("AgendaService/AddAgendaItem", again), case_closed);
    EXPECT_EQ(room.refusal("AgendaService/RecordMinutes", minutes()), case_closed);
    // Its event names the case.
    EXPECT_EQ(room.outcome(room.coordinator, "AgendaService/RecordMinutes", minutes()),
              case_closed);
    EXPECT_EQ(room.load.server.last_event().case_id(), subject);
    EXPECT_EQ(room.refusal("MeetingService/AddParticipant", guest()), case_closed);
    EXPECT_EQ(room.outcome(room.coordinator, "AttendanceService/RecordAttendance", attended()),
              "allowed");
  }
};

TEST_F(EndedCaseAtMeeting, IsNotWrittenOfOnceClosed) {
  room.open(meeting);
  EXPECT_EQ(room.outcome(room.coordinator, "AgendaService/RecordMinutes", minutes()), "allowed");
  room.load.close(number);
  expect_nothing_more_is_written();
}

TEST_F(EndedCaseAtMeeting, IsNotWrittenOfOnceTheConsentIsRevoked) {
  room.open(meeting);
  v1::ListConsentsRequest list;
  list.set_case_number(number);
  const auto consents = room.load.get<v1::ListConsentsResponse>(
      room.coordinator, "ConsentService/ListConsents", list);
  ASSERT_EQ(consents.consents_size(), 1);
  room.load.revoke(number, consents.consents(0).consent());
  ASSERT_EQ(room.load.show(room.coordinator, number).state(), v1::CASE_STATE_CONSENT_REVOKED);
  expect_nothing_more_is_written();
}

}  // namespace
}  // namespace sspf::test
