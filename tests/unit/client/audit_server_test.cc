// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/client/audit_server.h"

#include <gtest/gtest.h>

namespace sspf::cli {
namespace {

using test::AuditServer;
using test::event;
using test::events_of;
using test::exported;
using test::Log;
using test::run_program;
using test::Words;

TEST_F(AuditServer, TheNewestCheckpointIsRemembered) {
  show(events_of(4));
  EXPECT_EQ(checkpoint().exit, 0);
  show(events_);
  EXPECT_EQ(checkpoint().exit, 0);
  EXPECT_EQ(checkpoint().exit, 0);
  EXPECT_EQ(user_.store().checkpoint("home"), log_.note(events_));
  EXPECT_NE(run_program({"context", "show"}).out.find("newest checkpoint  7"), std::string::npos);
}

TEST_F(AuditServer, AShorterLogIsRefusedAndTheOldCheckpointKept) {
  show(events_);
  EXPECT_EQ(checkpoint().exit, 0);
  show(events_of(6));
  const auto ran = checkpoint();
  EXPECT_EQ(ran.exit, 7);
  EXPECT_NE(ran.err.find("shorter"), std::string::npos);
  EXPECT_EQ(user_.store().checkpoint("home"), log_.note(events_));
}

TEST_F(AuditServer, AnotherRootAtTheSameSizeIsRefused) {
  show(events_);
  EXPECT_EQ(checkpoint().exit, 0);
  auto forked = events_;
  forked[0] = event(0, 5);
  show(forked);
  EXPECT_EQ(checkpoint().exit, 7);
}

TEST_F(AuditServer, ACheckpointOfAnotherKeyIsRefused) {
  v1::GetCheckpointResponse response;
  response.set_checkpoint_note(Log().note(events_));
  response_ = test::unary_response(response.SerializeAsString());
  EXPECT_EQ(checkpoint().exit, 7);
  EXPECT_EQ(user_.store().checkpoint("home"), std::nullopt);
}

// Truncation, rollback and a fork are noticed by every user, not just by the auditor (trust.md 4).
TEST_F(AuditServer, ALargerLogHasToContinueTheOneRemembered) {
  show(events_of(4));
  EXPECT_EQ(checkpoint().exit, 0);
  auto forked = events_;
  forked[1] = event(1, 1'000'000);
  show(forked);
  EXPECT_EQ(checkpoint().exit, 7);
  EXPECT_EQ(user_.store().checkpoint("home"), log_.note(events_of(4)));
  v1::GetCheckpointResponse unproved;
  unproved.set_checkpoint_note(log_.note(events_));
  response_ = test::unary_response(unproved.SerializeAsString());
  EXPECT_EQ(checkpoint().exit, 7);
  show(events_);
  EXPECT_EQ(checkpoint().exit, 0);
}

TEST_F(AuditServer, EveryCommandWatchesTheLogOnceAnHour) {
  const std::string watch = "/sspf.v1.AuditService/GetCheckpoint";
  const std::string command = "/sspf.v1.AccountService/WhoAmI";
  show(events_of(4));
  EXPECT_EQ(run_program({"whoami"}).exit, 0);
  EXPECT_EQ(run_program({"whoami"}).exit, 0);
  EXPECT_EQ(calls_[watch], 1);
  EXPECT_EQ(calls_[command], 2);

  const auto remembered = user_.folder() / "state" / "home" / "checkpoint";
  std::filesystem::last_write_time(
      remembered, std::filesystem::file_time_type::clock::now() - std::chrono::minutes(61));
  auto forked = events_;
  forked[1] = event(1, 1'000'000);
  show(forked);
  const auto ran = run_program({"whoami"});
  EXPECT_EQ(ran.exit, 7);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(calls_[watch], 2);
  EXPECT_EQ(calls_[command], 2);  // a server with another log is asked nothing more

  response_ = test::error_response(404, R"({"code":"not_found"})");
  EXPECT_NE(run_program({"whoami"}).err.find("not proved"), std::string::npos);
  EXPECT_EQ(calls_[command], 3);
}

TEST_F(AuditServer, AnExportIsWrittenPrivatelyAndVerified) {
  hand_out(log_.note(events_), events_);
  const std::string path = user_.folder() / "log.export";
  const auto ran = run_program({"audit", "export", path});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(test::read_file(path), exported(log_.note(events_), events_));
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(user_.store().checkpoint("home"), log_.note(events_));
  EXPECT_EQ(run_program({"audit", "verify", path}).exit, 0);
}

TEST_F(AuditServer, AFileThatExistsIsNotTouched) {
  const std::string path = user_.file("log.export", "precious");
  EXPECT_EQ(run_program({"audit", "export", path}).exit, 1);
  EXPECT_EQ(test::read_file(path), "precious");
}

TEST_F(AuditServer, AnExportThatBreaksOffLeavesNoFile) {
  response_ = test::stream_response({}, R"({"error":{"code":"permission_denied"}})");
  const std::string path = user_.folder() / "log.export";
  EXPECT_EQ(run_program({"audit", "export", path}).exit, 3);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(AuditServer, ABadExportIsKeptAsEvidence) {
  auto fewer = events_;
  fewer.pop_back();
  hand_out(log_.note(events_), fewer);
  const std::string path = user_.folder() / "log.export";
  EXPECT_EQ(run_program({"audit", "export", path}).exit, 7);
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(AuditServer, AnExportThatForgetsWhatWasShownIsRefused) {
  show(events_);
  ASSERT_EQ(checkpoint().exit, 0);
  auto forked = events_of(9);
  forked[2] = event(2, 1'000'001);
  hand_out(log_.note(forked), forked);
  EXPECT_EQ(run_program({"audit", "export", user_.folder() / "log.export"}).exit, 7);
}

TEST_F(AuditServer, WhatIsForwardedContinuesWhatWasShownAndDoesNotReplaceIt) {
  const std::string to = user_.folder() / "events";
  const auto forward = [&](const std::string& cursor) {
    return run_program(
        {"audit", "forward", "--to", to, "--cursor", (user_.folder() / cursor).string()});
  };
  show(events_);
  ASSERT_EQ(checkpoint().exit, 0);
  auto forked = events_of(9);
  forked[2] = event(2, 1'000'001);
  hand_out(log_.note(forked), forked);
  EXPECT_EQ(forward("of-a-fork").exit, 7);
  hand_out(log_.note(events_of(4)), events_of(4));
  EXPECT_EQ(forward("of-a-shorter").exit, 7);
  EXPECT_EQ(user_.store().checkpoint("home"), log_.note(events_));
  hand_out(log_.note(events_of(9)), events_of(9));
  EXPECT_EQ(forward("of-the-log").exit, 0);
}

TEST_F(AuditServer, AnOlderFileIsNoSignOfAShorterLog) {
  show(events_);
  ASSERT_EQ(checkpoint().exit, 0);
  const auto older = events_of(4);
  const auto ran =
      run_program({"audit", "verify", user_.file("old", exported(log_.note(older), older))});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_NE(ran.err.find("7 events"), std::string::npos);
  const auto in_json = run_program({"audit", "verify", user_.folder() / "old", "-o", "json"});
  EXPECT_EQ(in_json.exit, 0);
  EXPECT_EQ(in_json.err, "");
}

TEST_F(AuditServer, AFileThatIsNoneOfTheLogIsNotCalledOlder) {
  show(events_);
  ASSERT_EQ(checkpoint().exit, 0);
  const Log other("other.example/sspf");
  const auto few = events_of(4);
  for (const std::string& file : {std::string("/nonexistent"), user_.file("garbage", "nonsense"),
                                  user_.file("foreign", exported(other.note(few), few))}) {
    const auto ran = run_program({"audit", "verify", file});
    EXPECT_EQ(ran.exit, 2) << file;
    EXPECT_EQ(ran.err.find("has grown"), std::string::npos) << ran.err;
    const auto in_json = run_program({"audit", "verify", file, "-o", "json"});
    EXPECT_EQ(nlohmann::json::parse(in_json.err)["error"]["exit"], 2);
  }
}

// A full disk stops nobody's work, but nobody shall believe that the log is watched when it is not.
TEST_F(AuditServer, ACheckpointThatCannotBeKeptIsToldOnce) {
  show(events_of(4));
  std::filesystem::create_symlink("/nonexistent/state", user_.folder() / "state");
  const auto ran = run_program({"whoami"});
  EXPECT_EQ(ran.exit, 0);
  const auto at = ran.err.find("could not be kept");
  EXPECT_NE(at, std::string::npos) << ran.err;
  EXPECT_EQ(at, ran.err.rfind("could not be kept"));
  EXPECT_NE(run_program({"whoami", "--lang", "sv"}).err.find("kunde inte sparas"),
            std::string::npos);
  const auto in_json = run_program({"whoami", "-o", "json"});
  EXPECT_EQ(in_json.exit, 0);
  const auto object = nlohmann::json::parse(in_json.err);
  EXPECT_NE(object["warning"]["message"].get<std::string>().find("could not be kept"),
            std::string::npos);
  EXPECT_EQ(checkpoint().exit, 1);  // it would say that the checkpoint is remembered
}

}  // namespace
}  // namespace sspf::cli
