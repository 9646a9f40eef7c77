// SPDX-License-Identifier: Apache-2.0
//
// Who is kept out of a case hears nothing of it at a meeting either (R1): blocked for a conflict of
// interest, or none of the handlers of a protected identity.
#include <gtest/gtest.h>

#include "sspf/v1/protection.pb.h"
#include "tests/support/meetings.h"

namespace sspf::test {
namespace {

struct KeptOutHearing : testing::Test {
  Meetings room;
  Caseload& load = room.load;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;
  std::string number = load.mapped();
  std::string meeting = room.plan();
  std::string item = room.add_case(meeting, number);

  void SetUp() override { room.open(meeting); }

  // Whether the account may be recorded as present at the case's item.
  std::string hears(const Account& account) {
    auto attend = about_meeting<v1::RecordAttendanceRequest>(meeting);
    attend.set_participant(room.invite(meeting, account));
    attend.set_item(item);
    attend.set_status(v1::ATTENDANCE_STATUS_PRESENT);
    return load.server.call(coordinator, "sspf.v1.AttendanceService/RecordAttendance", attend)
        .summary();
  }
};

TEST_F(KeptOutHearing, ABlockedAccountIsNotRecordedAsPresent) {
  v1::BlockAccountRequest block;
  block.set_case_number(number);
  block.set_handle(cast.school_tyr.handle);
  block.set_reason("Syskon till den unge.");
  load.get<v1::BlockAccountResponse>(coordinator, "BlockService/BlockAccount", block);
  EXPECT_EQ(hears(cast.school_tyr), "failed_precondition/outside_consent");
  EXPECT_EQ(hears(cast.school2_tyr), "ok");
  // What the coordinator reads of the block for it is not shown.
  EXPECT_EQ(load.server.last_event().items_shown(), 0U);
}

TEST_F(KeptOutHearing, OfAProtectedIdentityItsHandlersAloneAre) {
  v1::ProtectIdentityRequest protect;
  protect.set_case_number(number);
  protect.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
  load.get<v1::ProtectIdentityResponse>(coordinator, "ProtectionService/ProtectIdentity", protect);
  v1::AddHandlerRequest handler;
  handler.set_case_number(number);
  handler.set_handle(cast.social_tyr.handle);
  load.get<v1::AddHandlerResponse>(coordinator, "ProtectionService/AddHandler", handler);
  EXPECT_EQ(hears(cast.social_tyr), "ok");
  EXPECT_EQ(hears(cast.school_tyr), "failed_precondition/outside_consent");
}

}  // namespace
}  // namespace sspf::test
