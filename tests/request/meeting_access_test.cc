// SPDX-License-Identifier: Apache-2.0
//
// Who may call what of MeetingService, AgendaService and AttendanceService, as one table of
// callers, RPCs and states of the meeting. Writes are dry runs, so that every row meets the same
// state.
#include <gtest/gtest.h>

#include <map>

#include "server/rpc/methods.h"
#include "tests/request/refused.h"
#include "tests/support/meetings.h"

namespace sspf::test::meeting_access {
namespace {

constexpr auto not_invited = "refused not_found/not_found for not_invited";

struct MeetingAccess : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const std::string mapped = room.load.mapped();
  const std::string group = room.load.create(new_group());
  const std::string planned = prepare();
  const std::string opened = prepare();
  const std::string closed = prepare();

  // Each meeting has an item about a case, with whose consent school and social services take part.
  // The school's account is assigned to it, and so is the police, whom no consent names.
  void SetUp() override {
    room.load.assign(mapped, cast.school_tyr);
    room.load.assign(mapped, cast.police);
    room.open(opened);
    room.open(closed);
    room.close(closed);
  }
  std::string prepare() {
    const std::string meeting = room.plan();
    for (const Account& each : {cast.school_tyr, cast.social_tyr, cast.police}) {
      room.invite(meeting, each);
    }
    room.add_case(meeting, mapped);
    return meeting;
  }

