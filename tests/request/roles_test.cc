// SPDX-License-Identifier: Apache-2.0
//
// Which roles an account may be given, by whom, when it is made and later; and what an account
// loses when its agency ceases to serve a municipality.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sspf/v1/meeting.pb.h"
#include "tests/support/account_book.h"

namespace sspf::test::roles {
namespace {

constexpr auto administrator = v1::ROLE_ADMINISTRATOR;
constexpr auto coordinator = v1::ROLE_COORDINATOR;
constexpr auto member = v1::ROLE_MEMBER;
constexpr auto auditor = v1::ROLE_AUDITOR;
const std::string conflict = "refused failed_precondition/roles_conflict for roles_conflict";
const std::string no_such_place =
    "refused invalid_argument/unknown_value(roles.municipality_code) for ";

using Grants = std::vector<v1::RoleGrant>;

struct Roles : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;

  // Of a new account of the school, and of one that is there.
  void expect(const Account& caller, const Grants& grants, const std::string& expected) {
    v1::CreateAccountRequest create = new_account({"ny.nilsson", "TYR-SKO", member, {"TYR"}});
    create.mutable_write()->set_dry_run(true);
    create.mutable_roles()->Assign(grants.begin(), grants.end());
    EXPECT_EQ(book.outcome(caller, "AccountService/CreateAccount", create), expected);
    v1::SetRolesRequest set = replacement("sven.skog");
    set.mutable_write()->set_dry_run(true);
    set.mutable_roles()->Assign(grants.begin(), grants.end());
    EXPECT_EQ(book.outcome(caller, "AccountService/SetRoles", set), expected);
  }
  v1::SetRolesRequest replacement(const std::string& handle) {
    auto request = about_account<v1::SetRolesRequest>(handle);
    const v1::Account stored = book.account(handle);
    request.set_version(stored.version());
    *request.mutable_roles() = stored.roles();
    return request;
  }
  std::string create(const Account& caller, const NewAccount& wanted) {
    return book.outcome(caller, "AccountService/CreateAccount", new_account(wanted));
  }
};

TEST_F(Roles, AdministratorsAuditorsAndThoseWhoWorkWithCasesAreDifferentAccounts) {
  const std::string before = book.stored();
  for (const v1::Role first : {administrator, coordinator, member, auditor}) {
    for (const v1::Role second : {administrator, coordinator, member, auditor}) {
      const bool both_work =
          (first == coordinator || first == member) && (second == coordinator || second == member);
      const std::string expected = first == second || both_work ? "dry run ok" : conflict;
      SCOPED_TRACE(v1::Role_Name(first) + " and " + v1::Role_Name(second));
      expect(cast.root, {grant(first, "TYR"), grant(second, "TYR")}, expected);
    }
  }
  // One in the whole installation counts as well.
  expect(cast.root, {grant(administrator, ""), grant(auditor, "TYR")}, conflict);
  expect(cast.root, {grant(auditor, ""), grant(member, "TYR")}, conflict);
  expect(cast.root, {grant(administrator, ""), grant(administrator, "TYR")}, "dry run ok");
  EXPECT_EQ(book.stored(), before);
}

TEST_F(Roles, WhoWorksWithCasesDoesSoInAMunicipalityThatTheAgencyServes) {
  for (const v1::Role role : {coordinator, member}) {
    expect(cast.root, {grant(role, "")},
           "refused invalid_argument/missing(roles.municipality_code) for missing");
    expect(cast.root, {grant(role, "TYR")}, "dry run ok");
  }
  for (const v1::Role role : {administrator, coordinator, member, auditor}) {
    expect(cast.root, {grant(role, "NAC")}, no_such_place + "unknown_value");
    expect(cast.root, {grant(role, "INGEN")}, no_such_place + "unknown_value");
    // Also when it is the second that is wrong.
    expect(cast.root, {grant(role, "TYR"), grant(role, "NAC")}, no_such_place + "unknown_value");
  }
}

TEST_F(Roles, AMunicipalitysAdministratorGivesRolesThereAndNowhereElse) {
  for (const v1::Role role : {administrator, coordinator, member, auditor}) {
    expect(cast.admin_tyr, {grant(role, "TYR")}, "dry run ok");
    // Told as a municipality that does not exist is.
    expect(cast.admin_tyr, {grant(role, "NAC")}, no_such_place + "other_municipality");
    expect(cast.admin_tyr, {grant(role, "INGEN")}, no_such_place + "unknown_value");
  }
  for (const v1::Role role : {administrator, auditor}) {
    expect(cast.admin_tyr, {grant(role, "")}, "refused not_found/not_found for other_municipality");
  }
}

TEST_F(Roles, AMunicipalitysAdministratorMakesNoAccountOfAnAgencyOfAnother) {
  const std::string before = book.stored();
  const std::string elsewhere =
      "refused invalid_argument/unknown_value(agency_code) for other_municipality";
  EXPECT_EQ(create(cast.admin_tyr, {"ny.nilsson", "NAC-SKO", member, {"NAC"}}), elsewhere);
  EXPECT_EQ(create(cast.admin_tyr, {"ny.nilsson", "LPO-POL", member, {"TYR"}}), elsewhere);
  EXPECT_EQ(create(cast.admin_tyr, {"ny.nilsson", "INGEN", member, {"TYR"}}),
            "refused invalid_argument/unknown_value(agency_code) for unknown_value");
  EXPECT_EQ(book.named(), "by admin.tyr as administrator");
  for (const Account& other :
       {cast.coordinator_tyr, cast.school_tyr, cast.police, cast.auditor, cast.auditor_tyr}) {
    EXPECT_EQ(create(other, {"ny.nilsson", "TYR-SKO", member, {"TYR"}}),
              "refused permission_denied/role_missing for role_missing")
        << other.handle;
  }
  EXPECT_EQ(create(cast.nobody, {"ny.nilsson", "TYR-SKO", member, {"TYR"}}),
            "refused unauthenticated/no_certificate for no_certificate");
  EXPECT_EQ(create(cast.suspended, {"ny.nilsson", "TYR-SKO", member, {"TYR"}}),
            "refused unauthenticated/unknown_certificate for account_suspended");
  // The agency of the first administrator serves no municipality; only the installation's may.
  EXPECT_EQ(create(cast.root, {"ny.nilsson", "DRIFT", administrator, {}}), "allowed ok");
  EXPECT_NE(book.stored(), before);
}

TEST_F(Roles, AHandleIsUsedOnce) {
  const std::string before = book.stored();
  const std::string taken = "refused already_exists/already_there(handle) for already_there";
  EXPECT_EQ(create(cast.admin_tyr, {"sven.skog", "TYR-SKO", member, {"TYR"}}), taken);
  EXPECT_EQ(create(cast.admin_tyr, {"sture.stopp", "TYR-SKO", member, {"TYR"}}), taken);
  EXPECT_EQ(create(cast.root, {"root", "DRIFT", administrator, {}}), taken);
  EXPECT_EQ(book.stored(), before);
  EXPECT_EQ(create(cast.admin_tyr, {"sven.skog2", "TYR-SKO", member, {"TYR"}}), "allowed ok");
  EXPECT_EQ(book.named(), "by admin.tyr about sven.skog2 as administrator");
  EXPECT_EQ(book.server.last_event().item_version(), 1U);
  const v1::Account made = book.account("sven.skog2");
  EXPECT_EQ(made.name(), "Test sven.skog2");
  EXPECT_EQ(made.agency_code(), "TYR-SKO");
  EXPECT_EQ(made.roles_size(), 1);
  EXPECT_EQ(made.version(), 1U);
  EXPECT_FALSE(made.suspended());
}

TEST_F(Roles, NewRolesReplaceTheOldAndActOnTheNextCall) {
  v1::SetRolesRequest set = replacement("sven.skog");
  EXPECT_EQ(book.outcome(cast.school_tyr, "AccountService/ListAccounts", v1::ListAccountsRequest()),
            "refused permission_denied/role_missing for role_missing");
  set.mutable_roles(0)->set_role(coordinator);
  const auto response =
      book.get<v1::SetRolesResponse>(cast.admin_tyr, "AccountService/SetRoles", set);
  EXPECT_EQ(response.version(), set.version() + 1);
  EXPECT_EQ(book.server.last_event().item_version(), set.version() + 1);
  EXPECT_EQ(book.account("sven.skog").roles_size(), 1);
  EXPECT_EQ(book.outcome(cast.school_tyr, "AccountService/ListAccounts", v1::ListAccountsRequest()),
            "allowed ok");
  const std::string before = book.stored();
  EXPECT_EQ(book.outcome(cast.admin_tyr, "AccountService/SetRoles", set),
            "refused aborted/stale_version for stale_version");
  set.set_version(set.version() + 2);
  EXPECT_EQ(book.outcome(cast.admin_tyr, "AccountService/SetRoles", set),
            "refused aborted/stale_version for stale_version");
  EXPECT_EQ(book.stored(), before);
}

TEST_F(Roles, ARoleThatIsGivenTwiceIsOne) {
  v1::SetRolesRequest set = replacement("sven.skog");
  *set.add_roles() = set.roles(0);
  *set.add_roles() = grant(coordinator, "TYR");
  *set.add_roles() = grant(coordinator, "TYR");
  book.get<v1::SetRolesResponse>(cast.admin_tyr, "AccountService/SetRoles", set);
  const v1::Account stored = book.account("sven.skog");
  ASSERT_EQ(stored.roles_size(), 2);
  EXPECT_EQ(stored.roles(0).role(), coordinator);
  EXPECT_EQ(stored.roles(1).role(), member);
}

TEST_F(Roles, AnAccountWhoseAgencyServesAnotherMunicipalityTooLeavesTheAdministratorsReach) {
  v1::UpdateAgencyRequest update;
  update.set_code("TYR-SKO");
  update.set_version(1);
  update.set_name("Skolan");
  update.add_municipality_codes("TYR");
  update.add_municipality_codes("NAC");
  book.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", update);
  EXPECT_EQ(book.outcome(cast.admin_tyr, "AccountService/GetAccount",
                         about_account<v1::GetAccountRequest>("sven.skog")),
            "refused not_found/not_found for other_municipality");
}

// What each of these accounts could do in TYR before the agency ceased to serve it.
struct AgencyLeaves : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;
  std::uint64_t version = 1;

