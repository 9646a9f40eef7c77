// SPDX-License-Identifier: Apache-2.0
//
// Protected identity and conflict of interest: who is kept out of a case above every role, and that
// for them it is exactly as if there were none (R20, domain.md "Protected identity").
#include <gtest/gtest.h>

#include "sspf/v1/protection.pb.h"
#include "tests/request/refused.h"
#include "tests/support/account_book.h"
#include "tests/support/caseload.h"
#include "tests/support/requests.h"
#include "tests/support/stored_rows.h"

namespace sspf::test {
namespace {

using Numbers = std::vector<std::string>;

struct Protected : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;
  Account other_coordinator =
      make_account(load.server, {"cia.carlsson", "TYR-SSPF", v1::ROLE_COORDINATOR, {"TYR"}});
  std::string number = load.mapped();
  StoredRows rows{load.server.config()};

  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    return load.server.call(caller, "sspf.v1." + rpc, request).summary();
  }
  std::string refused(const std::string& rpc, const google::protobuf::Message& request) {
    rows.changes();
    const std::string summary = outcome(coordinator, rpc, request);
    EXPECT_EQ(rows.changes(), "") << summary;
    return summary;
  }
  void protect(const std::vector<std::string>& handlers) {
    auto request = about_case<v1::ProtectIdentityRequest>(number);
    request.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
    load.get<v1::ProtectIdentityResponse>(coordinator, "ProtectionService/ProtectIdentity",
                                          request);
    for (const std::string& handle : handlers) {
      load.get<v1::AddHandlerResponse>(coordinator, "ProtectionService/AddHandler",
                                       handler(handle));
    }
  }
  v1::AddHandlerRequest handler(const std::string& handle) {
    auto request = about_case<v1::AddHandlerRequest>(number);
    request.set_handle(handle);
    return request;
  }
  v1::RemoveHandlerRequest removal(const std::string& handle) {
    auto request = about_case<v1::RemoveHandlerRequest>(number);
    request.set_handle(handle);
    return request;
  }
  v1::BlockAccountRequest block(const Account& account) {
    auto request = about_case<v1::BlockAccountRequest>(number);
    request.set_handle(account.handle);
    request.set_reason("Syskon till den unge.");
    return request;
  }
  v1::FindCaseRequest search() {
    v1::FindCaseRequest request;
    request.set_municipality_code("TYR");
    request.set_identity_number(number_aged_15);
    return request;
  }
  std::string cause() { return std::to_string(load.server.last_event().cause_reason()); }
  // Every way to learn of the case answers as if there were none.
  void expect_absent_for(const Account& caller) {
    EXPECT_EQ(load.listed(caller), Numbers{}) << caller.handle;
    EXPECT_EQ(outcome(caller, "CaseService/GetCase", about_case<v1::GetCaseRequest>(number)),
              told::hidden);
    EXPECT_EQ(load.server.last_event().cases_shown_size(), 0);
    EXPECT_EQ(outcome(caller, "CaseService/ListNotes", about_case<v1::ListNotesRequest>(number)),
              told::hidden);
    EXPECT_EQ(outcome(caller, "ProtectionService/GetProtection",
                      about_case<v1::GetProtectionRequest>(number)),
              told::hidden);
    v1::OpenInEmergencyRequest emergency = about_case<v1::OpenInEmergencyRequest>(number);
    emergency.set_reason("Fara för liv.");
    EXPECT_EQ(outcome(caller, "EmergencyService/OpenInEmergency", emergency), told::hidden);
  }
};

TEST_F(Protected, AnIdentityIsThereForItsNamedHandlersAlone) {
  load.assign(number, cast.school_tyr);
  load.assign(number, cast.social_tyr);
  protect({"sven.skog"});
  ASSERT_EQ(cast.school_tyr.handle, "sven.skog");
  EXPECT_EQ(load.listed(coordinator), Numbers{number});
  EXPECT_EQ(load.listed(cast.school_tyr), Numbers{number});
  expect_absent_for(cast.social_tyr);    // assigned, and named by the consent
  expect_absent_for(other_coordinator);  // coordinator of the municipality
  expect_absent_for(cast.coordinator_nac);
  // Nor can anybody find out that the person is known.
  EXPECT_EQ(load.get<v1::FindCaseResponse>(other_coordinator, "CaseService/FindCase", search())
                .cases_size(),
            0);
  EXPECT_EQ(load.server.last_event().case_id(), "");
  EXPECT_EQ(
      load.get<v1::FindCaseResponse>(coordinator, "CaseService/FindCase", search()).cases_size(),
      1);
  v1::CreateCaseRequest create = new_person(number_aged_15);
  create.mutable_write()->set_dry_run(true);
  EXPECT_EQ(outcome(other_coordinator, "CaseService/CreateCase", create), "ok");
}

TEST_F(Protected, ARefusalTellsItsCauseToTheLogAlone) {
  load.assign(number, cast.social_tyr);
  protect({});
  EXPECT_EQ(outcome(cast.social_tyr, "CaseService/GetCase", about_case<v1::GetCaseRequest>(number)),
            told::hidden);
  EXPECT_EQ(cause(), std::to_string(static_cast<int>(Reason::not_a_handler)));
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_EQ(event.outcome(), v1::OUTCOME_REFUSED);
  EXPECT_EQ(event.told_reason(), static_cast<std::uint32_t>(Reason::not_found));
}

