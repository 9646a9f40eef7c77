// SPDX-License-Identifier: Apache-2.0
//
// How a case ends (domain.md 6): the guardian revokes the consent in the middle of the work, or the
// coordinator closes the case when the work is done. Through the real command and the real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class EndOfACase : public testing::Test {
 protected:
  Words to_state(const std::string& state) {
    return {"case", "advance", number_, "--version", std::to_string(town_.version_of(number_)),
            "--to", state};
  }
  // How the case and a case that does not exist answer the same question.
  void expect_as_if_it_did_not_exist(const Person& person, Words words) {
    const std::string of_this = whole(person.sspf(words));
    std::replace(words.begin(), words.end(), number_, std::string(missing_case));
    EXPECT_EQ(of_this, whole(person.sspf(words))) << words[0] << " " << words[1];
    EXPECT_THAT(of_this, testing::StartsWith("exit 5\n\n"));
  }

  Town town_;
  std::string number_ = town_.mapped_case();
  std::string commitment_ = town_.plan_of(number_);
  const Person& anna_ = town_.person("anna");
  const Person& sven_ = town_.person("sven");
};

TEST_F(EndOfACase, ARevokedConsentEndsAccessAtOnce) {
  const TownMeeting meeting = town_.meeting_about(number_);
  EXPECT_EQ(sven_.did({"case", "show", number_})["case"]["title"], "Test Testsson");
  EXPECT_EQ(sven_.did({"agenda", "list", meeting.number})["items"].size(), 12U);
  const json consent = anna_.did({"consent", "list", number_})["consents"][0];
  const Words revoke{"consent", "revoke", number_, consent["consent"]};
  EXPECT_NE(anna_.did(revoke)["revokedAt"], "");

  for (const Words& read :
       {Words{"case", "show", number_}, Words{"case", "notes", number_},
        Words{"plan", "show", number_}, Words{"commitment", "show", number_, commitment_}}) {
    expect_as_if_it_did_not_exist(sven_, read);
    EXPECT_EQ(town_.last_event_of("sven").cause_reason(), "not_found");
  }
  EXPECT_EQ(sven_.refused(5, {"case", "show", number_})["message"],
            "What you look for does not exist.");
  const v1::EventView denied = town_.last_event_of("sven");
  EXPECT_EQ(denied.told_reason(), "not_found");
  EXPECT_EQ(denied.cause_reason(), "no_basis");
  EXPECT_THAT(sven_.did({"case", "list"})["cases"], IsEmpty());
  const json withdrawn = sven_.did({"commitment", "list"})["commitments"];  // told so, no more
  ASSERT_EQ(withdrawn.size(), 1U);
  EXPECT_EQ(withdrawn[0]["withdrawn"], true);
  EXPECT_EQ(withdrawn[0]["action"], "");
  const std::string agenda = sven_.sspf({"agenda", "list", meeting.number}).out;
  EXPECT_THAT(agenda, Not(HasSubstr(number_)));
  EXPECT_THAT(agenda, Not(HasSubstr(meeting.item)));

  const json after = anna_.did({"case", "show", number_})["case"];
  EXPECT_EQ(after["state"], "CASE_STATE_CONSENT_REVOKED");
  EXPECT_EQ(anna_.refused(6, revoke)["reason"], "revoked_already");
}

TEST_F(EndOfACase, ARevokedConsentFreezesTheCommitments) {
  const json consent = anna_.did({"consent", "list", number_})["consents"][0];
  anna_.did({"consent", "revoke", number_, consent["consent"]});
  const Words log{"commitment", "log",   number_,    commitment_,
                  "--version",  "1",     "--status", "started",
                  "--colour",   "green", "--text",   town_.in_file("Två samtal av tre.")};
  EXPECT_EQ(anna_.refused(6, log)["reason"], "case_closed");
  EXPECT_EQ(sven_.refused(5, log)["code"], "not_found");
  EXPECT_EQ(anna_.refused(6, {"commitment", "add", number_, "--agency", "TYR-SKO", "--due", day(9),
                              "--responsible", town_.in_file("Sven"), "--action",
                              town_.in_file("Ringer hem.")})["reason"],
            "case_closed");
}

TEST_F(EndOfACase, ACaseClosesAfterFollowUpAndWithAReason) {
  const json early = anna_.refused(6, to_state("closed"));
  EXPECT_EQ(early["reason"], "state_does_not_follow");
  EXPECT_EQ(early["field"], "state");
  const std::uint64_t version = town_.version_of(number_);
  EXPECT_EQ(whole(anna_.sspf({"case", "advance", number_, "--version", std::to_string(version),
                              "--to", "closed"})),
            "exit 6\n\nsspf: The case cannot move to that state now.\n");
  anna_.did(to_state("plan-active"));
  anna_.did(to_state("follow-up"));
  const json unsaid = anna_.refused(1, to_state("closed"));
  EXPECT_EQ(unsaid["code"], "invalid_argument");
  EXPECT_EQ(unsaid["field"], "reason");
  Words close = to_state("closed");
  close.insert(close.end(), {"--reason", town_.in_file("Målen är nådda.")});
  EXPECT_EQ(anna_.did(close)["state"], "CASE_STATE_CLOSED");

  EXPECT_EQ(anna_.refused(6, to_state("follow-up"))["reason"], "case_closed");
  EXPECT_EQ(anna_.refused(6, {"case", "assign", number_, "stig"})["reason"], "case_closed");
  const Words note{"case", "add-note", number_, "--text", town_.in_file("Efteråt.")};
  EXPECT_EQ(sven_.refused(6, note)["reason"], "case_closed");
  EXPECT_THAT(anna_.did({"case", "notes", number_})["notes"], IsEmpty());
  const Ended swedish = anna_.sspf({"case", "show", number_, "--lang", "sv"});
  EXPECT_THAT(swedish.out, HasSubstr("\nLäge             avslutat\n"));
}

}  // namespace
}  // namespace sspf::test
