// SPDX-License-Identifier: Apache-2.0
//
// Attendance at a meeting and at each of its items, and that nobody outside the consent is recorded
// as having heard what was said of a case (R1).
#include <gtest/gtest.h>

#include "tests/request/refused.h"
#include "tests/support/meetings.h"

namespace sspf::test::attendance {
namespace {

constexpr auto rpc = "AttendanceService/RecordAttendance";
constexpr auto outside = "refused failed_precondition/outside_consent for outside_consent";

std::vector<v1::AttendanceStatus> every_status() {
  std::vector<v1::AttendanceStatus> found;
  const auto& all = *v1::AttendanceStatus_descriptor();
  for (int i = 1; i < all.value_count(); ++i) {
    found.push_back(static_cast<v1::AttendanceStatus>(all.value(i)->number()));
  }
  return found;
}

struct AttendanceOfAMeeting : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;
  const std::string meeting = room.plan();
  const std::string school = room.invite(meeting, cast.school_tyr);
  const std::string first = room.agenda(coordinator, meeting).at(0).item();

  v1::RecordAttendanceRequest of(const std::string& participant, const std::string& item,
                                 v1::AttendanceStatus status) {
    auto request = about_meeting<v1::RecordAttendanceRequest>(meeting);
    request.set_participant(participant);
    request.set_item(item);
    request.set_status(status);
    return request;
  }
  std::string record(const v1::RecordAttendanceRequest& request) {
    return room.outcome(coordinator, rpc, request);
  }
  std::string refusal(const v1::RecordAttendanceRequest& request) {
    return room.refusal(rpc, request);
  }
};

TEST_F(AttendanceOfAMeeting, HasSevenValuesAtTheMeetingAndAtAnItem) {
  room.open(meeting);
  const auto statuses = every_status();
  ASSERT_EQ(statuses.size(), 7U);
  for (const std::string& item : {std::string(), first}) {
    std::uint64_t version = 0;
    for (const v1::AttendanceStatus status : statuses) {
      v1::RecordAttendanceRequest request = of(school, item, status);
      request.set_version(version);
      const auto response = room.load.get<v1::RecordAttendanceResponse>(coordinator, rpc, request);
      EXPECT_EQ(response.version(), ++version);
      const v1::AuditEvent event = room.load.server.last_event();
      EXPECT_EQ(event.meeting_id(), room.id_of_meeting(meeting));
      EXPECT_EQ(event.subject_account_id(), room.id_of(cast.school_tyr));
      EXPECT_EQ(event.item_version(), version);
      EXPECT_EQ(event.item_id().size(), 16U);
      EXPECT_EQ(event.case_id(), "");
      const v1::Attendance row = room.attendance(cast.school_tyr, meeting).back();
      EXPECT_EQ(row.participant(), school);
      EXPECT_EQ(row.handle(), cast.school_tyr.handle);
      EXPECT_EQ(row.name(), "Test " + cast.school_tyr.handle);
      EXPECT_EQ(row.item(), item);
      EXPECT_EQ(row.status(), status);
      EXPECT_EQ(row.version(), version);
    }
  }
  EXPECT_EQ(room.attendance(cast.school_tyr, meeting).size(), 2U);
}

TEST_F(AttendanceOfAMeeting, BeforeTheMeetingIsOnlyWhatCanBeKnownThen) {
  for (const v1::AttendanceStatus status : every_status()) {
    const bool invited = status == v1::ATTENDANCE_STATUS_INVITED;
    const bool notified = status == v1::ATTENDANCE_STATUS_ABSENT_NOTIFIED;
    v1::RecordAttendanceRequest whole = of(school, "", status);
    v1::RecordAttendanceRequest item = of(school, first, status);
    whole.mutable_write()->set_dry_run(true);
    item.mutable_write()->set_dry_run(true);
    EXPECT_EQ(record(whole), invited || notified ? "dry run" : refused::meeting_not_open) << status;
    EXPECT_EQ(record(item), invited ? "dry run" : refused::meeting_not_open) << status;
  }
  EXPECT_EQ(refusal(of(school, "", v1::ATTENDANCE_STATUS_PRESENT)), refused::meeting_not_open);
}

TEST_F(AttendanceOfAMeeting, AnotherVersionIsRefused) {
  room.open(meeting);
  v1::RecordAttendanceRequest request = of(school, "", v1::ATTENDANCE_STATUS_PRESENT);
  request.set_version(1);
  EXPECT_EQ(refusal(request), refused::stale_version);  // there is none yet
  request.set_version(0);
  EXPECT_EQ(record(request), "allowed");
  request.set_status(v1::ATTENDANCE_STATUS_ABSENT);
  for (const std::uint64_t version : {std::uint64_t{0}, std::uint64_t{2}, ~std::uint64_t{0}}) {
    request.set_version(version);
    EXPECT_EQ(refusal(request), refused::stale_version) << version;
  }
  request.set_version(1);
  EXPECT_EQ(record(request), "allowed");
  EXPECT_EQ(refusal(request), refused::stale_version);
}

TEST_F(AttendanceOfAMeeting, NamesAParticipantAndAnItemOfThisMeeting) {
  const std::string other = room.plan();
  const std::string their_item = room.agenda(coordinator, other).at(0).item();
  const std::string absent = "refused not_found/not_found for not_found";
  room.open(meeting);
  for (const std::string& ref : {room.invite(other, cast.police), std::string("00000000")}) {
    EXPECT_EQ(refusal(of(ref, "", v1::ATTENDANCE_STATUS_PRESENT)), absent) << ref;
  }
  for (const std::string& ref : {their_item, std::string("00000000")}) {
    EXPECT_EQ(refusal(of(school, ref, v1::ATTENDANCE_STATUS_PRESENT)), absent) << ref;
  }
  v1::RecordAttendanceRequest request = of(school, first, v1::ATTENDANCE_STATUS_PRESENT);
  request.clear_status();
  EXPECT_EQ(refusal(request), "refused invalid_argument/missing(status) for missing");
  request.set_status(static_cast<v1::AttendanceStatus>(8));
  EXPECT_EQ(refusal(request), "refused invalid_argument/unknown_value(status) for unknown_value");
}

TEST_F(AttendanceOfAMeeting, IsListedFirstOfTheWholeMeetingAndThenInTheOrderOfTheAgenda) {
  const std::string last = room.agenda(coordinator, meeting).back().item();
  const std::string guest = room.invite_guest(meeting, "Gäst Gästsson");
  room.open(meeting);
  for (const std::string& item : {last, first, std::string()}) {
    EXPECT_EQ(record(of(guest, item, v1::ATTENDANCE_STATUS_REMOTE)), "allowed");
    EXPECT_EQ(room.load.server.last_event().subject_account_id(), "");
  }
  const auto items = [&] {
    std::vector<std::string> found;
    for (const v1::Attendance& row : room.attendance(cast.school_tyr, meeting)) {
      EXPECT_EQ(row.participant(), guest);
      EXPECT_EQ(row.handle() + row.name(), "Gäst Gästsson");
      found.push_back(row.item());
    }
    EXPECT_EQ(room.load.server.last_event().items_shown(), 1U);  // the one sealed name
    return found;
  };
  EXPECT_EQ(items(), (std::vector{std::string(), first, last}));
  auto move = about_meeting<v1::MoveAgendaItemRequest>(meeting);
  move.set_item(last);
  move.set_version(1);
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/MoveAgendaItem", move), "allowed");
  EXPECT_EQ(items(), (std::vector{std::string(), last, first}));
}

// Who may have heard an item about a young person, with whose consent school and social services
// take part.
struct HearingACase : AttendanceOfAMeeting {
  const std::string number = room.load.referred();
  const std::string item = room.add_case(meeting, number);
  const std::string consent = room.load.consent(number, Terms());

