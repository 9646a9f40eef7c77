// SPDX-License-Identifier: Apache-2.0
//
// Notes: whose they are, who sees them, and how they are corrected.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/caseload.h"

namespace sspf::test {
namespace {

struct NotesOfACase : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  const std::string number = load.mapped();

  std::vector<std::string> texts(const Account& caller) {
    std::vector<std::string> seen;
    for (const v1::Note& note : load.notes(caller, number)) seen.push_back(note.text());
    return seen;
  }
  // What the event of the last call says was shown, by basis.
  std::vector<std::string> shown() {
    const v1::AuditEvent event = load.server.last_event();
    std::vector<std::string> lines;
    for (const auto& row : event.cases_shown()) {
      lines.push_back(std::to_string(row.items()) + (row.basis_id().empty() ? "" : " by consent"));
    }
    return lines;
  }
  v1::AddNoteRequest new_note(const std::string& text) {
    v1::AddNoteRequest request;
    request.set_case_number(number);
    request.set_text(text);
    return request;
  }
  v1::CorrectNoteRequest correction(const std::string& note, std::uint64_t version) {
    v1::CorrectNoteRequest request;
    request.set_case_number(number);
    request.set_note(note);
    request.set_version(version);
    request.set_text("Rättad.");
    return request;
  }
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    return load.server.call(caller, "sspf.v1.CaseService/" + rpc, request).summary();
  }
  v1::ListNoteVersionsResponse versions(const Account& caller, const std::string& note) {
    v1::ListNoteVersionsRequest request;
    request.set_case_number(number);
    request.set_note(note);
    return load.get<v1::ListNoteVersionsResponse>(caller, "CaseService/ListNoteVersions", request);
  }
};

TEST_F(NotesOfACase, BelongToTheAgencyOfTheAuthorWithItsSecrecy) {
  load.assign(number, cast.school_tyr);
  load.assign(number, cast.social_tyr);
  load.note(cast.school_tyr, number, "Skolans.");
  load.note(cast.social_tyr, number, "Socialtjänstens.");
  load.note(cast.coordinator_tyr, number, "Samordningens.");
  v1::AddNoteRequest open = new_note("Skolans, utan sekretess.");
  open.set_secrecy_class(v1::SECRECY_CLASS_GENERAL);
  open.set_kind(v1::INFORMATION_KIND_PLAN);
  load.server.advance_seconds(1);
  load.get<v1::AddNoteResponse>(cast.school_tyr, "CaseService/AddNote", open);

  const auto notes = load.notes(cast.coordinator_tyr, number);
  ASSERT_EQ(notes.size(), 4U);
  const auto line = [](const v1::Note& note) {
    return note.owner_agency_code() + " " + note.author_handle() + " " +
           v1::InformationKind_Name(note.kind()) + " " +
           v1::SecrecyClass_Name(note.secrecy_class()) + " " + std::to_string(note.version());
  };
  EXPECT_EQ(line(notes[0]),
            "TYR-SKO sven.skog INFORMATION_KIND_MAPPING SECRECY_CLASS_PUPIL_WELFARE 1");
  EXPECT_EQ(line(notes[1]),
            "TYR-SOC sara.sten INFORMATION_KIND_MAPPING SECRECY_CLASS_SOCIAL_SERVICES 1");
  EXPECT_EQ(line(notes[2]), "TYR-SSPF anna.alm INFORMATION_KIND_MAPPING SECRECY_CLASS_GENERAL 1");
  EXPECT_EQ(line(notes[3]), "TYR-SKO sven.skog INFORMATION_KIND_PLAN SECRECY_CLASS_GENERAL 1");
  EXPECT_EQ(notes[3].written_at().seconds(), load.server.now().microseconds / 1'000'000);
}

