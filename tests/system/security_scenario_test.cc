// SPDX-License-Identifier: Apache-2.0
//
// The security staff's month (domain.md 6), through the real command against the real server. Its
// clock is today's, so the campaign is of a part of the running month.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/months.h"
#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

struct SecurityStaff : testing::Test {
  Town town;
  const std::string number = town.mapped_case();
  const Person& ulla = town.person("ulla");

  void SetUp() override {
    v1::GetCaseRequest request;
    request.set_case_number(number);
    for (const char* handle : {"sven", "frida", "frida", "frida"}) {
      ASSERT_TRUE(town.caller(handle).try_call("sspf.v1.CaseService/GetCase", request));
    }
  }
  json did(Words words) {
    words.insert(words.end(), {"--municipality", "TYR"});
    return ulla.did(words);
  }
  json refused(int exit_code, Words words) {
    words.insert(words.end(), {"--municipality", "TYR"});
    return ulla.refused(exit_code, words);
  }
  // Empty when there is none.
  json item_of(const std::string& campaign, const std::string& handle) {
    const json listed = did({"review", "items", campaign});
    for (const json& item : listed["items"]) {
      if (item["account"] == handle) return item;
    }
    return {};
  }
};

// Steps 1 and 2.
TEST_F(SecurityStaff, SeesNoCaseAndVerifiesTheLog) {
  EXPECT_EQ(ulla.refused(5, {"case", "show", number})["code"], "not_found");
  const std::string file = (town.site().folder() / "exported").string();
  ulla.did({"audit", "export", file});
  EXPECT_EQ(ulla.sspf({"audit", "verify", file}).exit_code, 0);
}

// Step 6: the number to the one who asked, once, when another auditor has approved; never a name.
TEST_F(SecurityStaff, LearnsWhichCaseItIsWithAnother) {
  const json events = ulla.did({"audit", "list", "--account", "frida", "--outcome", "refused"});
  const std::string reference = events["events"][0]["caseRef"];
  const std::string asked = did({"review", "reidentify", reference, "--reason",
                                 town.in_file("Incident.")})["reidentification"];
  EXPECT_EQ(refused(6, {"review", "reveal", asked})["reason"], "not_approved");
  EXPECT_EQ(refused(6, {"review", "approve", asked})["reason"], "own_act");
  town.person("uno").did({"review", "approve", asked, "--municipality", "TYR"});
  const json shown = did({"review", "reveal", asked});
  EXPECT_EQ(shown["caseNumber"], number);
  EXPECT_THAT(shown.dump(), Not(HasSubstr("Testsson")));
  EXPECT_EQ(refused(6, {"review", "reveal", asked})["reason"], "shown_already");
  EXPECT_EQ(town.last_event_of("uno").rpc(),
            "sspf.v1.ReidentificationService/ApproveReidentification");
}

// Step 8. One command, and the next call of what was signed in before is refused.
TEST_F(SecurityStaff, HasAnAccountSuspendedWhoseNextCallIsRefused) {
  const Person& frida = town.person("frida");
  frida.did({"case", "list"});
  town.person("rut").did({"account", "suspend", "frida"});
  EXPECT_EQ(frida.refused(4, {"case", "list"})["code"], "unauthenticated");
  const json calls = ulla.did({"audit", "list", "--outcome", "refused"});
  EXPECT_EQ(calls["events"].back()["causeReason"], "account_suspended");
}

TEST_F(SecurityStaff, DrawsJudgesAsksAndSigns) {
  const std::string month = month_of(day(0));
  EXPECT_EQ(refused(6, {"review", "open", "--month", month})["reason"], "period_not_over");
  const std::string campaign = did({"review", "open", "--month", month, "--partial"})["campaign"];
  did({"review", "draw", campaign});
  EXPECT_EQ(refused(6, {"review", "draw", campaign})["reason"], "drawn_already");

  const json denied = item_of(campaign, "frida");
  ASSERT_FALSE(denied.empty());
  EXPECT_THAT(denied["rules"].dump(), HasSubstr("REVIEW_RULE_DENIED"));
  const std::string all = did({"review", "items", campaign}).dump();
  for (const std::string& secret : {number, std::string("Testsson"), fifteen_years_ago()}) {
    EXPECT_THAT(all, Not(HasSubstr(secret)));
  }

  const std::string item = denied["reviewItem"];
  did({"review", "ask", item, "--account", "anna", "--question", town.in_file("Varför?")});
  const Person& anna = town.person("anna");
  const json asked = anna.did({"review", "questions"})["enquiries"][0];
  EXPECT_EQ(asked["account"], "frida");
  EXPECT_EQ(refused(6, {"review", "sign-off", campaign})["reason"], "not_judged");
  anna.did({"review", "answer", asked["reviewQuestion"], "--answer", town.in_file("Fel nummer.")});
  const json listed = did({"review", "items", campaign});
  for (const json& each : listed["items"]) {
    did({"review", "verdict", each["reviewItem"], "--version", "0", "--verdict", "justified"});
  }
  did({"review", "verdict", item, "--version", "1", "--verdict", "not-justified", "--comment",
       town.in_file("Prövade tre gånger.")});
  did({"review", "escalate", item, "--text", town.in_file("Tre försök.")});
  did({"review", "sign-off", campaign});
  const json report = did({"review", "report", campaign});
  EXPECT_EQ(report["campaign"]["state"], "REVIEW_STATE_SIGNED_OFF");
  EXPECT_EQ(report["campaign"]["partial"], true);
  EXPECT_EQ(report["incidents"].size(), 1U);
  EXPECT_EQ(town.last_event_of("ulla").rpc(), "sspf.v1.ReviewService/GetReviewReport");
}

}  // namespace
}  // namespace sspf::test