  void SetUp() override { room.open(meeting); }

  std::uint64_t version_of(const std::string& participant, const std::string& at) {
    for (const v1::Attendance& row : room.attendance(coordinator, meeting)) {
      if (row.participant() == participant && row.item() == at) return row.version();
    }
    return 0;
  }
  // Each status on a trial; those that are refused.
  std::vector<v1::AttendanceStatus> refused_of(const std::string& participant,
                                               const std::string& at) {
    std::vector<v1::AttendanceStatus> found;
    const std::uint64_t version = version_of(participant, at);
    for (const v1::AttendanceStatus status : every_status()) {
      v1::RecordAttendanceRequest request = of(participant, at, status);
      request.set_version(version);
      request.mutable_write()->set_dry_run(true);
      const std::string told = record(request);
      EXPECT_TRUE(told == "dry run" || told == outside) << told;
      if (told == outside) found.push_back(status);
    }
    return found;
  }
};

using Statuses = std::vector<v1::AttendanceStatus>;

Statuses hearing() { return {v1::ATTENDANCE_STATUS_PRESENT, v1::ATTENDANCE_STATUS_REMOTE}; }

TEST_F(HearingACase, IsForThoseWhomTheConsentNamesTheCoordinationAndGuests) {
  const Account colleague =
      make_account(room.load.server, {"kim.kollega", "TYR-SSPF", v1::ROLE_MEMBER, {"TYR"}});
  const Account coordinator_elsewhere =
      make_account(room.load.server, {"sam.ordnare", "TYR-FRI", v1::ROLE_COORDINATOR, {"TYR"}});
  const std::string may[] = {school,
                             room.invite(meeting, cast.social_tyr),
                             room.participant(meeting, coordinator),
                             room.invite(meeting, colleague),
                             room.invite(meeting, coordinator_elsewhere),
                             room.invite_guest(meeting, "Vera Vårdnadshavare")};
  for (const std::string& each : may) EXPECT_EQ(refused_of(each, item), Statuses{});
  // Assigned to the case, and not named: so it is the consent that counts.
  room.load.assign(number, cast.police);
  for (const Account& each : {cast.police, cast.recreation_tyr}) {
    const std::string participant = room.invite(meeting, each);
    EXPECT_EQ(refused_of(participant, item), hearing()) << each.handle;
    EXPECT_EQ(refused_of(participant, first), Statuses{}) << each.handle;
    EXPECT_EQ(refused_of(participant, ""), Statuses{}) << each.handle;
  }
}

TEST_F(HearingACase, TheEventOfARefusalNamesTheCaseAndTheParticipant) {
  const std::string police = room.invite(meeting, cast.police);
  EXPECT_EQ(refusal(of(police, item, v1::ATTENDANCE_STATUS_PRESENT)), outside);
  record(of(police, item, v1::ATTENDANCE_STATUS_PRESENT));
  v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.outcome(), v1::OUTCOME_REFUSED);
  EXPECT_EQ(event.case_id(), room.id_of_case(number));
  EXPECT_EQ(event.subject_account_id(), room.id_of(cast.police));
  EXPECT_EQ(record(of(police, item, v1::ATTENDANCE_STATUS_STEPPED_OUT)), "allowed");
  event = room.load.server.last_event();
  EXPECT_EQ(event.case_id(), room.id_of_case(number));
  EXPECT_EQ(event.subject_account_id(), room.id_of(cast.police));
  // Who has stepped out is not made to have heard it afterwards.
  v1::RecordAttendanceRequest change = of(police, item, v1::ATTENDANCE_STATUS_PRESENT);
  change.set_version(1);
  EXPECT_EQ(refusal(change), outside);
}

