// SPDX-License-Identifier: Apache-2.0
//
// The catalogue of legal bases: what an installation begins with, what an administrator adds, ends
// and decides, and what a standing basis opens (R1, R7-R9b).
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "sspf/v1/basis.pb.h"
#include "tests/support/caseload.h"
#include "tests/support/stored_rows.h"

namespace sspf::test::basis {
namespace {

v1::AddBasisRequest new_basis(const std::string& code) {
  v1::AddBasisRequest request;
  v1::LegalBasis& basis = *request.mutable_basis();
  basis.set_code(code);
  basis.set_paragraph("1 § provlagen");
  basis.set_title_swedish("Skolan till socialtjänsten");
  basis.set_title_english("School to social services");
  basis.set_form(v1::BASIS_FORM_STANDING);
  basis.set_from_kind(v1::AGENCY_KIND_SCHOOL);
  basis.set_to_kind(v1::AGENCY_KIND_SOCIAL_SERVICES);
  basis.add_secrecy_classes(v1::SECRECY_CLASS_PUPIL_WELFARE);
  basis.set_valid_from("2026-11-25");
  basis.set_valid_to("2026-12-31");
  return request;
}

v1::DecideBasisRequest decision(const std::string& code, const std::string& valid_from) {
  v1::DecideBasisRequest request;
  request.set_municipality_code("TYR");
  request.set_basis_code(code);
  request.set_valid_from(valid_from);
  request.set_enabled(true);
  request.set_decided_by("Julia Jurist");
  request.set_decision("KS 2026/17");
  request.set_decided_on("2026-11-20");
  return request;
}

struct Bases : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  StoredRows rows{load.server.config()};

  std::vector<v1::MunicipalBasis> list(const Account& caller, const std::string& municipality) {
    v1::ListBasesRequest request;
    request.set_municipality_code(municipality);
    const auto response =
        load.get<v1::ListBasesResponse>(caller, "BasisService/ListBases", request);
    return {response.bases().begin(), response.bases().end()};
  }
  v1::MunicipalBasis find(const std::string& code, const std::string& municipality = "TYR") {
    const Account& caller = municipality == "TYR" ? cast.coordinator_tyr : cast.coordinator_nac;
    for (const v1::MunicipalBasis& row : list(caller, municipality)) {
      if (row.basis().code() == code) return row;
    }
    throw std::runtime_error("no basis " + code);
  }
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    return load.server.call(caller, "sspf.v1.BasisService/" + rpc, request).summary();
  }
  void enable(const std::string& code) {
    load.get<v1::DecideBasisResponse>(cast.admin_tyr, "BasisService/DecideBasis",
                                      decision(code, "2026-11-25"));
  }
  // And nothing is stored.
  std::string refused(const std::string& rpc, const google::protobuf::Message& request,
                      const Account& caller) {
    rows.changes();
    const std::string summary = outcome(caller, rpc, request);
    EXPECT_EQ(rows.changes(), "") << summary;
    EXPECT_EQ(load.server.last_event().outcome(), v1::OUTCOME_REFUSED);
    return summary;
  }
};

TEST_F(Bases, BeginWithWhatTheLawSays) {
  const auto bases = list(cast.coordinator_tyr, "TYR");
  EXPECT_GE(bases.size(), 15U);
  for (const v1::MunicipalBasis& row : bases) {
    const v1::LegalBasis& basis = row.basis();
    EXPECT_FALSE(basis.paragraph().empty()) << basis.code();
    EXPECT_FALSE(basis.title_swedish().empty()) << basis.code();
    EXPECT_FALSE(basis.title_english().empty()) << basis.code();
    EXPECT_GT(basis.secrecy_classes_size(), 0) << basis.code();
    // Nothing is shared by law alone until a municipality's lawyer says so.
    EXPECT_NE(basis.form(), v1::BASIS_FORM_STANDING) << basis.code();
    EXPECT_EQ(row.decided_by(), "") << basis.code();
  }
  // R9: ships disabled.
  EXPECT_FALSE(find("OSL-10-15A").enabled());
  EXPECT_FALSE(find("OSL-10-15A").in_force());
  // R8, R10: 26 kap. is outside the general clause and the duties of 2025:170.
  for (const char* code : {"OSL-10-27", "L-2025-170-6", "L-2025-170-7"}) {
    const v1::MunicipalBasis row = find(code);
    EXPECT_TRUE(row.in_force()) << code;
    for (const int each : row.basis().secrecy_classes()) {
      EXPECT_NE(each, v1::SECRECY_CLASS_SOCIAL_SERVICES) << code;
    }
  }
  for (const char* code : {"OSL-10-1", "OSL-12-2"}) {
    EXPECT_EQ(find(code).basis().form(), v1::BASIS_FORM_CONSENT) << code;
    EXPECT_TRUE(find(code).in_force()) << code;
  }
}

