// SPDX-License-Identifier: Apache-2.0
//
// An item about a case is absent for whoever may not see the case: from the agenda, from the
// attendance, and without a trace in the rest (R1).
#include <gtest/gtest.h>

#include "tests/support/meetings.h"

namespace sspf::test {
namespace {

// Everybody is invited. A consent for plans and minutes names school and social services; assigned
// are an account of the school and one of the police.
struct CaseItems : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;
  const std::string number = room.load.referred();
  const std::string meeting = room.plan();
  std::string consent;
  std::string item;

  void SetUp() override {
    Terms terms;
    terms.kinds = {v1::INFORMATION_KIND_PLAN, v1::INFORMATION_KIND_MINUTES};
    consent = room.load.consent(number, terms);
    room.load.assign(number, cast.school_tyr);
    room.load.assign(number, cast.police);
    for (const Account& each : {cast.school_tyr, cast.social_tyr, cast.police}) {
      room.invite(meeting, each);
    }
    room.open(meeting);
  }
  void put_on_agenda() {
    v1::AddAgendaItemRequest request = new_case_item(meeting, number);
    request.set_after_item(room.agenda(coordinator, meeting).at(3).item());
    item = room.load
               .get<v1::AddAgendaItemResponse>(coordinator, "AgendaService/AddAgendaItem", request)
               .item();
  }
  std::string attend(const Account& account, v1::AttendanceStatus status) {
    auto request = about_meeting<v1::RecordAttendanceRequest>(meeting);
    request.set_participant(room.participant(meeting, account));
    request.set_item(item);
    request.set_status(status);
    return room.outcome(coordinator, "AttendanceService/RecordAttendance", request);
  }
  // Everything that an account can read of the meeting, byte by byte.
  std::string seen_by(const Account& account) {
    std::string bytes;
    for (const auto& [rpc, request] : room.reads(meeting)) {
      const Answered answered = room.load.server.call(account, "sspf.v1." + rpc, *request);
      EXPECT_TRUE(answered.ok()) << rpc;
      for (const std::string& body : answered.bodies) bytes += body;
    }
    return bytes;
  }
  bool sees(const Account& account) {
    for (const v1::AgendaItem& each : room.agenda(account, meeting)) {
      if (each.item() == item) return true;
    }
    return false;
  }
  bool sees_attendance(const Account& account) {
    for (const v1::Attendance& each : room.attendance(account, meeting)) {
      if (each.item() == item) return true;
    }
    return false;
  }
  // The cases that the last event says were shown, and by which basis.
  std::vector<std::string> shown() {
    std::vector<std::string> lines;
    const v1::AuditEvent event = room.load.server.last_event();
    for (const auto& row : event.cases_shown()) {
      EXPECT_EQ(row.case_id(), room.id_of_case(number));
      lines.push_back(std::to_string(row.items()) + (row.basis_id().empty() ? "" : " by consent"));
    }
    return lines;
  }
};

using Lines = std::vector<std::string>;

TEST_F(CaseItems, BearTheNumberOfTheCaseAndNoOtherTitle) {
  put_on_agenda();
  v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.case_id(), room.id_of_case(number));
  EXPECT_EQ(event.meeting_id(), room.id_of_meeting(meeting));
  EXPECT_EQ(event.item_id().size(), 16U);
  for (const Account& caller : {coordinator, cast.school_tyr}) {
    const v1::AgendaItem shown = room.agenda(caller, meeting).at(4);
    EXPECT_EQ(shown.item(), item);
    EXPECT_EQ(shown.kind(), v1::AGENDA_ITEM_KIND_CASE);
    EXPECT_EQ(shown.title(), number);
    EXPECT_EQ(shown.case_number(), number);
    EXPECT_EQ(shown.version(), 1U);
  }
}

