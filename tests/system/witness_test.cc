// SPDX-License-Identifier: Apache-2.0
//
// The real server and real witnesses: what one of them missing does and does not do, and that a log
// which somebody has seen otherwise stays closed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <thread>

#include "crypto/policy.h"
#include "server/installation.h"
#include "sspf/v1/audit.pb.h"
#include "tests/places/places.h"
#include "tests/support/caller.h"
#include "tests/support/net_server.h"
#include "tests/support/site.h"
#include "tests/support/test_server.h"
#include "tests/support/witness_site.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

struct Witnesses : testing::Test {
  Witnesses() {
    for (WitnessSite* witness : {&police, &school}) {
      witness->add_log(log_key());
      witness->start();
    }
  }

  crypto::NoteVerifier log_key() const {
    OpenInstallation open(site.config(), system_clock(), OpenInstallation::CheckLog::no);
    return open.checkpointer().verifier();
  }
  std::vector<std::string> acts() const {
    OpenInstallation open(site.config(), system_clock(), OpenInstallation::CheckLog::no);
    std::vector<std::string> acts;
    for (const auto& event : events_of(open)) acts.push_back(event.rpc());
    return acts;
  }
  void settle(const std::string& lines) const {
    site.edit("[audit]\n", "[audit]\nwitness_seconds = 1\nwitness_alarm_seconds = 3\n" + lines);
    write_private(site.config_file(),
                  read_whole(site.config_file()) + police.settings() + school.settings());
  }
  crypto::Note outside_note() const {
    return crypto::parse_note(read_whole(site.config().paths.checkpoint_file)).value();
  }
  bool is_cosigned_by(const WitnessSite& witness) const {
    return crypto::cosigned_at(outside_note(), witness.key()).has_value();
  }
  // The database and the checkpoint outside, as somebody would put both back.
  void keep_copy() const {
    fs::create_directory(site.folder() / "kept");
    for (const char* const folder : {"data", "log"}) {
      fs::copy(site.folder() / folder, site.folder() / "kept" / folder,
               fs::copy_options::recursive);
    }
  }
  void put_back_copy() const {
    for (const char* const folder : {"data", "log"}) {
      fs::remove_all(site.folder() / folder);
      fs::copy(site.folder() / "kept" / folder, site.folder() / folder,
               fs::copy_options::recursive);
    }
  }
  // More events than before, other ones each time.
  static void make_events(const SiteServer& server, int count) {
    Caller nobody(server.port(), std::nullopt);
    for (int i = 0; i < count; ++i) {
      nobody.outcome("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
    }
  }
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(site.folder())) {
      if (entry.is_regular_file() && entry.path().filename() != "lock") {
        found[entry.path().string()] = read_whole(entry.path());
      }
    }
    return found;
  }

  const Site site;
  WitnessSite police{"polisen.example/vittne"};
  WitnessSite school{"skolan.example/vittne"};
};

bool within_seconds(int seconds, const std::function<bool()>& condition) {
  for (int i = 0; i < (seconds + 9) / 10; ++i) {
    if (eventually(condition)) return true;
  }
  return condition();
}

std::string newest_note(Caller& caller) {
  return caller
      .get<v1::GetCheckpointResponse>("sspf.v1.AuditService/GetCheckpoint",
                                      v1::GetCheckpointRequest())
      .checkpoint_note();
}