TEST_F(Protected, AListShowsHandlersNoName) {
  protect({});
  const auto listed =
      load.get<v1::ListCasesResponse>(coordinator, "CaseService/ListCases", v1::ListCasesRequest());
  ASSERT_EQ(listed.cases_size(), 1);
  EXPECT_EQ(listed.cases(0).title(), "");
  EXPECT_EQ(listed.cases(0).age(), 0U);
  EXPECT_EQ(load.show(coordinator, number).title(), "Test Testsson");
}

TEST_F(Protected, HandlersComeAndGo) {
  load.assign(number, cast.school_tyr);
  protect({});
  EXPECT_EQ(load.listed(cast.school_tyr), Numbers{});
  load.get<v1::AddHandlerResponse>(coordinator, "ProtectionService/AddHandler",
                                   handler(cast.school_tyr.handle));
  EXPECT_EQ(load.server.last_event().subject_account_id().size(), 16U);
  EXPECT_EQ(load.listed(cast.school_tyr), Numbers{number});
  EXPECT_EQ(refused("ProtectionService/AddHandler", handler(cast.school_tyr.handle)),
            "already_exists/already_there(handle)");
  const auto shown = load.get<v1::GetProtectionResponse>(
      coordinator, "ProtectionService/GetProtection", about_case<v1::GetProtectionRequest>(number));
  EXPECT_EQ(shown.level(), v1::PROTECTION_LEVEL_SECRECY_MARKING);
  EXPECT_EQ(shown.handler_handles_size(), 2);
  // To be named gives no more than the role and the assignment do.
  load.get<v1::AddHandlerResponse>(coordinator, "ProtectionService/AddHandler",
                                   handler(cast.school2_tyr.handle));
  EXPECT_EQ(load.listed(cast.school2_tyr), Numbers{});
  load.get<v1::RemoveHandlerResponse>(coordinator, "ProtectionService/RemoveHandler",
                                      removal(cast.school_tyr.handle));
  EXPECT_EQ(load.listed(cast.school_tyr), Numbers{});
  EXPECT_EQ(refused("ProtectionService/RemoveHandler", removal(cast.school_tyr.handle)),
            told::hidden);
}

TEST_F(Protected, ACoordinatorAlwaysRemains) {
  protect({cast.school_tyr.handle});
  EXPECT_EQ(refused("ProtectionService/RemoveHandler", removal(coordinator.handle)),
            "failed_precondition/last_handler");
  load.get<v1::AddHandlerResponse>(coordinator, "ProtectionService/AddHandler",
                                   handler(other_coordinator.handle));
  load.get<v1::RemoveHandlerResponse>(coordinator, "ProtectionService/RemoveHandler",
                                      removal(coordinator.handle));
  EXPECT_EQ(load.listed(coordinator), Numbers{});
  EXPECT_EQ(load.listed(other_coordinator), Numbers{number});
}

TEST_F(Protected, ItIsTakenOffByAHandler) {
  protect({});
  EXPECT_EQ(outcome(other_coordinator, "ProtectionService/UnprotectIdentity",
                    about_case<v1::UnprotectIdentityRequest>(number)),
            told::hidden);
  load.get<v1::UnprotectIdentityResponse>(coordinator, "ProtectionService/UnprotectIdentity",
                                          about_case<v1::UnprotectIdentityRequest>(number));
  EXPECT_EQ(load.listed(other_coordinator), Numbers{number});
  EXPECT_EQ(refused("ProtectionService/UnprotectIdentity",
                    about_case<v1::UnprotectIdentityRequest>(number)),
            "failed_precondition/not_protected");
  EXPECT_EQ(refused("ProtectionService/AddHandler", handler(cast.school_tyr.handle)),
            "failed_precondition/not_protected");
  EXPECT_EQ(refused("ProtectionService/RemoveHandler", removal(cast.school_tyr.handle)),
            "failed_precondition/not_protected");
}

TEST_F(Protected, RefusesWhatIsWrong) {
  auto request = about_case<v1::ProtectIdentityRequest>(number);
  EXPECT_EQ(refused("ProtectionService/ProtectIdentity", request),
            "invalid_argument/missing(level)");
  request.set_level(v1::PROTECTION_LEVEL_ASSUMED_IDENTITY);
  request.set_case_number(load.create(new_group()));
  EXPECT_EQ(refused("ProtectionService/ProtectIdentity", request),
            "invalid_argument/unexpected(case_number)");
  protect({});
  request.set_case_number(number);
  EXPECT_EQ(refused("ProtectionService/ProtectIdentity", request),
            "failed_precondition/protected_already");
}

