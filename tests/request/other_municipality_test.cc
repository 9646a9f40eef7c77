// SPDX-License-Identifier: Apache-2.0
//
// What one municipality has decided holds there, and nowhere else: legal bases, rules of who signs,
// roles.
#include <gtest/gtest.h>

#include <set>

#include "server/access/signing.h"
#include "server/base/limits.h"
#include "sspf/v1/basis.pb.h"
#include "sspf/v1/disclosure.pb.h"
#include "tests/support/disposing.h"

namespace sspf::test {
namespace {

struct OtherMunicipality : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;

  template <typename Answer>
  auto facts(const Answer& answer) {
    store::Batch batch(load.server.installation().database());
    store::Unit unit(batch);
    return answer(unit.facts());
  }
  store::PlaceAndDay place(const store::AccessFacts& all, const std::string& code) {
    return {all.municipality(code).value().id, load.server.today()};
  }
  v1::DecideBasisRequest decision(const std::string& municipality, bool enabled) {
    v1::DecideBasisRequest request;
    request.set_municipality_code(municipality);
    request.set_basis_code("OSL-10-2");
    request.set_valid_from("2009-06-30");
    request.set_enabled(enabled);
    request.set_decided_by("Jurist i " + municipality);
    request.set_decision("KS 2026/17");
    request.set_decided_on("2026-11-20");
    return request;
  }
  void decide(const v1::DecideBasisRequest& request) {
    load.get<v1::DecideBasisResponse>(cast.root, "BasisService/DecideBasis", request);
  }
  std::string decided_by(const Account& caller, const std::string& municipality) {
    v1::ListBasesRequest request;
    request.set_municipality_code(municipality);
    std::string who;
    int rows = 0;
    const auto response =
        load.get<v1::ListBasesResponse>(caller, "BasisService/ListBases", request);
    for (const v1::MunicipalBasis& row : response.bases()) {
      if (row.basis().code() != "OSL-10-2") continue;
      who = row.decided_by();
      ++rows;
    }
    EXPECT_EQ(rows, 1);
    return who;
  }
  void set_rules(const std::string& municipality, std::uint32_t youth_from) {
    v1::SetSignatureRulesRequest request;
    request.set_municipality_code(municipality);
    for (const std::uint32_t age : {0U, youth_from, 18U}) {
      v1::SignatureRule& rule = *request.add_rules();
      rule.set_from_age(age);
      rule.set_youth(age > 0);
      rule.set_guardians(age == 18 ? v1::GUARDIAN_SIGNATURES_NONE : v1::GUARDIAN_SIGNATURES_ALL);
    }
    load.get<v1::SetSignatureRulesResponse>(cast.root, "ConsentService/SetSignatureRules", request);
  }
};

TEST_F(OtherMunicipality, DecidesAboutBasesForItselfAlone) {
  decide(decision("NAC", true));
  decide(decision("NAC", true));
  EXPECT_EQ(decided_by(cast.coordinator_tyr, "TYR"), "");
  decide(decision("TYR", true));
  EXPECT_EQ(decided_by(cast.coordinator_tyr, "TYR"), "Jurist i TYR");
  EXPECT_EQ(decided_by(cast.coordinator_nac, "NAC"), "Jurist i NAC");
  // Each counts its own versions.
  store::Connection database = open_database(load.server.config());
  store::Query query(database,
                     "SELECT group_concat(line, ' ') FROM (SELECT m.code || d.version AS line "
                     "FROM legal_basis_decision d JOIN municipality m "
                     "ON m.municipality_id = d.municipality_id ORDER BY m.code, d.version)");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.text(0), "NAC1 NAC2 TYR1");
}

TEST_F(OtherMunicipality, LendsNoBasisThatIsDisabledHere) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  const std::string note = load.note(cast.school_tyr, number, "Skolans anteckning");
  decide(decision("TYR", false));
  v1::RecordDisclosureRequest request;
  request.set_case_number(number);
  request.set_note(note);
  request.set_version(1);
  request.set_recipient_agency_code("LPO-POL");
  request.set_basis_code("OSL-10-2");  // enabled in NAC
  request.set_decided_by("Rut Rektor");
  request.set_reasoning("Litet men.");
  EXPECT_EQ(load.server.call(cast.school_tyr, "sspf.v1.DisclosureService/RecordDisclosure", request)
                .summary(),
            "failed_precondition/basis_not_in_force(basis_code)");
}

