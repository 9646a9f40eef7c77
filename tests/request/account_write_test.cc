// SPDX-License-Identifier: Apache-2.0
//
// Each write of these services once as a dry run, once for real, and once more under its
// request_id.
#include <gtest/gtest.h>

#include "tests/support/account_book.h"

namespace sspf::test {
namespace {

struct AccountWrites : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;

  struct Step {
    std::string rpc;
    std::unique_ptr<google::protobuf::Message> request;
    Account caller;
  };
  std::vector<Step> steps;

  template <typename Request>
  void add(const std::string& rpc, Request request, const Account& caller) {
    request.mutable_write()->set_request_id("0123456789abcdef-" + std::to_string(steps.size()));
    steps.push_back({rpc, std::make_unique<Request>(std::move(request)), caller});
  }
  // In an order in which each can be done after those before it.
  void SetUp() override {
    v1::CreateMunicipalityRequest municipality;
    municipality.set_code("VAR");
    municipality.set_name("Värmdö");
    add("MunicipalityService/CreateMunicipality", municipality, cast.root);
    v1::CreateAgencyRequest agency;
    agency.set_code("VAR-SKO");
    agency.set_name("Skolan");
    agency.set_kind(v1::AGENCY_KIND_SCHOOL);
    agency.add_municipality_codes("TYR");
    add("AgencyService/CreateAgency", agency, cast.root);
    v1::UpdateAgencyRequest update;
    update.set_code("TYR-SKO");
    update.set_version(1);
    update.set_name("Nya skolan");
    update.add_municipality_codes("TYR");
    add("AgencyService/UpdateAgency", update, cast.root);
    add("AccountService/CreateAccount",
        new_account({"ny.nilsson", "TYR-SKO", v1::ROLE_MEMBER, {"TYR"}}), cast.admin_tyr);
    auto roles = about_account<v1::SetRolesRequest>("ny.nilsson");
    roles.set_version(1);
    *roles.add_roles() = grant(v1::ROLE_COORDINATOR, "TYR");
    add("AccountService/SetRoles", roles, cast.admin_tyr);
    add("AccountService/SuspendAccount", about_account<v1::SuspendAccountRequest>("ny.nilsson"),
        cast.admin_tyr);
    add("AccountService/ReinstateAccount", about_account<v1::ReinstateAccountRequest>("ny.nilsson"),
        cast.admin_tyr);
    add("AccountService/RevokeCertificate",
        revocation_of(book.certificates("siv.sjo").front().serial()), cast.admin_tyr);
    add("AccountService/Renew", new_renewal(), cast.school_tyr);
  }
  static std::unique_ptr<google::protobuf::Message> as_dry_run(
      const google::protobuf::Message& request) {
    auto copy = copy_of(request);
    const auto* field = copy->GetDescriptor()->FindFieldByName("write");
    auto& write =
        dynamic_cast<v1::Write&>(*copy->GetReflection()->MutableMessage(copy.get(), field));
    write.set_dry_run(true);
    return copy;
  }
};

TEST_F(AccountWrites, ADryRunChangesNothingTheRealCallDoesAndARepetitionNotAgain) {
  for (const Step& step : steps) {
    SCOPED_TRACE(step.rpc);
    const std::string before = book.stored();
    EXPECT_EQ(book.outcome(step.caller, step.rpc, *as_dry_run(*step.request)), "dry run ok");
    EXPECT_EQ(book.server.last_event().item_version(), 0U);
    EXPECT_EQ(book.stored(), before);
    const Answered first = book.call(step.caller, step.rpc, *step.request);
    EXPECT_EQ(first.summary(), "ok");
    const std::string after = book.stored();
    EXPECT_NE(after, before);
    EXPECT_EQ(book.outcome(step.caller, step.rpc, *step.request), "repeated ok");
    EXPECT_EQ(book.call(step.caller, step.rpc, *step.request).bodies, first.bodies);
    EXPECT_EQ(book.stored(), after);
    // As a dry run it is another request.
    EXPECT_EQ(book.outcome(step.caller, step.rpc, *as_dry_run(*step.request)),
              "refused already_exists/request_id_reused(write.request_id) for request_id_reused");
    EXPECT_EQ(book.stored(), after);
  }
}

TEST_F(AccountWrites, ARepetitionDoesNotUndoWhatWasDoneSince) {
  auto suspend = about_account<v1::SuspendAccountRequest>("sven.skog");
  suspend.mutable_write()->set_request_id("0123456789abcdef");
  book.get<v1::SuspendAccountResponse>(cast.admin_tyr, "AccountService/SuspendAccount", suspend);
  book.get<v1::ReinstateAccountResponse>(cast.admin_tyr, "AccountService/ReinstateAccount",
                                         about_account<v1::ReinstateAccountRequest>("sven.skog"));
  EXPECT_EQ(book.outcome(cast.admin_tyr, "AccountService/SuspendAccount", suspend), "repeated ok");
  EXPECT_EQ(book.named(), "by admin.tyr about sven.skog as administrator");
  EXPECT_FALSE(book.account("sven.skog").suspended());
  EXPECT_EQ(book.outcome(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest()),
            "allowed ok");
}

TEST_F(AccountWrites, ARepetitionNeedsTheLeaveThatTheFirstCallHad) {
  auto suspend = about_account<v1::SuspendAccountRequest>("sven.skog");
  suspend.mutable_write()->set_request_id("0123456789abcdef");
  book.get<v1::SuspendAccountResponse>(cast.admin_tyr, "AccountService/SuspendAccount", suspend);
  auto roles = about_account<v1::SetRolesRequest>("admin.tyr");
  roles.set_version(1);
  *roles.add_roles() = grant(v1::ROLE_MEMBER, "TYR");
  book.get<v1::SetRolesResponse>(cast.root, "AccountService/SetRoles", roles);
  EXPECT_EQ(book.outcome(cast.admin_tyr, "AccountService/SuspendAccount", suspend),
            "refused permission_denied/role_missing for role_missing");
}

TEST_F(AccountWrites, ACodeThatIsAskedForAgainIsNotShownAgainAndStillWorks) {
  auto issue = about_account<v1::IssueEnrolmentCodeRequest>("sven.skog");
  issue.mutable_write()->set_request_id("0123456789abcdef");
  const std::string rpc = "AccountService/IssueEnrolmentCode";
  const auto first = book.get<v1::IssueEnrolmentCodeResponse>(cast.admin_tyr, rpc, issue);
  EXPECT_EQ(book.outcome(cast.admin_tyr, rpc, issue), "repeated ok");
  const auto again = book.get<v1::IssueEnrolmentCodeResponse>(cast.admin_tyr, rpc, issue);
  EXPECT_EQ(again.code(), "");
  EXPECT_EQ(again.expires_at().seconds(), first.expires_at().seconds());
  // The repetition has not replaced it by one that nobody has seen.
  EXPECT_EQ(book.outcome(Account(), "AccountService/Enroll", enrolment(first.code())),
            "allowed ok");
}

}  // namespace
}  // namespace sspf::test