// R7: one code, two wordings, one day between them.
TEST_F(Bases, OneCodeHasItsWordingsOneAfterTheOther) {
  std::vector<v1::MunicipalBasis> wordings;
  for (const v1::MunicipalBasis& row : list(cast.coordinator_tyr, "TYR")) {
    if (row.basis().code() == "OSL-10-18A") wordings.push_back(row);
  }
  ASSERT_EQ(wordings.size(), 2U);
  EXPECT_EQ(wordings[0].basis().valid_to(), "2025-03-31");
  EXPECT_EQ(wordings[1].basis().valid_from(), "2025-04-01");
  EXPECT_FALSE(wordings[0].in_force());
  EXPECT_TRUE(wordings[1].in_force());
  EXPECT_EQ(wordings[1].basis().below_age(), 21U);
}

TEST_F(Bases, AreEnabledInOneMunicipalityByANamedDecision) {
  load.get<v1::DecideBasisResponse>(cast.admin_tyr, "BasisService/DecideBasis",
                                    decision("OSL-10-15A", "2025-12-01"));
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_EQ(event.outcome(), v1::OUTCOME_ALLOWED);
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.municipality_id().size(), 16U);
  EXPECT_EQ(event.role(), static_cast<std::uint32_t>(v1::ROLE_ADMINISTRATOR));
  const v1::MunicipalBasis here = find("OSL-10-15A");
  EXPECT_TRUE(here.in_force());
  EXPECT_EQ(here.decided_by(), "Julia Jurist");
  EXPECT_EQ(here.decision(), "KS 2026/17");
  EXPECT_EQ(here.decided_on(), "2026-11-20");
  EXPECT_FALSE(find("OSL-10-15A", "NAC").enabled());
  EXPECT_EQ(find("OSL-10-15A", "NAC").decided_by(), "");
  // The newest decision holds.
  v1::DecideBasisRequest undo = decision("OSL-10-15A", "2025-12-01");
  undo.set_enabled(false);
  load.get<v1::DecideBasisResponse>(cast.admin_tyr, "BasisService/DecideBasis", undo);
  EXPECT_FALSE(find("OSL-10-15A").enabled());
}

TEST_F(Bases, RefuseADecisionThatIsWrong) {
  EXPECT_EQ(refused("DecideBasis", decision("FINNS-EJ", "2025-12-01"), cast.admin_tyr),
            "not_found/not_found");
  EXPECT_EQ(refused("DecideBasis", decision("OSL-10-15A", "2025-12-02"), cast.admin_tyr),
            "not_found/not_found");
  v1::DecideBasisRequest request = decision("OSL-10-15A", "2025-12-01");
  request.set_decided_on("2026-11-25");
  EXPECT_EQ(refused("DecideBasis", request, cast.admin_tyr),
            "invalid_argument/in_future(decided_on)");
  request.set_decided_on("2026-11-24");
  request.clear_decided_by();
  EXPECT_EQ(refused("DecideBasis", request, cast.admin_tyr),
            "invalid_argument/missing(decided_by)");
}

TEST_F(Bases, AreAddedAndEndedByTheInstallationsAdministrator) {
  load.get<v1::AddBasisResponse>(cast.root, "BasisService/AddBasis", new_basis("PROV-1"));
  EXPECT_EQ(load.server.last_event().item_id().size(), 16U);
  EXPECT_FALSE(find("PROV-1").enabled());  // until a municipality's lawyer says so
  enable("PROV-1");
  EXPECT_TRUE(find("PROV-1").enabled());
  EXPECT_FALSE(find("PROV-1").in_force());  // begins tomorrow
  load.server.set_date("2026-11-25");
  EXPECT_TRUE(find("PROV-1").in_force());
  v1::EndBasisRequest end;
  end.set_basis_code("PROV-1");
  end.set_valid_from("2026-11-25");
  end.set_valid_to("2026-11-25");
  load.get<v1::EndBasisResponse>(cast.root, "BasisService/EndBasis", end);
  load.server.set_date("2026-11-26");
  EXPECT_FALSE(find("PROV-1").in_force());
  v1::AddBasisRequest next = new_basis("PROV-1");
  next.mutable_basis()->set_valid_from("2026-11-26");
  next.mutable_basis()->clear_valid_to();
  EXPECT_EQ(outcome(cast.root, "AddBasis", next), "ok");
  // What has ended has ended.
  end.set_valid_to("2026-11-26");
  EXPECT_EQ(refused("EndBasis", end, cast.root), "invalid_argument/in_past(valid_to)");
}

