// SPDX-License-Identifier: Apache-2.0
//
// The partner member's days (domain.md 6): a teacher who sees what the school is assigned and
// nothing else, through the real command against the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Member : public testing::Test {
 protected:
  Words note(const std::string& text) {
    return {"case", "add-note", number_, "--text", town_.in_file(text)};
  }
  Words correction(const std::string& ref, const std::string& version, const std::string& text) {
    return {"case",      "correct-note", number_,  ref,
            "--version", version,        "--text", town_.in_file(text)};
  }
  Words commitment(const std::string& agency) {
    return {"commitment",
            "add",
            number_,
            "--agency",
            agency,
            "--due",
            day(30),
            "--responsible",
            town_.in_file("Sven, mentor"),
            "--action",
            town_.in_file("Ringer hem.")};
  }
  Words progress(const std::string& ref, const std::string& version, const std::string& colour) {
    return {"commitment", "log",   number_,    ref,
            "--version",  version, "--status", "started",
            "--colour",   colour,  "--text",   town_.in_file("Två samtal av tre.")};
  }
  static Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  void expect_event(const std::string& handle, v1::Outcome outcome, const std::string& cause) {
    const v1::EventView event = town_.last_event_of(handle);
    EXPECT_EQ(event.outcome(), outcome);
    EXPECT_EQ(event.cause_reason(), cause);
  }

  Town town_;
  std::string number_ = town_.mapped_case();
  const Person& sven_ = town_.person("sven");
};

TEST_F(Member, SeesAssignedCasesAndNoTraceOfOthers) {
  const json me = sven_.did({"whoami"});
  EXPECT_EQ(me["account"]["agencyCode"], "TYR-SKO");
  EXPECT_EQ(me["agencyKind"], "AGENCY_KIND_SCHOOL");
  const std::string other = town_.mapped_case();
  v1::UnassignAccountRequest request;
  request.set_case_number(other);
  request.set_handle("sven");
  town_.caller("anna").get<v1::UnassignAccountResponse>("sspf.v1.CaseService/UnassignAccount",
                                                        request);
  const TownMeeting meeting = town_.meeting_about(other);
  EXPECT_THAT(sven_.sspf({"agenda", "list", meeting.number}).out, Not(HasSubstr(other)));
  const json items = sven_.did({"agenda", "list", meeting.number})["items"];
  EXPECT_EQ(items.size(), 11U);  // the template's, and no gap
  EXPECT_THAT(items.dump(), Not(HasSubstr(meeting.item)));
  const json cases = sven_.did({"case", "list"})["cases"];
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases[0]["number"], number_);
  EXPECT_EQ(cases[0]["warnings"], json::array());  // the coordinator's to know

  EXPECT_EQ(town_.person("sara").did({"agenda", "list", meeting.number})["items"].size(), 12U);
}

TEST_F(Member, WritesANoteThatTheSchoolOwnsAndThePoliceDoNotSee) {
  const std::string ref = sven_.did(note("Frånvaron är högst på måndagar."))["note"];
  const json seen = town_.person("sara").did({"case", "notes", number_})["notes"];
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0]["ownerAgencyCode"], "TYR-SKO");
  EXPECT_EQ(seen[0]["authorHandle"], "sven");
  EXPECT_EQ(seen[0]["secrecyClass"], "SECRECY_CLASS_PUPIL_WELFARE");
  EXPECT_EQ(seen[0]["text"], "Frånvaron är högst på måndagar.");
  EXPECT_EQ(town_.person("per").refused(5, {"case", "notes", number_})["code"], "not_found");
  expect_event("per", v1::OUTCOME_REFUSED, "no_basis");
  EXPECT_EQ(town_.person("sara").refused(3, correction(ref, "1", "Annat."))["reason"],
            "other_agency");
  EXPECT_EQ(town_.person("sara").did({"case", "notes", number_})["notes"], seen);
}