TEST_F(Witnesses, OneOfThemCutOffStopsNothing) {
  settle("");
  const crypto::NoteVerifier log = log_key();
  SiteServer server(site);
  Caller root(server.port(), enroll(server.port(), site.code()));
  ASSERT_TRUE(within_seconds(20, [&] { return is_cosigned_by(police) && is_cosigned_by(school); }));
  EXPECT_TRUE(crypto::verify_note(outside_note(), log));

  school.kill();
  const std::string trouble = "event=witness_trouble witness=\"skolan.example/vittne\"";
  ASSERT_TRUE(within_seconds(20, [&] { return server.log().find(trouble) != std::string::npos; }));
  root.get<v1::WhoAmIResponse>("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
  std::this_thread::sleep_for(std::chrono::seconds(4));
  EXPECT_TRUE(is_cosigned_by(police));
  EXPECT_FALSE(is_cosigned_by(school));
  EXPECT_THAT(server.log(), Not(HasSubstr("event=witness_silent")));
  EXPECT_LE(server.metric("sspf_witness_silent_seconds"), 3U);

  school.start();
  ASSERT_TRUE(within_seconds(20, [&] { return is_cosigned_by(school); }));
  EXPECT_EQ(server.stop(), 0);
  EXPECT_THAT(acts(), Not(testing::Contains("server/witness_silent")));
}

TEST_F(Witnesses, WhatTheyCosignIsVerifiedByAProgramOfOthers) {
  settle("");
  const crypto::NoteVerifier log = log_key();
  SiteServer server(site);
  Caller root(server.port(), enroll(server.port(), site.code()));
  std::string note;
  // The call itself is an event: a moment later the newest checkpoint is one without lines again.
  ASSERT_TRUE(within_seconds(30, [&] {
    std::this_thread::sleep_for(std::chrono::seconds(4));
    note = newest_note(root);
    const auto read = crypto::parse_note(note).value();
    return crypto::cosigned_at(read, police.key()) && crypto::cosigned_at(read, school.key());
  }));
  const fs::path file = site.folder() / "note";
  const auto names = [&](const std::string& content) {
    write_private(file, content);
    const Ended ended = run(
        {{"/usr/bin/env", "python3", (source_folder() / "tests/tools/verify_cosigned.py").string(),
          file.string(), log.text(), police.key().text(), school.key().text()},
         {}});
    return ended.out + ended.err;
  };
  EXPECT_EQ(names(note), log.name + "\npolisen.example/vittne\nskolan.example/vittne\n");
  // Another number of events: no signature holds.
  std::string changed = note;
  changed.insert(changed.find('\n') + 1, "1");
  EXPECT_EQ(names(changed), "");
  // And so by a policy.
  const auto policy = crypto::Policy::parse(
      "log " + log.text() + "\nwitness polisen " + police.key().text() + "\nwitness skolan " +
      school.key().text() + "\ngroup alla all polisen skolan\nquorum alla\n");
  EXPECT_TRUE(std::get<crypto::Policy>(policy).accepts(crypto::parse_note(note).value()));
  EXPECT_EQ(server.stop(), 0);
}

TEST_F(Witnesses, TheirSilenceIsAnAlarmOnceAndItsEndIsTold) {
  settle("witness_quorum = 2\n");
  SiteServer server(site);
  ASSERT_TRUE(within_seconds(20, [&] { return is_cosigned_by(police); }));
  police.kill();
  ASSERT_TRUE(within_seconds(
      20, [&] { return server.log().find("event=witness_silent") != std::string::npos; }));
  EXPECT_GE(server.metric("sspf_witness_silent_seconds"), 3U);
  std::this_thread::sleep_for(std::chrono::seconds(2));
  police.start();
  ASSERT_TRUE(within_seconds(
      20, [&] { return server.log().find("event=witness_heard") != std::string::npos; }));
  EXPECT_LE(server.metric("sspf_witness_silent_seconds"), 3U);
  EXPECT_EQ(server.stop(), 0);
  const auto all = acts();
  EXPECT_EQ(std::count(all.begin(), all.end(), "server/witness_silent"), 1);
  EXPECT_EQ(std::count(all.begin(), all.end(), "server/witness_heard"), 1);
}

TEST_F(Witnesses, RequiredTheyHoldTheExportUntilBothAreThere) {
  settle("witness_quorum = 2\nwitness_required = true\n");
  SiteServer server(site);
  Caller root(server.port(), enroll(server.port(), site.code()));
  make_directory(root);
  const std::string code = make_account(root, {"ulla.uhr", "TYR-SSPF", v1::ROLE_AUDITOR, ""});
  Caller auditor(server.port(), enroll(server.port(), code));
  const auto exported = [&] {
    return auditor.outcome("sspf.v1.AuditService/ExportEvents", v1::ExportEventsRequest());
  };
  EXPECT_EQ(exported(), "ok");
  school.kill();
  ASSERT_TRUE(within_seconds(20, [&] { return exported() == "unavailable/not_witnessed"; }));
  // Everything else goes on.
  auditor.get<v1::WhoAmIResponse>("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
  school.start();
  EXPECT_TRUE(within_seconds(20, [&] { return exported() == "ok"; }));
  EXPECT_EQ(server.stop(), 0);

  // And with one of them missing the server does not open at all.
  school.kill();
  const Ended closed = site.sspfd({"serve"});
  EXPECT_EQ(closed.exit_code, 5);
  EXPECT_THAT(closed.err, HasSubstr("1 of the 2 witnesses that it takes answer"));
}

TEST_F(Witnesses, WithoutThemTheServerOpensAndSaysSo) {
  settle("");
  police.kill();
  school.kill();
  SiteServer server(site);
  EXPECT_THAT(server.log(), HasSubstr("event=witness_trouble"));
  EXPECT_EQ(server.stop(), 0);
  const Ended checked = site.sspfd({"check"});
  EXPECT_EQ(checked.exit_code, 0);
  EXPECT_THAT(checked.out, HasSubstr("warning: the witness polisen.example/vittne: it does not"));
}

// Database and outside checkpoint of yesterday, together: everything here is as it was, and only
// who is elsewhere knows more.
TEST_F(Witnesses, ARollbackOfEverythingHereIsSeenByThemAlone) {
  settle("");
  keep_copy();
  {
    SiteServer server(site);
    make_events(server, 3);
    ASSERT_TRUE(within_seconds(20, [&] {
      const auto checkpoint = crypto::parse_checkpoint(outside_note().text).value();
      return checkpoint.size > 4 && is_cosigned_by(police);
    }));
    EXPECT_EQ(server.stop(), 0);
  }
  EXPECT_EQ(site.sspfd({"check"}).exit_code, 0);
  put_back_copy();
  school.kill();
  const auto before = files();
  const Ended served = site.sspfd({"serve"});
  EXPECT_EQ(served.exit_code, 5) << served.err;
  EXPECT_THAT(served.err, HasSubstr("the witness polisen.example/vittne disagrees: it has "
                                    "cosigned"));
  const Ended checked = site.sspfd({"check"});
  EXPECT_EQ(checked.exit_code, 5);
  EXPECT_THAT(checked.out, HasSubstr("wrong: the witness polisen.example/vittne disagrees"));
  EXPECT_EQ(files(), before);
}

// After a rollback that nobody noticed in time the log has grown beyond what was seen, otherwise.
TEST_F(Witnesses, AForkedLogClosesTheServerWhenAWitnessSeesIt) {
  settle("");
  keep_copy();
  {
    SiteServer server(site);
    make_events(server, 3);
    ASSERT_TRUE(within_seconds(20, [&] { return is_cosigned_by(police); }));
    EXPECT_EQ(server.stop(), 0);
  }
  police.kill();
  school.kill();
  put_back_copy();
  {
    SiteServer server(site);
    make_events(server, 30);
    police.start();
    ASSERT_EQ(server.program().exit_code(std::chrono::seconds(20)), 5) << server.log();
    EXPECT_THAT(server.log(), HasSubstr("event=closed"));
    EXPECT_THAT(server.log(), HasSubstr("that ours are not the continuation of"));
  }
  EXPECT_EQ(acts().back(), "server/witness_disagrees");
  // Nor does it open again.
  const Ended again = site.sspfd({"serve"});
  EXPECT_EQ(again.exit_code, 5);
  EXPECT_THAT(again.err, HasSubstr("that ours are not the continuation of"));
}

}  // namespace
}  // namespace sspf::test