  void police_serves(const std::vector<std::string>& municipalities) {
    v1::UpdateAgencyRequest update;
    update.set_code("LPO-POL");
    update.set_version(version);
    update.set_name("Polisen");
    for (const std::string& code : municipalities) update.add_municipality_codes(code);
    version = book.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", update)
                  .version();
  }
  Account of_police(const std::string& handle, v1::Role role) {
    return make_account(book.server, {handle, "LPO-POL", role, {"TYR", "NAC"}});
  }
  std::string get_account(const Account& caller, const std::string& handle) {
    return book.outcome(caller, "AccountService/GetAccount",
                        about_account<v1::GetAccountRequest>(handle));
  }
};

TEST_F(AgencyLeaves, ItsAdministratorsReachNobodyThereAnyMore) {
  const Account admin = of_police("admin.polis", administrator);
  EXPECT_EQ(get_account(admin, "sven.skog"), "allowed ok");
  police_serves({"NAC"});
  EXPECT_EQ(get_account(admin, "sven.skog"), "refused not_found/not_found for other_municipality");
  EXPECT_EQ(get_account(admin, "nora.norr"), "allowed ok");
  v1::CreateAccountRequest create = new_account({"ny.nilsson", "TYR-SKO", member, {"TYR"}});
  EXPECT_EQ(book.outcome(admin, "AccountService/CreateAccount", create),
            "refused invalid_argument/unknown_value(agency_code) for other_municipality");
  police_serves({"NAC", "TYR"});
  EXPECT_EQ(get_account(admin, "sven.skog"), "allowed ok");
}

