// SPDX-License-Identifier: Apache-2.0
//
// The coordinator's days (domain.md 6), from the referral to the end of the case, through the real
// command against the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class Coordinator : public testing::Test {
 protected:
  // The words of a referral of a fifteen-year-old with this number.
  Words referral(const std::string& number) {
    return {"case",
            "create",
            "--municipality",
            "TYR",
            "--kind",
            "individual",
            "--title",
            town_.in_file("Test Testsson"),
            "--identity-number",
            town_.in_file(number),
            "--birth-date",
            town_.in_file(fifteen_years_ago()),
            "--referring-agency",
            "TYR-SKO",
            "--concern",
            town_.in_file("Ökad frånvaro sedan terminsstarten.")};
  }
  Words consent(const std::string& case_number, const Words& signatories) {
    Words words{"consent", "record", case_number, "--valid-from", day(-1), "--valid-to", day(90)};
    words.insert(
        words.end(),
        {"--agency", "TYR-SKO,TYR-SOC", "--kind", "identity,mapping,plan,minutes", "--purpose",
         "mapping,planning,follow-up", "--basis", "OSL-12-2", "--gdpr", "public-task",
         "--guardians", "2", "--form", town_.in_file("Underskriven blankett")});
    for (const std::string& signatory : signatories) {
      words.insert(words.end(), {"--signatory",
                                 signatory + ":" + day(-1) + ":" + town_.in_file("Namn Namnsson")});
    }
    return words;
  }
  Words to_state(const std::string& case_number, const std::string& state) {
    return {
        "case", "advance", case_number, "--version", std::to_string(town_.version_of(case_number)),
        "--to", state};
  }
  Words attendance(const TownMeeting& meeting, const std::string& handle, const Words& more) {
    Words words{"attendance", "record", meeting.number, meeting.participants.at(handle)};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  void expect_refused(const std::string& handle, const std::string& told,
                      const std::string& cause) {
    const v1::EventView event = town_.last_event_of(handle);
    EXPECT_EQ(event.outcome(), v1::OUTCOME_REFUSED);
    EXPECT_EQ(event.told_reason(), told);
    EXPECT_EQ(event.cause_reason(), cause);
  }

  Town town_;
  const Person& anna_ = town_.person("anna");
};

TEST_F(Coordinator, SeesTheOwnMunicipalityAlone) {
  const std::string number = town_.mapped_case();
  const json me = anna_.did({"whoami"});
  EXPECT_EQ(me["api"], "sspf/v1");
  EXPECT_EQ(me["account"]["handle"], "anna");
  EXPECT_EQ(me["account"]["roles"],
            json::parse(R"([{"role":"ROLE_COORDINATOR","municipalityCode":"TYR"}])"));
  const json cases = anna_.did({"case", "list"})["cases"];
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases[0]["number"], number);
  EXPECT_EQ(cases[0]["identityNumber"], "");  // a list is no register of persons

  const Person& nils = town_.person("nils");
  EXPECT_THAT(nils.did({"case", "list"})["cases"], IsEmpty());
  EXPECT_THAT(nils.did({"meeting", "list"})["meetings"], IsEmpty());
  const std::string none = whole(nils.sspf({"case", "show", missing_case}));
  expect_refused("nils", "not_found", "not_found");
  EXPECT_EQ(whole(nils.sspf({"case", "show", number})), none);
  expect_refused("nils", "not_found", "not_assigned");
  EXPECT_EQ(nils.refused(5, {"agenda", "show-template", "TYR"})["code"], "not_found");
}

TEST_F(Coordinator, RegistersAReferralAndFindsADuplicateByTheNumberAlone) {
  const json made = anna_.did(referral(town_number));
  EXPECT_THAT(made["warnings"],
              UnorderedElementsAre("no_consent_in_force", "guardian_signature_missing",
                                   "youth_signature_missing"));
  const json again = anna_.refused(6, referral(town_number));
  EXPECT_EQ(again["code"], "already_exists");
  EXPECT_EQ(again["reason"], "case_exists");
  EXPECT_EQ(again["field"], "identity_number");
  EXPECT_EQ(anna_.did({"case", "list"})["cases"].size(), 1U);

  const auto find = [&](const std::string& number) {
    return Words{
        "case", "find", "--municipality", "TYR", "--identity-number", town_.in_file(number)};
  };
  const json found = anna_.did(find("20110523-2399"))["cases"];
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["number"], made["number"]);
  EXPECT_EQ(found[0]["identityNumber"], town_number);
  EXPECT_EQ(found[0]["age"], 15);
  EXPECT_THAT(anna_.did(find("201302222391"))["cases"], IsEmpty());

  const json wrong = anna_.refused(1, referral("201105232398"));
  EXPECT_EQ(wrong["code"], "invalid_argument");
  EXPECT_EQ(wrong["reason"], "wrong_check_digit");
  EXPECT_EQ(wrong["field"], "identity_number");
  EXPECT_EQ(wrong["message"], "identity_number has a wrong check digit.");
  const Ended swedish = anna_.sspf([&] {
    Words words = find("201105232398");
    words.insert(words.end(), {"--lang", "sv"});
    return words;
  }());
  EXPECT_EQ(whole(swedish), "exit 1\n\nsspf: --identity-number har fel kontrollsiffra.\n");
}

