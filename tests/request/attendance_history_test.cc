// SPDX-License-Identifier: Apache-2.0
//
// Every value of an attendance is kept, with who recorded it and when: a later one does not take
// back that somebody could hear an item.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "server/store/timestamps.h"
#include "tests/support/meetings.h"

namespace sspf::test::attendance_history {
namespace {

constexpr auto rpc = "AttendanceService/RecordAttendance";

using Lines = std::vector<std::string>;

struct AttendanceHistory : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;
  const std::string meeting = room.plan();
  const std::string school = room.invite(meeting, cast.school_tyr);
  const std::string first = room.agenda(coordinator, meeting).at(0).item();

  void SetUp() override { room.open(meeting); }

  v1::RecordAttendanceRequest at(const std::string& item, v1::AttendanceStatus status,
                                 std::uint64_t version) {
    auto request = about_meeting<v1::RecordAttendanceRequest>(meeting);
    request.set_participant(school);
    request.set_item(item);
    request.set_status(status);
    request.set_version(version);
    return request;
  }
  std::string record(const v1::RecordAttendanceRequest& request) {
    room.load.server.advance_seconds(60);
    return room.outcome(coordinator, rpc, request);
  }
  // "item version status author" of each.
  Lines lines_of(const std::vector<v1::Attendance>& rows) {
    Lines lines;
    for (const v1::Attendance& row : rows) {
      EXPECT_EQ(row.participant(), school);
      lines.push_back((row.item() == first ? "first " : row.item() + " ") +
                      std::to_string(row.version()) + " " + std::to_string(row.status()) + " " +
                      row.author_handle());
    }
    return lines;
  }
  Lines history(const Account& caller) {
    return lines_of(room.attendance_history(caller, meeting));
  }
};

TEST_F(AttendanceHistory, HoldsEveryValueWithWhoRecordedItAndWhen) {
  const Account deputy =
      make_account(room.load.server, {"dora.dag", "TYR-SSPF", v1::ROLE_COORDINATOR, {"TYR"}});
  const std::int64_t begun = room.load.server.now().microseconds;
  EXPECT_EQ(record(at(first, v1::ATTENDANCE_STATUS_INVITED, 0)), "allowed");
  room.load.server.advance_seconds(60);
  EXPECT_EQ(room.outcome(deputy, rpc, at(first, v1::ATTENDANCE_STATUS_PRESENT, 1)), "allowed");
  EXPECT_EQ(record(at(first, v1::ATTENDANCE_STATUS_INVITED, 2)), "allowed");
  EXPECT_EQ(record(at("", v1::ATTENDANCE_STATUS_REMOTE, 0)), "allowed");
  for (const Account& caller : {coordinator, cast.school_tyr}) {
    EXPECT_EQ(history(caller), (Lines{" 1 3 anna.alm", "first 1 1 anna.alm", "first 2 2 dora.dag",
                                      "first 3 1 anna.alm"}));
    EXPECT_EQ(lines_of(room.attendance(caller, meeting)),
              (Lines{" 1 3 anna.alm", "first 3 1 anna.alm"}));
  }
  const auto rows = room.attendance_history(coordinator, meeting);
  for (const auto& [row, minutes] : {std::pair{0U, 4}, {1U, 1}, {2U, 2}, {3U, 3}}) {
    EXPECT_EQ(store::microseconds_of(rows.at(row).recorded_at()), begun + minutes * 60'000'000)
        << row;
  }
  room.close(meeting);
  EXPECT_EQ(history(coordinator).size(), 4U);
}

TEST_F(AttendanceHistory, ARefusalAddsNothing) {
  EXPECT_EQ(record(at(first, v1::ATTENDANCE_STATUS_PRESENT, 0)), "allowed");
  const Lines before = history(coordinator);
  EXPECT_EQ(record(at(first, v1::ATTENDANCE_STATUS_ABSENT, 0)),
            "refused aborted/stale_version for stale_version");
  EXPECT_EQ(room.load.server.last_event().item_version(), 0U);
  v1::RecordAttendanceRequest trial = at(first, v1::ATTENDANCE_STATUS_ABSENT, 1);
  trial.mutable_write()->set_dry_run(true);
  EXPECT_EQ(record(trial), "dry run");
  EXPECT_EQ(history(coordinator), before);
}

TEST_F(AttendanceHistory, WhatWasTakenBackKeepsTheItem) {
  EXPECT_EQ(record(at(first, v1::ATTENDANCE_STATUS_PRESENT, 0)), "allowed");
  EXPECT_EQ(record(at(first, v1::ATTENDANCE_STATUS_INVITED, 1)), "allowed");
  auto remove = about_meeting<v1::RemoveAgendaItemRequest>(meeting);
  remove.set_item(first);
  remove.set_version(1);
  EXPECT_EQ(room.refusal("AgendaService/RemoveAgendaItem", remove),
            "refused failed_precondition/item_has_records for item_has_records");
  EXPECT_EQ(history(coordinator), (Lines{"first 1 2 anna.alm", "first 2 1 anna.alm"}));
}

TEST_F(AttendanceHistory, OfACaseIsAbsentForWhoeverMayNotSeeTheCase) {
  const std::string number = room.load.referred();
  room.load.consent(number, Terms());
  room.load.assign(number, cast.school_tyr);
  room.invite(meeting, cast.police);
  const std::string item = room.add_case(meeting, number);
  EXPECT_EQ(record(at(item, v1::ATTENDANCE_STATUS_PRESENT, 0)), "allowed");
  EXPECT_EQ(record(at(item, v1::ATTENDANCE_STATUS_STEPPED_OUT, 1)), "allowed");
  EXPECT_EQ(history(cast.police), Lines{});
  EXPECT_EQ(room.load.server.last_event().cases_shown_size(), 0);
  EXPECT_EQ(history(cast.school_tyr).size(), 2U);
  const v1::AuditEvent event = room.load.server.last_event();
  ASSERT_EQ(event.cases_shown_size(), 1);
  EXPECT_EQ(event.cases_shown(0).case_id(), room.id_of_case(number));
  EXPECT_EQ(event.cases_shown(0).items(), 2U);
}

TEST_F(AttendanceHistory, HasALimitOfVersions) {
  for (std::uint64_t version = 0; version < limits::versions_per_item_max; ++version) {
    ASSERT_EQ(record(at(first, v1::ATTENDANCE_STATUS_PRESENT, version)), "allowed") << version;
  }
  const auto most = limits::versions_per_item_max;
  EXPECT_EQ(history(coordinator).size(), most);
  EXPECT_EQ(record(at(first, v1::ATTENDANCE_STATUS_ABSENT, most)),
            "refused failed_precondition/too_many_versions for too_many_versions");
  EXPECT_EQ(record(at(first, v1::ATTENDANCE_STATUS_ABSENT, most - 1)),
            "refused aborted/stale_version for stale_version");
  EXPECT_EQ(history(coordinator).size(), most);
  EXPECT_EQ(room.attendance(coordinator, meeting).at(0).status(), v1::ATTENDANCE_STATUS_PRESENT);
  // At another item, and at the meeting, they are counted apart.
  EXPECT_EQ(record(at("", v1::ATTENDANCE_STATUS_PRESENT, 0)), "allowed");
}

}  // namespace
}  // namespace sspf::test::attendance_history