TEST_F(CaseItems, AreAbsentWithoutATraceForWhoeverMayNotSeeTheCase) {
  // Of the agency that is named, and not assigned; and assigned, of one that is not named.
  const std::string social = seen_by(cast.social_tyr);
  const std::string police = seen_by(cast.police);
  const std::string school = seen_by(cast.school_tyr);
  put_on_agenda();
  room.record_minutes(meeting, item, "Om ärendet.");
  EXPECT_EQ(attend(cast.school_tyr, v1::ATTENDANCE_STATUS_PRESENT), "allowed");
  EXPECT_EQ(attend(cast.police, v1::ATTENDANCE_STATUS_STEPPED_OUT), "allowed");
  v1::MoveAgendaItemRequest move = about_meeting<v1::MoveAgendaItemRequest>(meeting);
  move.set_item(item);
  move.set_version(2);
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/MoveAgendaItem", move), "allowed");
  EXPECT_EQ(room.load.server.last_event().case_id(), room.id_of_case(number));
  EXPECT_EQ(seen_by(cast.social_tyr), social);
  EXPECT_EQ(room.load.server.last_event().cases_shown_size(), 0);
  EXPECT_EQ(seen_by(cast.police), police);
  EXPECT_EQ(room.load.server.last_event().cases_shown_size(), 0);
  EXPECT_NE(seen_by(cast.school_tyr), school);
  EXPECT_TRUE(sees(cast.school_tyr) && sees_attendance(cast.school_tyr));
  EXPECT_TRUE(sees(coordinator) && sees_attendance(coordinator));
  EXPECT_EQ(room.agenda(cast.social_tyr, meeting).size(), 11U);
  EXPECT_TRUE(room.attendance(cast.police, meeting).empty());
}

TEST_F(CaseItems, AreGoneAtOnceWhenTheConsentIsRevoked) {
  const std::string before = seen_by(cast.school_tyr);
  put_on_agenda();
  attend(cast.school_tyr, v1::ATTENDANCE_STATUS_PRESENT);
  EXPECT_TRUE(sees(cast.school_tyr) && sees_attendance(cast.school_tyr));
  room.load.revoke(number, consent);
  EXPECT_EQ(seen_by(cast.school_tyr), before);
  // The coordination keeps its record.
  EXPECT_TRUE(sees(coordinator) && sees_attendance(coordinator));
}

TEST_F(CaseItems, AreGoneWhenTheConsentOrTheAssignmentEnds) {
  put_on_agenda();
  room.load.server.set_date("2027-01-31");
  EXPECT_TRUE(sees(cast.school_tyr));
  v1::UnassignAccountRequest unassign;
  unassign.set_case_number(number);
  unassign.set_handle(cast.school_tyr.handle);
  EXPECT_EQ(room.outcome(coordinator, "CaseService/UnassignAccount", unassign), "allowed");
  EXPECT_FALSE(sees(cast.school_tyr));
  room.load.assign(number, cast.school_tyr);
  EXPECT_TRUE(sees(cast.school_tyr));
  room.load.server.set_date("2027-02-01");
  EXPECT_FALSE(sees(cast.school_tyr));
  EXPECT_TRUE(sees(coordinator));
}

TEST_F(CaseItems, MinutesAreShownUnderAConsentForMinutesAlone) {
  put_on_agenda();
  v1::RecordMinutesRequest request = room.minutes(meeting, item);
  request.set_notes("Om ärendet.");
  request.set_decision("Skolan ringer hem.");
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/RecordMinutes", request), "allowed");
  const v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.case_id(), room.id_of_case(number));
  EXPECT_EQ(event.item_version(), 2U);
  EXPECT_EQ(event.ciphertext_digest().size(), 32U);
  v1::AgendaItem seen = room.agenda(cast.school_tyr, meeting).at(4);
  EXPECT_EQ(seen.notes(), "Om ärendet.");
  EXPECT_EQ(seen.decision(), "Skolan ringer hem.");
  EXPECT_EQ(shown(), (Lines{"1", "1 by consent"}));

  Terms no_minutes;
  no_minutes.kinds = {v1::INFORMATION_KIND_PLAN, v1::INFORMATION_KIND_MAPPING};
  room.load.consent(number, no_minutes);
  room.load.revoke(number, consent);
  seen = room.agenda(cast.school_tyr, meeting).at(4);
  EXPECT_EQ(seen.case_number(), number);
  EXPECT_EQ(seen.notes(), "");
  EXPECT_EQ(seen.decision(), "");
  EXPECT_EQ(shown(), Lines{"1"});
  EXPECT_EQ(room.agenda(coordinator, meeting).at(4).notes(), "Om ärendet.");
  EXPECT_EQ(shown(), Lines{"2"});  // the coordinating agency's own
}