TEST_F(Coordinator, KeepsNamesAndNumbersOffTheCommandLine) {
  Words words = referral(town_number);
  words[7] = "Test Testsson";
  const json error = anna_.refused(1, words);
  EXPECT_EQ(error["code"], "usage");
  EXPECT_EQ(error["field"], "title");
  EXPECT_THAT(error["message"], HasSubstr("--title must not be written on the command line"));
  EXPECT_THAT(error.dump(), Not(HasSubstr("Testsson")));
  words = referral(town_number);
  words.erase(words.begin() + 6, words.begin() + 8);
  const json missing = anna_.refused(1, words);
  EXPECT_EQ(missing["field"], "title");
  EXPECT_EQ(missing["message"], "--title is missing.");
  EXPECT_THAT(anna_.did({"case", "list"})["cases"], IsEmpty());
}

TEST_F(Coordinator, CannotMapAFifteenYearOldWhoHasNotSigned) {
  const std::string number = anna_.did(referral(town_number))["number"];
  anna_.did(to_state(number, "consent-pending"));
  const json one = anna_.did(consent(number, {"guardian", "guardian"}));
  EXPECT_THAT(one["warnings"],
              UnorderedElementsAre("youth_signature_missing", "no_consent_in_force"));
  const std::uint64_t version = town_.version_of(number);
  const json refused = anna_.refused(6, to_state(number, "mapping"));
  EXPECT_EQ(refused["code"], "failed_precondition");
  EXPECT_EQ(refused["reason"], "no_consent_in_force");
  EXPECT_EQ(town_.version_of(number), version);
  const json shown = anna_.did({"case", "show", number})["case"];
  EXPECT_EQ(shown["state"], "CASE_STATE_CONSENT_PENDING");

  EXPECT_THAT(anna_.did(consent(number, {"guardian", "guardian", "youth"}))["warnings"], IsEmpty());
  EXPECT_EQ(anna_.did(to_state(number, "mapping"))["state"], "CASE_STATE_MAPPING");
  const json consents = anna_.did({"consent", "list", number})["consents"];
  ASSERT_EQ(consents.size(), 2U);
  EXPECT_EQ(consents[0]["inForce"], false);
  EXPECT_EQ(consents[1]["inForce"], true);
  EXPECT_EQ(consents[1]["signatories"].size(), 3U);
  EXPECT_THAT(consents[1]["agencyCodes"], UnorderedElementsAre("TYR-SKO", "TYR-SOC"));
  const Ended swedish = anna_.sspf({"case", "show", number, "--lang", "sv"});
  EXPECT_THAT(swedish.out, HasSubstr("\nLäge             kartläggning\n"));
  EXPECT_THAT(swedish.out, HasSubstr("\nÅlder            15\n"));
}

TEST_F(Coordinator, BuildsAnAgendaWhoseCaseThePoliceCannotTell) {
  const std::string number = town_.mapped_case();
  const json plan = anna_.did({"agenda", "show-template", "TYR"});
  const json made =
      anna_.did({"meeting", "create", "--municipality", "TYR", "--starts", day(7) + "T13:00",
                 "--ends", day(7) + "T15:00", "--place", town_.in_file("Rum Tyresta")});
  const std::string meeting = made["number"];
  const json from_template = anna_.did({"agenda", "list", meeting})["items"];
  ASSERT_EQ(from_template.size(), plan["items"].size());
  for (std::size_t i = 0; i < from_template.size(); ++i) {
    EXPECT_EQ(from_template[i]["title"], plan["items"][i]["title"]);
  }
  for (const char* handle : {"sven", "per"}) {
    anna_.did({"meeting", "add-participant", meeting, "--account", handle});
  }
  const Person& per = town_.person("per");
  const std::string before = whole(per.sspf({"agenda", "list", meeting}));
  const std::string third = from_template[2]["item"];
  const std::string item = anna_.did(
      {"agenda", "add", meeting, "--kind", "case", "--case", number, "--after", third})["item"];
  EXPECT_EQ(whole(per.sspf({"agenda", "list", meeting})), before);
  EXPECT_THAT(before, Not(HasSubstr(number)));
  const json seen = town_.person("sven").did({"agenda", "list", meeting})["items"];
  ASSERT_EQ(seen.size(), from_template.size() + 1);
  EXPECT_EQ(seen[3]["item"], item);
  EXPECT_EQ(seen[3]["caseNumber"], number);
  EXPECT_EQ(seen[3]["title"], number);
}

