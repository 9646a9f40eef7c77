// SPDX-License-Identifier: Apache-2.0
//
// What a partner is told of its commitments when nothing lets it into the case any more: that they
// are withdrawn, and nothing more (R6).
#include <gtest/gtest.h>

#include "tests/request/plan_words.h"
#include "tests/support/planning.h"

namespace sspf::test::planning {
namespace {

struct Withdrawn : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;
  std::string number;
  std::string consent;
  std::string of_school;

  // Born so that the young person turns fifteen on 1 December.
  void SetUp() override {
    v1::CreateCaseRequest person = new_person("");
    person.set_birth_date("2011-12-01");
    number = load.create(person);
    Terms terms;
    terms.signers = "gg";
    terms.to_date = "2026-12-31";
    consent = load.consent(number, terms);
    load.advance(number, v1::CASE_STATE_CONSENT_PENDING);
    load.advance(number, v1::CASE_STATE_MAPPING);
    load.assign(number, cast.school_tyr);
    of_school = plans.commit(new_commitment(number, "TYR-SKO"));
    plans.commit(new_commitment(number, "TYR-SOC"));
  }

  v1::ListCommitmentsResponse listed(const Account& caller, bool overdue = false) {
    v1::ListCommitmentsRequest request;
    request.set_overdue(overdue);
    return load.get<v1::ListCommitmentsResponse>(caller, list_commitments, request);
  }
  // That the own commitment is named, marked, and nothing else of it told.
  void expect_told(const Account& caller) {
    const auto response = listed(caller);
    ASSERT_EQ(response.commitments_size(), 1);
    v1::Commitment told;
    told.set_commitment(of_school);
    told.set_case_number(number);
    told.set_withdrawn(true);
    EXPECT_EQ(response.commitments(0).DebugString(), told.DebugString());
    const v1::AuditEvent event = load.server.last_event();
    EXPECT_EQ(event.items_shown(), 1U);
    ASSERT_EQ(event.cases_shown_size(), 1);
    EXPECT_EQ(event.cases_shown(0).basis_id(), "");
    // The case itself is as if it were not there.
    EXPECT_TRUE(load.listed(caller).empty());
    v1::GetCommitmentRequest get;
    get.set_case_number(number);
    get.set_commitment(of_school);
    EXPECT_EQ(load.server.call(caller, "sspf.v1.CommitmentService/GetCommitment", get).summary(),
              "not_found/not_found");
  }
  void expect_nothing(const Account& caller) {
    EXPECT_EQ(listed(caller).commitments_size(), 0) << caller.handle;
  }
};

TEST_F(Withdrawn, IsToldWhenTheConsentIsRevoked) {
  EXPECT_EQ(listed(cast.school_tyr).commitments_size(), 2);
  EXPECT_FALSE(listed(cast.school_tyr).commitments(0).withdrawn());
  load.revoke(number, consent);
  expect_told(cast.school_tyr);
  EXPECT_EQ(listed(cast.school_tyr, true).commitments_size(), 0);  // overdue ones alone
}

TEST_F(Withdrawn, IsToldOnTheDayAfterTheConsentsLast) {
  load.server.set_date("2027-01-01");
  expect_told(cast.school_tyr);
}

TEST_F(Withdrawn, IsToldOnTheBirthdayThatAsksForAnotherSignature) {
  load.server.set_date("2026-11-30");
  EXPECT_EQ(listed(cast.school_tyr).commitments_size(), 2);
  load.server.set_date("2026-12-01");
  expect_told(cast.school_tyr);
}

TEST_F(Withdrawn, ACommitmentThatHasEndedIsNot) {
  v1::LogProgressRequest done = follow_up({number, of_school, 1});
  done.set_status(v1::COMMITMENT_STATUS_DONE);
  done.set_rag(v1::RAG_STATUS_GREEN);
  load.get<v1::LogProgressResponse>(coordinator, "CommitmentService/LogProgress", done);
  load.revoke(number, consent);
  expect_nothing(cast.school_tyr);
}

// Nobody else learns that there is a case.
TEST_F(Withdrawn, IsToldToTheAssignedOfThatAgencyAlone) {
  load.assign(number, cast.recreation_tyr);  // has committed itself to nothing
  load.revoke(number, consent);
  for (const Account& each : {cast.school2_tyr, cast.recreation_tyr, cast.social_tyr, cast.police,
                              cast.school_nac, cast.coordinator_nac}) {
    expect_nothing(each);
  }
}

TEST_F(Withdrawn, IsNotToldToWhoeverIsBlocked) {
  load.revoke(number, consent);
  v1::BlockAccountRequest block;
  block.set_case_number(number);
  block.set_handle(cast.school_tyr.handle);
  block.set_reason("Granne.");
  load.get<v1::BlockAccountResponse>(coordinator, "BlockService/BlockAccount", block);
  expect_nothing(cast.school_tyr);
}

TEST_F(Withdrawn, IsNotToldOfAProtectedIdentity) {
  load.revoke(number, consent);
  v1::ProtectIdentityRequest protect;
  protect.set_case_number(number);
  protect.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
  load.get<v1::ProtectIdentityResponse>(coordinator, "ProtectionService/ProtectIdentity", protect);
  expect_nothing(cast.school_tyr);
}

}  // namespace
}  // namespace sspf::test::planning
