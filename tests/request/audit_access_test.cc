// SPDX-License-Identifier: Apache-2.0
//
// Who may read the audit log: the installation's auditor all of it, a municipality's auditor what
// concerns it, everybody else the checkpoint; and what no event holds, whoever reads it.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/request/refused.h"
#include "tests/support/account_book.h"
#include "tests/support/caseload.h"

namespace sspf::test {
namespace {

struct AuditAccess : testing::Test {
  AccountBook book;
  const Cast& cast = book.cast;
};

TEST_F(AuditAccess, AuditorsListTheInstallationsAuditorExportsAndAllSeeTheCheckpoint) {
  const std::string list = "AuditService/ListEvents";
  const std::string exported = "AuditService/ExportEvents";
  const std::string checkpoint = "AuditService/GetCheckpoint";
  for (const std::string& rpc : {list, exported, checkpoint}) {
    EXPECT_EQ(book.outcome(cast.nobody, rpc, v1::GetCheckpointRequest()), refused::no_certificate)
        << rpc;
    EXPECT_EQ(book.outcome(cast.suspended, rpc, v1::GetCheckpointRequest()), refused::suspended)
        << rpc;
  }
  for (const Account& other :
       {cast.root, cast.admin_tyr, cast.coordinator_tyr, cast.coordinator_nac, cast.school_tyr,
        cast.police, cast.school_nac, cast.auditor_tyr, cast.auditor}) {
    const bool lists = other.handle == "uno.ung" || other.handle == "ulla.upp";
    EXPECT_EQ(book.outcome(other, list, v1::ListEventsRequest()),
              lists ? "allowed ok" : refused::role_missing)
        << other.handle;
    EXPECT_EQ(book.named(), "by " + other.handle + (lists ? " as auditor" : ""));
    const bool exports = other.handle == "ulla.upp";
    EXPECT_EQ(book.outcome(other, exported, v1::ExportEventsRequest()),
              exports ? "allowed ok" : refused::role_missing)
        << other.handle;
    EXPECT_EQ(book.named(), "by " + other.handle + (exports ? " as auditor" : ""));
    EXPECT_EQ(book.outcome(other, checkpoint, v1::GetCheckpointRequest()), "allowed ok")
        << other.handle;
  }
}

// Which municipalities an event concerns, told from the event alone and from who serves where.
struct Concern : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;

