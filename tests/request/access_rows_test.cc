// SPDX-License-Identifier: Apache-2.0
//
// What SQL gives to decisions of access, row by row. The rule is applied to each row again, so that
// a predicate that is missing in a list shows in no answer: here it does.
#include <gtest/gtest.h>

#include <algorithm>

#include "sspf/v1/basis.pb.h"
#include "tests/support/disposing.h"
#include "tests/support/planning.h"

namespace sspf::test {
namespace {

using Numbers = std::vector<std::string>;

struct AccessRows : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Cast& cast = load.cast;
  const std::string in_tyr = load.create(new_group());
  std::string in_nac;

  void SetUp() override {
    v1::CreateCaseRequest request = new_group();
    request.set_municipality_code("NAC");
    request.set_referring_agency_code("LPO-POL");
    in_nac =
        load.get<v1::CreateCaseResponse>(cast.coordinator_nac, "CaseService/CreateCase", request)
            .number();
  }

  template <typename Answer>
  auto facts(const Answer& answer) {
    store::Batch batch(load.server.installation().database());
    store::Unit unit(batch);
    return answer(unit.facts());
  }
  store::ListOf list_of(const store::AccessFacts& facts, const Account& account) {
    const AccountId id = facts.account_of(account.handle).value();
    const store::AccountFacts known = facts.account(id);
    return {id, known.agency, known.agency_kind, load.server.now(), load.server.today(), "", 1000};
  }
  Numbers cases(const Account& account) {
    return facts([&](const store::AccessFacts& all) {
      Numbers numbers;
      for (const auto& row : all.cases(list_of(all, account))) numbers.push_back(row.number);
      return numbers;
    });
  }
  Numbers meetings(const Account& account) {
    return facts([&](const store::AccessFacts& all) {
      Numbers numbers;
      for (const auto& row : all.meetings(list_of(all, account))) numbers.push_back(row.number);
      return numbers;
    });
  }
  std::string new_meeting(const Account& coordinator, const std::string& municipality) {
    v1::CreateMeetingRequest request;
    request.set_municipality_code(municipality);
    request.mutable_starts_at()->set_seconds(1'796'126'400);
    request.mutable_ends_at()->set_seconds(1'796'130'000);
    request.set_place("Rum 1");
    return load.get<v1::CreateMeetingResponse>(coordinator, "MeetingService/CreateMeeting", request)
        .number();
  }
  void serve(const std::string& agency, const std::vector<std::string>& municipalities) {
    v1::UpdateAgencyRequest request;
    const auto agencies = load.get<v1::ListAgenciesResponse>(
        cast.root, "AgencyService/ListAgencies", v1::ListAgenciesRequest());
    for (const v1::Agency& each : agencies.agencies()) {
      if (each.code() != agency) continue;
      request.set_code(agency);
      request.set_version(each.version());
      request.set_name(each.name());
      for (const std::string& code : municipalities) request.add_municipality_codes(code);
    }
    load.get<v1::UpdateAgencyResponse>(cast.root, "AgencyService/UpdateAgency", request);
  }
  void set_roles(const Account& account, const std::vector<std::string>& municipalities) {
    v1::GetAccountRequest read;
    read.set_handle(account.handle);
    v1::SetRolesRequest request;
    request.set_handle(account.handle);
    request.set_version(
        load.get<v1::GetAccountResponse>(cast.root, "AccountService/GetAccount", read)
            .account()
            .version());
    for (const std::string& code : municipalities) {
      v1::RoleGrant& grant = *request.add_roles();
      grant.set_role(v1::ROLE_MEMBER);
      grant.set_municipality_code(code);
    }
    load.get<v1::SetRolesResponse>(cast.root, "AccountService/SetRoles", request);
  }
};

TEST_F(AccessRows, AreOfTheMunicipalitiesThatTheOwnAgencyServes) {
  const std::string meeting = new_meeting(cast.coordinator_tyr, "TYR");
  EXPECT_EQ(cases(cast.coordinator_tyr), Numbers{in_tyr});
  EXPECT_EQ(meetings(cast.coordinator_tyr), Numbers{meeting});
  serve("TYR-SSPF", {"NAC"});  // no longer TYR, where others go on
  EXPECT_EQ(cases(cast.coordinator_tyr), Numbers{});
  EXPECT_EQ(meetings(cast.coordinator_tyr), Numbers{});
}

TEST_F(AccessRows, AreOfTheMunicipalityOfTheRole) {
  const std::string meeting = new_meeting(cast.coordinator_nac, "NAC");
  new_meeting(cast.coordinator_tyr, "TYR");
  const Account both = make_account(
      load.server, {"pia.polis", "LPO-POL", v1::ROLE_COORDINATOR, {"NAC"}});  // serves both
  EXPECT_EQ(cases(both), Numbers{in_nac});
  EXPECT_EQ(meetings(both), Numbers{meeting});
}

TEST_F(AccessRows, AnAssignmentWithoutTheRoleThereGivesNone) {
  load.assign(in_tyr, cast.police);
  EXPECT_EQ(cases(cast.police), Numbers{in_tyr});
  set_roles(cast.police, {"NAC"});
  EXPECT_EQ(cases(cast.police), Numbers{});
}

TEST_F(AccessRows, ACommitmentOfAnotherAgencyGivesNone) {
  const std::string number = load.mapped();
  plans.commit(new_commitment(number, "TYR-SKO"));
  load.assign(number, cast.recreation_tyr);  // in no consent
  load.assign(number, cast.school_tyr);
  EXPECT_EQ(cases(cast.recreation_tyr), Numbers{});
  facts([&](const store::AccessFacts& all) {
    const CaseId id = all.case_of(number).value().id;
    const auto agency_of = [&](const Account& account) {
      return all.account(all.account_of(account.handle).value()).agency;
    };
    EXPECT_TRUE(all.has_committed(id, agency_of(cast.school_tyr)));
    EXPECT_FALSE(all.has_committed(id, agency_of(cast.recreation_tyr)));
    return 0;
  });
}

// R9b: enabled in one municipality, it opens nothing in another.
TEST_F(AccessRows, AStandingBasisOfAnotherMunicipalityGivesNone) {
  const std::string number = load.create(new_person(""));
  load.assign(number, cast.recreation_tyr);
  v1::AddBasisRequest add;
  v1::LegalBasis& basis = *add.mutable_basis();
  basis.set_code("PROV-1");
  basis.set_paragraph("1 § provlagen");
  basis.set_title_swedish("Till fritid");
  basis.set_title_english("To recreation");
  basis.set_form(v1::BASIS_FORM_STANDING);
  basis.set_to_kind(v1::AGENCY_KIND_RECREATION);
  basis.add_secrecy_classes(v1::SECRECY_CLASS_GENERAL);
  basis.set_valid_from("2026-11-24");
  load.get<v1::AddBasisResponse>(cast.root, "BasisService/AddBasis", add);
  const auto enable_in = [&](const std::string& municipality) {
    v1::DecideBasisRequest decide;
    decide.set_municipality_code(municipality);
    decide.set_basis_code("PROV-1");
    decide.set_valid_from("2026-11-24");
    decide.set_enabled(true);
    decide.set_decided_by("Julia Jurist");
    decide.set_decision("KS 2026/17");
    decide.set_decided_on("2026-11-20");
    load.get<v1::DecideBasisResponse>(cast.root, "BasisService/DecideBasis", decide);
  };
  enable_in("NAC");
  EXPECT_EQ(cases(cast.recreation_tyr), Numbers{});
  enable_in("TYR");
  EXPECT_EQ(cases(cast.recreation_tyr), Numbers{number});
}

// The kind of the agency that coordinates says how secret its items are.
TEST_F(AccessRows, NameTheKindOfTheAgencyThatCoordinates) {
  const Account social =
      make_account(load.server, {"sara.social", "TYR-SOC", v1::ROLE_COORDINATOR, {"TYR"}});
  v1::CreateCaseRequest request = new_person(number_aged_13);
  const std::string number =
      load.get<v1::CreateCaseResponse>(social, "CaseService/CreateCase", request).number();
  const std::string meeting = new_meeting(social, "TYR");
  v1::AddAgendaItemRequest item;
  item.set_meeting_number(meeting);
  item.set_kind(v1::AGENDA_ITEM_KIND_CASE);
  item.set_case_number(number);
  load.get<v1::AddAgendaItemResponse>(social, "AgendaService/AddAgendaItem", item);
  facts([&](const store::AccessFacts& all) {
    const store::CaseRow row = all.case_of(number).value();
    EXPECT_EQ(row.facts.coordinating_kind, v1::AGENCY_KIND_SOCIAL_SERVICES);
    const auto at_meeting = all.cases_at_meeting(all.meeting_of(meeting).value().id);
    EXPECT_EQ(at_meeting.size(), 1U);
    for (const auto& each : at_meeting) {
      EXPECT_EQ(each.facts.coordinating_kind, v1::AGENCY_KIND_SOCIAL_SERVICES);
    }
    return 0;
  });
  // By its number, as a search finds it.
  v1::FindCaseRequest find;
  find.set_municipality_code("TYR");
  find.set_identity_number(number_aged_13);
  const auto found = load.get<v1::FindCaseResponse>(social, "CaseService/FindCase", find);
  ASSERT_EQ(found.cases_size(), 1);
  EXPECT_EQ(found.cases(0).identity_number(), number_aged_13);
}

// R14: a search by number stays in its municipality, even if another's index were the same.
TEST_F(AccessRows, ASearchByNumberStaysInTheMunicipality) {
  load.create(new_person(number_aged_13));
  crypto::Bytes index;
  {
    store::Connection database = open_database(load.server.config());
    store::Query query(database,
                       "SELECT number_index FROM case_file WHERE number_index IS NOT NULL");
    ASSERT_TRUE(query.step());
    const std::string bytes = query.blob(0);
    index.assign(bytes.begin(), bytes.end());
  }
  facts([&](const store::AccessFacts& all) {
    EXPECT_EQ(all.cases_with_index(all.municipality("TYR").value().id, index).size(), 1U);
    EXPECT_TRUE(all.cases_with_index(all.municipality("NAC").value().id, index).empty());
    return 0;
  });
}

// Of an account: the kind of its own agency, and the municipalities that that one serves.
TEST_F(AccessRows, AreOfTheAccountsOwnAgency) {
  facts([&](const store::AccessFacts& all) {
    const auto school = all.account(all.account_of(cast.school_nac.handle).value());
    EXPECT_EQ(school.agency_kind, v1::AGENCY_KIND_SCHOOL);
    EXPECT_EQ(school.agency_municipalities.size(), 1U);
    const auto police = all.account(all.account_of(cast.police.handle).value());
    EXPECT_EQ(police.agency_kind, v1::AGENCY_KIND_POLICE);
    EXPECT_EQ(police.agency_municipalities.size(), 2U);
    return 0;
  });
}

}  // namespace
}  // namespace sspf::test
