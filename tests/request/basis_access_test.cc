// SPDX-License-Identifier: Apache-2.0
//
// Who may call what about legal bases and the rules of signatures, and what a caller is told of the
// own access to a case.
#include <gtest/gtest.h>

#include <functional>

#include "server/base/limits.h"
#include "sspf/v1/basis.pb.h"
#include "sspf/v1/disclosure.pb.h"
#include "tests/request/refused.h"
#include "tests/support/account_book.h"
#include "tests/support/caseload.h"

namespace sspf::test::basis_access {
namespace {

const std::string ok = "ok";
const std::string nobody = "unauthenticated/no_certificate";
const std::string unknown = "unauthenticated/unknown_certificate";

v1::SetSignatureRulesRequest new_rules() {
  v1::SetSignatureRulesRequest request;
  request.set_municipality_code("TYR");
  for (const std::uint32_t age : {0U, 15U, 18U}) {
    v1::SignatureRule& rule = *request.add_rules();
    rule.set_from_age(age);
    rule.set_youth(age > 0);
    rule.set_guardians(age == 18 ? v1::GUARDIAN_SIGNATURES_NONE : v1::GUARDIAN_SIGNATURES_ONE);
  }
  return request;
}

struct BasisAccess : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;

  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    return load.server.call(caller, "sspf.v1." + rpc, request).summary();
  }
  void expect(const std::string& rpc, const google::protobuf::Message& request,
              const std::vector<std::pair<const Account*, std::string>>& rows) {
    for (const auto& [caller, expected] : rows) {
      EXPECT_EQ(outcome(*caller, rpc, request), expected) << rpc << " by " << caller->handle;
      EXPECT_EQ(load.server.last_event().outcome(),
                expected == ok ? (rpc.find("List") == std::string::npos ? v1::OUTCOME_DRY_RUN
                                                                        : v1::OUTCOME_ALLOWED)
                               : v1::OUTCOME_REFUSED)
          << rpc << " by " << caller->handle;
    }
  }
  std::vector<std::pair<const Account*, std::string>> administrator_alone() {
    return {{&cast.root, ok},
            {&cast.admin_tyr, ok},
            {&cast.coordinator_tyr, told::no_role},
            {&cast.school_tyr, told::no_role},
            {&cast.auditor_tyr, told::no_role},
            {&cast.coordinator_nac, told::hidden},
            {&cast.school_nac, told::hidden},
            {&cast.suspended, unknown},
            {&cast.nobody, nobody}};
  }
  std::vector<v1::Ground> grounds(const Account& caller, const std::string& number) {
    v1::ExplainAccessRequest request;
    request.set_case_number(number);
    const auto response =
        load.get<v1::ExplainAccessResponse>(caller, "BasisService/ExplainAccess", request);
    return {response.grounds().begin(), response.grounds().end()};
  }
};

TEST_F(BasisAccess, TheAdministratorOfTheMunicipalityDecides) {
  v1::DecideBasisRequest decide;
  decide.mutable_write()->set_dry_run(true);
  decide.set_municipality_code("TYR");
  decide.set_basis_code("OSL-10-2");
  decide.set_valid_from("2009-06-30");
  decide.set_decided_by("Julia Jurist");
  decide.set_decision("KS 2026/17");
  decide.set_decided_on("2026-11-20");
  expect("BasisService/DecideBasis", decide, administrator_alone());
  v1::SetSignatureRulesRequest rules = new_rules();
  rules.mutable_write()->set_dry_run(true);
  expect("ConsentService/SetSignatureRules", rules, administrator_alone());
}

TEST_F(BasisAccess, CoordinatorsReadThem) {
  auto rows = administrator_alone();
  rows[2].second = ok;
  v1::ListBasesRequest bases;
  bases.set_municipality_code("TYR");
  expect("BasisService/ListBases", bases, rows);
  v1::ListSignatureRulesRequest rules;
  rules.set_municipality_code("TYR");
  expect("ConsentService/ListSignatureRules", rules, rows);
}

