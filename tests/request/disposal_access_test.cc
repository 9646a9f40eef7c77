// SPDX-License-Identifier: Apache-2.0
//
// Who may call what of RetentionService and DisposalService, as one table of callers and RPCs.
// Writes are dry runs, so that every row meets the same state.
#include <gtest/gtest.h>

#include <memory>

#include "tests/request/refused.h"
#include "tests/support/disposing.h"
#include "tests/support/requests.h"

namespace sspf::test {
namespace {

struct DisposalAccess : testing::Test {
  Disposing town;
  const Cast& cast = town.cast;
  const std::string reviewed_case = town.old_group();
  const std::string reviewed = town.list();
  const std::string listed_case = town.old_group();
  std::string listed;
  std::string hold;

  // A list that is reviewed, by the reviewer, and one that is not; both by the coordinator. And a
  // case that is on none yet.
  void SetUp() override {
    town.review_all(reviewed);
    listed = town.list();
    hold = town.hold(town.old_group());
    town.old_group();
  }

  Requests of_cases(const std::string& number) {
    Requests requests;
    requests.emplace_back("RetentionService/GetRetention",
                          as_trial(of_case<v1::GetRetentionRequest>(number)));
    auto set = of_case<v1::SetLegalHoldRequest>(number);
    set.set_reason("Skäl.");
    requests.emplace_back("RetentionService/SetLegalHold", as_trial(set));
    requests.emplace_back("DisposalService/ReviewDisposalItem",
                          as_trial(verdict_on(listed, listed_case, v1::DISPOSAL_VERDICT_DISPOSE)));
    return requests;
  }
  Requests of_both_roles() {
    Requests requests;
    auto show = of_tyr<v1::GetDisposalListRequest>();
    show.set_list(listed);
    requests.emplace_back("DisposalService/GetDisposalList", as_trial(show));
    requests.emplace_back("DisposalService/ListDisposalLists",
                          as_trial(of_tyr<v1::ListDisposalListsRequest>()));
    requests.emplace_back("RetentionService/ListRetentionRules",
                          as_trial(of_tyr<v1::ListRetentionRulesRequest>()));
    requests.emplace_back("DisposalService/ExecuteDisposal", as_trial(execution_of(reviewed)));
    return requests;
  }
  Requests of_coordinators() {
    Requests requests;
    requests.emplace_back("DisposalService/CreateDisposalList",
                          as_trial(of_tyr<v1::CreateDisposalListRequest>()));
    return requests;
  }
  Requests of_administrators() {
    Requests requests;
    requests.emplace_back("RetentionService/SetRetentionRule", as_trial(new_rule(5)));
    return requests;
  }

  void expect(const Requests& requests, const Account& caller, const std::string& expected) {
    for (const auto& [rpc, request] : requests) {
      const bool is_write = request->GetDescriptor()->FindFieldByName("write") != nullptr;
      const std::string outcome = town.outcome(caller, rpc, *request);
      EXPECT_EQ(outcome, expected != "may" ? expected
                         : is_write        ? "dry run"
                                           : "allowed")
          << caller.handle << " " << rpc;
    }
  }
  void expect_of_municipality(const Account& caller, const std::string& expected) {
    expect(of_both_roles(), caller, expected);
    expect(of_coordinators(), caller, expected);
    expect(of_administrators(), caller, expected);
  }
};

TEST_F(DisposalAccess, WhoIsNotSignedInOrOfAnotherMunicipalityLearnsNothing) {
  for (const auto& [caller, expected] : {std::pair(cast.nobody, refused::no_certificate),
                                         std::pair(cast.suspended, refused::suspended)}) {
    expect(of_cases(listed_case), caller, expected);
    expect_of_municipality(caller, expected);
  }
  for (const Account& caller : {cast.coordinator_nac, cast.school_nac}) {
    expect(of_cases(listed_case), caller, refused::not_assigned);
    expect_of_municipality(caller, refused::other_municipality);
  }
}

TEST_F(DisposalAccess, WhoeverHasNoPartInItIsRefused) {
  for (const Account& caller : {cast.school_tyr, cast.social_tyr, cast.recreation_tyr, cast.police,
                                cast.auditor, cast.auditor_tyr}) {
    expect(of_cases(listed_case), caller, refused::not_assigned);
    expect_of_municipality(caller, refused::role_missing);
  }
  // Somebody assigned to the case may enter it, and no more.
  town.load.server.set_date("2020-02-01");
  const std::string shared = town.load.create(new_group());
  town.load.assign(shared, cast.school_tyr);
  town.load.server.set_date("2026-11-24");
  Requests requests;
  requests.emplace_back("RetentionService/GetRetention",
                        as_trial(of_case<v1::GetRetentionRequest>(shared)));
  requests.emplace_back("DisposalService/ReviewDisposalItem",
                        as_trial(verdict_on(listed, shared, v1::DISPOSAL_VERDICT_DISPOSE)));
  expect(requests, cast.school_tyr, refused::role_missing);
}

TEST_F(DisposalAccess, AdministratorsDecideAndExecuteAndEnterNoCase) {
  for (const Account& caller : {cast.admin_tyr, cast.root}) {
    expect(of_cases(listed_case), caller, refused::not_assigned);
    expect(of_both_roles(), caller, "may");
    expect(of_coordinators(), caller, refused::role_missing);
    expect(of_administrators(), caller, "may");
  }
}

TEST_F(DisposalAccess, CoordinatorsDoTheRest) {
  expect(of_cases(listed_case), town.reviewer, "may");
  expect(of_coordinators(), town.reviewer, "may");
  expect(of_administrators(), town.reviewer, refused::role_missing);
  expect(of_both_roles(), town.executor, "may");
}

TEST_F(DisposalAccess, AListOfAnotherMunicipalityIsNotThere) {
  auto show = of_tyr<v1::GetDisposalListRequest>();
  show.set_municipality_code("NAC");
  show.set_list(listed);
  auto execute = execution_of(reviewed);
  execute.set_municipality_code("NAC");
  const std::string absent = "refused not_found/not_found for not_found";
  EXPECT_EQ(town.outcome(cast.coordinator_nac, "DisposalService/GetDisposalList", show), absent);
  EXPECT_EQ(town.outcome(cast.coordinator_nac, "DisposalService/ExecuteDisposal", execute), absent);
  show = of_tyr<v1::GetDisposalListRequest>();
  show.set_list("zzzzzzzz");
  EXPECT_EQ(town.outcome(town.coordinator, "DisposalService/GetDisposalList", show), absent);
}

}  // namespace
}  // namespace sspf::test
