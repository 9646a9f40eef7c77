// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

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

  void show(const Words& events) {
    v1::GetCheckpointResponse response;
    response.set_checkpoint_note(log_.note(events));
    response_ = test::unary_response(response.SerializeAsString());
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
  crypto::Secret server_key_ = crypto::generate_private_key();
  test::StubServer server_{{authority_.server_certificate(server_key_, "127.0.0.1"),
                            authority_.pem(), server_key_, TLS1_3_VERSION, authority_.pem()},
                           [this](const test::Received&) { return response_; }};
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