TEST_F(BasisAccess, TheCatalogueIsTheInstallations) {
  v1::EndBasisRequest end;
  end.mutable_write()->set_dry_run(true);
  end.set_basis_code("OSL-10-2");
  end.set_valid_from("2009-06-30");
  end.set_valid_to("2030-01-01");
  v1::AddBasisRequest add;
  add.mutable_write()->set_dry_run(true);
  v1::LegalBasis& basis = *add.mutable_basis();
  basis.set_code("PROV-1");
  basis.set_paragraph("1 §");
  basis.set_title_swedish("Prov");
  basis.set_title_english("Trial");
  basis.set_form(v1::BASIS_FORM_PER_ITEM);
  basis.add_secrecy_classes(v1::SECRECY_CLASS_GENERAL);
  basis.set_valid_from("2026-01-01");
  std::vector<std::pair<const Account*, std::string>> rows = administrator_alone();
  for (auto& [caller, expected] : rows) {
    if (caller != &cast.root && (expected == ok || expected == told::hidden)) {
      expected = told::no_role;
    }
  }
  expect("BasisService/EndBasis", end, rows);
  expect("BasisService/AddBasis", add, rows);
}

using Wrong = std::function<void(v1::SetSignatureRulesRequest&)>;

TEST_F(BasisAccess, RulesBeginAtBirthAndLeaveTheAdultAlone) {
  const std::pair<Wrong, std::string> rows[] = {
      {[](auto& r) { r.clear_rules(); }, "invalid_argument/missing(rules)"},
      {[](auto& r) { r.mutable_rules(0)->set_from_age(1); },
       "invalid_argument/rules_not_in_order(rules)"},
      {[](auto& r) { r.mutable_rules(1)->set_from_age(0); },
       "invalid_argument/rules_not_in_order(rules)"},
      {[](auto& r) { r.mutable_rules()->RemoveLast(); },
       "invalid_argument/adult_signs_alone(rules)"},
      {[](auto& r) { r.mutable_rules(2)->set_from_age(19); },
       "invalid_argument/adult_signs_alone(rules)"},
      {[](auto& r) { r.mutable_rules(2)->set_youth(false); },
       "invalid_argument/adult_signs_alone(rules)"},
      {[](auto& r) { r.mutable_rules(2)->set_guardians(v1::GUARDIAN_SIGNATURES_ONE); },
       "invalid_argument/adult_signs_alone(rules)"},
      {[](auto& r) { r.mutable_rules(1)->set_guardians(v1::GUARDIAN_SIGNATURES_NONE); },
       "invalid_argument/adult_signs_alone(rules)"},
      {[](auto& r) { r.mutable_rules(1)->clear_guardians(); },
       "invalid_argument/missing(rules.guardians)"},
      {[](auto& r) { r.mutable_rules(2)->set_from_age(limits::basis_age_max + 1); },
       "invalid_argument/too_large(rules.from_age)"},
      {[](auto& r) {
         while (r.rules_size() <= limits::signature_rules_max) *r.add_rules() = r.rules(2);
       },
       "invalid_argument/too_many_items(rules)"},
  };
  for (const auto& [spoil, expected] : rows) {
    v1::SetSignatureRulesRequest request = new_rules();
    spoil(request);
    EXPECT_EQ(outcome(cast.admin_tyr, "ConsentService/SetSignatureRules", request), expected);
  }
  v1::SetSignatureRulesRequest most = new_rules();
  for (std::uint32_t age = 1; most.rules_size() < limits::signature_rules_max; ++age) {
    v1::SignatureRule& rule = *most.add_rules();
    rule = most.rules(2);
    rule.set_from_age(18 + age);
  }
  EXPECT_EQ(outcome(cast.admin_tyr, "ConsentService/SetSignatureRules", most), ok);
}

TEST_F(BasisAccess, RulesAreShownAsTheyWereSetAndElseAsTheDefault) {
  const auto rules = [&](const Account& caller, const std::string& municipality) {
    v1::ListSignatureRulesRequest request;
    request.set_municipality_code(municipality);
    return load
        .get<v1::ListSignatureRulesResponse>(caller, "ConsentService/ListSignatureRules", request)
        .ShortDebugString();
  };
  const std::string by_default = rules(cast.coordinator_tyr, "TYR");
  EXPECT_EQ(by_default,
            "rules { guardians: GUARDIAN_SIGNATURES_ALL } "
            "rules { from_age: 15 guardians: GUARDIAN_SIGNATURES_ALL youth: true } "
            "rules { from_age: 18 guardians: GUARDIAN_SIGNATURES_NONE youth: true }");
  EXPECT_EQ(outcome(cast.admin_tyr, "ConsentService/SetSignatureRules", new_rules()), ok);
  EXPECT_NE(rules(cast.coordinator_tyr, "TYR"), by_default);
  EXPECT_EQ(rules(cast.coordinator_nac, "NAC"), by_default);
}