TEST_F(NotesOfACase, AreSeenByOwnersAndByThoseWhomAConsentNamesForTheirKind) {
  Terms plan_only;
  plan_only.agencies = {"TYR-FRI"};
  plan_only.kinds = {v1::INFORMATION_KIND_PLAN};
  load.consent(number, plan_only);
  for (const Account& each : {cast.school_tyr, cast.social_tyr, cast.recreation_tyr}) {
    load.assign(number, each);
  }
  load.note(cast.school_tyr, number, "Kartläggning.");
  v1::AddNoteRequest plan = new_note("Plan.");
  plan.set_kind(v1::INFORMATION_KIND_PLAN);
  for (const char* code : {"TYR-SKO", "TYR-FRI"}) plan.add_recipient_agency_codes(code);
  load.server.advance_seconds(1);
  load.get<v1::AddNoteResponse>(cast.social_tyr, "CaseService/AddNote", plan);
  load.note(cast.recreation_tyr, number, "Fritidens.");

  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts(cast.school_tyr), (Texts{"Kartläggning.", "Plan.", "Fritidens."}));
  EXPECT_EQ(texts(cast.social_tyr), (Texts{"Kartläggning.", "Plan.", "Fritidens."}));
  EXPECT_EQ(load.server.last_event().items_shown(), 3U);
  EXPECT_EQ(shown(), (std::vector<std::string>{"2 by consent", "1"}));
  // Consent covers the kind plan alone: what is left out leaves no trace.
  EXPECT_EQ(texts(cast.recreation_tyr), (Texts{"Plan.", "Fritidens."}));
  EXPECT_EQ(load.server.last_event().items_shown(), 2U);
  EXPECT_EQ(load.show(cast.recreation_tyr, number).title(), "");
  EXPECT_EQ(load.server.last_event().items_shown(), 0U);
  EXPECT_EQ(load.show(cast.school_tyr, number).title(), "Test Testsson");
}

TEST_F(NotesOfACase, OfAGroupAreSeenByEverybodyAssigned) {
  const std::string group = load.create(new_group());
  load.assign(group, cast.police);
  load.assign(group, cast.school_tyr);
  load.note(cast.police, group, "Lägesbild.");
  EXPECT_EQ(load.notes(cast.school_tyr, group).size(), 1U);
  EXPECT_EQ(shown(), std::vector<std::string>{"1"});
  EXPECT_EQ(load.show(cast.police, group).title(), "Torget");
}

TEST_F(NotesOfACase, AreCorrectedAsANewVersionAndTheOldOneIsKept) {
  load.assign(number, cast.school_tyr);
  const std::string note = load.note(cast.school_tyr, number, "Första.");
  load.server.advance_seconds(60);
  const auto corrected = load.get<v1::CorrectNoteResponse>(
      cast.school_tyr, "CaseService/CorrectNote", correction(note, 1));
  EXPECT_EQ(corrected.version(), 2U);
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_EQ(event.item_version(), 2U);
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(texts(cast.school_tyr), std::vector<std::string>{"Rättad."});

  const auto kept = versions(cast.coordinator_tyr, note);
  ASSERT_EQ(kept.versions_size(), 2);
  EXPECT_EQ(kept.versions(0).text(), "Första.");
  EXPECT_EQ(kept.versions(0).version(), 1U);
  EXPECT_EQ(kept.versions(1).text(), "Rättad.");
  EXPECT_EQ(kept.versions(1).version(), 2U);
  EXPECT_EQ(kept.versions(1).written_at().seconds() - kept.versions(0).written_at().seconds(), 60);
  EXPECT_EQ(outcome(cast.school_tyr, "CorrectNote", correction(note, 1)), "aborted/stale_version");
  EXPECT_EQ(outcome(cast.school_tyr, "CorrectNote", correction(note, 3)), "aborted/stale_version");
}

TEST_F(NotesOfACase, AreCorrectedByTheirOwnAgencyOnly) {
  load.assign(number, cast.school_tyr);
  load.assign(number, cast.school2_tyr);
  load.assign(number, cast.social_tyr);
  const std::string note = load.note(cast.school_tyr, number, "Skolans.");
  EXPECT_EQ(outcome(cast.social_tyr, "CorrectNote", correction(note, 1)),
            "permission_denied/other_agency");
  EXPECT_EQ(outcome(cast.coordinator_tyr, "CorrectNote", correction(note, 1)),
            "permission_denied/other_agency");
  EXPECT_EQ(outcome(cast.school2_tyr, "CorrectNote", correction(note, 1)), "ok");
  EXPECT_EQ(versions(cast.school_tyr, note).versions(1).author_handle(), cast.school2_tyr.handle);
}

