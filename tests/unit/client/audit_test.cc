// SPDX-License-Identifier: Apache-2.0
#include "client/cli/audit.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "crypto/audit_export.h"
#include "crypto/certificate.h"
#include "crypto/merkle.h"
#include "sspf/v1/audit.pb.h"
#include "tests/unit/client/stub_server.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

using test::run_program;
using test::Words;

constexpr const char* origin = "log.example/sspf";

std::string event(std::uint64_t sequence, std::int64_t time) {
  v1::AuditEvent made;
  made.set_sequence(sequence);
  made.set_time_us(time);
  made.set_rpc("sspf.v1.CaseService/GetCase");
  return made.SerializeAsString();
}

Words events_of(std::uint64_t count) {
  Words events;
  for (std::uint64_t i = 0; i < count; ++i) {
    events.push_back(event(i, 1'000'000 + static_cast<std::int64_t>(i)));
  }
  return events;
}

class Log {
 public:
  std::string vkey() const { return crypto::NoteVerifier{origin, key_.public_key()}.text(); }
  std::string note(const Words& events) const {
    crypto::merkle::Frontier tree;
    for (const auto& one : events) {
      tree.append(crypto::merkle::leaf_hash(crypto::view_of(one)));
    }
    const crypto::Checkpoint checkpoint{origin, events.size(), tree.root()};
    return crypto::marshal_note(
        crypto::sign_note(crypto::marshal_checkpoint(checkpoint), origin, key_));
  }

 private:
  crypto::SigningKey key_ = crypto::SigningKey::generate();
};

std::string exported(const std::string& note, const Words& events) {
  std::string bytes = crypto::export_header(note);
  for (const auto& one : events) crypto::append_export_entry(bytes, crypto::view_of(one));
  return bytes;
}

class AuditVerifyCommand : public testing::Test {
 protected:
  test::Ran verified(const std::string& bytes) {
    return run_program(
        {"audit", "verify", user_.file("export", bytes), "--key", log_.vkey(), "-o", "json"});
  }
  // The first bad event, as the error names it.
  std::string tampered(const std::string& bytes) {
    const auto ran = verified(bytes);
    EXPECT_EQ(ran.exit, 7) << ran.err;
    EXPECT_EQ(ran.out, "");
    const auto error = nlohmann::json::parse(ran.err)["error"];
    EXPECT_EQ(error["code"], "verification_failed");
    return error["field"];
  }

  test::User user_;
  Log log_;
  Words events_ = events_of(7);
};

TEST_F(AuditVerifyCommand, AWholeLogIsWholeWithoutAContext) {
  const auto ran = verified(exported(log_.note(events_), events_));
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(nlohmann::json::parse(ran.out)["size"], "7");
  EXPECT_TRUE(user_.store().names().empty());
}

TEST_F(AuditVerifyCommand, TheKeyMayLieInAFile) {
  const std::string key = user_.file("log.vkey", log_.vkey() + "\n");
  const std::string file = user_.file("export", exported(log_.note(events_), events_));
  EXPECT_EQ(run_program({"audit", "verify", file, "--key", key}).exit, 0);
  EXPECT_EQ(run_program({"audit", "verify", file, "--key", Log().vkey(), "--key", key}).exit, 0);
  EXPECT_EQ(run_program({"audit", "verify", file, "--key", Log().vkey()}).exit, 1);
}

TEST_F(AuditVerifyCommand, AnEditedEventIsNoticed) {
  auto edited = events_;
  edited[3] = event(3, 1'000'003) + std::string("\x3a\x01x", 3);  // another purpose
  EXPECT_NE(tampered(exported(log_.note(events_), edited)), "");
}

TEST_F(AuditVerifyCommand, ADeletedEventIsNamed) {
  auto fewer = events_;
  fewer.erase(fewer.begin() + 3);
  EXPECT_EQ(tampered(exported(log_.note(events_), fewer)), "events[3]");
}

TEST_F(AuditVerifyCommand, AnInsertedEventIsNamed) {
  auto more = events_;
  more.insert(more.begin() + 4, event(4, 1'000'003));
  EXPECT_EQ(tampered(exported(log_.note(events_), more)), "events[5]");
}

TEST_F(AuditVerifyCommand, ReorderedEventsAreNamed) {
  auto reordered = events_;
  std::swap(reordered[2], reordered[3]);
  EXPECT_EQ(tampered(exported(log_.note(events_), reordered)), "events[2]");
}

TEST_F(AuditVerifyCommand, ATruncatedLogIsNoticed) {
  auto fewer = events_;
  fewer.pop_back();
  EXPECT_EQ(tampered(exported(log_.note(events_), fewer)), "events[6]");
  const std::string bytes = exported(log_.note(events_), events_);
  EXPECT_EQ(tampered(bytes.substr(0, bytes.size() - 1)), "events[6]");
}

// What the server itself signed may still be no honest log.
TEST_F(AuditVerifyCommand, AGapInTheNumbersIsNoticedUnderAGoodSignature) {
  auto gap = events_;
  gap[5] = event(6, 1'000'005);
  EXPECT_EQ(tampered(exported(log_.note(gap), gap)), "events[5]");
}

TEST_F(AuditVerifyCommand, TimeThatRunsBackwardsIsNoticedUnderAGoodSignature) {
  auto backwards = events_;
  backwards[5] = event(5, 1'000'003);
  EXPECT_EQ(tampered(exported(log_.note(backwards), backwards)), "events[5]");
}

TEST_F(AuditVerifyCommand, BytesThatAreNoEventAreNoticedUnderAGoodSignature) {
  auto odd = events_;
  odd[1] = "\xff\xff\xff";
  EXPECT_EQ(tampered(exported(log_.note(odd), odd)), "events[1]");
}

TEST_F(AuditVerifyCommand, AKeptCheckpointShowsAForkAndACut) {
  const std::string file = user_.file("export", exported(log_.note(events_), events_));
  const auto with = [&](const Words& kept) {
    return run_program({"audit", "verify", file, "--key", log_.vkey(), "--checkpoint",
                        user_.file("kept", log_.note(kept))})
        .exit;
  };
  EXPECT_EQ(with(events_of(4)), 0);
  auto forked = events_of(4);
  forked[1] = event(1, 1'000'000);
  EXPECT_EQ(with(forked), 7);
  EXPECT_EQ(with(events_of(8)), 7);
}

TEST_F(AuditVerifyCommand, WhatCannotBeReadIsNoVerdict) {
  EXPECT_EQ(verified("nonsense").exit, 1);
  EXPECT_EQ(verified("").exit, 1);
  EXPECT_EQ(run_program({"audit", "verify", "/nonexistent", "--key", log_.vkey()}).exit, 1);
  EXPECT_EQ(run_program({"audit", "verify", "--key", log_.vkey()}).exit, 1);
}

TEST_F(AuditVerifyCommand, TheVerdictIsToldInSwedish) {
  auto fewer = events_;
  fewer.erase(fewer.begin() + 3);
  const auto ran =
      run_program({"audit", "verify", user_.file("export", exported(log_.note(events_), fewer)),
                   "--key", log_.vkey(), "--lang", "sv"});
  EXPECT_EQ(ran.exit, 7);
  EXPECT_EQ(ran.err,
            "sspf: Loggen har ändrats. Första händelsen som är eller kan vara fel: 3. Dess nummer "
            "följer inte på det föregående.\n");
}

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