TEST_F(AgencyLeaves, ItsCoordinatorsSeeAndMakeNothingThereAnyMore) {
  const Account leader = of_police("kim.kust", coordinator);
  v1::GetAgendaTemplateRequest agenda;
  agenda.set_municipality_code("TYR");
  const std::string rpc = "AgendaService/GetAgendaTemplate";
  EXPECT_EQ(book.outcome(leader, rpc, agenda), "allowed ok");
  police_serves({"NAC"});
  EXPECT_EQ(book.outcome(leader, rpc, agenda),
            "refused not_found/not_found for other_municipality");
  const auto accounts = book.get<v1::ListAccountsResponse>(leader, "AccountService/ListAccounts",
                                                           v1::ListAccountsRequest());
  for (const v1::Account& each : accounts.accounts()) {
    EXPECT_NE(each.agency_code().substr(0, 3), "TYR") << each.handle();
  }
}

TEST_F(AgencyLeaves, ItsAuditorsSeeNoEventsThatConcernItAnyMore) {
  const Account reviewer = of_police("rut.rapport", auditor);
  book.outcome(cast.school_tyr, "AccountService/WhoAmI", v1::WhoAmIRequest());
  book.outcome(cast.school_nac, "AccountService/WhoAmI", v1::WhoAmIRequest());
  v1::ListEventsRequest request;
  request.set_rpc("sspf.v1.AccountService/WhoAmI");
  const auto seen = [&] {
    std::vector<std::string> accounts;
    const auto listed =
        book.get<v1::ListEventsResponse>(reviewer, "AuditService/ListEvents", request);
    for (const v1::EventView& event : listed.events()) accounts.push_back(event.account());
    return accounts;
  };
  EXPECT_THAT(seen(), testing::ElementsAre("sven.skog", "nora.norr"));
  police_serves({"NAC"});
  EXPECT_THAT(seen(), testing::ElementsAre("nora.norr"));
  police_serves({"TYR"});
  EXPECT_THAT(seen(), testing::ElementsAre("sven.skog"));
}

TEST_F(AgencyLeaves, AnAccountWithGrantsOnlyThereHasNoneLeft) {
  const Account reviewer = make_account(book.server, {"rut.rapport", "LPO-POL", auditor, {"TYR"}});
  EXPECT_EQ(book.outcome(reviewer, "AuditService/ListEvents", v1::ListEventsRequest()),
            "allowed ok");
  police_serves({"NAC"});
  EXPECT_EQ(book.outcome(reviewer, "AuditService/ListEvents", v1::ListEventsRequest()),
            "refused permission_denied/role_missing for role_missing");
  // The account itself is still there, and its agency's new municipalities are what it sees.
  const auto seen = book.get<v1::ListMunicipalitiesResponse>(
      reviewer, "MunicipalityService/ListMunicipalities", v1::ListMunicipalitiesRequest());
  ASSERT_EQ(seen.municipalities_size(), 1);
  EXPECT_EQ(seen.municipalities(0).code(), "NAC");
}

}  // namespace
}  // namespace sspf::test::roles
