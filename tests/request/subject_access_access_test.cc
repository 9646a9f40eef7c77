// SPDX-License-Identifier: Apache-2.0
//
// Who may do what with an extract for the young person, as a table; what keeps out, keeps out here,
// too; and what is sealed of a case is in the extract or named as an exception.
#include <functional>
#include <set>

#include "server/store/case_content.h"
#include "tests/request/refused.h"
#include "tests/request/subject_access_world.h"
#include "tests/support/disposing.h"
#include "tests/support/full_case.h"

namespace sspf::test::subject_access_access {
namespace {

using std::string;

struct SubjectAccessCallers : SubjectAccessWorld {
  string extract;
  v1::SubjectAccessEntry note;

  void prepare() {
    extract = open();
    note = piece(cast.school_tyr, extract, v1::SUBJECT_ACCESS_SOURCE_NOTE, "TYR-SKO");
  }
  // By the caller: of Open, List, queue, Decide (the school's piece), Close, Export.
  std::vector<string> outcomes(const Account& caller) {
    auto open_one = opening();
    auto decide_one = decision(note, v1::SUBJECT_ACCESS_DECISION_RELEASED);
    auto close_one = closing(extract);
    open_one.mutable_write()->set_dry_run(true);
    decide_one.mutable_write()->set_dry_run(true);
    close_one.mutable_write()->set_dry_run(true);
    return {outcome(caller, "OpenSubjectAccess", open_one),
            outcome(caller, "ListSubjectAccesses", about<v1::ListSubjectAccessesRequest>()),
            outcome(caller, "ListSubjectAccessEntries", listing(extract)),
            outcome(caller, "DecideSubjectAccessEntry", decide_one),
            outcome(caller, "CloseSubjectAccess", close_one),
            outcome(caller, "ExportSubjectAccess", exporting(extract))};
  }
  std::vector<string> all(const string& each) { return std::vector<string>(6, each); }
};

TEST_F(SubjectAccessCallers, AreCoordinatorsAndWhoIsAssigned) {
  prepare();
  rows.changes();
  EXPECT_EQ(outcomes(coordinator),
            (std::vector<string>{"failed_precondition/subject_access_open", "ok", "ok",
                                 "permission_denied/other_agency",
                                 "failed_precondition/subject_access_undecided",
                                 "failed_precondition/subject_access_not_closed"}));
  EXPECT_EQ(outcomes(cast.school_tyr), (std::vector<string>{told::no_role, told::no_role, "ok",
                                                            "ok", told::no_role, told::no_role}));
  EXPECT_EQ(outcomes(cast.social_tyr),
            (std::vector<string>{told::no_role, told::no_role, "ok", told::hidden, told::no_role,
                                 told::no_role}));
  for (const Account& each :
       {cast.school2_tyr, cast.recreation_tyr, cast.police, cast.coordinator_nac, cast.school_nac,
        cast.admin_tyr, cast.root, cast.auditor, cast.auditor_tyr}) {
    EXPECT_EQ(outcomes(each), all(told::hidden)) << each.handle;
  }
  EXPECT_EQ(outcomes(cast.nobody), all("unauthenticated/no_certificate"));
  EXPECT_EQ(outcomes(cast.suspended), all("unauthenticated/unknown_certificate"));
  EXPECT_EQ(rows.changes(), "");
}

TEST_F(SubjectAccessCallers, AreKeptOutByABlockAndAProtectedIdentity) {
  prepare();
  auto block = about<v1::BlockAccountRequest>();
  block.set_handle(cast.social_tyr.handle);
  block.set_reason("Granne.");
  load.get<v1::BlockAccountResponse>(coordinator, "BlockService/BlockAccount", block);
  EXPECT_EQ(outcomes(cast.social_tyr), all(told::hidden));
  auto protect = about<v1::ProtectIdentityRequest>();
  protect.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
  load.get<v1::ProtectIdentityResponse>(coordinator, "ProtectionService/ProtectIdentity", protect);
  EXPECT_EQ(outcomes(cast.school_tyr), all(told::hidden));
  EXPECT_EQ(outcomes(coordinator)[1], "ok");
}

// It lets read; what a person gets is not decided in an emergency.
TEST_F(SubjectAccessCallers, DecideNothingByAnEmergencyOpening) {
  prepare();
  auto request = about<v1::OpenInEmergencyRequest>();
  request.set_reason("Fara för liv.");
  load.get<v1::OpenInEmergencyResponse>(cast.police, "EmergencyService/OpenInEmergency", request);
  EXPECT_EQ(outcomes(cast.police)[3], "permission_denied/emergency_only_reads");
  EXPECT_TRUE(queue(cast.police, extract).empty());
}

// A revoked consent takes the owner's way in: the coordinator refers, and can close.
TEST_F(SubjectAccessCallers, ReferToAnOwnerWhoHasNoWayInAnyMore) {
  prepare();
  auto consents = about<v1::ListConsentsRequest>();
  const auto listed =
      load.get<v1::ListConsentsResponse>(coordinator, "ConsentService/ListConsents", consents);
  load.revoke(number, listed.consents(0).consent());
  EXPECT_EQ(outcomes(cast.school_tyr), all(told::hidden));
  decide(coordinator, note, v1::SUBJECT_ACCESS_DECISION_REFERRED);
  release_own(extract);
  close(extract);
  const auto answer = exported(extract);
  for (const v1::SubjectAccessEntry& entry : answer.entries()) {
    EXPECT_EQ(entry.texts_size() == 0, entry.owner_agency_code() == "TYR-SKO");
  }
}

TEST_F(SubjectAccessCallers, AnExtractOfAnotherCaseIsNotThere) {
  prepare();
  const string other = load.create(new_person(number_aged_13));
  auto list = listing(extract);
  list.set_case_number(other);
  EXPECT_EQ(outcome(coordinator, "ListSubjectAccessEntries", list), told::hidden);
  auto decide_one = decision(note, v1::SUBJECT_ACCESS_DECISION_REFERRED);
  decide_one.set_case_number(other);
  EXPECT_EQ(refused(coordinator, "DecideSubjectAccessEntry", decide_one), told::hidden);
  auto close_one = closing(extract);
  close_one.set_case_number(other);
  EXPECT_EQ(refused(coordinator, "CloseSubjectAccess", close_one), told::hidden);
  auto fetch = exporting(extract);
  fetch.set_case_number(other);
  EXPECT_EQ(outcome(coordinator, "ExportSubjectAccess", fetch), told::hidden);
  auto accesses = about<v1::ListSubjectAccessesRequest>();
  accesses.set_case_number(other);
  EXPECT_EQ(load.get<v1::ListSubjectAccessesResponse>(
                    coordinator, "SubjectAccessService/ListSubjectAccesses", accesses)
                .accesses_size(),
            0);
}

// R18, R19: what a person has asked for is not destroyed meanwhile.
TEST(SubjectAccessHold, AnOpenExtractKeepsTheCaseFromDisposal) {
  Disposing town;
  const string number = town.old_person("2008-06-06");
  EXPECT_EQ(town.retention(number).status(), v1::RETENTION_STATUS_DUE);
  auto open = of_case<v1::OpenSubjectAccessRequest>(number);
  open.set_asked_on("2026-11-20");
  open.set_asked_by(v1::SUBJECT_REQUESTER_YOUTH);
  town.load.get<v1::OpenSubjectAccessResponse>(town.coordinator,
                                               "SubjectAccessService/OpenSubjectAccess", open);
  EXPECT_NE(town.retention(number).status(), v1::RETENTION_STATUS_DUE);
  EXPECT_EQ(town.outcome(town.coordinator, "DisposalService/CreateDisposalList",
                         of_tyr<v1::CreateDisposalListRequest>()),
            "refused failed_precondition/nothing_due for nothing_due");
}

// Whoever adds a sealed column of a case adds it to the view, or says here why not.
TEST(SubjectAccessContent, IsEverythingThatIsSealedOfACase) {
  std::set<string> expected{
      "case_file.sealed_birth_date",         // is in the subject, too
      "meeting.sealed_place",                // of the meeting, under its own key
      "agenda_item.sealed_title",            // of an item that is about no case
      "subject_access_entry.sealed_reason",  // of the extract itself
      "subject_access_entry.sealed_release",
      "review_verdict.sealed_comment",  // about staff, and under a key of audit details
      "review_question.sealed_question",
      "review_question.sealed_answer",
      "review_incident.sealed_text",
      "reidentification.sealed_reason",
  };
  for (int each = 1; each <= v1::SubjectAccessSource_MAX; ++each) {
    const auto column = store::column_of(static_cast<v1::SubjectAccessSource>(each));
    EXPECT_TRUE(expected.insert(string(column)).second) << column;
  }
  Disposing town;
  store::Connection database = open_database(town.load.server.config());
  std::set<string> found;
  {
    store::Query query(database,
                       "SELECT m.name || '.' || c.name FROM sqlite_master m "
                       "JOIN pragma_table_info(m.name) c WHERE m.type = 'table' "
                       "AND c.name LIKE 'sealed\\_%' ESCAPE '\\'");
    while (query.step()) found.insert(query.text(0));
  }
  EXPECT_EQ(found, expected);
  // And of a case with something of every kind, every source has a row: but what is written when a
  // list of disposal is reviewed or an opening is.
  full_old_case(town);
  std::set<std::int64_t> sources;
  store::Query query(database, "SELECT DISTINCT source FROM case_content");
  while (query.step()) sources.insert(query.integer(0));
  for (int each = 1; each <= v1::SubjectAccessSource_MAX; ++each) {
    const bool later = each == v1::SUBJECT_ACCESS_SOURCE_DUTY_ANSWER ||
                       each == v1::SUBJECT_ACCESS_SOURCE_EMERGENCY_REVIEW ||
                       each == v1::SUBJECT_ACCESS_SOURCE_KEPT_FROM_DISPOSAL;
    EXPECT_EQ(sources.count(each) == 1, !later)
        << v1::SubjectAccessSource_Name(static_cast<v1::SubjectAccessSource>(each));
  }
}

}  // namespace
}  // namespace sspf::test::subject_access_access
