// SPDX-License-Identifier: Apache-2.0
//
// Of a protected case's handlers one coordinator who can act always remains: else nobody could take
// the protection off again, or close the case.
#include <gtest/gtest.h>

#include "tests/support/caseload.h"

namespace sspf::test {
namespace {

struct LastHandler : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;
  const Account other =
      make_account(load.server, {"cia.carlsson", "TYR-SSPF", v1::ROLE_COORDINATOR, {"TYR"}});
  const std::string number = load.mapped();

  void SetUp() override {
    auto protect = of<v1::ProtectIdentityRequest>();
    protect.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
    load.get<v1::ProtectIdentityResponse>(coordinator, "ProtectionService/ProtectIdentity",
                                          protect);
    auto add = of<v1::AddHandlerRequest>();
    add.set_handle(other.handle);
    load.get<v1::AddHandlerResponse>(coordinator, "ProtectionService/AddHandler", add);
  }
  template <typename Request>
  Request of() {
    Request request;
    request.set_case_number(number);
    return request;
  }
  std::string removal() {
    auto request = of<v1::RemoveHandlerRequest>();
    request.set_handle(coordinator.handle);
    return load.server.call(coordinator, "sspf.v1.ProtectionService/RemoveHandler", request)
        .summary();
  }
};

TEST_F(LastHandler, WhoIsBlockedDoesNotCount) {
  auto block = of<v1::BlockAccountRequest>();
  block.set_handle(other.handle);
  block.set_reason("Syskon till den unge.");
  load.get<v1::BlockAccountResponse>(coordinator, "BlockService/BlockAccount", block);
  EXPECT_EQ(removal(), "failed_precondition/last_handler");
  auto unblock = of<v1::UnblockAccountRequest>();
  unblock.set_handle(other.handle);
  load.get<v1::UnblockAccountResponse>(coordinator, "BlockService/UnblockAccount", unblock);
  EXPECT_EQ(removal(), "ok");
}

TEST_F(LastHandler, WhoIsSuspendedDoesNotCount) {
  v1::SuspendAccountRequest suspend;
  suspend.set_handle(other.handle);
  load.get<v1::SuspendAccountResponse>(cast.admin_tyr, "AccountService/SuspendAccount", suspend);
  EXPECT_EQ(removal(), "failed_precondition/last_handler");
  v1::ReinstateAccountRequest reinstate;
  reinstate.set_handle(other.handle);
  load.get<v1::ReinstateAccountResponse>(cast.admin_tyr, "AccountService/ReinstateAccount",
                                         reinstate);
  EXPECT_EQ(removal(), "ok");
}

}  // namespace
}  // namespace sspf::test
