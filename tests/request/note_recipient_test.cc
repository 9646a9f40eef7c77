// SPDX-License-Identifier: Apache-2.0
//
// Whom a note is for (R3): its recipients limit who sees it by a consent, and recreation is never
// among them unless it is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sspf/v1/basis.pb.h"
#include "sspf/v1/protection.pb.h"
#include "tests/support/caseload.h"
#include "tests/support/stored_rows.h"

namespace sspf::test::note_recipient {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto warned = "recreation_may_lack_secrecy";
using Codes = std::vector<std::string>;

// Members of school, social services, recreation and police are assigned; consents name the first
// three, and the police in none.
struct NoteRecipients : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  const std::string number = load.mapped();

  void SetUp() override {
    Terms terms;
    terms.agencies = {"TYR-FRI"};
    load.consent(number, terms);
    for (const Account& each :
         {cast.school_tyr, cast.social_tyr, cast.recreation_tyr, cast.police}) {
      load.assign(number, each);
    }
  }
  v1::AddNoteRequest to(const Codes& recipients, const std::string& text) {
    v1::AddNoteRequest request;
    request.set_case_number(number);
    request.set_text(text);
    for (const std::string& code : recipients) request.add_recipient_agency_codes(code);
    return request;
  }
  v1::AddNoteResponse add(const Codes& recipients, const std::string& text) {
    load.server.advance_seconds(1);
    return load.get<v1::AddNoteResponse>(cast.school_tyr, "CaseService/AddNote",
                                         to(recipients, text));
  }
  v1::CorrectNoteRequest correction(const v1::AddNoteResponse& note, const Codes& recipients) {
    v1::CorrectNoteRequest request;
    request.set_case_number(number);
    request.set_note(note.note());
    request.set_version(note.version());
    request.set_text("Rättad.");
    for (const std::string& code : recipients) request.add_recipient_agency_codes(code);
    return request;
  }
  v1::CorrectNoteResponse correct(const v1::AddNoteResponse& note, const Codes& recipients) {
    return load.get<v1::CorrectNoteResponse>(cast.school_tyr, "CaseService/CorrectNote",
                                             correction(note, recipients));
  }
  Codes texts(const Account& caller) {
    Codes seen;
    for (const v1::Note& note : load.notes(caller, number)) seen.push_back(note.text());
    return seen;
  }
  Codes versions(const Account& caller, const v1::AddNoteResponse& note) {
    v1::ListNoteVersionsRequest request;
    request.set_case_number(number);
    request.set_note(note.note());
    const auto response =
        load.get<v1::ListNoteVersionsResponse>(caller, "CaseService/ListNoteVersions", request);
    Codes seen;
    for (const v1::Note& version : response.versions()) seen.push_back(version.text());
    return seen;
  }
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    return load.server.call(caller, "sspf.v1.CaseService/" + rpc, request).summary();
  }
};

TEST_F(NoteRecipients, AreEverybodyWhomAConsentNamesButNotRecreation) {
  const auto added = add({}, "Till alla.");
  EXPECT_THAT(added.warnings(), IsEmpty());
  EXPECT_THAT(texts(cast.social_tyr), ElementsAre("Till alla."));
  EXPECT_THAT(texts(cast.coordinator_tyr), ElementsAre("Till alla."));
  EXPECT_THAT(texts(cast.recreation_tyr), IsEmpty());
  EXPECT_EQ(load.server.last_event().items_shown(), 0U);
  EXPECT_THAT(load.notes(cast.social_tyr, number).at(0).recipient_agency_codes(), IsEmpty());
}

