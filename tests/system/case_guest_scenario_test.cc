// SPDX-License-Identifier: Apache-2.0
//
// A guardian at a meeting, through the real command against the real server: seen with the case,
// and by nobody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/town.h"

namespace sspf::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr auto guardian = "Vera Vårdnadshavare";

class CaseGuest : public testing::Test {
 protected:
  // Its reference.
  std::string come() {
    return anna_.did({"meeting", "add-participant", meeting_.number, "--guest",
                      town_.in_file(guardian), "--case", number_})["participant"];
  }
  std::string read(const std::string& handle, const Words& words) {
    return whole(town_.person(handle).sspf(words));
  }

  Town town_;
  const Person& anna_ = town_.person("anna");
  const std::string number_ = town_.mapped_case();
  const TownMeeting meeting_ = town_.meeting_about(number_);
  const Words participants_{"meeting", "participants", meeting_.number, "--lang", "sv"};
};

TEST_F(CaseGuest, IsListedWithTheCaseAndOtherwiseNotAtAll) {
  const std::string before = read("per", participants_);
  const std::string ref = come();
  EXPECT_EQ(read("per", participants_), before);
  EXPECT_THAT(before, HasSubstr("exit 0"));
  const std::string seen = read("sven", participants_);
  EXPECT_THAT(seen, HasSubstr(guardian));
  EXPECT_THAT(seen, HasSubstr(number_));
  const json rows = anna_.did({"meeting", "participants", meeting_.number})["participants"];
  EXPECT_EQ(rows.back()["participant"], ref);
  EXPECT_EQ(rows.back()["caseNumber"], number_);
}

TEST_F(CaseGuest, IsNoAccount) {
  const json error = anna_.refused(
      1, {"meeting", "add-participant", meeting_.number, "--account", "frida", "--case", number_});
  EXPECT_EQ(error["reason"], "unexpected");
  EXPECT_EQ(error["field"], "case_number");
}

TEST_F(CaseGuest, TheHelpSaysWhenToGiveTheCase) {
  const std::string help = read("anna", {"help", "meeting", "add-participant", "--lang", "sv"});
  EXPECT_THAT(help, HasSubstr("--case ÄRENDE"));
  EXPECT_THAT(help, HasSubstr("vårdnadshavare"));
}

TEST_F(CaseGuest, TheHistoryOfAttendanceShowsWhatWasChangedAndByWhom) {
  const std::string ref = come();
  anna_.did({"meeting", "open", meeting_.number, "--version", "1"});
  anna_.did({"attendance", "record", meeting_.number, ref, "--status", "present"});
  town_.person("bo").did(
      {"attendance", "record", meeting_.number, ref, "--status", "stepped-out", "--version", "1"});
  const Words list{"attendance", "list", meeting_.number};
  const json newest = anna_.did(list)["attendances"];
  ASSERT_EQ(newest.size(), 1U);
  EXPECT_EQ(newest[0]["version"], "2");
  Words history = list;
  history.emplace_back("--history");
  const json rows = anna_.did(history)["attendances"];
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["status"], "ATTENDANCE_STATUS_PRESENT");
  EXPECT_EQ(rows[0]["authorHandle"], "anna");
  EXPECT_EQ(rows[0]["name"], guardian);
  EXPECT_EQ(rows[1], newest[0]);
  EXPECT_EQ(rows[1]["authorHandle"], "bo");
  history.insert(history.end(), {"--lang", "sv"});
  EXPECT_THAT(read("sven", history), HasSubstr(guardian));
  EXPECT_THAT(read("sven", history), HasSubstr("närvarande"));
  EXPECT_THAT(read("per", history), Not(HasSubstr(ref)));
}

}  // namespace
}  // namespace sspf::test
