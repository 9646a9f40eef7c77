// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "client/cli/audit.h"
#include "crypto/certificate.h"
#include "tests/unit/client/audit_fixture.h"
#include "tests/unit/client/stub_server.h"

namespace sspf::cli {
namespace {

using test::AuditVerifyCommand;
using test::event;
using test::events_of;
using test::exported;
using test::Log;
using test::origin;
using test::run_program;
using test::Words;

class AuditServer : public AuditVerifyCommand {
 protected:
  AuditServer() {
    user_.set("SSPF_PASSPHRASE_FILE", user_.file("passphrase", "a long passphrase"));
    const crypto::Secret key = crypto::generate_private_key();
    const crypto::Secret passphrase(crypto::view_of("a long passphrase"));
    user_.store().save(
        {"home", server_.address(), "anna.ek", authority_.pem(),
         authority_.client_certificate(key, 90) + crypto::encrypt_private_key(key, passphrase),
         log_.vkey()});
  }

  // From now on the log is this one, and answers with proofs of it.
  void show(const Words& events) {
    shown_ = events;
    response_.clear();
  }
  std::string answer(const test::Received& received) {
    ++calls_[received.path];
    if (!response_.empty()) return response_;
    if (received.path != "/sspf.v1.AuditService/GetCheckpoint") {
      return test::unary_response("");
    }
    v1::GetCheckpointRequest request;
    request.ParseFromString(received.body);
    v1::GetCheckpointResponse response;
    response.set_checkpoint_note(log_.note(shown_));
    if (request.since_size() <= shown_.size()) {
      for (const auto& hash : Log::consistency_proof(shown_, request.since_size())) {
        response.add_consistency_proof(std::string(crypto::text_of(hash)));
      }
    }
    return test::unary_response(response.SerializeAsString());
  }
  void hand_out(const std::string& note, const Words& events) {
    Words messages;
    v1::ExportEventsResponse part;
    part.set_checkpoint_note(note);
    for (const auto& one : events) {
      part.add_events(one);
      messages.push_back(part.SerializeAsString());
      part.Clear();
    }
    response_ = test::stream_response(messages, "{}");
  }
  test::Ran checkpoint() { return run_program({"audit", "checkpoint"}); }

  test::Authority authority_;
  std::string response_;
  Words shown_;
  std::map<std::string, int> calls_;
  crypto::Secret server_key_ = crypto::generate_private_key();
  test::StubServer server_{{authority_.server_certificate(server_key_, "127.0.0.1"),
                            authority_.pem(), server_key_, TLS1_3_VERSION, authority_.pem()},
                           [this](const test::Received& received) { return answer(received); }};
};

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

// trust.md 4: after a restore the log has another name, and whose it is no program can tell.
TEST_F(AuditServer, ALogOfAnotherNameIsWaitedForUntilTheUserTrustsIt) {
  show(events_);
  EXPECT_EQ(checkpoint().exit, 0);
  const crypto::SigningKey key = crypto::SigningKey::generate();
  const crypto::NoteVerifier log{"log.example/sspf/2", key.public_key()};
  crypto::merkle::Frontier tree;
  tree.append(crypto::merkle::leaf_hash(crypto::view_of(events_[0])));
  const std::string note = crypto::marshal_note(
      crypto::sign_note(crypto::marshal_checkpoint({log.name, 1, tree.root()}), log.name, key));
  v1::GetCheckpointResponse response;
  response.set_checkpoint_note(note);
  response_ = test::unary_response(response.SerializeAsString());
  const auto warned = checkpoint();
  EXPECT_EQ(warned.exit, 7);
  EXPECT_NE(warned.err.find("another name"), std::string::npos);
  const auto in_swedish = run_program({"audit", "checkpoint", "--lang", "sv"});
  EXPECT_NE(in_swedish.err.find("`sspf context trust-log NYCKEL`"), std::string::npos);
  EXPECT_EQ(user_.store().checkpoint("home"), log_.note(events_));

  EXPECT_EQ(run_program({"context", "trust-log"}).exit, 1);
  EXPECT_EQ(run_program({"context", "trust-log", "x"}).exit, 1);
  EXPECT_EQ(run_program({"context", "trust-log", Log().vkey()}).exit, 1);  // of the same name
  EXPECT_EQ(checkpoint().exit, 7);
  EXPECT_EQ(run_program({"context", "trust-log", log.text()}).exit, 0);
  EXPECT_EQ(user_.store().checkpoint("home"), std::nullopt);
  EXPECT_EQ(checkpoint().exit, 0);
  EXPECT_EQ(user_.store().checkpoint("home"), note);
  EXPECT_EQ(run_program({"context", "trust-log", log_.vkey()}).exit, 1);  // never comes back
  EXPECT_EQ(user_.store().load("home").log_verifier_key, log.text());
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
}

}  // namespace
}  // namespace sspf::cli