TEST_F(NoteRecipients, AreThoseAloneThatAreNamed) {
  EXPECT_THAT(add({"TYR-SOC"}, "Till socialtjänsten.").warnings(), IsEmpty());
  EXPECT_THAT(add({"TYR-FRI"}, "Till fritid.").warnings(), ElementsAre(warned));
  EXPECT_THAT(add({"TYR-SOC", "TYR-FRI", "TYR-SOC"}, "Till båda.").warnings(), ElementsAre(warned));
  EXPECT_THAT(texts(cast.social_tyr), ElementsAre("Till socialtjänsten.", "Till båda."));
  EXPECT_THAT(texts(cast.recreation_tyr), ElementsAre("Till fritid.", "Till båda."));
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_EQ(event.items_shown(), 2U);
  // The owner and the coordinator see all.
  for (const Account& caller : {cast.school_tyr, cast.coordinator_tyr}) {
    EXPECT_EQ(texts(caller).size(), 3U) << caller.handle;
  }
  EXPECT_THAT(load.notes(cast.recreation_tyr, number).at(1).recipient_agency_codes(),
              ElementsAre("TYR-FRI", "TYR-SOC"));
}

TEST_F(NoteRecipients, DoNotLimitWhoSeesByAnythingButConsent) {
  add({"TYR-SOC"}, "Till socialtjänsten.");
  EXPECT_THAT(texts(cast.recreation_tyr), IsEmpty());
  v1::OpenInEmergencyRequest open;
  open.set_case_number(number);
  open.set_reason("Fara.");
  load.get<v1::OpenInEmergencyResponse>(cast.recreation_tyr, "EmergencyService/OpenInEmergency",
                                        open);
  EXPECT_THAT(texts(cast.recreation_tyr), ElementsAre("Till socialtjänsten."));
  // A group holds no person, and is seen by all who are assigned.
  const std::string group = load.create(new_group());
  load.assign(group, cast.recreation_tyr);
  load.note(cast.coordinator_tyr, group, "Lägesbild.");
  EXPECT_EQ(load.notes(cast.recreation_tyr, group).size(), 1U);
}

TEST_F(NoteRecipients, StayWhenANoteIsCorrectedAndGoWithItsVersion) {
  const auto note = add({"TYR-SOC"}, "Första.");
  EXPECT_THAT(correct(note, {}).warnings(), IsEmpty());
  EXPECT_THAT(texts(cast.social_tyr), ElementsAre("Rättad."));
  EXPECT_THAT(texts(cast.recreation_tyr), IsEmpty());
  v1::AddNoteResponse second = note;
  second.set_version(2);
  EXPECT_THAT(correct(second, {"TYR-FRI"}).warnings(), ElementsAre(warned));
  // Recreation sees the version that was meant for it and none before; the social services, which
  // are left out, not even those that they have seen.
  EXPECT_THAT(versions(cast.recreation_tyr, note), ElementsAre("Rättad."));
  EXPECT_EQ(load.server.last_event().items_shown(), 1U);
  EXPECT_THAT(versions(cast.school_tyr, note), ElementsAre("Första.", "Rättad.", "Rättad."));
  EXPECT_THAT(texts(cast.social_tyr), IsEmpty());
  v1::ListNoteVersionsRequest read;
  read.set_case_number(number);
  read.set_note(note.note());
  EXPECT_EQ(outcome(cast.social_tyr, "ListNoteVersions", read), "not_found/not_found");
  EXPECT_EQ(static_cast<Reason>(load.server.last_event().cause_reason()), Reason::no_basis);
  // What stays for recreation is warned of again: it is shared anew.
  v1::AddNoteResponse third = note;
  third.set_version(3);
  EXPECT_THAT(correct(third, {}).warnings(), ElementsAre(warned));
}

TEST_F(NoteRecipients, AreWarnedOfByADryRunBeforeAnythingIsShared) {
  v1::AddNoteRequest request = to({"TYR-FRI"}, "Till fritid.");
  request.mutable_write()->set_dry_run(true);
  StoredRows rows(load.server.config());
  const auto tried = load.get<v1::AddNoteResponse>(cast.school_tyr, "CaseService/AddNote", request);
  EXPECT_THAT(tried.warnings(), ElementsAre(warned));
  EXPECT_EQ(load.server.last_event().outcome(), v1::OUTCOME_DRY_RUN);
  EXPECT_EQ(rows.changes(), "");
  EXPECT_THAT(texts(cast.school_tyr), IsEmpty());
}