  // What the last event says of who did what where.
  void expect_event_about(const std::string& meeting, const Account& caller, v1::Role role) {
    const v1::AuditEvent event = room.load.server.last_event();
    EXPECT_EQ(event.meeting_id(), room.id_of_meeting(meeting));
    EXPECT_EQ(event.account_id(), room.id_of(caller));
    EXPECT_EQ(event.municipality_id().size(), 16U);
    EXPECT_EQ(event.role(), static_cast<std::uint32_t>(role)) << caller.handle;
  }
  void expect(const Requests& requests, const Account& caller, const std::string& expected) {
    for (const auto& [rpc, request] : requests) {
      EXPECT_EQ(room.outcome(caller, rpc, *request), expected) << caller.handle << " " << rpc;
    }
  }
  void expect_everywhere(const Account& caller, const std::string& expected) {
    for (const std::string& meeting : {planned, opened, closed}) {
      expect(room.reads(meeting), caller, expected);
      expect(room.writes(meeting, group), caller, expected);
    }
  }
};

TEST_F(MeetingAccess, TheTableHoldsEveryRpcAboutAMeeting) {
  std::map<std::string, int> rows;
  for (const auto& [rpc, request] : room.reads(planned)) ++rows["/sspf.v1." + rpc];
  for (const auto& [rpc, request] : room.writes(planned, group)) ++rows["/sspf.v1." + rpc];
  for (const rpc::Method& method : rpc::methods()) {
    const auto& descriptor = *method.request_type().GetDescriptor();
    if (descriptor.FindFieldByName("meeting_number") == nullptr) continue;
    EXPECT_EQ(rows[std::string(method.path)], 1) << method.path;
  }
  EXPECT_EQ(rows.size(), 12U);
}

TEST_F(MeetingAccess, WhoeverIsNotInvitedGetsOneAnswerAndTheEventTheCause) {
  const std::string before = room.stored();
  expect_everywhere(cast.nobody, "refused unauthenticated/no_certificate for no_certificate");
  expect_everywhere(cast.suspended,
                    "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& other :
       {cast.root, cast.admin_tyr, cast.auditor, cast.auditor_tyr, cast.coordinator_nac,
        cast.school_nac, cast.recreation_tyr, cast.school2_tyr}) {
    expect_everywhere(other, not_invited);
    expect_event_about(closed, other, v1::ROLE_UNSPECIFIED);
  }
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingAccess, WhoeverIsInvitedReadsInEveryStateAndWritesInNone) {
  const std::string before = room.stored();
  for (const Account& member : {cast.school_tyr, cast.social_tyr, cast.police}) {
    for (const std::string& meeting : {planned, opened, closed}) {
      expect(room.reads(meeting), member, "allowed");
      expect_event_about(meeting, member, v1::ROLE_MEMBER);
      expect(room.writes(meeting, group), member, refused::role_missing);
      expect_event_about(meeting, member, v1::ROLE_MEMBER);
    }
  }
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingAccess, ACoordinatorReadsInEveryStateAndWritesAsTheStateAllows) {
  const std::string before = room.stored();
  const std::string not_open = "refused failed_precondition/meeting_not_open for meeting_not_open";
  const std::string open_already =
      "refused failed_precondition/meeting_open_already for meeting_open_already";
  std::map<std::string, std::string> when_planned;
  std::map<std::string, std::string> when_open;
  for (const auto& [rpc, request] : room.writes(planned, group)) {
    when_planned[rpc] = "dry run";
    when_open[rpc] = "dry run";
  }
  when_planned["MeetingService/CloseMeeting"] = not_open;
  when_planned["AgendaService/RecordMinutes"] = not_open;
  when_planned["AttendanceService/RecordAttendance"] = not_open;
  when_open["MeetingService/OpenMeeting"] = open_already;
  // One who takes part, and one who does not.
  const Account other =
      make_account(room.load.server, {"karin.klok", "TYR-SSPF", v1::ROLE_COORDINATOR, {"TYR"}});
  for (const Account& caller : {cast.coordinator_tyr, other}) {
    for (const std::string& meeting : {planned, opened, closed}) {
      expect(room.reads(meeting), caller, "allowed");
      expect_event_about(meeting, caller, v1::ROLE_COORDINATOR);
    }
    for (const auto& [rpc, request] : room.writes(planned, group)) {
      EXPECT_EQ(room.outcome(caller, rpc, *request), when_planned[rpc]) << rpc;
    }
    for (const auto& [rpc, request] : room.writes(opened, group)) {
      EXPECT_EQ(room.outcome(caller, rpc, *request), when_open[rpc]) << rpc;
    }
    expect(room.writes(closed, group), caller,
           "refused failed_precondition/meeting_closed for meeting_closed");
    expect_event_about(closed, caller, v1::ROLE_COORDINATOR);
  }
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingAccess, AMeetingThatMayNotBeEnteredAnswersAsOneThatIsNotThere) {
  const Requests hidden = [&] {
    Requests both = room.reads(planned);
    for (auto& each : room.writes(planned, group)) both.push_back(std::move(each));
    return both;
  }();
  for (const auto& [rpc, request] : hidden) {
    const Answered answered = room.load.server.call(cast.school_nac, "sspf.v1." + rpc, *request);
    const auto* field = request->GetDescriptor()->FindFieldByName("meeting_number");
    request->GetReflection()->SetString(request.get(), field, "TYR-M-2026-9999");
    EXPECT_EQ(room.outcome(cast.school_nac, rpc, *request),
              "refused not_found/not_found for not_found");
    EXPECT_EQ(room.load.server.last_event().meeting_id(), "");
    const Answered absent = room.load.server.call(cast.school_nac, "sspf.v1." + rpc, *request);
    EXPECT_EQ(absent.summary(), answered.summary()) << rpc;
    EXPECT_EQ(absent.message, answered.message) << rpc;
  }
}

TEST_F(MeetingAccess, AnInvitationGivesNothingWithoutTheRole) {
  ASSERT_EQ(room.listed(cast.police).size(), 3U);
  v1::GetAccountRequest read;
  read.set_handle(cast.police.handle);
  v1::SetRolesRequest roles;
  roles.set_handle(cast.police.handle);
  roles.set_version(
      room.load.get<v1::GetAccountResponse>(cast.root, "AccountService/GetAccount", read)
          .account()
          .version());
  v1::RoleGrant& grant = *roles.add_roles();
  grant.set_role(v1::ROLE_MEMBER);
  grant.set_municipality_code("NAC");
  room.load.get<v1::SetRolesResponse>(cast.root, "AccountService/SetRoles", roles);
  EXPECT_TRUE(room.listed(cast.police).empty());
  expect_everywhere(cast.police, not_invited);
}

TEST_F(MeetingAccess, ASuspendedParticipantIsOutAtOnce) {
  v1::SuspendAccountRequest suspend;
  suspend.set_handle(cast.school_tyr.handle);
  room.load.get<v1::SuspendAccountResponse>(cast.root, "AccountService/SuspendAccount", suspend);
  expect_everywhere(cast.school_tyr,
                    "refused unauthenticated/unknown_certificate for account_suspended");
}

TEST_F(MeetingAccess, TheListHoldsWhatTheCallerMayEnter) {
  const std::string in_nac = room.plan_in_nac();
  const v1::ListMeetingsRequest request;
  const auto rpc = "MeetingService/ListMeetings";
  EXPECT_EQ(room.outcome(cast.nobody, rpc, request),
            "refused unauthenticated/no_certificate for no_certificate");
  EXPECT_EQ(room.outcome(cast.suspended, rpc, request),
            "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& other : {cast.root, cast.admin_tyr, cast.auditor, cast.auditor_tyr,
                               cast.school_nac, cast.recreation_tyr, cast.school2_tyr}) {
    EXPECT_TRUE(room.listed(other).empty()) << other.handle;
    EXPECT_EQ(room.load.server.last_event().items_shown(), 0U) << other.handle;
  }
  for (const Account& other :
       {cast.coordinator_tyr, cast.school_tyr, cast.social_tyr, cast.police}) {
    EXPECT_EQ(room.listed(other), (std::vector{planned, opened, closed})) << other.handle;
    EXPECT_EQ(room.load.server.last_event().items_shown(), 3U) << other.handle;  // the places
  }
  EXPECT_EQ(room.listed(cast.coordinator_nac), std::vector{in_nac});
}

