// SPDX-License-Identifier: Apache-2.0
//
// Emergency openings: an hour's reading, told to the coordinators at once, and reviewed before the
// next.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "sspf/v1/protection.pb.h"
#include "tests/request/refused.h"
#include "tests/support/caseload.h"
#include "tests/support/planning.h"
#include "tests/support/stored_rows.h"

namespace sspf::test {
namespace {

using Codes = std::vector<std::string>;
using Numbers = std::vector<std::string>;

struct Emergency : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;
  StoredRows rows{load.server.config()};
  std::string number = load.mapped();

  v1::OpenInEmergencyRequest request(const std::string& case_number) {
    v1::OpenInEmergencyRequest opening;
    opening.set_case_number(case_number);
    opening.set_reason("Den unge är försvunnen och i fara.");
    return opening;
  }
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& asked) {
    return load.server.call(caller, "sspf.v1." + rpc, asked).summary();
  }
  // Its reference.
  std::string open(const Account& caller) {
    return load
        .get<v1::OpenInEmergencyResponse>(caller, "EmergencyService/OpenInEmergency",
                                          request(number))
        .opening();
  }
  v1::ReviewOpeningRequest review_of(const std::string& opening) {
    v1::ReviewOpeningRequest review;
    review.set_case_number(number);
    review.set_opening(opening);
    review.set_verdict(v1::OPENING_VERDICT_JUSTIFIED);
    review.set_comment("Bekräftat av polisens vakthavande.");
    return review;
  }
  v1::ListOpeningsRequest question() {
    v1::ListOpeningsRequest asked;
    asked.set_case_number(number);
    return asked;
  }
  Codes warnings() {
    const v1::Case in = load.show(coordinator, number);
    return {in.warnings().begin(), in.warnings().end()};
  }
};

TEST_F(Emergency, OpensTheWholeCaseForAnHour) {
  load.note(coordinator, number, "Samordnarens anteckning");
  EXPECT_EQ(load.listed(cast.police), Numbers{});
  const auto opened = load.get<v1::OpenInEmergencyResponse>(
      cast.police, "EmergencyService/OpenInEmergency", request(number));
  const std::int64_t now = load.server.now().microseconds / 1'000'000;
  EXPECT_EQ(std::chrono::seconds(opened.expires_at().seconds() - now), limits::emergency_time_max);
  EXPECT_EQ(load.show(cast.police, number).title(), "Test Testsson");
  const v1::AuditEvent event = load.server.last_event();
  ASSERT_GE(event.cases_shown_size(), 1);
  EXPECT_EQ(event.cases_shown(0).basis_id().size(), 16U);  // the opening
  const auto notes = load.notes(cast.police, number);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].text(), "Samordnarens anteckning");
  load.server.advance_seconds(3540);  // note() went on by a second
  EXPECT_EQ(load.show(cast.police, number).title(), "Test Testsson");
  load.server.advance_seconds(60);
  v1::GetCaseRequest read;
  read.set_case_number(number);
  EXPECT_EQ(outcome(cast.police, "CaseService/GetCase", read), told::hidden);
}

TEST_F(Emergency, LetsReadAndNotWrite) {
  open(cast.police);
  v1::AddNoteRequest note;
  note.set_case_number(number);
  note.set_text("Från polisen");
  rows.changes();
  EXPECT_EQ(outcome(cast.police, "CaseService/AddNote", note),
            "permission_denied/emergency_only_reads");
  EXPECT_EQ(rows.changes(), "");
  // Who may write anyway still may.
  load.assign(number, cast.school_tyr);
  open(cast.school_tyr);
  EXPECT_EQ(outcome(cast.school_tyr, "CaseService/AddNote", note), "ok");
}

TEST_F(Emergency, IsToldToTheCoordinatorsAtOnceUntilItIsReviewed) {
  EXPECT_EQ(warnings(), Codes{});
  const std::string opening = open(cast.police);
  EXPECT_EQ(load.server.last_event().item_id().size(), 16U);  // which opening it was
  EXPECT_EQ(warnings(), Codes{"emergency_opening_not_reviewed"});
  auto shown =
      load.get<v1::ListOpeningsResponse>(coordinator, "EmergencyService/ListOpenings", question());
  ASSERT_EQ(shown.openings_size(), 1);
  EXPECT_EQ(shown.openings(0).opening(), opening);
  EXPECT_EQ(shown.openings(0).handle(), cast.police.handle);
  EXPECT_EQ(shown.openings(0).reason(), "Den unge är försvunnen och i fara.");
  EXPECT_EQ(shown.openings(0).verdict(), v1::OPENING_VERDICT_UNSPECIFIED);
  load.get<v1::ReviewOpeningResponse>(coordinator, "EmergencyService/ReviewOpening",
                                      review_of(opening));
  EXPECT_EQ(load.server.last_event().item_id().size(), 16U);
  EXPECT_EQ(warnings(), Codes{});
  shown =
      load.get<v1::ListOpeningsResponse>(coordinator, "EmergencyService/ListOpenings", question());
  EXPECT_EQ(shown.openings(0).verdict(), v1::OPENING_VERDICT_JUSTIFIED);
  EXPECT_EQ(shown.openings(0).reviewer_handle(), coordinator.handle);
  EXPECT_EQ(shown.openings(0).comment(), "Bekräftat av polisens vakthavande.");
  rows.changes();
  EXPECT_EQ(outcome(coordinator, "EmergencyService/ReviewOpening", review_of(opening)),
            "failed_precondition/reviewed_already");
  EXPECT_EQ(outcome(coordinator, "EmergencyService/ReviewOpening", review_of("finnsej1")),
            told::hidden);
  EXPECT_EQ(rows.changes(), "");
}