TEST_F(Bases, RefuseARowThatIsWrong) {
  v1::AddBasisRequest request = new_basis("OSL-10-2");
  EXPECT_EQ(refused("AddBasis", request, cast.root),
            "already_exists/already_there(basis.valid_from)");
  request = new_basis("PROV-1");
  request.mutable_basis()->set_valid_to("2026-11-24");
  EXPECT_EQ(refused("AddBasis", request, cast.root),
            "invalid_argument/ends_before_start(basis.valid_to)");
  request = new_basis("PROV-1");
  request.mutable_basis()->set_below_age(limits::basis_age_max + 1);
  EXPECT_EQ(refused("AddBasis", request, cast.root), "invalid_argument/too_large(basis.below_age)");
  request.mutable_basis()->set_below_age(limits::basis_age_max);
  request.mutable_write()->set_dry_run(true);
  EXPECT_EQ(outcome(cast.root, "AddBasis", request), "ok");
  request = new_basis("PROV-1");
  request.mutable_basis()->set_enabled_by_default(true);
  EXPECT_EQ(refused("AddBasis", request, cast.root),
            "invalid_argument/unexpected(basis.enabled_by_default)");
  request = new_basis("PROV-1");
  request.mutable_basis()->clear_secrecy_classes();
  EXPECT_EQ(refused("AddBasis", request, cast.root),
            "invalid_argument/missing(basis.secrecy_classes)");
  v1::EndBasisRequest end;
  end.set_basis_code("OSL-10-2");
  end.set_valid_from("2009-06-30");
  end.set_valid_to("2009-06-29");
  EXPECT_EQ(refused("EndBasis", end, cast.root), "invalid_argument/ends_before_start(valid_to)");
  end.set_valid_to("2026-11-23");  // yesterday
  EXPECT_EQ(refused("EndBasis", end, cast.root), "invalid_argument/in_past(valid_to)");
  end.set_valid_from("2009-07-01");
  end.set_valid_to("2030-01-01");
  EXPECT_EQ(refused("EndBasis", end, cast.root), "not_found/not_found");
}

// R9b: a law that shares without consent is a row, and opens what it says and no more.
TEST_F(Bases, AStandingOneOpensTheOwnersItemsToTheOtherKindOfAgency) {
  const std::string number = load.create(new_person(number_aged_15));
  load.assign(number, cast.school_tyr);
  load.assign(number, cast.social_tyr);
  load.assign(number, cast.recreation_tyr);
  Terms schools;
  schools.agencies = {"TYR-SKO"};
  const std::string consent = load.consent(number, schools);
  load.note(cast.school_tyr, number, "Skolans anteckning");
  load.revoke(number, consent);
  EXPECT_TRUE(load.listed(cast.social_tyr).empty());

  load.get<v1::AddBasisResponse>(cast.root, "BasisService/AddBasis", new_basis("PROV-1"));
  enable("PROV-1");
  EXPECT_TRUE(load.listed(cast.social_tyr).empty());  // begins tomorrow
  load.server.set_date("2026-11-25");
  EXPECT_EQ(load.listed(cast.social_tyr), std::vector<std::string>{number});
  const auto notes = load.notes(cast.social_tyr, number);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].text(), "Skolans anteckning");
  const v1::AuditEvent event = load.server.last_event();
  ASSERT_EQ(event.cases_shown_size(), 1);
  EXPECT_EQ(event.cases_shown(0).basis_id().size(), 16U);  // the log names it
  v1::ListNoteVersionsRequest versions;
  versions.set_case_number(number);
  versions.set_note(notes[0].note());
  EXPECT_EQ(
      load.server.call(cast.social_tyr, "sspf.v1.CaseService/ListNoteVersions", versions).summary(),
      "ok");
  // One way, one secrecy, and nothing of the coordination's.
  EXPECT_EQ(load.show(cast.social_tyr, number).title(), "");
  EXPECT_TRUE(load.listed(cast.school_tyr).empty());
  EXPECT_TRUE(load.listed(cast.recreation_tyr).empty());
  load.server.set_date("2027-01-01");
  EXPECT_TRUE(load.listed(cast.social_tyr).empty());
}

TEST_F(Bases, AStandingOneEndsAtItsAge) {
  v1::CreateCaseRequest person = new_person("");
  person.set_birth_date("2011-12-01");
  const std::string number = load.create(person);
  const std::string of_unknown_age = load.create(new_person(""));
  load.assign(number, cast.social_tyr);
  load.assign(of_unknown_age, cast.social_tyr);
  v1::AddBasisRequest request = new_basis("PROV-1");
  request.mutable_basis()->set_below_age(15);
  load.get<v1::AddBasisResponse>(cast.root, "BasisService/AddBasis", request);
  load.server.set_date("2026-11-29");
  EXPECT_TRUE(load.listed(cast.social_tyr).empty());  // enabled nowhere
  enable("PROV-1");
  load.server.set_date("2026-11-30");
  EXPECT_EQ(load.listed(cast.social_tyr), std::vector<std::string>{number});
  load.server.set_date("2026-12-01");
  EXPECT_TRUE(load.listed(cast.social_tyr).empty());
}

}  // namespace
}  // namespace sspf::test::basis
