// SPDX-License-Identifier: Apache-2.0
//
// What a consent says beside its terms (R4-R6): how many guardians, an override with its reason,
// the child's view, purposes, the paragraph that it rests on, and the sum of the form.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "sspf/v1/basis.pb.h"
#include "tests/support/caseload.h"
#include "tests/support/planning.h"
#include "tests/support/stored_rows.h"

namespace sspf::test::consent_law {
namespace {

using Codes = std::vector<std::string>;

struct ConsentLaw : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;
  StoredRows rows{load.server.config()};

  std::string refused(const v1::RecordConsentRequest& request) {
    rows.changes();
    const std::string summary =
        load.server.call(coordinator, "sspf.v1.ConsentService/RecordConsent", request).summary();
    EXPECT_EQ(rows.changes(), "") << summary;
    EXPECT_EQ(load.server.last_event().outcome(), v1::OUTCOME_REFUSED);
    return summary;
  }
  Codes record(const v1::RecordConsentRequest& request) {
    const auto response =
        load.get<v1::RecordConsentResponse>(coordinator, "ConsentService/RecordConsent", request);
    return {response.warnings().begin(), response.warnings().end()};
  }
  v1::Consent shown(const std::string& number) {
    v1::ListConsentsRequest request;
    request.set_case_number(number);
    return load.get<v1::ListConsentsResponse>(coordinator, "ConsentService/ListConsents", request)
        .consents(0);
  }
  bool enters(const Account& account) { return !load.listed(account).empty(); }

