// SPDX-License-Identifier: Apache-2.0
//
// A guest who comes for a case is absent for whoever may not see the case: from the participants,
// from the attendance, and without a trace in the rest (R1).
#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/derive.h"
#include "server/installation.h"
#include "tests/support/meetings.h"

namespace sspf::test::case_guest {
namespace {

constexpr auto add = "MeetingService/AddParticipant";
constexpr auto record = "AttendanceService/RecordAttendance";
constexpr auto guardian = "Vera Vårdnadshavare";

using Lines = std::vector<std::string>;

// Everybody is invited, and no case is on the agenda. A consent for everything names school and
// social services; assigned are an account of the school and one of the police.
struct CaseGuests : testing::Test {
  Meetings room;
  const Cast& cast = room.cast;
  const Account& coordinator = room.coordinator;
  const std::string number = room.load.referred();
  const std::string meeting = room.plan();
  std::string consent;

  void SetUp() override {
    Terms terms;
    terms.kinds = {v1::INFORMATION_KIND_IDENTITY, v1::INFORMATION_KIND_PLAN};
    consent = room.load.consent(number, terms);
    room.load.assign(number, cast.school_tyr);
    room.load.assign(number, cast.police);
    for (const Account& each : {cast.school_tyr, cast.social_tyr, cast.police}) {
      room.invite(meeting, each);
    }
    room.open(meeting);
  }
  v1::AddParticipantRequest guest(const std::string& name, const std::string& case_number) {
    auto request = about_meeting<v1::AddParticipantRequest>(meeting);
    request.set_guest_name(name);
    request.set_case_number(case_number);
    return request;
  }
  // Its reference.
  std::string come(const v1::AddParticipantRequest& request) {
    return room.load.get<v1::AddParticipantResponse>(coordinator, add, request).participant();
  }
  v1::RecordAttendanceRequest attended(const std::string& participant, const std::string& item) {
    auto request = about_meeting<v1::RecordAttendanceRequest>(meeting);
    request.set_participant(participant);
    request.set_item(item);
    request.set_status(v1::ATTENDANCE_STATUS_PRESENT);
    return request;
  }
  std::string attend(const std::string& participant, const std::string& item) {
    return room.outcome(coordinator, record, attended(participant, item));
  }
  // "name number" of each guest.
  Lines guests_seen_by(const Account& account) {
    Lines lines;
    for (const v1::Participant& each : room.participants(account, meeting)) {
      if (!each.handle().empty()) continue;
      EXPECT_EQ(each.agency_code(), "");
      lines.push_back(each.name() + " " + each.case_number());
    }
    return lines;
  }
  // Everything that an account can read of the meeting, byte by byte.
  std::string seen_by(const Account& account) {
    Requests reads = room.reads(meeting);
    auto history = std::make_unique<v1::ListAttendanceRequest>(
        about_meeting<v1::ListAttendanceRequest>(meeting));
    history->set_history(true);
    reads.emplace_back("AttendanceService/ListAttendance", std::move(history));
    std::string bytes;
    for (const auto& [rpc, request] : reads) {
      const Answered answered = room.load.server.call(account, "sspf.v1." + rpc, *request);
      EXPECT_TRUE(answered.ok()) << rpc;
      for (const std::string& body : answered.bodies) bytes += body;
    }
    return bytes;
  }
  // How much of the case the last event says was shown, and by which basis.
  Lines shown() {
    Lines lines;
    const v1::AuditEvent event = room.load.server.last_event();
    for (const auto& row : event.cases_shown()) {
      EXPECT_EQ(row.case_id(), room.id_of_case(number));
      lines.push_back(std::to_string(row.items()) + (row.basis_id().empty() ? "" : " by consent"));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }
  // Destroys the case's key, as a disposal does.
  void dispose() {
    const Config& config = room.load.server.config();
    store::Connection keystore(config.keystore_file().string(),
                               crypto::derive(read_key(config.root_key_file()), "sspf/keystore/v1"),
                               store::OpenMode::existing);
    const std::string id = room.id_of_case(number);
    EXPECT_EQ(
        store::Query(keystore, "DELETE FROM wrapped_key WHERE key_id = ?1", store::Blob{id}).run(),
        1);
  }
};

TEST_F(CaseGuests, AreSeenByWhoeverMaySeeTheCase) {
  EXPECT_EQ(room.outcome(coordinator, add, guest(guardian, number)), "allowed");
  const v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.case_id(), room.id_of_case(number));
  EXPECT_EQ(event.meeting_id(), room.id_of_meeting(meeting));
  EXPECT_EQ(event.subject_account_id(), "");
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.item_version(), 1U);
  EXPECT_EQ(event.ciphertext_digest().size(), 32U);
  const Lines expected{std::string(guardian) + " " + number};
  EXPECT_EQ(guests_seen_by(coordinator), expected);
  EXPECT_EQ(shown(), Lines{"2"});  // that the guest comes, and the coordination's own name of it
  EXPECT_EQ(guests_seen_by(cast.school_tyr), expected);
  EXPECT_EQ(shown(), (Lines{"1", "1 by consent"}));
  for (const Account& each : {cast.social_tyr, cast.police}) {
    EXPECT_EQ(guests_seen_by(each), Lines{}) << each.handle;
    EXPECT_EQ(shown(), Lines{});
    EXPECT_EQ(room.load.server.last_event().items_shown(), 0U);
  }
}

TEST_F(CaseGuests, AreAbsentWithoutATraceForWhoeverMayNotSeeTheCase) {
  // Of the agency that is named, and not assigned; and assigned, of one that is not named.
  const std::string social = seen_by(cast.social_tyr);
  const std::string police = seen_by(cast.police);
  const std::string school = seen_by(cast.school_tyr);
  const std::string ref = come(guest(guardian, number));
  EXPECT_EQ(attend(ref, ""), "allowed");
  EXPECT_EQ(attend(ref, room.agenda(coordinator, meeting).at(0).item()), "allowed");
  EXPECT_EQ(seen_by(cast.social_tyr), social);
  EXPECT_EQ(shown(), Lines{});
  EXPECT_EQ(seen_by(cast.police), police);
  EXPECT_EQ(shown(), Lines{});
  EXPECT_NE(seen_by(cast.school_tyr), school);
  EXPECT_EQ(room.attendance(cast.school_tyr, meeting).size(), 2U);
  EXPECT_EQ(room.attendance(cast.police, meeting).size(), 0U);
}

TEST_F(CaseGuests, AreNobodyToStandInForInTheEyesOfOthers) {
  const std::string ref = come(guest(guardian, number));
  v1::AddParticipantRequest deputy = guest("Gösta Gäst", "");
  deputy.set_deputy_for(ref);
  come(deputy);
  const auto stands_in_for = [&](const Account& caller) {
    std::string found = "nobody of that name";
    for (const v1::Participant& each : room.participants(caller, meeting)) {
      if (each.name() == deputy.guest_name()) found = each.deputy_for();
    }
    return found;
  };
  EXPECT_EQ(stands_in_for(coordinator), ref);
  EXPECT_EQ(stands_in_for(cast.school_tyr), ref);
  EXPECT_EQ(stands_in_for(cast.police), "");
}

TEST_F(CaseGuests, HaveNoNameForWhoeverMayNotSeeWhomTheCaseIsAbout) {
  const std::string ref = come(guest(guardian, number));
  Terms plan_alone;
  plan_alone.kinds = {v1::INFORMATION_KIND_PLAN};
  room.load.consent(number, plan_alone);
  room.load.revoke(number, consent);
  EXPECT_EQ(guests_seen_by(cast.school_tyr), Lines{" " + number});
  EXPECT_EQ(shown(), Lines{"1"});
  EXPECT_EQ(attend(ref, ""), "allowed");
  EXPECT_EQ(room.attendance(cast.school_tyr, meeting).at(0).name(), "");
  EXPECT_EQ(shown(), Lines{"1"});
  EXPECT_EQ(room.attendance(coordinator, meeting).at(0).name(), guardian);
  EXPECT_EQ(guests_seen_by(coordinator), Lines{std::string(guardian) + " " + number});
}

TEST_F(CaseGuests, AreGoneAtOnceWhenTheConsentIsRevoked) {
  const std::string before = seen_by(cast.school_tyr);
  const std::string ref = come(guest(guardian, number));
  EXPECT_EQ(attend(ref, ""), "allowed");
  EXPECT_NE(seen_by(cast.school_tyr), before);
  room.load.revoke(number, consent);
  EXPECT_EQ(seen_by(cast.school_tyr), before);
  // The coordination keeps its record.
  EXPECT_EQ(guests_seen_by(coordinator), Lines{std::string(guardian) + " " + number});
  EXPECT_EQ(room.attendance(coordinator, meeting).size(), 1U);
}

TEST_F(CaseGuests, TheEventsOfAttendanceNameTheCase) {
  const std::string ref = come(guest(guardian, number));
  const std::string first = room.agenda(coordinator, meeting).at(0).item();
  for (const std::string& item : {std::string(), first}) {
    EXPECT_EQ(attend(ref, item), "allowed");
    EXPECT_EQ(room.load.server.last_event().case_id(), room.id_of_case(number));
    EXPECT_EQ(attend(ref, item), "refused aborted/stale_version for stale_version");
    EXPECT_EQ(room.load.server.last_event().case_id(), room.id_of_case(number));
  }
  // At an item of the same case, which is one thing shown and not two.
  EXPECT_EQ(attend(ref, room.add_case(meeting, number)), "allowed");
  const std::string colleague = room.participant(meeting, coordinator);
  EXPECT_EQ(attend(colleague, ""), "allowed");
  EXPECT_EQ(room.load.server.last_event().case_id(), "");
  EXPECT_EQ(room.attendance(cast.school_tyr, meeting).size(), 4U);
  EXPECT_EQ(shown(), (Lines{"1 by consent", "3"}));  // one name, on three rows
}

TEST_F(CaseGuests, OfTwoCasesAreSeenEachWithTheirOwn) {
  const std::string other = room.load.create(new_group());
  room.load.assign(other, cast.police);
  const std::string ref = come(guest(guardian, number));
  come(guest("Gäst Gästsson", other));
  come(guest("Gösta Gäst", ""));
  // Whoever may see one of two cases alone does not see the guest of one at the item of the other.
  EXPECT_EQ(attend(ref, room.add_case(meeting, other)), "allowed");
  EXPECT_EQ(room.load.server.last_event().case_id(), room.id_of_case(other));
  EXPECT_TRUE(room.attendance(cast.police, meeting).empty());
  EXPECT_TRUE(room.attendance(cast.school_tyr, meeting).empty());
  EXPECT_EQ(room.attendance(coordinator, meeting).size(), 1U);
  EXPECT_EQ(room.load.server.last_event().cases_shown_size(), 2);
  const auto sorted = [&](const Account& account) {
    Lines lines = guests_seen_by(account);
    std::sort(lines.begin(), lines.end());
    return lines;
  };
  EXPECT_EQ(sorted(cast.school_tyr), (Lines{"Gösta Gäst ", std::string(guardian) + " " + number}));
  EXPECT_EQ(guests_seen_by(cast.social_tyr), Lines{"Gösta Gäst "});
}

TEST_F(CaseGuests, AloneHaveACaseAndItIsOneThatTheCallerMayEnter) {
  v1::AddParticipantRequest account = guest("", number);
  account.set_handle(cast.recreation_tyr.handle);
  EXPECT_EQ(room.refusal(add, account),
            "refused invalid_argument/unexpected(case_number) for unexpected");
  EXPECT_EQ(room.refusal(add, guest("  ", number)),
            "refused invalid_argument/missing(handle) for missing");
  EXPECT_EQ(room.refusal(add, guest(guardian, "TYR-2026-9999")),
            "refused not_found/not_found for not_found");
  v1::CreateCaseRequest elsewhere = new_group();
  elsewhere.set_municipality_code("NAC");
  elsewhere.set_referring_agency_code("NAC-SKO");
  const std::string in_nac =
      room.load
          .get<v1::CreateCaseResponse>(cast.coordinator_nac, "CaseService/CreateCase", elsewhere)
          .number();
  EXPECT_EQ(room.outcome(cast.coordinator_tyr, add, guest(guardian, in_nac)),
            "refused not_found/not_found for not_assigned");
  // Told here, it would tell that there is such a case.
  const v1::AuditEvent event = room.load.server.last_event();
  EXPECT_EQ(event.case_id(), room.id_of_case(in_nac));
  EXPECT_EQ(event.municipality_id(), room.id_of_municipality("NAC"));
  EXPECT_EQ(event.meeting_id(), "");
  const Account both =
      make_account(room.load.server, {"bo.bada", "LPO-POL", v1::ROLE_COORDINATOR, {"TYR", "NAC"}});
  const std::string before = room.stored();
  EXPECT_EQ(room.outcome(both, add, guest(guardian, in_nac)),
            "refused not_found/not_found for other_municipality");
  EXPECT_EQ(room.load.server.last_event().case_id(), room.id_of_case(in_nac));
  EXPECT_EQ(room.stored(), before);
  EXPECT_EQ(room.outcome(both, add, guest(guardian, number)), "allowed");
}

// The name is under the case's key: with the key it goes, and the meeting can still be read.
TEST_F(CaseGuests, AreNotThereOnceTheKeyOfTheCaseIsDestroyed) {
  const std::string before = seen_by(coordinator);
  const std::string ref = come(guest(guardian, number));
  const v1::RecordAttendanceRequest present = attended(ref, "");
  EXPECT_EQ(room.outcome(coordinator, record, present), "allowed");
  EXPECT_NE(seen_by(coordinator), before);
  dispose();
  EXPECT_EQ(seen_by(coordinator), before);
  v1::RecordAttendanceRequest again = present;
  again.set_version(1);
  EXPECT_EQ(room.refusal(record, again), "refused not_found/not_found for no_basis");
  v1::AddParticipantRequest deputy = guest("Gösta Gäst", "");
  deputy.set_deputy_for(ref);
  EXPECT_EQ(room.refusal(add, deputy),
            "refused invalid_argument/unknown_value(deputy_for) for unknown_value");
}

}  // namespace
}  // namespace sspf::test::case_guest
