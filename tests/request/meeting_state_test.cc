// SPDX-License-Identifier: Apache-2.0
//
// A meeting from planned to open to closed, its number, and who takes part in it.
#include <gtest/gtest.h>

#include <algorithm>

#include "server/base/limits.h"
#include "tests/request/refused.h"
#include "tests/support/meetings.h"

namespace sspf::test::meeting_state {
namespace {

constexpr auto closed_already = "refused failed_precondition/meeting_closed for meeting_closed";

struct MeetingStates : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;

  std::string created(const v1::CreateMeetingRequest& request) {
    return room.load
        .get<v1::CreateMeetingResponse>(coordinator, "MeetingService/CreateMeeting", request)
        .number();
  }
  std::string open(const std::string& meeting, std::uint64_t version) {
    auto request = about_meeting<v1::OpenMeetingRequest>(meeting);
    request.set_version(version);
    return room.outcome(coordinator, "MeetingService/OpenMeeting", request);
  }
  std::string close(const std::string& meeting, std::uint64_t version) {
    auto request = about_meeting<v1::CloseMeetingRequest>(meeting);
    request.set_version(version);
    return room.outcome(coordinator, "MeetingService/CloseMeeting", request);
  }
  std::string state(const std::string& meeting) {
    const v1::Meeting shown = room.show(meeting);
    return v1::MeetingState_Name(shown.state()) + " " + std::to_string(shown.version());
  }
};

TEST_F(MeetingStates, APlannedMeetingHoldsWhatWasSaidTheTemplateAndItsCoordinator) {
  v1::CreateMeetingRequest request = new_meeting("TYR");
  request.set_place("Kommunhuset, rum Ån");
  request.mutable_starts_at()->set_nanos(5'000);
  const auto response = room.load.get<v1::CreateMeetingResponse>(
      coordinator, "MeetingService/CreateMeeting", request);
  EXPECT_EQ(response.version(), 1U);
  const v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.meeting_id(), room.id_of_meeting(response.number()));
  EXPECT_EQ(event.item_id(), event.meeting_id());
  EXPECT_EQ(event.item_version(), 1U);
  EXPECT_EQ(event.role(), static_cast<std::uint32_t>(v1::ROLE_COORDINATOR));
  EXPECT_EQ(event.ciphertext_digest().size(), 32U);

  const v1::Meeting shown = room.show(response.number());
  EXPECT_EQ(room.load.server.last_event().items_shown(), 1U);
  EXPECT_EQ(shown.number(), "TYR-M-2026-0001");
  EXPECT_EQ(shown.municipality_code(), "TYR");
  EXPECT_EQ(shown.state(), v1::MEETING_STATE_PLANNED);
  EXPECT_EQ(shown.starts_at().seconds(), meeting_starts_at);
  EXPECT_EQ(shown.starts_at().nanos(), 5'000);
  EXPECT_EQ(shown.ends_at().seconds(), meeting_starts_at + 7200);
  EXPECT_EQ(shown.place(), "Kommunhuset, rum Ån");
  EXPECT_EQ(shown.version(), 1U);

  const auto agenda = room.agenda(coordinator, response.number());
  const auto prepared = room.agenda_template();
  ASSERT_EQ(agenda.size(), static_cast<std::size_t>(prepared.items_size()));
  for (std::size_t i = 0; i < agenda.size(); ++i) {
    EXPECT_EQ(agenda[i].title(), prepared.items(static_cast<int>(i)).title());
    EXPECT_EQ(agenda[i].kind(), prepared.items(static_cast<int>(i)).kind());
    EXPECT_EQ(agenda[i].version(), 1U);
    EXPECT_EQ(agenda[i].item().size(), 8U);
  }
  const auto participants = room.participants(coordinator, response.number());
  ASSERT_EQ(participants.size(), 1U);
  EXPECT_EQ(participants[0].handle(), coordinator.handle);
}

TEST_F(MeetingStates, NumbersAreCountedByMunicipalityAndYearInStockholm) {
  EXPECT_EQ(room.plan(), "TYR-M-2026-0001");
  EXPECT_EQ(room.plan_in_nac(), "NAC-M-2026-0001");
  v1::CreateMeetingRequest late = new_meeting("TYR");
  late.mutable_starts_at()->set_seconds(1'798'757'999);  // 2026-12-31 23:59:59
  late.mutable_ends_at()->set_seconds(1'798'759'800);
  EXPECT_EQ(created(late), "TYR-M-2026-0002");
  late.mutable_starts_at()->set_seconds(1'798'758'000);  // 2027-01-01 00:00:00
  EXPECT_EQ(created(late), "TYR-M-2027-0001");
  // A dry run takes no number.
  v1::CreateMeetingRequest dry = new_meeting("TYR");
  dry.mutable_write()->set_dry_run(true);
  EXPECT_EQ(created(dry), "TYR-M-2026-0003");
  EXPECT_EQ(room.load.server.last_event().municipality_id().size(), 16U);
  EXPECT_EQ(room.load.server.last_event().meeting_id(), "");
  EXPECT_EQ(room.load.server.last_event().item_id(), "");
  EXPECT_EQ(room.plan(), "TYR-M-2026-0003");
  EXPECT_EQ(room.load.server.last_event().meeting_id().size(), 16U);
}

TEST_F(MeetingStates, OpensAndClosesOnceAndEachStepIsAVersion) {
  const std::string meeting = room.plan();
  EXPECT_EQ(close(meeting, 1), refused::meeting_not_open);
  EXPECT_EQ(open(meeting, 2), refused::stale_version);
  EXPECT_EQ(state(meeting), "MEETING_STATE_PLANNED 1");
  EXPECT_EQ(open(meeting, 1), "allowed");
  v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.item_id(), room.id_of_meeting(meeting));
  EXPECT_EQ(event.item_version(), 2U);
  EXPECT_EQ(state(meeting), "MEETING_STATE_OPEN 2");

  EXPECT_EQ(open(meeting, 2),
            "refused failed_precondition/meeting_open_already for meeting_open_already");
  EXPECT_EQ(close(meeting, 1), refused::stale_version);
  EXPECT_EQ(close(meeting, 3), refused::stale_version);
  EXPECT_EQ(state(meeting), "MEETING_STATE_OPEN 2");
  EXPECT_EQ(close(meeting, 2), "allowed");
  event = room.load.server.last_event();
  EXPECT_EQ(event.item_id(), room.id_of_meeting(meeting));
  EXPECT_EQ(event.item_version(), 3U);

  EXPECT_EQ(open(meeting, 3), closed_already);
  EXPECT_EQ(close(meeting, 3), closed_already);
  EXPECT_EQ(state(meeting), "MEETING_STATE_CLOSED 3");
}

TEST_F(MeetingStates, AClosedMeetingIsLockedAndStillRead) {
  const std::string group = room.load.create(new_group());
  const std::string meeting = room.plan();
  room.invite(meeting, cast.school_tyr);
  const std::string item = room.add_item(meeting, "Sist");
  room.open(meeting);
  room.record_minutes(meeting, item, "Lugnt.");
  // The very request that an open meeting takes is refused by a closed one.
  const v1::RecordMinutesRequest same = room.minutes(meeting, item);
  auto rewrite = same;
  rewrite.mutable_write()->set_request_id("aaaaaaaaaaaaaaaa");
  rewrite.set_notes("Lugnt, igen.");
  ASSERT_EQ(room.outcome(coordinator, "AgendaService/RecordMinutes", rewrite), "allowed");
  room.close(meeting);
  // What was done before can be asked for again, and nothing is done anew.
  const std::string before = room.stored();
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/RecordMinutes", rewrite), "repeated");
  EXPECT_EQ(room.stored(), before);

  for (auto& [rpc, request] : room.writes(meeting, group)) {
    const auto* write = request->GetDescriptor()->FindFieldByName("write");
    request->GetReflection()->ClearField(request.get(), write);
    EXPECT_EQ(room.refusal(rpc, *request), closed_already) << rpc;
  }
  for (const auto& [rpc, request] : room.reads(meeting)) {
    EXPECT_EQ(room.outcome(cast.school_tyr, rpc, *request), "allowed") << rpc;
  }
  EXPECT_EQ(room.agenda(cast.school_tyr, meeting).back().notes(), "Lugnt, igen.");
}

TEST_F(MeetingStates, OneMeetingsStateIsNotAnothers) {
  const std::string first = room.plan();
  const std::string second = room.plan();
  room.open(first);
  room.close(first);
  EXPECT_EQ(state(second), "MEETING_STATE_PLANNED 1");
  EXPECT_EQ(open(second, 1), "allowed");
  EXPECT_EQ(state(first), "MEETING_STATE_CLOSED 3");
}

TEST_F(MeetingStates, AListGoesOnPastAPage) {
  const std::size_t count = limits::page_size_max + 1;
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < count; ++i) {
    v1::CreateMeetingRequest request = new_meeting("TYR");
    request.mutable_write()->set_request_id("meeting-" + std::string(9, '0') + std::to_string(i));
    bodies.push_back(request.SerializeAsString());
  }
  EXPECT_EQ(room.load.call_all(coordinator, "MeetingService/CreateMeeting", bodies), count);
  const std::uint64_t before = room.load.server.event_count();
  const auto numbers = room.listed(coordinator);
  EXPECT_EQ(room.load.server.event_count(), before + 2);  // an event for each piece
  ASSERT_EQ(numbers.size(), count);
  EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
  EXPECT_EQ(numbers.back(), "TYR-M-2026-0201");
}

}  // namespace
}  // namespace sspf::test::meeting_state