TEST_F(CaseItems, TheEventNamesTheCaseWhoseNumberOrAttendanceWasShown) {
  put_on_agenda();
  EXPECT_TRUE(sees(cast.school_tyr));
  EXPECT_EQ(shown(), Lines{"1"});
  attend(cast.school_tyr, v1::ATTENDANCE_STATUS_PRESENT);
  attend(cast.police, v1::ATTENDANCE_STATUS_STEPPED_OUT);
  EXPECT_TRUE(sees_attendance(cast.school_tyr));
  EXPECT_EQ(shown(), Lines{"2"});
  EXPECT_FALSE(sees_attendance(cast.police));
  EXPECT_EQ(shown(), Lines{});
}

TEST_F(CaseItems, ACaseStandsOnAnAgendaOnceAndOnSeveralAgendas) {
  put_on_agenda();
  EXPECT_EQ(room.refusal("AgendaService/AddAgendaItem", new_case_item(meeting, number)),
            "refused already_exists/already_there(case_number) for already_there");
  const std::string other = room.plan();
  room.add_case(other, number);
  auto remove = about_meeting<v1::RemoveAgendaItemRequest>(meeting);
  remove.set_item(item);
  remove.set_version(1);
  EXPECT_EQ(room.outcome(coordinator, "AgendaService/RemoveAgendaItem", remove), "allowed");
  EXPECT_EQ(room.load.server.last_event().case_id(), room.id_of_case(number));
  EXPECT_EQ(room.agenda(coordinator, other).size(), 12U);
  room.add_case(meeting, number);
}

TEST_F(CaseItems, OnlyACaseOfTheMunicipalityThatTheCallerMayEnterIsAdded) {
  v1::CreateCaseRequest elsewhere = new_group();
  elsewhere.set_municipality_code("NAC");
  elsewhere.set_referring_agency_code("NAC-SKO");
  const std::string in_nac =
      room.load
          .get<v1::CreateCaseResponse>(cast.coordinator_nac, "CaseService/CreateCase", elsewhere)
          .number();
  const auto add = [&](const Account& caller, const std::string& case_number) {
    return room.outcome(caller, "AgendaService/AddAgendaItem", new_case_item(meeting, case_number));
  };
  const std::string before = room.stored();
  EXPECT_EQ(add(coordinator, "TYR-2026-9999"), "refused not_found/not_found for not_found");
  EXPECT_EQ(room.load.server.last_event().case_id(), "");
  EXPECT_EQ(add(coordinator, in_nac), "refused not_found/not_found for not_assigned");
  EXPECT_EQ(room.load.server.last_event().case_id(), room.id_of_case(in_nac));
  const Account both =
      make_account(room.load.server, {"bo.bada", "LPO-POL", v1::ROLE_COORDINATOR, {"TYR", "NAC"}});
  EXPECT_EQ(add(both, in_nac), "refused not_found/not_found for other_municipality");
  EXPECT_EQ(room.stored(), before);
  EXPECT_EQ(add(both, number), "allowed");
}

TEST_F(CaseItems, OfAGroupAreSeenByEverybodyAssigned) {
  const std::string group = room.load.create(new_group());
  room.load.assign(group, cast.police);
  item = room.add_case(meeting, group);
  room.record_minutes(meeting, item, "Oroligt på torget.");
  EXPECT_EQ(room.agenda(cast.police, meeting).back().notes(), "Oroligt på torget.");
  EXPECT_FALSE(sees(cast.school_tyr));
}

}  // namespace
}  // namespace sspf::test
