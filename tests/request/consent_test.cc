// SPDX-License-Identifier: Apache-2.0
//
// Consents: what they open, from and to which day, with whose signatures, and what a revocation
// does.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/caseload.h"

namespace sspf::test {
namespace {

using Codes = std::vector<std::string>;

struct Consents : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;

  Codes record(const std::string& number, const Terms& terms) {
    const auto response = load.get<v1::RecordConsentResponse>(
        coordinator, "ConsentService/RecordConsent", new_consent(number, terms));
    return {response.warnings().begin(), response.warnings().end()};
  }
  Codes warnings(const std::string& number) {
    const v1::Case shown = load.show(coordinator, number);
    return {shown.warnings().begin(), shown.warnings().end()};
  }
  std::vector<v1::Consent> list(const std::string& number) {
    v1::ListConsentsRequest request;
    request.set_case_number(number);
    const auto response =
        load.get<v1::ListConsentsResponse>(coordinator, "ConsentService/ListConsents", request);
    return {response.consents().begin(), response.consents().end()};
  }
  std::string outcome(const std::string& rpc, const google::protobuf::Message& request) {
    return load.server.call(coordinator, "sspf.v1.ConsentService/" + rpc, request).summary();
  }
  v1::RevokeConsentRequest revocation(const std::string& number, const std::string& consent) {
    v1::RevokeConsentRequest request;
    request.set_case_number(number);
    request.set_consent(consent);
    return request;
  }
  bool enters(const Account& account) { return !load.listed(account).empty(); }
};

TEST_F(Consents, AreShownWithWhoSignedAndWhatTheyCover) {
  const std::string number = load.referred();
  Terms terms;
  terms.agencies = {"TYR-SOC", "TYR-SKO", "TYR-SOC"};
  terms.kinds = {v1::INFORMATION_KIND_PLAN, v1::INFORMATION_KIND_MAPPING,
                 v1::INFORMATION_KIND_PLAN};
  EXPECT_EQ(record(number, terms), Codes{});
  const v1::AuditEvent event = load.server.last_event();
  EXPECT_EQ(event.item_version(), 1U);
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.ciphertext_digest().size(), 32U);

  const auto consents = list(number);
  ASSERT_EQ(consents.size(), 1U);
  const v1::Consent& consent = consents[0];
  ASSERT_EQ(consent.signatories_size(), 2);
  EXPECT_EQ(consent.signatories(0).name(), "Vera Vårdnadshavare");
  EXPECT_EQ(consent.signatories(0).role(), v1::SIGNATORY_ROLE_GUARDIAN);
  EXPECT_EQ(consent.signatories(0).signed_on(), "2026-10-30");
  EXPECT_EQ(Codes(consent.agency_codes().begin(), consent.agency_codes().end()),
            (Codes{"TYR-SKO", "TYR-SOC"}));
  EXPECT_EQ(std::vector<int>(consent.kinds().begin(), consent.kinds().end()),
            (std::vector<int>{v1::INFORMATION_KIND_MAPPING, v1::INFORMATION_KIND_PLAN}));
  EXPECT_EQ(consent.from_date(), "2026-11-01");
  EXPECT_EQ(consent.to_date(), "2027-01-31");
  EXPECT_FALSE(consent.has_revoked_at());
  EXPECT_TRUE(consent.in_force());
}

TEST_F(Consents, OpenTheCaseFromTheirFirstDayToTheirLast) {
  const std::string number = load.referred();
  load.assign(number, cast.school_tyr);
  Terms terms;
  terms.from_date = "2026-11-26";
  terms.to_date = "2026-11-28";
  EXPECT_EQ(record(number, terms), (Codes{"consent_not_begun", "no_consent_in_force"}));
  for (const auto& [day, expected] : {std::pair{"2026-11-25", false},
                                      {"2026-11-26", true},
                                      {"2026-11-28", true},
                                      {"2026-11-29", false}}) {
    load.server.set_date(day);
    EXPECT_EQ(enters(cast.school_tyr), expected) << day;
    EXPECT_EQ(list(number)[0].in_force(), expected) << day;
  }
}

// Scenario 3 of domain.md 6, R5.
TEST_F(Consents, WithoutTheYouthsOwnSignatureAtFifteenNothingIsShared) {
  const std::string number = load.referred();
  load.assign(number, cast.school_tyr);
  EXPECT_EQ(warnings(number), (Codes{"no_consent_in_force", "guardian_signature_missing",
                                     "youth_signature_missing"}));
  Terms guardian;
  guardian.signers = "gg";
  EXPECT_EQ(record(number, guardian), (Codes{"youth_signature_missing", "no_consent_in_force"}));
  EXPECT_EQ(warnings(number), (Codes{"no_consent_in_force", "youth_signature_missing"}));
  EXPECT_FALSE(list(number)[0].in_force());
  EXPECT_FALSE(enters(cast.school_tyr));
  Terms both;
  both.signers = "ggy";
  EXPECT_EQ(record(number, both), Codes{});
  EXPECT_EQ(warnings(number), Codes{});
  EXPECT_TRUE(enters(cast.school_tyr));
}