TEST_F(Protected, ABlockedAccountNeverSeesTheCase) {
  load.assign(number, cast.school_tyr);
  EXPECT_EQ(load.listed(cast.school_tyr), Numbers{number});
  load.get<v1::BlockAccountResponse>(coordinator, "BlockService/BlockAccount",
                                     block(cast.school_tyr));
  expect_absent_for(cast.school_tyr);
  EXPECT_EQ(cause(), std::to_string(static_cast<int>(Reason::blocked)));
  EXPECT_EQ(load.listed(cast.school2_tyr), Numbers{});
  // A coordinator, too; and that account alone.
  load.get<v1::BlockAccountResponse>(coordinator, "BlockService/BlockAccount",
                                     block(other_coordinator));
  expect_absent_for(other_coordinator);
  EXPECT_EQ(load.listed(coordinator), Numbers{number});
}

TEST_F(Protected, BlocksAreListedLiftedAndMadeAnew) {
  load.assign(number, cast.school_tyr);
  load.get<v1::BlockAccountResponse>(coordinator, "BlockService/BlockAccount",
                                     block(cast.school_tyr));
  EXPECT_EQ(refused("BlockService/BlockAccount", block(cast.school_tyr)),
            "already_exists/already_there(handle)");
  const auto blocks = load.get<v1::ListBlocksResponse>(coordinator, "BlockService/ListBlocks",
                                                       about_case<v1::ListBlocksRequest>(number));
  ASSERT_EQ(blocks.blocks_size(), 1);
  EXPECT_EQ(blocks.blocks(0).handle(), cast.school_tyr.handle);
  EXPECT_EQ(blocks.blocks(0).reason(), "Syskon till den unge.");
  EXPECT_EQ(blocks.blocks(0).author_handle(), coordinator.handle);
  auto lift = about_case<v1::UnblockAccountRequest>(number);
  lift.set_handle(cast.school_tyr.handle);
  load.get<v1::UnblockAccountResponse>(coordinator, "BlockService/UnblockAccount", lift);
  EXPECT_EQ(load.listed(cast.school_tyr), Numbers{number});
  EXPECT_EQ(refused("BlockService/UnblockAccount", lift), told::hidden);
  load.get<v1::BlockAccountResponse>(coordinator, "BlockService/BlockAccount",
                                     block(cast.school_tyr));
  EXPECT_EQ(load.listed(cast.school_tyr), Numbers{});
}

TEST_F(Protected, NobodyBlocksTheOwnAccountOrAStranger) {
  EXPECT_EQ(refused("BlockService/BlockAccount", block(coordinator)),
            "failed_precondition/own_act");
  EXPECT_EQ(refused("BlockService/BlockAccount", block(cast.school_nac)),
            "invalid_argument/unknown_value(handle)");
  v1::BlockAccountRequest request = block(cast.school_tyr);
  request.clear_reason();
  EXPECT_EQ(refused("BlockService/BlockAccount", request), "invalid_argument/missing(reason)");
}

// Members neither set nor see what keeps people out.
TEST_F(Protected, IsTheCoordinatorsMatter) {
  load.assign(number, cast.school_tyr);
  std::vector<std::pair<std::string, std::unique_ptr<google::protobuf::Message>>> requests;
  auto protection = about_case<v1::ProtectIdentityRequest>(number);
  protection.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
  requests.emplace_back("ProtectionService/ProtectIdentity",
                        std::make_unique<v1::ProtectIdentityRequest>(protection));
  requests.emplace_back("ProtectionService/UnprotectIdentity",
                        std::make_unique<v1::UnprotectIdentityRequest>(
                            about_case<v1::UnprotectIdentityRequest>(number)));
  requests.emplace_back("ProtectionService/AddHandler",
                        std::make_unique<v1::AddHandlerRequest>(handler("sven.skog")));
  requests.emplace_back("ProtectionService/RemoveHandler",
                        std::make_unique<v1::RemoveHandlerRequest>(removal("sven.skog")));
  requests.emplace_back(
      "ProtectionService/GetProtection",
      std::make_unique<v1::GetProtectionRequest>(about_case<v1::GetProtectionRequest>(number)));
  requests.emplace_back("BlockService/BlockAccount",
                        std::make_unique<v1::BlockAccountRequest>(block(cast.school2_tyr)));
  auto lift = about_case<v1::UnblockAccountRequest>(number);
  lift.set_handle("sven.skog");
  requests.emplace_back("BlockService/UnblockAccount",
                        std::make_unique<v1::UnblockAccountRequest>(lift));
  requests.emplace_back("BlockService/ListBlocks", std::make_unique<v1::ListBlocksRequest>(
                                                       about_case<v1::ListBlocksRequest>(number)));
  rows.changes();
  for (const auto& [rpc, request] : requests) {
    EXPECT_EQ(outcome(cast.school_tyr, rpc, *request), "permission_denied/role_missing") << rpc;
    for (const Account* caller : {&cast.police, &cast.school_nac, &cast.coordinator_nac,
                                  &cast.admin_tyr, &cast.root, &cast.auditor}) {
      EXPECT_EQ(outcome(*caller, rpc, *request), told::hidden) << rpc << " by " << caller->handle;
    }
    EXPECT_EQ(outcome(cast.nobody, rpc, *request), "unauthenticated/no_certificate") << rpc;
  }
  EXPECT_EQ(rows.changes(), "");
}

}  // namespace
}  // namespace sspf::test
