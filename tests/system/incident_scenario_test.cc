// SPDX-License-Identifier: Apache-2.0
//
// An incident, by security staff at the real `sspf` (domain.md 6, step 9): the account is
// suspended, the bundle for the authorities is made, and whoever gets it judges it without the
// server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/places/places.h"
#include "tests/support/town.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

struct IncidentScenario : testing::Test {
  Town town;
  const std::string number = town.mapped_case();
  const Person& ulla = town.person("ulla");
  const fs::path folder = town.site().folder() / "bundle";

  void SetUp() override {
    v1::GetCaseRequest request;
    request.set_case_number(number);
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE(town.caller("frida").try_call("sspf.v1.CaseService/GetCase", request));
    }
  }
  Words exporting(const std::string& account) const {
    return {"incident",  "export", "--municipality",     "TYR",          "--known-at", day(0),
            "--account", account,  "--output-directory", folder.string()};
  }
  std::string verifier_key() const {
    const auto file = ulla.folder() / "contexts" / "localhost" / "context.json";
    return json::parse(read_whole(file)).at("log_verifier_key");
  }
  // By both verifiers.
  int verified() const {
    const Words against{folder.string(), "--key", verifier_key()};
    Words own{"incident", "verify"};
    own.insert(own.end(), against.begin(), against.end());
    Start other;
    other.words = {"/usr/bin/python3",
                   (source_folder() / "tests/oracle/sspf_incident.py").string()};
    other.words.insert(other.words.end(), against.begin(), against.end());
    const int code = ulla.sspf(own).exit_code;
    const Ended judged = run(other);
    EXPECT_EQ(judged.exit_code, code) << judged.out << judged.err;
    return code;
  }
};

TEST_F(IncidentScenario, TheBundleIsMadeSealedListedAndVerified) {
  v1::SuspendAccountRequest suspend;
  suspend.set_handle("frida");
  town.caller("root").get<v1::SuspendAccountResponse>("sspf.v1.AccountService/SuspendAccount",
                                                      suspend);
  const json made = ulla.did(exporting("frida"));
  const std::string incident = made["incident"];
  EXPECT_THAT(incident, HasSubstr("TYR-I-"));
  const auto owner = fs::perms::owner_read | fs::perms::owner_write;
  EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(folder / "events").permissions(), fs::perms::owner_all);
  std::size_t receipts = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_directory()) continue;
    EXPECT_EQ(entry.status().permissions(), owner) << entry.path();
    const std::string name = entry.path().lexically_relative(folder).string();
    EXPECT_THAT(name, Not(HasSubstr("frida")));
    EXPECT_THAT(read_whole(entry.path()), Not(HasSubstr("Testsson"))) << name;
    if (name.starts_with("events/")) ++receipts;
  }
  EXPECT_EQ(std::to_string(receipts), made["events"]);
  const json timeline = json::parse(read_whole(folder / "timeline.json"));
  EXPECT_EQ(timeline["events"].size(), receipts);
  EXPECT_EQ(timeline["municipality"], "TYR");
  EXPECT_THAT(read_whole(folder / "timeline.txt"), HasSubstr("frida"));
  EXPECT_EQ(verified(), 0);

  const json listed = ulla.did({"incident", "list", "--municipality", "TYR"})["exports"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["incident"], incident);
  EXPECT_EQ(listed[0]["exportedByHandle"], "ulla");

  // What is there is never written over.
  EXPECT_EQ(ulla.refused(1, exporting("frida"))["code"], "local");
  EXPECT_EQ(verified(), 0);
  std::ofstream(folder / "timeline.txt", std::ios::app) << "x";
  EXPECT_EQ(verified(), 1);
}

TEST_F(IncidentScenario, WhereNothingIsSealedNothingIsLeft) {
  EXPECT_EQ(town.person("anna").refused(3, exporting("frida"))["reason"], "role_missing");
  EXPECT_FALSE(fs::exists(folder));
  EXPECT_EQ(ulla.refused(1, exporting("ingen.alls"))["code"], "local");
  EXPECT_FALSE(fs::exists(folder));
  Words trial = exporting("frida");
  trial.emplace_back("--dry-run");
  EXPECT_EQ(ulla.sspf(trial).exit_code, 0);
  EXPECT_FALSE(fs::exists(folder));
  EXPECT_TRUE(ulla.did({"incident", "list", "--municipality", "TYR"})["exports"].empty());
}

TEST_F(IncidentScenario, DetailsOfAnEventAreShownAndThoseOfARecentMonthNotErased) {
  const json events = ulla.did({"audit", "list", "--account", "frida"})["events"];
  const json details = ulla.did({"audit", "details", events[0]["sequence"]});
  EXPECT_THAT(details["peerAddress"].get<std::string>(), HasSubstr("127.0.0.1"));
  EXPECT_EQ(ulla.refused(6, {"audit", "erase-details", "--municipality", "TYR", "--month",
                             day(0).substr(0, 7)})["reason"],
            "details_too_recent");
  EXPECT_TRUE(ulla.did({"audit", "erasures", "--municipality", "TYR"})["erasures"].empty());
}

}  // namespace
}  // namespace sspf::test
