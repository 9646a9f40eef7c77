// SPDX-License-Identifier: Apache-2.0
//
// What minutes must hold, and how often they can be written anew.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/meetings.h"

namespace sspf::test::minutes {
namespace {

constexpr auto rpc = "AgendaService/RecordMinutes";

struct Minutes : testing::Test {
  Meetings room;
  const Account& coordinator = room.coordinator;
  const std::string meeting = room.plan();
  const std::string item = room.agenda(coordinator, meeting).at(0).item();

  void SetUp() override { room.open(meeting); }

  // The first item of the agenda.
  v1::AgendaItem shown() { return room.agenda(coordinator, meeting).at(0); }
};

TEST_F(Minutes, HoldNotesOrADecision) {
  room.record_minutes(meeting, item, "Anteckning.");
  v1::RecordMinutesRequest request = room.minutes(meeting, item);
  const std::string missing = "refused invalid_argument/missing(notes) for missing";
  EXPECT_EQ(room.refusal(rpc, request), missing);
  request.set_notes("  \n ");
  request.set_decision("\n");
  EXPECT_EQ(room.refusal(rpc, request), missing);
  request.set_decision("Bara ett beslut.");
  EXPECT_EQ(room.outcome(coordinator, rpc, request), "allowed");
  EXPECT_EQ(shown().decision(), "Bara ett beslut.");
}

// A move gives the item a version, and the minutes none.
TEST_F(Minutes, HaveALimitOfVersions) {
  auto move = about_meeting<v1::MoveAgendaItemRequest>(meeting);
  move.set_item(item);
  move.set_version(1);
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/MoveAgendaItem", move), "allowed");
  v1::RecordMinutesRequest request = room.minutes(meeting, item);
  for (std::uint64_t i = 0; i < limits::versions_per_item_max; ++i) {
    request.set_notes("Version " + std::to_string(i));
    ASSERT_EQ(room.outcome(coordinator, rpc, request), "allowed") << i;
    EXPECT_EQ(room.load.server.last_event().item_version(), i + 3);
    request.set_version(request.version() + 1);
  }
  const std::string last = request.notes();
  request.set_notes("En för mycket.");
  EXPECT_EQ(room.refusal(rpc, request),
            "refused failed_precondition/too_many_versions for too_many_versions");
  EXPECT_EQ(shown().notes(), last);
  request.set_version(request.version() - 1);
  EXPECT_EQ(room.refusal(rpc, request), "refused aborted/stale_version for stale_version");
  // Another item has its own.
  room.record_minutes(meeting, room.agenda(coordinator, meeting).at(1).item(), "Av nästa punkt.");
}

}  // namespace
}  // namespace sspf::test::minutes