  v1::RecordConsentRequest consent_of(const std::string& number, const std::string& signers) {
    Terms terms;
    terms.signers = signers;
    return new_consent(number, terms);
  }
  void set_rules(const std::vector<v1::SignatureRule>& rules) {
    v1::SetSignatureRulesRequest request;
    request.set_municipality_code("TYR");
    for (const v1::SignatureRule& rule : rules) *request.add_rules() = rule;
    load.get<v1::SetSignatureRulesResponse>(cast.admin_tyr, "ConsentService/SetSignatureRules",
                                            request);
  }
  void decide(const std::string& code, bool enabled) {
    v1::DecideBasisRequest request;
    request.set_municipality_code("TYR");
    request.set_basis_code(code);
    request.set_valid_from("2009-06-30");
    request.set_enabled(enabled);
    request.set_decided_by("Julia Jurist");
    request.set_decision("KS 2026/17");
    request.set_decided_on("2026-11-01");
    load.get<v1::DecideBasisResponse>(cast.admin_tyr, "BasisService/DecideBasis", request);
  }
};

v1::SignatureRule rule(std::uint32_t age, v1::GuardianSignatures guardians, bool youth) {
  v1::SignatureRule made;
  made.set_from_age(age);
  made.set_guardians(guardians);
  made.set_youth(youth);
  return made;
}

TEST_F(ConsentLaw, IsShownAsItWasRecorded) {
  const std::string number = load.referred();
  v1::RecordConsentRequest request = consent_of(number, "gy");
  request.set_guardians(2);
  request.mutable_signature_override()->set_role(v1::SIGNATORY_ROLE_GUARDIAN);
  request.mutable_signature_override()->set_reason("Den andra vårdnadshavaren är okänd.");
  request.set_form_sha256(std::string(32, 'b') + std::string(32, '7'));
  EXPECT_EQ(record(request), Codes{});
  const v1::Consent consent = shown(number);
  EXPECT_TRUE(consent.in_force());
  EXPECT_EQ(consent.guardians(), 2U);
  EXPECT_EQ(consent.signature_override().role(), v1::SIGNATORY_ROLE_GUARDIAN);
  EXPECT_EQ(consent.signature_override().reason(), "Den andra vårdnadshavaren är okänd.");
  EXPECT_EQ(consent.form_sha256(), request.form_sha256());
  EXPECT_EQ(consent.secrecy_basis(), "OSL-12-2");
  EXPECT_EQ(consent.gdpr_basis(), v1::GDPR_BASIS_PUBLIC_TASK);
  EXPECT_EQ(consent.special_data_basis(), v1::SPECIAL_DATA_BASIS_SUBSTANTIAL_PUBLIC_INTEREST);
  EXPECT_EQ(consent.purposes_size(), 3);
}

TEST_F(ConsentLaw, NeedsEveryGuardianOfTheYoungPerson) {
  const std::string number = load.create(new_person(number_aged_13));
  load.assign(number, cast.school_tyr);
  v1::RecordConsentRequest one = consent_of(number, "g");
  one.set_guardians(2);
  EXPECT_EQ(record(one), (Codes{"guardian_signature_missing", "no_consent_in_force"}));
  EXPECT_FALSE(enters(cast.school_tyr));
  EXPECT_EQ(record(consent_of(number, "gg")), Codes{});
  EXPECT_TRUE(enters(cast.school_tyr));
}

TEST_F(ConsentLaw, AnOverrideCountsAsTheSignatureThatItNames) {
  const std::string number = load.create(new_person(number_aged_13));
  load.assign(number, cast.school_tyr);
  v1::RecordConsentRequest one = consent_of(number, "g");
  one.set_guardians(2);
  one.mutable_signature_override()->set_role(v1::SIGNATORY_ROLE_GUARDIAN);
  EXPECT_EQ(refused(one), "invalid_argument/missing(signature_override.reason)");
  one.mutable_signature_override()->set_reason("Hotbild mot den andra vårdnadshavaren.");
  EXPECT_EQ(record(one), Codes{});
  EXPECT_TRUE(enters(cast.school_tyr));
}

TEST_F(ConsentLaw, AnAdultsSignatureIsNeverOverridden) {
  const std::string number = load.create(new_person(number_aged_18));
  v1::RecordConsentRequest request = consent_of(number, "g");
  request.mutable_signature_override()->set_role(v1::SIGNATORY_ROLE_YOUTH);
  request.mutable_signature_override()->set_reason("Vill inte skriva under.");
  EXPECT_EQ(record(request), (Codes{"youth_signature_missing", "no_consent_in_force"}));
}

TEST_F(ConsentLaw, AsksWhatAChildUnderFifteenThinks) {
  const std::string number = load.create(new_person(number_aged_13));
  v1::RecordConsentRequest request = consent_of(number, "g");
  request.clear_youth_view();
  EXPECT_EQ(record(request), Codes{"youth_view_missing"});
  v1::RecordConsentRequest signed_too = consent_of(number, "gy");
  EXPECT_EQ(signed_too.youth_view(), "");
  EXPECT_EQ(record(signed_too), Codes{});
}

TEST_F(ConsentLaw, CountsGuardians) {
  const std::string number = load.create(new_person(number_aged_13));
  v1::RecordConsentRequest request = consent_of(number, "g");
  request.set_guardians(0);
  EXPECT_EQ(refused(request), "invalid_argument/missing(guardians)");
  request.set_guardians(limits::guardians_max + 1);
  EXPECT_EQ(refused(request), "invalid_argument/too_many_items(guardians)");
  request.set_guardians(limits::guardians_max);
  EXPECT_EQ(record(request), (Codes{"guardian_signature_missing", "no_consent_in_force"}));
  request = consent_of(number, "gg");
  request.set_guardians(1);
  EXPECT_EQ(refused(request), "invalid_argument/more_than_guardians(signatories)");
  // Where one guardian is enough, nobody need know how many there are.
  set_rules(
      {rule(0, v1::GUARDIAN_SIGNATURES_ONE, false), rule(18, v1::GUARDIAN_SIGNATURES_NONE, true)});
  request = consent_of(number, "g");
  request.set_guardians(0);
  EXPECT_EQ(record(request), Codes{});
}

TEST_F(ConsentLaw, ServesThePurposesThatItNames) {
  const std::string number = load.referred();
  load.assign(number, cast.school_tyr);
  Terms mapping;
  mapping.purposes = {v1::PURPOSE_MAPPING};
  load.consent(number, mapping);
  load.advance(number, v1::CASE_STATE_CONSENT_PENDING);
  load.advance(number, v1::CASE_STATE_MAPPING);
  EXPECT_TRUE(enters(cast.school_tyr));
  // A plan is another purpose: it needs a consent that names it.
  const v1::AdvanceCaseRequest step =
      step_to(load.show(coordinator, number), v1::CASE_STATE_PLAN_ACTIVE);
  EXPECT_EQ(load.server.call(coordinator, "sspf.v1.CaseService/AdvanceCase", step).summary(),
            "failed_precondition/no_consent_in_force");
  Terms planning;
  planning.purposes = {v1::PURPOSE_PLANNING};
  planning.agencies = {"TYR-SOC"};
  load.consent(number, planning);
  load.advance(number, v1::CASE_STATE_PLAN_ACTIVE);
  EXPECT_FALSE(enters(cast.school_tyr));
}

TEST_F(ConsentLaw, NeedsItsPurposes) {
  v1::RecordConsentRequest request = consent_of(load.referred(), "gy");
  request.clear_purposes();
  EXPECT_EQ(refused(request), "invalid_argument/missing(purposes)");
  request = consent_of(request.case_number(), "gy");
  request.clear_gdpr_basis();
  EXPECT_EQ(refused(request), "invalid_argument/missing(gdpr_basis)");
  request = consent_of(request.case_number(), "gy");
  request.set_form_sha256(std::string(63, 'a'));
  EXPECT_EQ(refused(request), "invalid_argument/wrong_sha256(form_sha256)");
}

TEST_F(ConsentLaw, RestsOnAParagraphThatIsInForce) {
  const std::string number = load.referred();
  for (const char* code : {"OSL-10-2", "FINNS-EJ"}) {  // item by item, and none
    v1::RecordConsentRequest request = consent_of(number, "gy");
    request.set_secrecy_basis(code);
    EXPECT_EQ(refused(request), "failed_precondition/basis_not_in_force(secrecy_basis)") << code;
  }
  decide("OSL-12-2", false);
  EXPECT_EQ(refused(consent_of(number, "gy")),
            "failed_precondition/basis_not_in_force(secrecy_basis)");
}

// R9: what a municipality's lawyer disables lifts nothing from that instant.
TEST_F(ConsentLaw, EndsWithTheParagraphThatItRestsOn) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  EXPECT_TRUE(enters(cast.school_tyr));
  decide("OSL-12-2", false);
  EXPECT_FALSE(enters(cast.school_tyr));
  const v1::Consent consent = shown(number);
  EXPECT_FALSE(consent.in_force());
  EXPECT_EQ(Codes(consent.warnings().begin(), consent.warnings().end()),
            Codes{"secrecy_basis_not_in_force"});
  const v1::Case in = load.show(coordinator, number);
  EXPECT_EQ(Codes(in.warnings().begin(), in.warnings().end()),
            (Codes{"no_consent_in_force", "secrecy_basis_not_in_force"}));
  decide("OSL-12-2", true);
  EXPECT_TRUE(enters(cast.school_tyr));
}

