// SPDX-License-Identifier: Apache-2.0
//
// Who takes part in a meeting: accounts, guests, and whom they stand in for.
#include <gtest/gtest.h>

#include <map>

#include "tests/support/meetings.h"

namespace sspf::test {
namespace {

struct Participants : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;
  const std::string meeting = room.plan();

  v1::AddParticipantRequest account(const std::string& handle) {
    auto request = about_meeting<v1::AddParticipantRequest>(meeting);
    request.set_handle(handle);
    return request;
  }
  v1::AddParticipantRequest guest(const std::string& name) {
    auto request = about_meeting<v1::AddParticipantRequest>(meeting);
    request.set_guest_name(name);
    return request;
  }
  std::string add(const v1::AddParticipantRequest& request) {
    return room.outcome(coordinator, "MeetingService/AddParticipant", request);
  }
  std::string refusal(const v1::AddParticipantRequest& request) {
    return room.refusal("MeetingService/AddParticipant", request);
  }
  // "handle or name, agency" of each, without references, which are random.
  std::vector<std::string> list(const Account& caller) {
    std::vector<std::string> lines;
    for (const v1::Participant& each : room.participants(caller, meeting)) {
      EXPECT_EQ(each.participant().size(), 8U);
      lines.push_back(each.handle() + " (" + each.name() + ") " + each.agency_code());
    }
    return lines;
  }
};

using Lines = std::vector<std::string>;

TEST_F(Participants, AreAccountsInOrderAndThenGuests) {
  room.invite_guest(meeting, "Vera Vårdnadshavare");
  room.invite(meeting, cast.school_tyr);
  room.invite(meeting, cast.police);
  const Lines expected = {"anna.alm (Test anna.alm) TYR-SSPF", "per.park (Test per.park) LPO-POL",
                          "sven.skog (Test sven.skog) TYR-SKO", " (Vera Vårdnadshavare) "};
  EXPECT_EQ(list(coordinator), expected);
  EXPECT_EQ(list(cast.police), expected);
  EXPECT_EQ(room.load.server.last_event().items_shown(), 1U);  // the guest's name is sealed
}

TEST_F(Participants, AreOfThisMeetingAlone) {
  const std::string other = room.plan();
  room.invite(other, cast.school_tyr);
  EXPECT_EQ(list(coordinator), Lines{"anna.alm (Test anna.alm) TYR-SSPF"});
  EXPECT_EQ(room.listed(cast.school_tyr), std::vector{other});
}

TEST_F(Participants, TheEventSaysWhoWasInvited) {
  EXPECT_EQ(add(account(cast.school_tyr.handle)), "allowed");
  v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.meeting_id(), room.id_of_meeting(meeting));
  EXPECT_EQ(event.subject_account_id(), room.id_of(cast.school_tyr));
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_NE(event.item_id(), event.meeting_id());
  EXPECT_EQ(event.item_version(), 1U);
  EXPECT_EQ(event.ciphertext_digest(), "");
  EXPECT_EQ(add(guest("Gäst Gästsson")), "allowed");
  event = room.load.server.last_event();
  EXPECT_EQ(event.subject_account_id(), "");
  EXPECT_EQ(event.ciphertext_digest().size(), 32U);
}

TEST_F(Participants, TakePartOnceEachButGuestsMayBearOneName) {
  const std::string there = "refused already_exists/already_there(handle) for already_there";
  EXPECT_EQ(refusal(account(coordinator.handle)), there);
  EXPECT_EQ(add(account(cast.school_tyr.handle)), "allowed");
  EXPECT_EQ(refusal(account(cast.school_tyr.handle)), there);
  EXPECT_EQ(add(guest("Gäst Gästsson")), "allowed");
  EXPECT_EQ(add(guest("Gäst Gästsson")), "allowed");
  EXPECT_EQ(list(coordinator).size(), 4U);
}

TEST_F(Participants, MayBeAddedUntilTheMeetingIsClosed) {
  room.open(meeting);
  EXPECT_EQ(add(account(cast.school_tyr.handle)), "allowed");
  EXPECT_EQ(room.listed(cast.school_tyr), std::vector{meeting});
  room.close(meeting);
  EXPECT_EQ(refusal(account(cast.police.handle)),
            "refused failed_precondition/meeting_closed for meeting_closed");
  EXPECT_EQ(refusal(guest("Gäst Gästsson")),
            "refused failed_precondition/meeting_closed for meeting_closed");
}