  std::set<MunicipalityId> served_by(store::Unit& unit, const std::string& account) {
    const auto facts = unit.facts().account(AccountId::of(crypto::view_of(account)));
    return {facts.agency_municipalities.begin(), facts.agency_municipalities.end()};
  }
  std::set<MunicipalityId> concerned(store::Unit& unit, const v1::AuditEvent& event,
                                     const std::map<std::string, MunicipalityId>& cases) {
    std::set<MunicipalityId> places;
    if (!event.municipality_id().empty()) {
      places.insert(MunicipalityId::of(crypto::view_of(event.municipality_id())));
    }
    if (!event.case_id().empty()) places.insert(cases.at(event.case_id()));
    for (const auto& shown : event.cases_shown()) places.insert(cases.at(shown.case_id()));
    if (!event.subject_account_id().empty()) {
      places.merge(served_by(unit, event.subject_account_id()));
    }
    if (places.empty() && !event.account_id().empty()) {
      places = served_by(unit, event.account_id());
    }
    return places;
  }
  std::vector<std::uint64_t> listed(const Account& caller) {
    std::vector<std::uint64_t> sequences;
    const auto response = load.get<v1::ListEventsResponse>(caller, "AuditService/ListEvents",
                                                           v1::ListEventsRequest());
    for (const v1::EventView& event : response.events()) sequences.push_back(event.sequence());
    return sequences;
  }
  std::string case_in_nac() {
    v1::CreateCaseRequest request = new_group();
    request.set_municipality_code("NAC");
    request.set_referring_agency_code("NAC-SKO");
    return load.get<v1::CreateCaseResponse>(cast.coordinator_nac, "CaseService/CreateCase", request)
        .number();
  }
  void assign_in_nac(const std::string& number, const Account& account) {
    v1::AssignAccountRequest request;
    request.set_case_number(number);
    request.set_handle(account.handle);
    load.get<v1::AssignAccountResponse>(cast.coordinator_nac, "CaseService/AssignAccount", request);
  }
};

TEST_F(Concern, AMunicipalitysAuditorSeesTheEventsThatConcernItAndNoOther) {
  const std::string here = load.create(new_group());
  const std::string there = case_in_nac();
  load.assign(here, cast.police);
  assign_in_nac(there, cast.police);
  load.listed(cast.police);  // shows one case of each
  load.show(cast.police, there);
  v1::GetCaseRequest foreign;
  foreign.set_case_number(there);
  load.server.call(cast.school_tyr, "sspf.v1.CaseService/GetCase", foreign);
  load.server.call(cast.admin_tyr, "sspf.v1.AccountService/GetAccount",
                   about_account<v1::GetAccountRequest>("nora.norr"));
  load.server.call(cast.admin_tyr, "sspf.v1.AccountService/GetAccount",
                   about_account<v1::GetAccountRequest>("root"));
  v1::CreateAccountRequest trial = new_account({"ny.nilsson", "TYR-SKO", v1::ROLE_MEMBER, {"TYR"}});
  trial.mutable_write()->set_dry_run(true);
  load.server.call(cast.admin_tyr, "sspf.v1.AccountService/CreateAccount", trial);
  load.server.call(cast.suspended, "sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
  load.server.call(cast.nobody, "sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
  load.server.call(cast.school_nac, "sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
  const auto all = load.server.events();
  const auto seen = listed(cast.auditor_tyr);

  std::vector<std::uint64_t> expected;
  std::size_t elsewhere = 0;
  {
    store::Batch batch(load.server.installation().database());
    store::Unit unit(batch);
    const MunicipalityId tyr = unit.tables().directory.municipality("TYR").value();
    std::map<std::string, MunicipalityId> cases;
    for (const std::string& number : {here, there}) {
      const auto row = unit.facts().case_of(number);
      cases.emplace(row->id.blob(), row->municipality);
    }
    for (const v1::AuditEvent& event : all) {
      v1::AuditEvent told = event;
      // An account that was made in a dry run is not there: the caller is who is concerned.
      const bool is_trial = event.outcome() == v1::OUTCOME_DRY_RUN;
      if (is_trial) told.clear_subject_account_id();
      const auto places = concerned(unit, told, cases);
      if (places.contains(tyr)) expected.push_back(event.sequence());
      elsewhere += places.contains(tyr) ? 0 : 1;
    }
  }
  EXPECT_EQ(seen, expected);
  EXPECT_GT(expected.size(), 30U);
  EXPECT_GT(elsewhere, 10U);
}

TEST_F(Concern, WhatIsAskedAndShownStaysOutOfTheTree) {
  const std::string number = load.mapped();
  load.note(cast.coordinator_tyr, number, "Hemlig anteckning om skolan");
  load.show(cast.coordinator_tyr, number);
  v1::FindCaseRequest find;
  find.set_municipality_code("TYR");
  find.set_identity_number(number_aged_15);
  load.get<v1::FindCaseResponse>(cast.coordinator_tyr, "CaseService/FindCase", find);
  find.set_identity_number("201105232390");  // a wrong check digit
  load.server.call(cast.coordinator_tyr, "sspf.v1.CaseService/FindCase", find);
  v1::ListEventsRequest filter;
  filter.set_rpc("Testsson");
  load.server.call(cast.auditor, "sspf.v1.AuditService/ListEvents", filter);
  load.server.call(cast.auditor, "sspf.v1.CaseService/Testsson", filter);
  load.server.call(cast.admin_tyr, "sspf.v1.AccountService/CreateAccount",
                   new_account({"Testsson", "TYR-SKO", v1::ROLE_MEMBER, {"TYR"}}));
  const std::vector<std::string> markers = {
      "Testsson", "Vera",    "Hemlig", "20110523",  "110523", "Test ", "sven.skog", "anna.alm",
      "Part TYR", "TYR-SKO", "Tyres",  "127.0.0.1", "skolan", number,  "Skäl som"};
  std::size_t searched = 0;
  for (const v1::AuditEvent& event : load.server.events()) {
    const std::string bytes = event.SerializeAsString();
    for (const std::string& marker : markers) {
      EXPECT_EQ(bytes.find(marker), std::string::npos) << marker << " in " << event.rpc();
    }
    ++searched;
  }
  EXPECT_GT(searched, 50U);
  EXPECT_EQ(load.server.events().at(searched - 2).rpc(), "unknown");
}

}  // namespace
}  // namespace sspf::test
