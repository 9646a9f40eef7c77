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

// Of the police, which serves both municipalities.
struct LastHandlerOfThePolice : LastHandler {
  Account police = make_account(load.server, {"pia.polis", "LPO-POL", v1::ROLE_MEMBER, {"TYR"}});

  void roles(const std::vector<std::pair<v1::Role, std::string>>& wanted) {
    v1::GetAccountRequest read;
    read.set_handle(police.handle);
    v1::SetRolesRequest request;
    request.set_handle(police.handle);
    request.set_version(
        load.get<v1::GetAccountResponse>(cast.root, "AccountService/GetAccount", read)
            .account()
            .version());
    for (const auto& [role, municipality] : wanted) {
      v1::RoleGrant& grant = *request.add_roles();
      grant.set_role(role);
      grant.set_municipality_code(municipality);
    }
    load.get<v1::SetRolesResponse>(cast.root, "AccountService/SetRoles", request);
  }
  // In the place of the other coordinator.
  void handle() {
    auto add = of<v1::AddHandlerRequest>();
    add.set_handle(police.handle);
    load.get<v1::AddHandlerResponse>(coordinator, "ProtectionService/AddHandler", add);
    auto remove = of<v1::RemoveHandlerRequest>();
    remove.set_handle(other.handle);
    load.get<v1::RemoveHandlerResponse>(coordinator, "ProtectionService/RemoveHandler", remove);
  }
};

TEST_F(LastHandlerOfThePolice, WhoCoordinatesElsewhereDoesNotCount) {
  roles({{v1::ROLE_MEMBER, "TYR"}, {v1::ROLE_COORDINATOR, "NAC"}});
  handle();
  EXPECT_EQ(removal(), "failed_precondition/last_handler");
}

TEST_F(LastHandlerOfThePolice, WhoseAgencyHasLeftTheMunicipalityDoesNotCount) {
  roles({{v1::ROLE_COORDINATOR, "TYR"}});
  handle();
  v1::UpdateAgencyRequest leave;
  const auto agencies = load.get<v1::ListAgenciesResponse>(cast.root, "AgencyService/ListAgencies",
                                                           v1::ListAgenciesRequest());
  for (const v1::Agency& each : agencies.agencies()) {
    if (each.code() != "LPO-POL") continue;
    leave.set_code(each.code());
    leave.set_name(each.name());
    leave.set_version(each.version());
  }
  leave.add_municipality_codes("NAC");
  load.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", leave);
  EXPECT_EQ(removal(), "failed_precondition/last_handler");
  leave.set_version(leave.version() + 1);
  leave.add_municipality_codes("TYR");
  load.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", leave);
  EXPECT_EQ(removal(), "ok");
}

}  // namespace
}  // namespace sspf::test