struct Signing {
  std::string number;
  std::string signers;
  Codes warnings;
};

TEST_F(Consents, NeedSignaturesByAge) {
  const Signing rows[] = {
      {number_aged_13, "y", {"guardian_signature_missing", "no_consent_in_force"}},
      {number_aged_13, "g", {}},
      {number_aged_15, "g", {"youth_signature_missing", "no_consent_in_force"}},
      {number_aged_15, "y", {"guardian_signature_missing", "no_consent_in_force"}},
      {number_aged_15, "gy", {}},
      {number_aged_17, "g", {"youth_signature_missing", "no_consent_in_force"}},
      {number_aged_18, "g", {"youth_signature_missing", "no_consent_in_force"}},
      {number_aged_18, "y", {}},
      {"", "y", {"guardian_signature_missing", "no_consent_in_force"}},
      {"", "g", {"youth_signature_missing", "no_consent_in_force"}},
      {"", "gy", {}},
  };
  for (const Signing& row : rows) {
    const std::string number = load.create(new_person(row.number));
    load.assign(number, cast.school_tyr);
    Terms terms;
    terms.signers = row.signers;
    EXPECT_EQ(record(number, terms), row.warnings) << row.number << " " << row.signers;
    EXPECT_EQ(enters(cast.school_tyr), row.warnings.empty()) << row.number << " " << row.signers;
    load.advance(number, v1::CASE_STATE_HANDED_OVER);
    for (const v1::Consent& consent : list(number)) load.revoke(number, consent.consent());
  }
}

// R6: a birthday ends what it makes insufficient.
TEST_F(Consents, AGuardiansAloneEndsAtTheFifteenthBirthday) {
  v1::CreateCaseRequest person = new_person("");
  person.set_birth_date("2011-12-01");
  const std::string number = load.create(person);
  load.assign(number, cast.school_tyr);
  Terms guardian;
  guardian.signers = "g";
  EXPECT_EQ(record(number, guardian), Codes{"signature_needed_at_birthday"});
  load.server.set_date("2026-11-30");
  EXPECT_TRUE(enters(cast.school_tyr));
  EXPECT_EQ(warnings(number), Codes{});
  load.server.set_date("2026-12-01");
  EXPECT_FALSE(enters(cast.school_tyr));
  EXPECT_FALSE(list(number)[0].in_force());
  EXPECT_EQ(warnings(number), (Codes{"no_consent_in_force", "youth_signature_missing"}));
}

TEST_F(Consents, WarningsAreForTheCoordinator) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  EXPECT_TRUE(load.show(cast.school_tyr, number).warnings().empty());
  EXPECT_EQ(load.show(cast.school_tyr, number).birth_date(), "2011-05-23");
}

TEST_F(Consents, RefuseWhatIsWrong) {
  const std::string number = load.referred();
  const std::string group = load.create(new_group());
  const v1::RecordConsentRequest right = new_consent(number, Terms());
  const auto refused = [&](const auto& request) { return outcome("RecordConsent", request); };
  EXPECT_EQ(refused(new_consent(group, Terms())), "failed_precondition/group_needs_no_consent");
  v1::RecordConsentRequest request = right;
  request.set_to_date("2026-10-31");
  EXPECT_EQ(refused(request), "invalid_argument/ends_before_start(to_date)");
  request = right;
  request.mutable_signatories(1)->set_signed_on("2026-11-25");
  EXPECT_EQ(refused(request), "invalid_argument/in_future(signatories.signed_on)");
  request = right;
  request.mutable_signatories(0)->clear_name();
  EXPECT_EQ(refused(request), "invalid_argument/missing(signatories.name)");
  request = right;
  request.mutable_signatories(0)->clear_role();
  EXPECT_EQ(refused(request), "invalid_argument/missing(signatories.role)");
  request = right;
  request.clear_signatories();
  EXPECT_EQ(refused(request), "invalid_argument/missing(signatories)");
  while (request.signatories_size() <= limits::signatories_max) {
    *request.add_signatories() = right.signatories(0);
  }
  EXPECT_EQ(refused(request), "invalid_argument/too_many_items(signatories)");
  request.mutable_signatories()->RemoveLast();
  request.set_guardians(limits::signatories_max);
  request.mutable_write()->set_dry_run(true);
  EXPECT_EQ(refused(request), "ok");
  request = right;
  request.clear_kinds();
  EXPECT_EQ(refused(request), "invalid_argument/missing(kinds)");
  request.add_kinds(v1::INFORMATION_KIND_UNSPECIFIED);
  EXPECT_EQ(refused(request), "invalid_argument/unknown_value(kinds)");
  for (const char* code : {"NAC-SKO", "FINNS-EJ"}) {
    request = right;
    request.add_agency_codes(code);
    EXPECT_EQ(refused(request), "invalid_argument/unknown_value(agency_codes)") << code;
  }
  EXPECT_TRUE(list(number).empty());
}