TEST_F(Participants, StandInForOneOfTheSameMeeting) {
  const std::string school = room.invite(meeting, cast.school_tyr);
  v1::AddParticipantRequest deputy = account(cast.school2_tyr.handle);
  deputy.set_deputy_for(school);
  EXPECT_EQ(add(deputy), "allowed");
  v1::AddParticipantRequest for_guest = guest("Gösta Gäst");
  for_guest.set_deputy_for(room.invite_guest(meeting, "Gäst Gästsson"));
  EXPECT_EQ(add(for_guest), "allowed");
  std::map<std::string, std::string> deputies;
  for (const v1::Participant& each : room.participants(cast.school_tyr, meeting)) {
    if (!each.deputy_for().empty()) deputies[each.name()] = each.deputy_for();
  }
  EXPECT_EQ(deputies, (std::map<std::string, std::string>{{"Test siv.sjo", school},
                                                          {"Gösta Gäst", for_guest.deputy_for()}}));

  const std::string other = room.plan();
  const std::string unknown =
      "refused invalid_argument/unknown_value(deputy_for) for unknown_value";
  v1::AddParticipantRequest wrong = account(cast.social_tyr.handle);
  for (const std::string& ref : {room.invite(other, cast.police), std::string("00000000")}) {
    wrong.set_deputy_for(ref);
    EXPECT_EQ(refusal(wrong), unknown) << ref;
  }
}

TEST_F(Participants, AnAccountThatMayNotComeAnswersAsOneThatIsNotThere) {
  const Answered absent = room.load.server.call(
      coordinator, "sspf.v1.MeetingService/AddParticipant", account("finns.inte"));
  EXPECT_EQ(absent.summary(), "invalid_argument/unknown_value(handle)");
  const std::pair<std::string, Reason> rows[] = {
      {cast.school_nac.handle, Reason::other_municipality},
      {cast.coordinator_nac.handle, Reason::other_municipality},
      {cast.admin_tyr.handle, Reason::role_missing},
      {cast.auditor_tyr.handle, Reason::role_missing},
      {cast.auditor.handle, Reason::role_missing},
      {cast.suspended.handle, Reason::account_suspended},
  };
  for (const auto& [handle, cause] : rows) {
    EXPECT_EQ(refusal(account(handle)),
              "refused " + absent.summary() + " for " + std::string(name_of(cause)))
        << handle;
    const Answered answered = room.load.server.call(
        coordinator, "sspf.v1.MeetingService/AddParticipant", account(handle));
    EXPECT_EQ(answered.message, absent.message) << handle;
  }
  EXPECT_EQ(list(coordinator).size(), 1U);
}

TEST_F(Participants, OneOfTwoMunicipalitiesIsInvitedToEitherAndSeesTheOneInvitedTo) {
  const std::string in_nac = room.plan_in_nac();
  EXPECT_TRUE(room.listed(cast.police).empty());
  room.invite(meeting, cast.police);
  EXPECT_EQ(room.listed(cast.police), std::vector{meeting});
  EXPECT_EQ(room.outcome(cast.police, "MeetingService/GetMeeting",
                         about_meeting<v1::GetMeetingRequest>(in_nac)),
            "refused not_found/not_found for not_invited");
}

TEST_F(Participants, AreAccountsOrGuestsAndNotBoth) {
  EXPECT_EQ(refusal(about_meeting<v1::AddParticipantRequest>(meeting)),
            "refused invalid_argument/missing(handle) for missing");
  EXPECT_EQ(refusal(guest("   ")), "refused invalid_argument/missing(handle) for missing");
  v1::AddParticipantRequest both = account(cast.school_tyr.handle);
  both.set_guest_name("Gäst Gästsson");
  EXPECT_EQ(refusal(both), "refused invalid_argument/unexpected(guest_name) for unexpected");
}

}  // namespace
}  // namespace sspf::test
