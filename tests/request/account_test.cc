// SPDX-License-Identifier: Apache-2.0
//
// Municipalities, agencies, accounts: who may do what, what is refused, and the event of each call.
#include <gtest/gtest.h>

#include <functional>

#include "server/access/action.h"
#include "sspf/v1/account.pb.h"
#include "tests/support/cast.h"

namespace sspf::test {
namespace {

struct AccountService : testing::Test {
  TestServer server;
  Cast cast{server};

  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    const std::uint64_t before = server.event_count();
    const Answered answered = server.call(caller, "sspf.v1." + rpc, request);
    EXPECT_EQ(server.event_count(), before + 1) << rpc;
    const v1::AuditEvent event = server.last_event();
    EXPECT_EQ(event.rpc(), "sspf.v1." + rpc);
    EXPECT_EQ(event.outcome(), answered.ok() ? v1::OUTCOME_ALLOWED : v1::OUTCOME_REFUSED) << rpc;
    return answered.summary();
  }
};

TEST_F(AccountService, OnlyTheInstallationsAdministratorMakesMunicipalities) {
  v1::CreateMunicipalityRequest request;
  request.set_code("VAR");
  request.set_name("Värmdö");
  for (const Account& other :
       {cast.admin_tyr, cast.coordinator_tyr, cast.school_tyr, cast.auditor}) {
    EXPECT_EQ(outcome(other, "MunicipalityService/CreateMunicipality", request),
              "permission_denied/role_missing")
        << other.handle;
  }
  EXPECT_EQ(outcome(cast.nobody, "MunicipalityService/CreateMunicipality", request),
            "unauthenticated/no_certificate");
  EXPECT_EQ(outcome(cast.suspended, "MunicipalityService/CreateMunicipality", request),
            "unauthenticated/unknown_certificate");
  EXPECT_EQ(outcome(cast.root, "MunicipalityService/CreateMunicipality", request), "ok");
  EXPECT_EQ(outcome(cast.root, "MunicipalityService/CreateMunicipality", request),
            "already_exists/already_there(code)");
}

TEST_F(AccountService, SuspensionActsOnTheNextCallAndItsCauseIsInTheEventOnly) {
  EXPECT_EQ(outcome(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest()), "ok");
  v1::SuspendAccountRequest suspend;
  suspend.set_handle(cast.school_tyr.handle);
  EXPECT_EQ(outcome(cast.admin_tyr, "AccountService/SuspendAccount", suspend), "ok");
  EXPECT_EQ(outcome(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest()),
            "unauthenticated/unknown_certificate");
  EXPECT_EQ(server.last_event().cause_reason(),
            static_cast<std::uint32_t>(Reason::account_suspended));
  v1::ReinstateAccountRequest reinstate;
  reinstate.set_handle(cast.school_tyr.handle);
  EXPECT_EQ(outcome(cast.admin_tyr, "AccountService/ReinstateAccount", reinstate), "ok");
  EXPECT_EQ(outcome(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest()), "ok");
}

TEST_F(AccountService, AnotherMunicipalitysAccountAnswersAsOneThatDoesNotExist) {
  v1::GetAccountRequest theirs;
  theirs.set_handle(cast.school_nac.handle);
  v1::GetAccountRequest none;
  none.set_handle("finns.inte");
  const Answered hidden = server.call(cast.admin_tyr, "sspf.v1.AccountService/GetAccount", theirs);
  const Answered absent = server.call(cast.admin_tyr, "sspf.v1.AccountService/GetAccount", none);
  EXPECT_EQ(hidden.summary(), "not_found/not_found");
  EXPECT_EQ(hidden.message, absent.message);
  EXPECT_EQ(hidden.summary(), absent.summary());
}

}  // namespace
}  // namespace sspf::test
