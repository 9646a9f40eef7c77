// SPDX-License-Identifier: Apache-2.0
//
// Where the settings require witnesses, export and disposal wait for them, and nothing else does.
#include <gtest/gtest.h>

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
                       method.path == "/sspf.v1.DisposalService/ExecuteDisposal";
    EXPECT_EQ(rpc::waits_for_witnesses(method.action), waits) << method.path;
  }
  require();
  EXPECT_EQ(outcome(town.coordinator, "AccountService/WhoAmI", v1::WhoAmIRequest()), "allowed");
}

}  // namespace
}  // namespace sspf::test