// The role stays stored when the agency has left the municipality, and counts for nothing.
TEST_F(HearingACase, ACoordinatorHearsItWhileTheAgencyServesTheMunicipality) {
  const Account second =
      make_account(room.load.server, {"kim.kvist", "TYR-FRI", v1::ROLE_COORDINATOR, {"TYR"}});
  const auto heard = of(room.invite(meeting, second), item, v1::ATTENDANCE_STATUS_PRESENT);
  v1::UpdateAgencyRequest leave;
  leave.set_code("TYR-FRI");
  leave.set_name("Fritid");
  leave.set_version(1);
  leave.add_municipality_codes("NAC");
  auto trial = heard;
  trial.mutable_write()->set_dry_run(true);
  EXPECT_EQ(record(trial), "dry run");
  room.load.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", leave);
  EXPECT_EQ(refusal(heard), outside);
}

TEST_F(HearingACase, ADeputyHearsWhatTheOwnAgencyMayHear) {
  auto deputy = about_meeting<v1::AddParticipantRequest>(meeting);
  deputy.set_handle(cast.recreation_tyr.handle);
  deputy.set_deputy_for(school);
  const auto added = room.load.get<v1::AddParticipantResponse>(
      coordinator, "MeetingService/AddParticipant", deputy);
  EXPECT_EQ(refused_of(added.participant(), item), hearing());
  EXPECT_EQ(record(of(school, item, v1::ATTENDANCE_STATUS_DEPUTISED)), "allowed");
}

TEST_F(HearingACase, EndsWithTheConsent) {
  EXPECT_EQ(refused_of(school, item), Statuses{});
  room.load.server.set_date("2027-02-01");
  EXPECT_EQ(refused_of(school, item), hearing());
  room.load.server.set_date("2026-11-24");
  EXPECT_EQ(record(of(school, item, v1::ATTENDANCE_STATUS_PRESENT)), "allowed");
  room.load.revoke(number, consent);
  EXPECT_EQ(refused_of(school, item), hearing());
  Terms unsigned_by_the_youth;
  unsigned_by_the_youth.signers = "g";
  room.load.consent(number, unsigned_by_the_youth);
  EXPECT_EQ(refused_of(school, item), hearing());
  // What was heard while it was in force stays on record.
  EXPECT_EQ(room.attendance(coordinator, meeting).back().status(), v1::ATTENDANCE_STATUS_PRESENT);
}

TEST_F(HearingACase, OfAGroupIsForEverybody) {
  const std::string group = room.add_case(meeting, room.load.create(new_group()));
  EXPECT_EQ(refused_of(room.invite(meeting, cast.police), group), Statuses{});
}

}  // namespace
}  // namespace sspf::test::attendance