TEST_F(ConsentLaw, EndsOnTheLastDayOfTheParagraph) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  v1::EndBasisRequest end;
  end.set_basis_code("OSL-12-2");
  end.set_valid_from("2009-06-30");
  end.set_valid_to(load.server.today());
  load.get<v1::EndBasisResponse>(cast.root, "BasisService/EndBasis", end);
  EXPECT_TRUE(enters(cast.school_tyr));
  load.server.advance_seconds(24 * 3600);
  EXPECT_FALSE(enters(cast.school_tyr));
}

// A municipality's new table acts on consents that are there.
TEST_F(ConsentLaw, FollowsTheMunicipalitysRulesAtOnce) {
  const std::string number = load.create(new_person(number_aged_13));
  load.assign(number, cast.school_tyr);
  EXPECT_EQ(record(consent_of(number, "g")), Codes{});
  EXPECT_TRUE(enters(cast.school_tyr));
  set_rules({rule(0, v1::GUARDIAN_SIGNATURES_ALL, false),
             rule(12, v1::GUARDIAN_SIGNATURES_ALL, true),
             rule(18, v1::GUARDIAN_SIGNATURES_NONE, true)});
  EXPECT_FALSE(enters(cast.school_tyr));
  EXPECT_FALSE(shown(number).in_force());
}

// R6: without a consent the plan and its commitments stand still, for the coordinator, too.
TEST_F(ConsentLaw, FreezesThePlanWhenItLapses) {
  v1::CreateCaseRequest person = new_person("");
  person.set_birth_date("2011-12-01");
  const std::string number = load.create(person);
  record(consent_of(number, "g"));
  load.advance(number, v1::CASE_STATE_CONSENT_PENDING);
  load.advance(number, v1::CASE_STATE_MAPPING);
  const v1::AddCommitmentRequest add = new_commitment(number, "TYR-SKO");
  const auto outcome = [&] {
    return load.server.call(coordinator, "sspf.v1.CommitmentService/AddCommitment", add).summary();
  };
  EXPECT_EQ(outcome(), "ok");
  load.server.set_date("2026-12-01");  // fifteen today
  rows.changes();
  EXPECT_EQ(outcome(), "failed_precondition/no_consent_in_force");
  EXPECT_EQ(rows.changes(), "");
}

}  // namespace
}  // namespace sspf::test::consent_law