TEST_F(NoteRecipients, AreNamedByAConsentInForce) {
  const auto note = add({}, "Första.");
  const std::string outside =
      "failed_precondition/recipient_outside_consent(recipient_agency_codes)";
  const std::vector<std::pair<Codes, std::string>> table{
      {{"ZZZ-SKO"}, outside},             // is not there
      {{"NAC-SKO"}, outside},             // serves another municipality
      {{"LPO-POL"}, outside},             // serves this one, and no consent names it
      {{"TYR-SOC", "LPO-POL"}, outside},  // one of several
      {{"TYR-SSPF"}, outside},            // coordinates, and needs no naming
      {{"tyr soc"}, "invalid_argument/wrong_code_form(recipient_agency_codes)"}};
  const Codes before = texts(cast.school_tyr);
  StoredRows rows(load.server.config());
  for (const auto& [recipients, expected] : table) {
    EXPECT_EQ(outcome(cast.school_tyr, "AddNote", to(recipients, "Text")), expected)
        << recipients.front();
    EXPECT_EQ(load.server.last_event().outcome(), v1::OUTCOME_REFUSED);
    EXPECT_EQ(outcome(cast.school_tyr, "CorrectNote", correction(note, recipients)), expected)
        << recipients.front();
  }
  EXPECT_EQ(rows.changes(), "");
  EXPECT_EQ(texts(cast.school_tyr), before);
  EXPECT_THAT(versions(cast.school_tyr, note), ElementsAre("Första."));
  // Whoever may not enter the case learns nothing of agencies, whatever is named.
  for (const Codes& recipients : {Codes{"ZZZ-SKO"}, Codes{"LPO-POL"}, Codes{"TYR-SOC"}}) {
    EXPECT_EQ(outcome(cast.police, "AddNote", to(recipients, "Text")), "not_found/not_found");
  }
}

TEST_F(NoteRecipients, OfAConsentThatHasEndedAreNoneAnyMore) {
  Terms police;
  police.agencies = {"LPO-POL"};
  const std::string consent = load.consent(number, police);
  add({"LPO-POL"}, "Till polisen.");
  EXPECT_THAT(texts(cast.police), ElementsAre("Till polisen."));
  load.revoke(number, consent);
  EXPECT_EQ(outcome(cast.school_tyr, "AddNote", to({"LPO-POL"}, "Text")),
            "failed_precondition/recipient_outside_consent(recipient_agency_codes)");
  EXPECT_EQ(outcome(cast.police, "AddNote", to({}, "Text")), "not_found/not_found");
}

// `sspf case why` says so, to recreation alone.
TEST_F(NoteRecipients, AreExplainedToRecreation) {
  const auto is_limited = [&](const Account& caller) {
    v1::ExplainAccessRequest request;
    request.set_case_number(number);
    const auto response =
        load.get<v1::ExplainAccessResponse>(caller, "BasisService/ExplainAccess", request);
    std::string text;
    for (const v1::Ground& ground : response.grounds()) {
      if (ground.kind() == v1::GROUND_KIND_CONSENT) {
        text += ground.only_addressed_notes() ? "y" : "n";
      } else {
        EXPECT_FALSE(ground.only_addressed_notes());
      }
    }
    return text;
  };
  EXPECT_EQ(is_limited(cast.recreation_tyr), "y");
  EXPECT_EQ(is_limited(cast.school_tyr), "n");
  EXPECT_EQ(is_limited(cast.coordinator_tyr), "nn");
  const Account leader =
      make_account(load.server, {"lea.ledare", "TYR-FRI", v1::ROLE_COORDINATOR, {"TYR"}});
  EXPECT_EQ(is_limited(leader), "nn");
}

}  // namespace
}  // namespace sspf::test::note_recipient