TEST_F(Consents, ARevocationHidesAtOnceAndEndsTheCaseThatRestsOnIt) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  const std::string second = load.consent(number, Terms());
  const std::string first =
      list(number)[0].consent() == second ? list(number)[1].consent() : list(number)[0].consent();
  load.server.advance_seconds(60);
  load.revoke(number, first);
  EXPECT_EQ(load.server.last_event().item_version(), 2U);
  // The other one is still in force.
  EXPECT_TRUE(enters(cast.school_tyr));
  EXPECT_EQ(load.show(coordinator, number).state(), v1::CASE_STATE_MAPPING);

  load.revoke(number, second);
  EXPECT_FALSE(enters(cast.school_tyr));
  v1::GetCaseRequest read;
  read.set_case_number(number);
  EXPECT_EQ(load.server.call(cast.school_tyr, "sspf.v1.CaseService/GetCase", read).summary(),
            "not_found/not_found");
  const v1::Case ended = load.show(coordinator, number);
  EXPECT_EQ(ended.state(), v1::CASE_STATE_CONSENT_REVOKED);
  EXPECT_EQ(ended.version(), 4U);
  EXPECT_TRUE(ended.warnings().empty());
  for (const v1::Consent& consent : list(number)) {
    EXPECT_FALSE(consent.in_force());
    EXPECT_EQ(consent.revoked_at().seconds(), load.server.now().microseconds / 1'000'000);
  }
  EXPECT_EQ(outcome("RevokeConsent", revocation(number, first)),
            "failed_precondition/revoked_already");
}

TEST_F(Consents, ARevocationBeforeTheMappingLeavesTheCaseOpen) {
  const std::string number = load.referred();
  load.advance(number, v1::CASE_STATE_CONSENT_PENDING);
  load.revoke(number, load.consent(number, Terms()));
  EXPECT_EQ(load.show(coordinator, number).state(), v1::CASE_STATE_CONSENT_PENDING);
}

TEST_F(Consents, RevokingOneThatWasNotInForceLeavesTheCaseOpen) {
  const std::string number = load.mapped();
  Terms incomplete;
  incomplete.signers = "g";
  const std::string mistaken = load.consent(number, incomplete);
  load.revoke(number, mistaken);
  EXPECT_EQ(load.show(coordinator, number).state(), v1::CASE_STATE_MAPPING);
  const std::string another = load.consent(number, incomplete);
  load.server.set_date("2027-02-01");  // nothing is in force any more
  load.revoke(number, another);
  EXPECT_EQ(load.show(coordinator, number).state(), v1::CASE_STATE_MAPPING);
}

TEST_F(Consents, OfAnotherCaseIsNotThere) {
  const std::string number = load.referred();
  const std::string other = load.create(new_person(number_aged_13));
  const std::string consent = load.consent(other, Terms());
  EXPECT_EQ(outcome("RevokeConsent", revocation(number, consent)), "not_found/not_found");
  EXPECT_EQ(outcome("RevokeConsent", revocation(number, "00000000")), "not_found/not_found");
  EXPECT_TRUE(list(other)[0].in_force());
}

TEST_F(Consents, ACaseHoldsALimitedNumberOfThemAndOfAssignments) {
  const std::string number = load.referred();
  const auto most = static_cast<std::size_t>(limits::records_per_case_max);
  std::vector<std::string> consents;
  std::vector<std::string> assignments;
  Terms over;
  over.to_date = "2026-11-10";
  for (std::size_t i = 0; i < most + 1; ++i) {
    v1::RecordConsentRequest record = new_consent(number, over);
    record.mutable_write()->set_request_id("consent-" + std::string(8, '0') + std::to_string(i));
    consents.push_back(record.SerializeAsString());
    v1::AssignAccountRequest assign;
    assign.set_case_number(number);
    assign.set_handle(cast.school_tyr.handle);
    const std::string day = date_of(
        {load.server.now().microseconds + static_cast<std::int64_t>(i) * 86'400 * 1'000'000});
    assign.set_from_date(day);
    assign.set_to_date(day);
    assign.mutable_write()->set_request_id("assign-" + std::string(9, '0') + std::to_string(i));
    assignments.push_back(assign.SerializeAsString());
  }
  EXPECT_EQ(load.call_all(coordinator, "ConsentService/RecordConsent", consents), most);
  EXPECT_EQ(load.call_all(coordinator, "CaseService/AssignAccount", assignments), most);
  EXPECT_EQ(outcome("RecordConsent", new_consent(number, Terms())),
            "failed_precondition/case_full");
}

}  // namespace
}  // namespace sspf::test