TEST_F(Coordinator, TakesAttendanceForEachItemAndLocksTheMeeting) {
  const TownMeeting meeting = town_.meeting_about(town_.mapped_case());
  EXPECT_EQ(anna_.refused(6, attendance(meeting, "sven", {"--status", "present"}))["reason"],
            "meeting_not_open");
  anna_.did({"meeting", "open", meeting.number, "--version", "1"});
  anna_.did(attendance(meeting, "sven", {"--status", "present"}));
  anna_.did(attendance(meeting, "sven", {"--item", meeting.item, "--status", "present"}));
  const json heard =
      anna_.refused(6, attendance(meeting, "per", {"--item", meeting.item, "--status", "present"}));
  EXPECT_EQ(heard["reason"], "outside_consent");
  anna_.did(attendance(meeting, "per", {"--item", meeting.item, "--status", "stepped-out"}));
  const auto row_of = [&](const char* handle, const std::string& item, const std::string& status) {
    return json{{"participant", meeting.participants.at(handle)}, {"handle", handle},
                {"name", std::string("Test ") + handle},          {"item", item},
                {"status", "ATTENDANCE_STATUS_" + status},        {"version", "1"}};
  };
  json listed = anna_.did({"attendance", "list", meeting.number})["attendances"];
  for (json& row : listed) {
    EXPECT_EQ(row["authorHandle"], "anna");
    for (const char* key : {"authorHandle", "recordedAt"}) EXPECT_EQ(row.erase(key), 1U);
  }
  EXPECT_THAT(listed, UnorderedElementsAre(row_of("sven", "", "PRESENT"),
                                           row_of("sven", meeting.item, "PRESENT"),
                                           row_of("per", meeting.item, "STEPPED_OUT")));
  const Words minutes{"agenda",       "record",
                      meeting.number, meeting.item,
                      "--version",    "1",
                      "--notes",      town_.in_file("Skolan och socialtjänsten redogjorde."),
                      "--decision",   town_.in_file("En åtagandeplan skrivs.")};
  anna_.did(minutes);
  anna_.did({"meeting", "close", meeting.number, "--version", "2"});
  for (const Words& write :
       {minutes, attendance(meeting, "sven", {"--status", "absent", "--version", "1"}),
        Words{"agenda", "remove", meeting.number, meeting.item, "--version", "2"}}) {
    EXPECT_EQ(anna_.refused(6, write)["reason"], "meeting_closed");
  }
  const std::string read = town_.person("sven").sspf({"agenda", "minutes", meeting.number}).out;
  EXPECT_THAT(read, HasSubstr("Skolan och socialtjänsten redogjorde."));
  EXPECT_THAT(read, HasSubstr("En åtagandeplan skrivs."));
  EXPECT_EQ(
      whole(anna_.sspf({"meeting", "open", meeting.number, "--version", "3", "--lang", "sv"})),
      "exit 6\n\nsspf: Mötet är stängt och kan inte ändras.\n");
}

TEST_F(Coordinator, WritesAPlanInWhichEveryCommitmentHasAnOwnerAndADay) {
  const std::string number = town_.mapped_case();
  const json made = anna_.did({"plan", "create", number, "--goal", town_.in_file("Närvaro\nSömn"),
                               "--review-date", day(60)});
  EXPECT_EQ(made["version"], "1");
  EXPECT_EQ(anna_.refused(6, {"plan", "create", number, "--goal", town_.in_file("Igen"),
                              "--review-date", day(60)})["reason"],
            "plan_exists");
  const Words whole_draft{"commitment",
                          "add",
                          number,
                          "--agency",
                          "TYR-SKO",
                          "--due",
                          day(30),
                          "--responsible",
                          town_.in_file("Sven, mentor"),
                          "--action",
                          town_.in_file("Ringer hem.")};
  const auto without = [&](std::ptrdiff_t flag) {
    Words words = whole_draft;
    words.erase(words.begin() + flag, words.begin() + flag + 2);
    return anna_.refused(1, words)["field"];
  };
  EXPECT_EQ(without(3), "draft.agency_code");
  EXPECT_EQ(without(5), "draft.due_date");
  EXPECT_EQ(without(7), "draft.responsible");
  const std::string empty_draft =
      town_.in_file(R"({"draft":{"agencyCode":"TYR-SKO","responsible":"Sven","action":"Ringer"}})")
          .substr(1);
  EXPECT_EQ(anna_.refused(1, {"commitment", "add", number, "--from", empty_draft})["field"],
            "draft.due_date");
  const json shown = anna_.did({"plan", "show", number});
  EXPECT_THAT(shown["plan"]["content"]["goals"], ElementsAre("Närvaro", "Sömn"));
  EXPECT_THAT(shown["commitments"], IsEmpty());
  const std::string added = anna_.did(whole_draft)["commitment"];
  const json one = anna_.did({"plan", "show", number})["commitments"];
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0]["commitment"], added);
  EXPECT_EQ(one[0]["rag"], "RAG_STATUS_UNSPECIFIED");  // until it is followed up
}

}  // namespace
}  // namespace sspf::test
