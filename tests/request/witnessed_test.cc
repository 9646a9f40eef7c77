// SPDX-License-Identifier: Apache-2.0
//
// Where the settings require witnesses, export and disposal wait for them, and nothing else does.
#include <gtest/gtest.h>

#include "crypto/cosignature.h"
#include "crypto/key_file.h"
#include "server/rpc/methods.h"
#include "sspf/v1/audit.pb.h"
#include "tests/support/disposing.h"

namespace sspf::test {
namespace {

struct WitnessesRequired : testing::Test {
  Disposing town;
  TestServer& server = town.load.server;
  rpc::Witnessed& witnessed() { return server.installation().services().witnessed; }

  void require() { witnessed() = rpc::Witnessed(60); }
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    return town.outcome(caller, rpc, request);
  }
  std::string exported(const Account& caller) {
    return server.call(caller, "sspf.v1.AuditService/ExportEvents", v1::ExportEventsRequest())
        .summary();
  }
};

TEST_F(WitnessesRequired, TheExportWaits) {
  const Account auditor = town.cast.auditor;
  server.installation().checkpointer().sign_if_due();
  EXPECT_EQ(exported(auditor), "ok");
  require();
  EXPECT_EQ(exported(auditor), "unavailable/not_witnessed");
  witnessed().confirm(server.now());
  EXPECT_EQ(exported(auditor), "ok");
  server.advance_seconds(60);
  EXPECT_EQ(exported(auditor), "ok");
  server.advance_seconds(1);
  EXPECT_EQ(exported(auditor), "unavailable/not_witnessed");
  // A clock that was set back makes no old answer new.
  server.advance_seconds(-3600);
  EXPECT_EQ(exported(auditor), "unavailable/not_witnessed");
  // Who may not export learns nothing of witnesses.
  EXPECT_EQ(exported(town.coordinator).find("not_witnessed"), std::string::npos);
}

TEST_F(WitnessesRequired, TheDisposalWaitsAndDestroysNothing) {
  const std::string number = town.old_group();
  const std::string list = town.list();
  town.review_all(list);
  require();
  const std::string before = town.stored();
  const auto execute = [&] {
    return outcome(town.executor, "DisposalService/ExecuteDisposal", execution_of(list));
  };
  EXPECT_EQ(execute(), "refused unavailable/not_witnessed for not_witnessed");
  EXPECT_EQ(town.stored(), before);
  witnessed().confirm(server.now());
  EXPECT_EQ(execute(), "allowed");
  EXPECT_NE(town.stored(), before);
}

TEST_F(WitnessesRequired, NothingElseWaits) {
  for (const rpc::Method& method : rpc::methods()) {
    const bool waits = method.path == "/sspf.v1.AuditService/ExportEvents" ||
                       method.path == "/sspf.v1.DisposalService/ExecuteDisposal" ||
                       method.path == "/sspf.v1.AuditDetailsService/ApproveDetailsErasure";
    EXPECT_EQ(rpc::waits_for_witnesses(method.action), waits) << method.path;
  }
  require();
  EXPECT_EQ(outcome(town.coordinator, "AccountService/WhoAmI", v1::WhoAmIRequest()), "allowed");
}

struct CosignedCheckpoint : testing::Test {
  TestServer server;
  audit::Checkpointer& checkpointer() { return server.installation().checkpointer(); }

  // Of the newest checkpoint, with a witness's line.
  crypto::Note cosigned() {
    checkpointer().sign_if_due();
    auto note = crypto::parse_note(server.installation().database().newest_checkpoint()).value();
    note.signatures.push_back(crypto::cosign(note.text, {name, key}, 1000));
    return note;
  }
  std::string shown() {
    return server
        .get<v1::GetCheckpointResponse>(server.root(), "sspf.v1.AuditService/GetCheckpoint",
                                        v1::GetCheckpointRequest())
        .checkpoint_note();
  }
  std::string outside() {
    return crypto::read_file(server.config().paths.checkpoint_file, 100'000).value();
  }

  const std::string name = "polisen.example/vittne";
  const crypto::SigningKey key = crypto::SigningKey::generate();
};

TEST_F(CosignedCheckpoint, TheNewestCarriesTheLinesHereAndOutside) {
  const crypto::Note first = cosigned();
  EXPECT_NE(shown(), crypto::marshal_note(first));
  checkpointer().keep_cosigned(first);
  EXPECT_EQ(shown(), crypto::marshal_note(first));
  EXPECT_EQ(outside(), crypto::marshal_note(first));
  EXPECT_EQ(server.installation().log_trouble(), "");

  const crypto::Note second = cosigned();
  const std::string plain = shown();
  EXPECT_EQ(plain, outside());
  EXPECT_EQ(plain.find(name), std::string::npos);
  // An answer that comes late takes nothing back.
  checkpointer().keep_cosigned(first);
  EXPECT_EQ(shown(), plain);
  EXPECT_EQ(outside(), plain);
  checkpointer().keep_cosigned(second);
  checkpointer().keep_cosigned(first);
  EXPECT_EQ(shown(), crypto::marshal_note(second));
  EXPECT_EQ(outside(), crypto::marshal_note(second));
}

TEST_F(CosignedCheckpoint, TheServerOpensWithTheLinesInItsFile) {
  const crypto::Note note = cosigned();
  checkpointer().keep_cosigned(note);
  server.restart();
  EXPECT_EQ(server.installation().log_trouble(), "");
  EXPECT_EQ(shown(), crypto::marshal_note(note));
}

}  // namespace
}  // namespace sspf::test