TEST_F(MeetingAccess, OnlyTheMunicipalitysCoordinatorPlansAMeeting) {
  v1::CreateMeetingRequest create = new_meeting("TYR");
  create.mutable_write()->set_dry_run(true);
  const std::string before = room.stored();
  const auto outcome = [&](const Account& caller) {
    return room.outcome(caller, "MeetingService/CreateMeeting", create);
  };
  EXPECT_EQ(outcome(cast.nobody), "refused unauthenticated/no_certificate for no_certificate");
  EXPECT_EQ(outcome(cast.suspended),
            "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& other : {cast.root, cast.admin_tyr, cast.auditor, cast.auditor_tyr,
                               cast.school_tyr, cast.social_tyr, cast.police}) {
    EXPECT_EQ(outcome(other), refused::role_missing) << other.handle;
  }
  const std::string elsewhere = "refused not_found/not_found for other_municipality";
  EXPECT_EQ(outcome(cast.coordinator_nac), elsewhere);
  EXPECT_EQ(outcome(cast.school_nac), elsewhere);
  EXPECT_EQ(outcome(cast.coordinator_tyr), "dry run");
  create.set_municipality_code("FINNS-EJ");
  EXPECT_EQ(outcome(cast.coordinator_tyr), "refused not_found/not_found for not_found");
  EXPECT_EQ(room.stored(), before);
}

TEST_F(MeetingAccess, TheTemplateIsForCoordinatorsAndAdministratorsOfTheMunicipality) {
  v1::GetAgendaTemplateRequest read;
  read.set_municipality_code("TYR");
  v1::UpdateAgendaTemplateRequest update;
  update.mutable_write()->set_dry_run(true);
  update.set_municipality_code("TYR");
  update.set_version(1);
  *update.mutable_items() = room.agenda_template().items();
  const std::string before = room.stored();
  const auto both = [&](const Account& caller, const std::string& expected) {
    const std::string reads = expected.empty() ? "allowed" : expected;
    const std::string writes = expected.empty() ? "dry run" : expected;
    EXPECT_EQ(room.outcome(caller, "AgendaService/GetAgendaTemplate", read), reads)
        << caller.handle;
    EXPECT_EQ(room.outcome(caller, "AgendaService/UpdateAgendaTemplate", update), writes)
        << caller.handle;
  };
  both(cast.nobody, "refused unauthenticated/no_certificate for no_certificate");
  both(cast.suspended, "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& other :
       {cast.auditor, cast.auditor_tyr, cast.school_tyr, cast.social_tyr, cast.police}) {
    both(other, refused::role_missing);
  }
  both(cast.coordinator_nac, "refused not_found/not_found for other_municipality");
  both(cast.school_nac, "refused not_found/not_found for other_municipality");
  for (const Account& each : {cast.coordinator_tyr, cast.admin_tyr, cast.root}) {
    both(each, "");
    EXPECT_EQ(room.load.server.last_event().role(),
              static_cast<std::uint32_t>(each.handle == cast.coordinator_tyr.handle
                                             ? v1::ROLE_COORDINATOR
                                             : v1::ROLE_ADMINISTRATOR));
  }
  read.set_municipality_code("FINNS-EJ");
  update.set_municipality_code("FINNS-EJ");
  both(cast.root, "refused not_found/not_found for not_found");
  EXPECT_EQ(room.stored(), before);
}

}  // namespace
}  // namespace sspf::test::meeting_access
