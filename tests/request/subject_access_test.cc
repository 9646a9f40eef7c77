// SPDX-License-Identifier: Apache-2.0
//
// The extract that a young person is entitled to (R18): what goes into it, what each decision does,
// and what comes out.
#include <algorithm>

#include "server/base/limits.h"
#include "tests/request/refused.h"
#include "tests/request/subject_access_world.h"

namespace sspf::test::subject_access {
namespace {

constexpr auto decide_rpc = "DecideSubjectAccessEntry";
constexpr auto released = v1::SUBJECT_ACCESS_DECISION_RELEASED;
constexpr auto redacted = v1::SUBJECT_ACCESS_DECISION_REDACTED;
constexpr auto withheld = v1::SUBJECT_ACCESS_DECISION_WITHHELD;
constexpr auto referred = v1::SUBJECT_ACCESS_DECISION_REFERRED;

struct SubjectAccess : SubjectAccessWorld {
  v1::SubjectAccessEntry school_note(const std::string& extract) {
    return piece(cast.school_tyr, extract, v1::SUBJECT_ACCESS_SOURCE_NOTE, "TYR-SKO");
  }
};

TEST_F(SubjectAccess, TakesDownEveryPieceWithItsOwner) {
  const std::string extract = open();
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.item_version(), 1U);
  std::vector<std::string> found;
  for (const v1::SubjectAccessEntry& entry : queue(coordinator, extract)) {
    found.push_back(v1::SubjectAccessSource_Name(entry.source()).substr(22) + " of " +
                    entry.owner_agency_code());
  }
  EXPECT_EQ(found, (std::vector<std::string>{"IDENTITY of TYR-SSPF", "STATE_REASON of TYR-SSPF",
                                             "STATE_REASON of TYR-SSPF", "NOTE of TYR-SSPF",
                                             "NOTE of TYR-SKO", "CONSENT of TYR-SSPF"}))
      << "in the order of the sources";
}

TEST_F(SubjectAccess, ShowsTheQueueToTheOwnerWithTextsAndToTheCoordinatorWithout) {
  const std::string extract = open();
  const auto own = queue(cast.school_tyr, extract);
  ASSERT_EQ(own.size(), 1U);
  ASSERT_EQ(own[0].texts_size(), 1);
  EXPECT_EQ(own[0].texts(0).text(), "Skolans anteckning om Kim Kompis");
  EXPECT_EQ(load.server.last_event().items_shown(), 2U);  // that there is an extract, and the piece
  for (const v1::SubjectAccessEntry& entry : queue(coordinator, extract)) {
    const bool own_piece = entry.owner_agency_code() == "TYR-SSPF";
    EXPECT_EQ(entry.texts_size() > 0, own_piece) << entry.DebugString();
  }
  EXPECT_TRUE(queue(cast.social_tyr, extract).empty());  // has written nothing
}

TEST_F(SubjectAccess, HandsOutWhatIsReleasedAndNothingElse) {
  load.note(cast.school_tyr, number, "Skolans hemlighet");
  const std::string extract = open();
  release_own(extract);
  int at = 0;
  for (const v1::SubjectAccessEntry& entry : queue(cast.school_tyr, extract)) {
    decide(cast.school_tyr, entry, at++ == 0 ? redacted : withheld);
  }
  close(extract);
  const auto answer = exported(extract);
  const std::string whole = answer.DebugString();
  const std::string utf8 = answer.SerializeAsString();
  for (const char* in : {"Test Testsson", "Samordnarens anteckning", "[en annan elev]",
                         "23 kap. 1 \xC2\xA7 OSL", "Vera V\xC3\xA5rdnadshavare"}) {
    EXPECT_NE(utf8.find(in), std::string::npos) << in;
  }
  for (const char* out : {"Kim Kompis", "Skolans hemlighet", "lida men"}) {
    EXPECT_EQ(utf8.find(out), std::string::npos) << out << " in " << whole;
  }
  EXPECT_EQ(answer.municipality_name(), "Tyres\xC3\xB6");
  EXPECT_EQ(answer.access().asked_by(), v1::SUBJECT_REQUESTER_GUARDIAN);
  EXPECT_TRUE(answer.access().has_closed_at());
}

TEST_F(SubjectAccess, SaysWhoLookedAndWhen) {
  load.notes(cast.social_tyr, number);
  const std::string extract = open();
  release_own(extract);
  decide(cast.school_tyr, school_note(extract), released);
  close(extract);
  const auto answer = exported(extract);
  const auto& looks = answer.looks();
  const auto of_social = std::find_if(looks.begin(), looks.end(), [](const auto& look) {
    return look.agency_code() == "TYR-SOC" && look.action() == "CaseService/ListNotes";
  });
  ASSERT_NE(of_social, looks.end());
  EXPECT_EQ(of_social->items_shown(), 2U);  // the coordinator's note and the school's
  EXPECT_FALSE(of_social->wrote());
  EXPECT_EQ(of_social->role(), v1::ROLE_MEMBER);
  const auto of_school = std::find_if(looks.begin(), looks.end(), [](const auto& look) {
    return look.agency_code() == "TYR-SKO" && look.action() == "CaseService/AddNote";
  });
  ASSERT_NE(of_school, looks.end());
  EXPECT_TRUE(of_school->wrote());
  // Nobody is named.
  for (const Account& each : {cast.social_tyr, cast.school_tyr}) {
    EXPECT_EQ(answer.SerializeAsString().find(each.handle), std::string::npos) << each.handle;
  }
  // The extract itself is looked at: the log says so.
  EXPECT_EQ(load.server.last_event().rpc(), "sspf.v1.SubjectAccessService/ExportSubjectAccess");
  EXPECT_GT(load.server.last_event().items_shown(), 0U);
}

TEST_F(SubjectAccess, EachDecisionNeedsItsOwnFieldsAndNoOthers) {
  const std::string extract = open();
  const v1::SubjectAccessEntry entry = school_note(extract);
  const auto refuse = [&](v1::DecideSubjectAccessEntryRequest request) {
    return refused(cast.school_tyr, decide_rpc, request);
  };
  auto request = decision(entry, redacted);
  request.clear_redacted_text();
  EXPECT_EQ(refuse(request), "invalid_argument/missing(redacted_text)");
  request.set_redacted_text(" \n");
  EXPECT_EQ(refuse(request), "invalid_argument/missing(redacted_text)");
  request = decision(entry, released);
  request.set_redacted_text("x");
  EXPECT_EQ(refuse(request), "invalid_argument/unexpected(redacted_text)");
  request = decision(entry, withheld);
  request.clear_paragraph();
  EXPECT_EQ(refuse(request), "invalid_argument/missing(paragraph)");
  request = decision(entry, withheld);
  request.clear_reason();
  EXPECT_EQ(refuse(request), "invalid_argument/missing(reason)");
  request = decision(entry, released);
  request.set_paragraph("1 §");
  EXPECT_EQ(refuse(request), "invalid_argument/unexpected(paragraph)");
  request = decision(entry, released);
  request.set_reason("Skäl");
  EXPECT_EQ(refuse(request), "invalid_argument/unexpected(reason)");
  request = decision(entry, redacted);
  request.set_redacted_text(std::string(10'001, 'x'));
  EXPECT_EQ(refuse(request), "invalid_argument/too_long(redacted_text)");
  request.set_redacted_text(std::string(10'000, 'x'));
  EXPECT_EQ(outcome(cast.school_tyr, decide_rpc, request), "ok");
}

TEST_F(SubjectAccess, TheOwnerAloneDecides) {
  const std::string extract = open();
  const v1::SubjectAccessEntry note = school_note(extract);
  for (const auto each : {released, redacted, withheld}) {
    EXPECT_EQ(refused(coordinator, decide_rpc, decision(note, each)),
              "permission_denied/other_agency");
    EXPECT_EQ(refused(cast.social_tyr, decide_rpc, decision(note, each)), told::hidden);
  }
  const v1::SubjectAccessEntry identity =
      piece(coordinator, extract, v1::SUBJECT_ACCESS_SOURCE_IDENTITY, "TYR-SSPF");
  EXPECT_EQ(refused(cast.school_tyr, decide_rpc, decision(identity, released)), told::hidden);
  // Only the coordinator refers, and only to another agency.
  EXPECT_EQ(refused(cast.school_tyr, decide_rpc, decision(note, referred)),
            "invalid_argument/unexpected(decision)");
  EXPECT_EQ(refused(coordinator, decide_rpc, decision(identity, referred)),
            "invalid_argument/unexpected(decision)");
  decide(coordinator, note, referred);
}

TEST_F(SubjectAccess, ADecisionIsMadeOnWhatWasSeenAndCanBeChanged) {
  const std::string extract = open();
  v1::SubjectAccessEntry note = school_note(extract);
  decide(cast.school_tyr, note, withheld);
  EXPECT_EQ(load.server.last_event().item_version(), 1U);
  EXPECT_EQ(refused(cast.school_tyr, decide_rpc, decision(note, released)),
            "aborted/stale_version");
  note = school_note(extract);
  EXPECT_EQ(note.version(), 1U);
  EXPECT_EQ(note.reason(), "Kim Kompis skulle lida men.");
  EXPECT_EQ(note.decided_by_handle(), cast.school_tyr.handle);
  decide(cast.school_tyr, note, released);
  note = school_note(extract);
  EXPECT_EQ(note.decision(), released);
  EXPECT_EQ(note.reason(), "");
  EXPECT_EQ(note.paragraph(), "");
}

TEST_F(SubjectAccess, ClosesWhenEverythingIsDecidedAndStaysAsItIs) {
  const std::string extract = open();
  EXPECT_EQ(refused(coordinator, "OpenSubjectAccess", opening()),
            "failed_precondition/subject_access_open");
  release_own(extract);
  EXPECT_EQ(refused(coordinator, "CloseSubjectAccess", closing(extract)),
            "failed_precondition/subject_access_undecided");
  EXPECT_EQ(refused(coordinator, "ExportSubjectAccess", exporting(extract)),
            "failed_precondition/subject_access_not_closed");
  decide(cast.school_tyr, school_note(extract), released);
  close(extract);
  EXPECT_EQ(refused(coordinator, "CloseSubjectAccess", closing(extract)),
            "failed_precondition/subject_access_closed");
  EXPECT_EQ(refused(cast.school_tyr, decide_rpc, decision(school_note(extract), withheld)),
            "failed_precondition/subject_access_closed");
  // What is written afterwards is not in it; and another can begin.
  load.note(cast.school_tyr, number, "Senare");
  EXPECT_EQ(exported(extract).SerializeAsString().find("Senare"), std::string::npos);
  EXPECT_NE(open(), extract);
}

TEST_F(SubjectAccess, IsOfAPersonAndNotFromTheFuture) {
  auto request = opening();
  request.set_asked_on("2026-11-25");
  EXPECT_EQ(refused(coordinator, "OpenSubjectAccess", request),
            "invalid_argument/in_future(asked_on)");
  request = opening();
  request.clear_asked_by();
  EXPECT_EQ(refused(coordinator, "OpenSubjectAccess", request),
            "invalid_argument/missing(asked_by)");
  request = opening();
  request.set_case_number(load.create(new_group()));
  EXPECT_EQ(refused(coordinator, "OpenSubjectAccess", request),
            "invalid_argument/unexpected(case_number)");
}

TEST_F(SubjectAccess, HasAnEnd) {
  const std::string empty = load.create(new_person(number_aged_13));
  auto request = opening();
  request.set_case_number(empty);
  for (std::int64_t i = 0; i < limits::subject_accesses_per_case_max; ++i) {
    const auto opened = load.get<v1::OpenSubjectAccessResponse>(
        coordinator, "SubjectAccessService/OpenSubjectAccess", request);
    auto list = listing(opened.subject_access());
    list.set_case_number(empty);
    const auto entries = load.get<v1::ListSubjectAccessEntriesResponse>(
        coordinator, "SubjectAccessService/ListSubjectAccessEntries", list);
    auto decide = decision(entries.entries(0), released);
    decide.set_case_number(empty);
    load.get<v1::DecideSubjectAccessEntryResponse>(
        coordinator, "SubjectAccessService/DecideSubjectAccessEntry", decide);
    auto close = closing(opened.subject_access());
    close.set_case_number(empty);
    load.get<v1::CloseSubjectAccessResponse>(coordinator, "SubjectAccessService/CloseSubjectAccess",
                                             close);
  }
  EXPECT_EQ(refused(coordinator, "OpenSubjectAccess", request), "failed_precondition/case_full");
}

}  // namespace
}  // namespace sspf::test::subject_access