// R3: the narrowest default towards recreation, and a warning before anything is shared with it.
TEST_F(Member, ChoosesRecipientsAndIsWarnedOfRecreation) {
  const Person& anna = town_.person("anna");
  const Person& frida = town_.person("frida");
  anna.did({"consent",
            "record",
            number_,
            "--valid-from",
            day(-1),
            "--valid-to",
            day(90),
            "--agency",
            "TYR-FRI",
            "--kind",
            "mapping",
            "--purpose",
            "mapping",
            "--basis",
            "OSL-12-2",
            "--gdpr",
            "public-task",
            "--guardians",
            "1",
            "--form",
            town_.in_file("Underskriven blankett"),
            "--signatory",
            "guardian:" + day(-1) + ":" + town_.in_file("Namn Namnsson"),
            "--signatory",
            "youth:" + day(-1) + ":" + town_.in_file("Test Testsson")});
  town_.assign(number_, "frida");
  EXPECT_THAT(sven_.did(note("Till alla utom fritid."))["warnings"], IsEmpty());
  EXPECT_THAT(frida.did({"case", "notes", number_})["notes"], IsEmpty());

  const Words to_recreation =
      with(note("Tider för läxhjälp."), {"--recipient", "TYR-FRI", "--recipient", "TYR-SKO"});
  const Ended tried = sven_.sspf(with(to_recreation, {"--dry-run", "--lang", "sv"}));
  EXPECT_EQ(tried.exit_code, 0);
  EXPECT_THAT(tried.out, HasSubstr("Fritid är bland mottagarna: där kan sekretessen för "
                                   "uppgifterna vara svag."));
  EXPECT_THAT(frida.did({"case", "notes", number_})["notes"], IsEmpty());
  EXPECT_EQ(sven_.did(to_recreation)["warnings"], json{"recreation_may_lack_secrecy"});
  const json seen = frida.did({"case", "notes", number_})["notes"];
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0]["text"], "Tider för läxhjälp.");
  EXPECT_EQ(seen[0]["recipientAgencyCodes"], (json{"TYR-FRI", "TYR-SKO"}));
  const json social = town_.person("sara").did({"case", "notes", number_})["notes"];
  ASSERT_EQ(social.size(), 1U);
  EXPECT_EQ(social[0]["text"], "Till alla utom fritid.");
  const json refused = sven_.refused(6, with(note("Text"), {"--recipient", "LPO-NAC"}));
  EXPECT_EQ(refused["reason"], "recipient_outside_consent");
  EXPECT_EQ(refused["field"], "recipient_agency_codes");
  EXPECT_EQ(whole(sven_.sspf(with(note("Text"), {"--recipient", "LPO-NAC", "--lang", "sv"}))),
            "exit 6\n\nsspf: --recipient omfattas inte av något samtycke.\n");
  EXPECT_THAT(frida.sspf({"case", "why", number_, "--lang", "sv"}).out,
              HasSubstr("Bara anteckningar till din part"));
}

TEST_F(Member, CorrectsTheOwnNoteAndTheOldVersionIsKept) {
  const std::string ref = sven_.did(note("Måndagar."))["note"];
  EXPECT_EQ(sven_.did(correction(ref, "1", "Måndagar och fredagar."))["version"], "2");
  const json versions = sven_.did({"case", "note-versions", number_, ref})["versions"];
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0]["text"], "Måndagar.");
  EXPECT_EQ(versions[1]["text"], "Måndagar och fredagar.");
  const Person& stig = town_.person("stig");  // of the same school
  town_.assign(number_, "stig");
  const json stale = stig.refused(6, correction(ref, "1", "Tisdagar."));
  EXPECT_EQ(stale["code"], "aborted");
  EXPECT_EQ(stale["reason"], "stale_version");
  expect_event("stig", v1::OUTCOME_REFUSED, "stale_version");
  EXPECT_EQ(sven_.did({"case", "note-versions", number_, ref})["versions"], versions);
  EXPECT_EQ(stig.did(correction(ref, "2", "Tisdagar."))["version"], "3");
}

TEST_F(Member, FollowsUpTheOwnCommitmentAndSaysWhyItIsYellow) {
  const json other = sven_.refused(3, commitment("TYR-SOC"));
  EXPECT_EQ(other["reason"], "other_agency");
  EXPECT_EQ(other["field"], "draft.agency_code");
  const std::string ref = sven_.did(commitment("TYR-SKO"))["commitment"];
  const Words yellow = progress(ref, "1", "yellow");
  const json no_cause = sven_.refused(1, yellow);
  EXPECT_EQ(no_cause["reason"], "missing");
  EXPECT_EQ(no_cause["field"], "cause");
  const Words with_cause = with(yellow, {"--cause", town_.in_file("Numret var gammalt.")});
  EXPECT_EQ(sven_.refused(1, with_cause)["field"], "measures");
  EXPECT_EQ(whole(sven_.sspf(with(with_cause, {"--lang", "sv"}))),
            "exit 1\n\nsspf: --measures saknas.\n");
  EXPECT_EQ(sven_.did(with(with_cause, {"--measures", town_.in_file("Nytt nummer.")}))["version"],
            "2");
  const json shown = sven_.did({"commitment", "show", number_, ref});
  EXPECT_EQ(shown["commitment"]["rag"], "RAG_STATUS_YELLOW");
  EXPECT_EQ(shown["commitment"]["cause"], "Numret var gammalt.");
  ASSERT_EQ(shown["progress"].size(), 1U);
  EXPECT_EQ(shown["progress"][0]["text"], "Två samtal av tre.");
  EXPECT_EQ(shown["progress"][0]["measures"], "Nytt nummer.");
  const json red = sven_.refused(1, progress(ref, "2", "red"));
  EXPECT_EQ(red["reason"], "red_means_not_started");
  EXPECT_EQ(red["field"], "rag");
  EXPECT_EQ(sven_.did({"commitment", "list", "--own"})["commitments"].size(), 1U);
  const Person& sara = town_.person("sara");
  EXPECT_THAT(sara.did({"commitment", "list", "--own"})["commitments"], IsEmpty());
  EXPECT_EQ(sara.refused(3, progress(ref, "2", "green"))["reason"], "other_agency");
}