TEST_F(NotesOfACase, OneThatIsNotSeenAnswersAsOneThatIsNotThere) {
  Terms plan_only;
  plan_only.agencies = {"TYR-FRI"};
  plan_only.kinds = {v1::INFORMATION_KIND_PLAN};
  load.consent(number, plan_only);
  load.assign(number, cast.recreation_tyr);
  const std::string hidden = load.note(cast.coordinator_tyr, number, "Kartläggning.");
  const std::string elsewhere =
      load.note(cast.coordinator_tyr, load.create(new_group()), "I ett annat ärende.");
  const auto cause = [&] { return static_cast<Reason>(load.server.last_event().cause_reason()); };
  for (const auto& [note, expected] : {std::pair{hidden, Reason::no_basis},
                                       {elsewhere, Reason::not_found},
                                       {std::string("00000000"), Reason::not_found}}) {
    v1::ListNoteVersionsRequest read;
    read.set_case_number(number);
    read.set_note(note);
    EXPECT_EQ(outcome(cast.recreation_tyr, "ListNoteVersions", read), "not_found/not_found");
    EXPECT_EQ(cause(), expected);
    EXPECT_EQ(outcome(cast.recreation_tyr, "CorrectNote", correction(note, 1)),
              "not_found/not_found");
    EXPECT_EQ(cause(), expected);
  }
}

TEST_F(NotesOfACase, BadInputIsNamed) {
  const Account& coordinator = cast.coordinator_tyr;
  v1::AddNoteRequest request = new_note("Text");
  request.set_kind(v1::INFORMATION_KIND_IDENTITY);
  EXPECT_EQ(outcome(coordinator, "AddNote", request), "invalid_argument/unknown_value(kind)");
  request = new_note("Text");
  request.set_kind(static_cast<v1::InformationKind>(9));
  EXPECT_EQ(outcome(coordinator, "AddNote", request), "invalid_argument/unknown_value(kind)");
  request = new_note("Text");
  request.set_secrecy_class(static_cast<v1::SecrecyClass>(9));
  EXPECT_EQ(outcome(coordinator, "AddNote", request),
            "invalid_argument/unknown_value(secrecy_class)");
  EXPECT_EQ(outcome(coordinator, "AddNote", new_note("")), "invalid_argument/missing(text)");
  EXPECT_EQ(outcome(coordinator, "AddNote", new_note(std::string(10'001, 'a'))),
            "invalid_argument/too_long(text)");
  EXPECT_EQ(outcome(coordinator, "AddNote", new_note("\x1b[2J")),
            "invalid_argument/control_character(text)");
  EXPECT_EQ(outcome(coordinator, "CorrectNote", correction("", 1)),
            "invalid_argument/missing(note)");
  EXPECT_EQ(outcome(coordinator, "CorrectNote", correction("abc", 0)),
            "invalid_argument/missing(version)");
  EXPECT_TRUE(texts(coordinator).empty());
}

TEST_F(NotesOfACase, ACaseHoldsLimitedNotesAndANoteLimitedVersions) {
  const auto most = static_cast<std::size_t>(limits::records_per_case_max);
  const Account& coordinator = cast.coordinator_tyr;
  const std::string note = load.note(coordinator, number, "Första.");
  std::vector<std::string> notes;
  std::vector<std::string> corrections;
  for (std::size_t i = 1; i < most + 1; ++i) {
    v1::AddNoteRequest add = new_note("Text");
    add.mutable_write()->set_request_id("note-" + std::string(11, '0') + std::to_string(i));
    notes.push_back(add.SerializeAsString());
    v1::CorrectNoteRequest correct = correction(note, i);
    correct.mutable_write()->set_request_id("correct-" + std::string(8, '0') + std::to_string(i));
    corrections.push_back(correct.SerializeAsString());
  }
  // One more than fits, of each.
  EXPECT_EQ(load.call_all(coordinator, "CaseService/AddNote", notes), most - 1);
  EXPECT_EQ(load.call_all(coordinator, "CaseService/CorrectNote", corrections), most - 1);
  EXPECT_EQ(texts(coordinator).size(), most);
  EXPECT_EQ(versions(coordinator, note).versions_size(), static_cast<int>(most));
  EXPECT_EQ(outcome(coordinator, "AddNote", new_note("Text")), "failed_precondition/case_full");
  EXPECT_EQ(outcome(coordinator, "CorrectNote", correction(note, most)),
            "failed_precondition/case_full");
}

}  // namespace
}  // namespace sspf::test