TEST_F(Emergency, TheNextOneWaitsForTheReviewOfTheLast) {
  const std::string other = load.create(new_person(number_aged_13));
  const std::string opening = open(cast.police);
  load.server.advance_seconds(7200);
  rows.changes();
  EXPECT_EQ(outcome(cast.police, "EmergencyService/OpenInEmergency", request(other)),
            "failed_precondition/emergency_not_reviewed");
  EXPECT_EQ(rows.changes(), "");
  load.get<v1::ReviewOpeningResponse>(coordinator, "EmergencyService/ReviewOpening",
                                      review_of(opening));
  EXPECT_EQ(outcome(cast.police, "EmergencyService/OpenInEmergency", request(other)), "ok");
}

TEST_F(Emergency, EndsWhenItIsFoundUnjustified) {
  v1::ReviewOpeningRequest review = review_of(open(cast.police));
  EXPECT_EQ(load.listed(cast.police), Numbers{number});
  review.set_verdict(v1::OPENING_VERDICT_NOT_JUSTIFIED);
  load.get<v1::ReviewOpeningResponse>(coordinator, "EmergencyService/ReviewOpening", review);
  EXPECT_EQ(load.listed(cast.police), Numbers{});
}

// A coordinator may write in the case, and not on what only the opening shows.
TEST_F(Emergency, LetsACoordinatorWriteOnNothingMore) {
  Terms terms;
  terms.kinds = {v1::INFORMATION_KIND_IDENTITY};
  const std::string other = load.create(new_person(number_aged_17));
  load.consent(other, terms);
  load.advance(other, v1::CASE_STATE_CONSENT_PENDING);
  load.advance(other, v1::CASE_STATE_MAPPING);
  load.assign(other, cast.school_tyr);
  const auto added = load.get<v1::AddCommitmentResponse>(
      cast.school_tyr, "CommitmentService/AddCommitment", new_commitment(other, "TYR-SKO"));
  const v1::LogProgressRequest log = follow_up({other, added.commitment(), 1});
  EXPECT_EQ(outcome(coordinator, "CommitmentService/LogProgress", log), told::hidden);
  load.get<v1::OpenInEmergencyResponse>(coordinator, "EmergencyService/OpenInEmergency",
                                        request(other));
  rows.changes();
  EXPECT_EQ(outcome(coordinator, "CommitmentService/LogProgress", log),
            "permission_denied/emergency_only_reads");
  EXPECT_EQ(rows.changes(), "");
}

TEST_F(Emergency, NobodyReviewsTheOwn) {
  const Account other =
      make_account(load.server, {"cia.carlsson", "TYR-SSPF", v1::ROLE_COORDINATOR, {"TYR"}});
  const std::string opening = open(coordinator);
  rows.changes();
  EXPECT_EQ(outcome(coordinator, "EmergencyService/ReviewOpening", review_of(opening)),
            "failed_precondition/own_act");
  EXPECT_EQ(rows.changes(), "");
  EXPECT_EQ(outcome(other, "EmergencyService/ReviewOpening", review_of(opening)), "ok");
}

TEST_F(Emergency, IsForThoseWhoWorkInTheMunicipality) {
  const std::pair<const Account*, std::string> table[] = {
      {&cast.school_tyr, "ok"},
      {&cast.police, "ok"},
      {&cast.coordinator_tyr, "ok"},
      {&cast.coordinator_nac, told::hidden},
      {&cast.school_nac, told::hidden},
      {&cast.admin_tyr, told::hidden},
      {&cast.auditor_tyr, told::hidden},
      {&cast.root, told::hidden},
      {&cast.suspended, "unauthenticated/unknown_certificate"},
      {&cast.nobody, "unauthenticated/no_certificate"},
  };
  for (const auto& [caller, expected] : table) {
    v1::OpenInEmergencyRequest asked = request(number);
    asked.mutable_write()->set_dry_run(true);
    EXPECT_EQ(outcome(*caller, "EmergencyService/OpenInEmergency", asked), expected)
        << caller->handle;
  }
  v1::OpenInEmergencyRequest unknown = request("TYR-2026-9999");
  EXPECT_EQ(outcome(cast.police, "EmergencyService/OpenInEmergency", unknown), told::hidden);
  unknown = request(number);
  unknown.clear_reason();
  EXPECT_EQ(outcome(cast.police, "EmergencyService/OpenInEmergency", unknown),
            "invalid_argument/missing(reason)");
}

TEST_F(Emergency, IsReadAndReviewedByCoordinators) {
  load.assign(number, cast.school_tyr);
  const std::string opening = open(cast.police);
  for (const auto& [caller, expected] :
       {std::pair{&cast.school_tyr, "permission_denied/role_missing"},
        {&cast.police, "permission_denied/role_missing"},
        {&cast.social_tyr, "not_found/not_found"},
        {&cast.auditor, "not_found/not_found"},
        {&cast.coordinator_nac, "not_found/not_found"}}) {
    EXPECT_EQ(outcome(*caller, "EmergencyService/ListOpenings", question()), expected);
    EXPECT_EQ(outcome(*caller, "EmergencyService/ReviewOpening", review_of(opening)), expected);
  }
}

}  // namespace
}  // namespace sspf::test