TEST_F(OtherMunicipality, LendsNoStandingBasis) {
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
  auto enable = decision("NAC", true);
  enable.set_basis_code("PROV-1");
  enable.set_valid_from("2026-11-24");
  decide(enable);
  facts([&](const store::AccessFacts& all) {
    const auto kind = v1::AGENCY_KIND_RECREATION;
    EXPECT_TRUE(all.standing_bases(kind, place(all, "TYR")).empty());
    EXPECT_EQ(all.standing_bases(kind, place(all, "NAC")).size(), 1U);
    return 0;
  });
}

TEST_F(OtherMunicipality, SaysForItselfAloneWhoSigns) {
  const auto youth_signs_from = [&](const std::string& code) {
    return facts([&](const store::AccessFacts& all) {
      const auto rules = all.signature_rules(place(all, code).municipality);
      return rules.size() == 3 ? rules[1].from_age : -1;
    });
  };
  set_rules("NAC", 12);
  EXPECT_EQ(youth_signs_from("TYR"), 15);  // the default
  set_rules("NAC", 13);
  set_rules("TYR", 14);
  EXPECT_EQ(youth_signs_from("TYR"), 14);
  EXPECT_EQ(youth_signs_from("NAC"), 13);
  store::Connection database = open_database(load.server.config());
  store::Query query(database,
                     "SELECT group_concat(line, ' ') FROM (SELECT m.code || r.version AS line "
                     "FROM signature_rule_version r JOIN municipality m "
                     "ON m.municipality_id = r.municipality_id WHERE r.from_age = 0 "
                     "ORDER BY m.code, r.version)");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.text(0), "NAC1 NAC2 TYR1");
}

// An account that works there is nobody's colleague here.
TEST_F(OtherMunicipality, GivesNoRoleHere) {
  const Account elsewhere = make_account(
      load.server, {"pia.polis", "LPO-POL", v1::ROLE_MEMBER, {"NAC"}});  // its agency serves both
  v1::BlockAccountRequest request;
  request.set_case_number(load.mapped());
  request.set_handle(elsewhere.handle);
  request.set_reason("Granne.");
  const std::string rpc = "sspf.v1.BlockService/BlockAccount";
  EXPECT_EQ(load.server.call(cast.coordinator_tyr, rpc, request).summary(),
            "invalid_argument/unknown_value(handle)");
  request.set_handle(cast.police.handle);  // has a role in both
  EXPECT_EQ(load.server.call(cast.coordinator_tyr, rpc, request).summary(), "ok");
}

TEST_F(OtherMunicipality, FillsItsOwnRulesOfRetentionAlone) {
  auto request = new_rule(5);
  request.set_municipality_code("NAC");
  for (std::int64_t i = 0; i < limits::retention_rules_max; ++i) {
    load.get<v1::SetRetentionRuleResponse>(cast.root, "RetentionService/SetRetentionRule", request);
  }
  const std::string rpc = "sspf.v1.RetentionService/SetRetentionRule";
  EXPECT_EQ(load.server.call(cast.root, rpc, request).summary(),
            "failed_precondition/too_many_rules");
  request.set_municipality_code("TYR");
  EXPECT_EQ(load.server.call(cast.root, rpc, request).summary(), "ok");
}

// An auditor of both whose agency ceases to serve one goes on seeing the other's events alone.
TEST_F(OtherMunicipality, ShowsNoEventsOnceTheAuditorsAgencyHasLeftIt) {
  const Account auditor =
      make_account(load.server, {"ulf.uhr", "LPO-POL", v1::ROLE_AUDITOR, {"TYR", "NAC"}});
  load.create(new_group());
  v1::CreateCaseRequest create = new_group();
  create.set_municipality_code("NAC");
  create.set_referring_agency_code("NAC-SKO");
  load.get<v1::CreateCaseResponse>(cast.coordinator_nac, "CaseService/CreateCase", create);
  const auto seen = [&] {
    std::set<std::string> of;
    v1::ListEventsRequest request;
    request.set_rpc("sspf.v1.CaseService/CreateCase");
    const auto response =
        load.get<v1::ListEventsResponse>(auditor, "AuditService/ListEvents", request);
    for (const v1::EventView& event : response.events()) of.insert(event.municipality_code());
    return of;
  };
  EXPECT_EQ(seen(), (std::set<std::string>{"NAC", "TYR"}));
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
  EXPECT_EQ(seen(), std::set<std::string>{"NAC"});
}

}  // namespace
}  // namespace sspf::test