// `sspf case why`: what lets one see, and to whom may not know of the case, nothing.
TEST_F(BasisAccess, ExplainsWhatLetsTheCallerSeeACase) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  Terms social;
  social.agencies = {"TYR-SOC"};
  social.purposes = {v1::PURPOSE_FOLLOW_UP};
  load.server.advance_seconds(1);  // they come in the order in which they were recorded
  load.consent(number, social);
  const auto coordinators = grounds(cast.coordinator_tyr, number);
  ASSERT_EQ(coordinators.size(), 3U);
  EXPECT_EQ(coordinators[0].kind(), v1::GROUND_KIND_COORDINATOR);
  EXPECT_EQ(coordinators[1].kind(), v1::GROUND_KIND_CONSENT);
  EXPECT_TRUE(coordinators[1].serves_purpose());
  EXPECT_FALSE(coordinators[2].serves_purpose());
  // A member is told of those consents alone that name the own agency.
  const auto members = grounds(cast.school_tyr, number);
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].kind(), v1::GROUND_KIND_ASSIGNED);
  EXPECT_EQ(members[1].reference(), coordinators[1].reference());
  EXPECT_EQ(members[1].kinds_size(), 4);
  // By the name that the log gives it.
  load.note(cast.coordinator_tyr, number, "Samordnarens anteckning");
  EXPECT_EQ(load.notes(cast.school_tyr, number).size(), 1U);
  const v1::AuditEvent event = load.server.last_event();
  const std::string& basis = event.cases_shown(0).basis_id();
  EXPECT_EQ(members[1].basis_ref(), BasisId::of(crypto::view_of(basis)).text());
}

// Whoever may not see who it is learns no birthday by asking about one day after another.
TEST_F(BasisAccess, AnAgeIsJudgedOnAnotherDayOnlyForWhoMaySeeWhoItIs) {
  v1::CreateCaseRequest person = new_person("");
  person.set_birth_date("2008-11-24");  // eighteen today
  const std::string number = load.create(person);
  load.assign(number, cast.school_tyr);
  Terms terms;
  terms.signers = "y";
  terms.signed_on = load.server.today();
  terms.kinds = {v1::INFORMATION_KIND_MAPPING};
  load.consent(number, terms);
  v1::RegisterDutyRequestRequest ask;
  ask.mutable_write()->set_dry_run(true);
  ask.set_case_number(number);
  ask.set_asking_agency_code("TYR-SOC");
  ask.set_basis_code("SOL-19-1");
  ask.set_received_on("2026-11-23");
  ask.set_question("Fråga");
  EXPECT_EQ(outcome(cast.school_tyr, "DutyService/RegisterDutyRequest", ask),
            "failed_precondition/too_old_for_basis(basis_code)");
  terms.kinds = {v1::INFORMATION_KIND_IDENTITY};
  load.consent(number, terms);
  ask.mutable_write()->clear_request_id();
  EXPECT_EQ(outcome(cast.school_tyr, "DutyService/RegisterDutyRequest", ask), ok);
}

TEST_F(BasisAccess, AGroupIsSeenByWhoeverIsAssigned) {
  const std::string number = load.create(new_group());
  load.assign(number, cast.police);
  const auto seen = grounds(cast.police, number);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[1].kind(), v1::GROUND_KIND_GROUP);
}

TEST_F(BasisAccess, ExplainsNothingToWhoMayNotKnow) {
  const std::string number = load.mapped();
  load.assign(number, cast.police);  // whom the consent does not name
  v1::ExplainAccessRequest request;
  request.set_case_number(number);
  for (const Account* caller : {&cast.police, &cast.school_tyr, &cast.school_nac, &cast.admin_tyr,
                                &cast.auditor, &cast.coordinator_nac, &cast.root}) {
    EXPECT_EQ(outcome(*caller, "BasisService/ExplainAccess", request), told::hidden)
        << caller->handle;
  }
  EXPECT_EQ(outcome(cast.suspended, "BasisService/ExplainAccess", request), unknown);
  EXPECT_EQ(outcome(cast.nobody, "BasisService/ExplainAccess", request), nobody);
}

}  // namespace
}  // namespace sspf::test::basis_access