// Two people who have read the same version: the second one learns of it, and loses nothing.
TEST_F(Member, IsToldWhenSomebodyElseWasFaster) {
  const std::string ref = town_.plan_of(number_);
  const Person& anna = town_.person("anna");
  const Words change{"commitment",    "change",
                     number_,         ref,
                     "--version",     "1",
                     "--agency",      "TYR-SKO",
                     "--due",         day(20),
                     "--responsible", town_.in_file("Stig"),
                     "--action",      town_.in_file("Skriver brev.")};
  EXPECT_EQ(anna.did(change)["version"], "2");
  const json stale = sven_.refused(6, progress(ref, "1", "green"));
  EXPECT_EQ(stale["code"], "aborted");
  EXPECT_EQ(stale["message"], "Somebody else has changed this. Read it again and retry.");
  const json shown = sven_.did({"commitment", "show", number_, ref});
  EXPECT_THAT(shown["progress"], IsEmpty());
  EXPECT_EQ(shown["commitment"]["version"], "2");
  EXPECT_EQ(sven_.did(progress(ref, "2", "green"))["version"], "3");
  EXPECT_EQ(whole(anna.sspf(with(change, {"--lang", "sv"}))),
            "exit 6\n\nsspf: Någon annan har ändrat detta. Läs om och försök igen.\n");
}

TEST_F(Member, CannotTellAnotherCaseFromOneThatDoesNotExist) {
  const Person& frida = town_.person("frida");
  const std::string text = town_.in_file("x");
  for (const Words& words :
       {Words{"case", "show", number_}, Words{"case", "add-note", number_, "--text", text},
        Words{"consent", "list", number_, "--lang", "sv"},
        Words{"commitment", "show", number_, "abcdefgh", "--output", "json"}}) {
    Words of_none = words;
    of_none[2] = missing_case;
    const std::string none = whole(frida.sspf(of_none));
    expect_event("frida", v1::OUTCOME_REFUSED, "not_found");
    EXPECT_EQ(whole(frida.sspf(words)), none) << words[0] << " " << words[1];
    expect_event("frida", v1::OUTCOME_REFUSED, "not_assigned");
    EXPECT_NE(town_.last_event_of("frida").case_ref(), "");
  }
  EXPECT_EQ(whole(frida.sspf({"case", "show", number_, "--lang", "sv"})),
            "exit 5\n\nsspf: Det du söker finns inte.\n");
}

TEST_F(Member, SendsADeputyWhoHasNoRightsInTheCaseUntilAssigned) {
  const TownMeeting meeting = town_.meeting_about(number_);
  const Person& stig = town_.person("stig");
  EXPECT_EQ(stig.refused(5, {"meeting", "show", meeting.number})["code"], "not_found");
  expect_event("stig", v1::OUTCOME_REFUSED, "not_invited");
  EXPECT_NE(town_.last_event_of("stig").meeting_ref(), "");
  const Person& anna = town_.person("anna");
  const std::string absent = meeting.participants.at("sven");
  const std::string deputy = anna.did({"meeting", "add-participant", meeting.number, "--account",
                                       "stig", "--deputy-for", absent})["participant"];
  anna.did({"meeting", "open", meeting.number, "--version", "1"});
  anna.did({"attendance", "record", meeting.number, absent, "--status", "deputised"});
  anna.did({"attendance", "record", meeting.number, deputy, "--status", "present"});

  EXPECT_EQ(stig.did({"agenda", "list", meeting.number})["items"].size(), 11U);
  EXPECT_EQ(whole(stig.sspf({"case", "show", number_})),
            whole(stig.sspf({"case", "show", missing_case})));
  EXPECT_THAT(stig.did({"case", "list"})["cases"], IsEmpty());
  anna.did({"case", "assign", number_, "stig"});
  EXPECT_EQ(stig.did({"agenda", "list", meeting.number})["items"].size(), 12U);
  EXPECT_EQ(stig.did({"case", "show", number_})["case"]["number"], number_);
}

}  // namespace
}  // namespace sspf::test
