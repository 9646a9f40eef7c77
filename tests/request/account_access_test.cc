// SPDX-License-Identifier: Apache-2.0
//
// Who may call what of AccountService, as one table of callers and RPCs. Writes are dry runs, so
// that every row meets the same state.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/request/refused.h"
#include "tests/support/account_book.h"

namespace sspf::test::account_access {
namespace {

const std::string own_account = "refused failed_precondition/own_account for own_account";

template <typename Request>
void add(Requests& requests, const std::string& rpc, Request request) {
  requests.emplace_back("AccountService/" + rpc, as_trial(std::move(request)));
}

struct AccountAccess : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;
  const Account admin_nac =
      make_account(book.server, {"admin.nac", "NAC-SSPF", v1::ROLE_ADMINISTRATOR, {"NAC"}});
  const Account admin_both =
      make_account(book.server, {"admin.polis", "LPO-POL", v1::ROLE_ADMINISTRATOR, {"TYR", "NAC"}});

  // What may be done to the own account too.
  Requests acts_on(const Account& account) {
    Requests requests;
    add(requests, "GetAccount", about_account<v1::GetAccountRequest>(account.handle));
    add(requests, "ListCertificates", about_account<v1::ListCertificatesRequest>(account.handle));
    add(requests, "ReinstateAccount", about_account<v1::ReinstateAccountRequest>(account.handle));
    add(requests, "RevokeCertificate",
        revocation_of(book.certificates(account.handle).front().serial()));
    return requests;
  }
  Requests acts_on_another(const Account& account) {
    Requests requests;
    const v1::Account stored = book.account(account.handle);
    auto roles = about_account<v1::SetRolesRequest>(account.handle);
    roles.set_version(stored.version());
    *roles.mutable_roles() = stored.roles();
    add(requests, "SetRoles", roles);
    add(requests, "SuspendAccount", about_account<v1::SuspendAccountRequest>(account.handle));
    add(requests, "IssueEnrolmentCode",
        about_account<v1::IssueEnrolmentCodeRequest>(account.handle));
    return requests;
  }
  void expect(const Requests& requests, const Account& caller, const std::string& expected) {
    for (const auto& [rpc, request] : requests) {
      const bool is_read = request->GetDescriptor()->FindFieldByName("write") == nullptr;
      const std::string wanted = expected != "done" ? expected
                                 : is_read          ? "allowed ok"
                                                    : "dry run ok";
      EXPECT_EQ(book.outcome(caller, rpc, *request), wanted) << caller.handle << " " << rpc;
    }
  }
  void expect_all(const Account& account, const Account& caller, const std::string& expected) {
    expect(acts_on(account), caller, expected);
    expect(acts_on_another(account), caller, expected);
  }
};

TEST_F(AccountAccess, WhoeverIsNoAdministratorReachesNoAccountNotEvenTheOwn) {
  const std::string before = book.stored();
  for (const Account& target : {cast.social_tyr, cast.suspended, cast.root}) {
    expect_all(target, cast.nobody, refused::no_certificate);
    expect_all(target, cast.suspended, refused::suspended);
    for (const Account& caller :
         {cast.coordinator_tyr, cast.coordinator_nac, cast.social_tyr, cast.school_tyr, cast.police,
          cast.school_nac, cast.auditor, cast.auditor_tyr}) {
      expect_all(target, caller, refused::role_missing);
    }
  }
  EXPECT_EQ(book.stored(), before);
}

TEST_F(AccountAccess, AnAdministratorReachesTheAccountsThatLieWithinTheOwnMunicipalities) {
  const std::string before = book.stored();
  for (const Account& target : {cast.coordinator_tyr, cast.social_tyr, cast.recreation_tyr,
                                cast.auditor_tyr, cast.suspended}) {
    expect_all(target, cast.root, "done");
    expect_all(target, cast.admin_tyr, "done");
    expect_all(target, admin_both, "done");
    expect_all(target, admin_nac, refused::other_municipality);
  }
  for (const Account& target : {cast.coordinator_nac, cast.school_nac}) {
    expect_all(target, cast.root, "done");
    expect_all(target, admin_nac, "done");
    expect_all(target, admin_both, "done");
    expect_all(target, cast.admin_tyr, refused::other_municipality);
  }
  EXPECT_EQ(book.stored(), before);
}

TEST_F(AccountAccess, AnAccountWithARoleOrAnAgencyBeyondThemIsOutOfReach) {
  // The police work in both, by agency and by role.
  expect_all(cast.police, cast.root, "done");
  expect_all(cast.police, cast.admin_tyr, refused::other_municipality);
  expect_all(cast.police, admin_nac, refused::other_municipality);
  expect_all(cast.police, admin_both, "done");
  // An agency of both, a role in one.
  const Account half =
      make_account(book.server, {"pia.polis", "LPO-POL", v1::ROLE_MEMBER, {"TYR"}});
  expect_all(half, cast.admin_tyr, refused::other_municipality);
  // An agency of the own municipality, a role in the whole installation.
  expect_all(cast.auditor, cast.admin_tyr, refused::other_municipality);
  expect_all(cast.auditor, admin_both, refused::other_municipality);
  expect_all(cast.auditor, cast.root, "done");
  // Neither: the first administrator.
  expect_all(cast.root, cast.admin_tyr, refused::other_municipality);
  expect_all(cast.root, admin_both, refused::other_municipality);
}

TEST_F(AccountAccess, NobodyChangesTheOwnAccount) {
  for (const Account& self : {cast.root, cast.admin_tyr, admin_both}) {
    expect(acts_on(self), self, "done");
    expect(acts_on_another(self), self, own_account);
    EXPECT_EQ(book.named(), "by " + self.handle + " about " + self.handle + " as administrator");
  }
}

TEST_F(AccountAccess, TheEventNamesCallerAccountAndRole) {
  for (const auto& [rpc, request] : acts_on(cast.social_tyr)) {
    EXPECT_EQ(book.outcome(admin_nac, rpc, *request), refused::other_municipality);
    EXPECT_EQ(book.named(), "by admin.nac about sara.sten as administrator") << rpc;
  }
  for (const auto& [rpc, request] : acts_on_another(cast.social_tyr)) {
    EXPECT_EQ(book.outcome(cast.admin_tyr, rpc, *request), "dry run ok");
    EXPECT_EQ(book.named(), "by admin.tyr about sara.sten as administrator") << rpc;
    // A dry run stores nothing, so it names no version.
    EXPECT_EQ(book.server.last_event().item_version(), 0U) << rpc;
  }
}

TEST_F(AccountAccess, WhatIsOutOfReachAnswersAsWhatIsNotThere) {
  Requests hidden = acts_on(cast.school_nac);
  for (auto& another : acts_on_another(cast.school_nac)) hidden.push_back(std::move(another));
  for (const auto& [rpc, request] : hidden) {
    std::unique_ptr<google::protobuf::Message> absent(request->New());
    absent->CopyFrom(*request);
    const auto* field = absent->GetDescriptor()->FindFieldByName("handle");
    if (field == nullptr) field = absent->GetDescriptor()->FindFieldByName("serial");
    absent->GetReflection()->SetString(absent.get(), field, "0123456789abcdef");
    const Answered there = book.call(cast.admin_tyr, rpc, *request);
    const Answered not_there = book.call(cast.admin_tyr, rpc, *absent);
    EXPECT_EQ(there.summary(), "not_found/not_found") << rpc;
    EXPECT_EQ(not_there.summary(), there.summary()) << rpc;
    EXPECT_EQ(not_there.message, there.message) << rpc;
    EXPECT_EQ(book.server.last_event().cause_reason(),
              static_cast<std::uint32_t>(Reason::not_found));
    EXPECT_EQ(book.named(), "by admin.tyr as administrator");
  }
}

TEST_F(AccountAccess, EveryAccountAsksWhoItIsAndRenewsItsCertificate) {
  Requests own;
  add(own, "WhoAmI", v1::WhoAmIRequest());
  add(own, "Renew", new_renewal());
  expect(own, cast.nobody, refused::no_certificate);
  expect(own, cast.suspended, refused::suspended);
  for (const Account& caller : {cast.root, cast.admin_tyr, cast.coordinator_tyr, cast.school_tyr,
                                cast.police, cast.auditor, cast.auditor_tyr, cast.school_nac}) {
    expect(own, caller, "done");
    const auto told =
        book.get<v1::WhoAmIResponse>(caller, "AccountService/WhoAmI", v1::WhoAmIRequest());
    EXPECT_EQ(told.account().DebugString(), book.account(caller.handle).DebugString());
    EXPECT_EQ(told.certificate_not_after().seconds(),
              book.certificates(caller.handle).front().not_after().seconds());
  }
  const auto told =
      book.get<v1::WhoAmIResponse>(cast.police, "AccountService/WhoAmI", v1::WhoAmIRequest());
  EXPECT_EQ(told.agency_name(), "Part LPO-POL");
  EXPECT_EQ(told.agency_kind(), v1::AGENCY_KIND_POLICE);
  EXPECT_FALSE(told.server_version().empty());
}

TEST_F(AccountAccess, TheListHoldsTheAccountsOfTheCallersMunicipalities) {
  using testing::ElementsAre;
  const std::string rpc = "AccountService/ListAccounts";
  EXPECT_EQ(book.outcome(cast.nobody, rpc, v1::ListAccountsRequest()), refused::no_certificate);
  EXPECT_EQ(book.outcome(cast.suspended, rpc, v1::ListAccountsRequest()), refused::suspended);
  for (const Account& other :
       {cast.school_tyr, cast.police, cast.auditor, cast.auditor_tyr, cast.school_nac}) {
    EXPECT_EQ(book.outcome(other, rpc, v1::ListAccountsRequest()), refused::role_missing)
        << other.handle;
  }
  const auto listed = [&](const Account& caller) {
    std::vector<std::string> handles;
    const auto response =
        book.get<v1::ListAccountsResponse>(caller, rpc, v1::ListAccountsRequest());
    for (const v1::Account& each : response.accounts()) {
      handles.push_back(each.handle());
      for (const v1::RoleGrant& role : each.roles()) {
        if (role.municipality_code().empty()) handles.back() += " all";
        if (!role.municipality_code().empty()) handles.back() += " " + role.municipality_code();
      }
    }
    return handles;
  };
  // Of a role elsewhere, an administrator or coordinator of one municipality is shown nothing.
  const auto of_nac = ElementsAre("admin.nac NAC", "admin.polis NAC", "nils.nack NAC",
                                  "nora.norr NAC", "per.park NAC");
  for (const Account& caller : {admin_nac, cast.coordinator_nac}) {
    EXPECT_THAT(listed(caller), of_nac) << caller.handle;
  }
  const auto of_tyr =
      ElementsAre("admin.polis TYR", "admin.tyr TYR", "anna.alm TYR", "frida.falt TYR",
                  "per.park TYR", "sara.sten TYR", "siv.sjo TYR", "sture.stopp TYR",
                  "sven.skog TYR", "ulla.upp all", "uno.ung TYR");
  for (const Account& caller : {cast.admin_tyr, cast.coordinator_tyr}) {
    EXPECT_THAT(listed(caller), of_tyr) << caller.handle;
  }
  EXPECT_EQ(book.named(), "by anna.alm as coordinator");
  const auto everybody = listed(cast.root);
  EXPECT_EQ(everybody.size(), 15U);
  EXPECT_THAT(everybody, testing::Contains("per.park NAC TYR"));
  EXPECT_THAT(everybody, testing::Contains("root all"));
  EXPECT_EQ(listed(admin_both).size(), 14U);  // all but root
}

}  // namespace
}  // namespace sspf::test::account_access
