// SPDX-License-Identifier: Apache-2.0
//
// Commitments: whose they are, who writes on them, how their terms change, and who sees them.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/request/plan_words.h"
#include "tests/support/planning.h"

namespace sspf::test::planning::commitment {
namespace {

constexpr auto get_commitment = "CommitmentService/GetCommitment";

const std::string added = "allowed: +commitment +commitment_version +request";
const std::string changed = "allowed: +commitment_version +request ~commitment";
const std::string unknown_agency = "refused invalid_argument/unknown_value(draft.agency_code)";
const std::string too_early = "refused invalid_argument/ends_before_start(draft.due_date)";
const std::string stale = "refused aborted/stale_version";

struct Commitments : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;
  const std::string number = load.mapped();

  void SetUp() override {
    load.assign(number, cast.school_tyr);
    load.assign(number, cast.social_tyr);
  }

  std::string add(const Account& caller, const v1::AddCommitmentRequest& request) {
    return plans.outcome(caller, add_commitment, request);
  }
  std::string change(const Account& caller, const v1::ChangeCommitmentRequest& request) {
    return plans.outcome(caller, change_commitment, request);
  }
  std::string log(const Account& caller, const Named& named) {
    return plans.outcome(caller, log_progress, follow_up(named));
  }
  std::string get(const Account& caller, const Named& named) {
    return plans.outcome(caller, get_commitment, question_about(named));
  }
  v1::AddCommitmentRequest dated(const std::string& start_date, const std::string& due_date) {
    v1::AddCommitmentRequest request = new_commitment(number, "TYR-SKO");
    request.mutable_draft()->set_start_date(start_date);
    request.mutable_draft()->set_due_date(due_date);
    return request;
  }
  // The recreation office is named by a consent for mapping alone, and assigned.
  void let_in_recreation() {
    Terms terms;
    terms.agencies = {"TYR-FRI"};
    terms.kinds = {v1::INFORMATION_KIND_MAPPING};
    load.consent(number, terms);
    load.assign(number, cast.recreation_tyr);
  }
};

TEST_F(Commitments, AreShownAsTheyWereAgreed) {
  const Named named{number, plans.commit(number, "TYR-SKO"), 1};
  const v1::GetCommitmentResponse shown = plans.history(cast.social_tyr, named);
  const v1::Commitment& commitment = shown.commitment();
  EXPECT_EQ(commitment.commitment(), named.commitment);
  EXPECT_EQ(commitment.case_number(), number);
  EXPECT_EQ(commitment.agency_code(), "TYR-SKO");
  EXPECT_EQ(commitment.responsible(), "Rektor");
  EXPECT_EQ(commitment.action(), "Samtal varje vecka.\nPå måndagar.");
  EXPECT_EQ(commitment.start_date(), load.server.today());
  EXPECT_EQ(commitment.due_date(), "2026-12-15");
  EXPECT_EQ(commitment.status(), v1::COMMITMENT_STATUS_NOT_STARTED);
  EXPECT_EQ(commitment.rag(), v1::RAG_STATUS_UNSPECIFIED);
  EXPECT_FALSE(commitment.overdue());
  EXPECT_EQ(commitment.version(), 1U);
  EXPECT_EQ(shown.progress_size(), 0);
  ASSERT_EQ(shown.versions_size(), 1);
  EXPECT_EQ(shown.versions(0).author_handle(), coordinator.handle);
}

TEST_F(Commitments, BelongToAnAgencyThatServesTheMunicipality) {
  // The police serve two municipalities.
  for (const char* code : {"TYR-SKO", "TYR-SOC", "TYR-SSPF", "LPO-POL"}) {
    EXPECT_EQ(add(coordinator, new_commitment(number, code)), added) << code;
  }
  for (const char* code : {"NAC-SKO", "NAC-SSPF", "FINNS-EJ"}) {
    EXPECT_EQ(add(coordinator, new_commitment(number, code)), unknown_agency) << code;
  }
}

TEST_F(Commitments, AreAddedByAMemberForTheOwnAgencyOnly) {
  EXPECT_EQ(add(cast.school_tyr, new_commitment(number, "TYR-SKO")), added);
  // Whether the other exists is not told either.
  for (const char* code : {"TYR-SOC", "TYR-SSPF", "NAC-SKO", "FINNS-EJ"}) {
    EXPECT_EQ(add(cast.school_tyr, new_commitment(number, code)),
              std::string(other_agency) + "(draft.agency_code)")
        << code;
  }
}

TEST_F(Commitments, AreWrittenOnByTheirAgencyAndTheCoordinator) {
  load.assign(number, cast.school2_tyr);
  Named named{number, plans.commit(number, "TYR-SKO"), 1};
  EXPECT_EQ(change(cast.social_tyr, change_of(named, "TYR-SKO")), other_agency);
  EXPECT_EQ(log(cast.social_tyr, named), other_agency);
  EXPECT_EQ(get(cast.social_tyr, named), "allowed");
  for (const Account& each : {cast.school_tyr, cast.school2_tyr, coordinator}) {
    EXPECT_EQ(change(each, change_of(named, "TYR-SKO")), changed) << each.handle;
    ++named.version;
    EXPECT_EQ(log(each, named), changed) << each.handle;
    ++named.version;
  }
}

TEST_F(Commitments, StartTodayWhenNothingElseIsSaidAndEndNoEarlier) {
  EXPECT_EQ(add(coordinator, dated("", "2026-11-24")), added);  // today
  EXPECT_EQ(add(coordinator, dated("", "2026-11-23")), too_early);
  EXPECT_EQ(add(coordinator, dated("2026-12-02", "2026-12-01")), too_early);
  EXPECT_EQ(add(coordinator, dated("2026-12-02", "2026-12-02")), added);
  EXPECT_EQ(add(coordinator, dated("2026-12-31", "2027-01-01")), added);
  const Named named{number, plans.commit(dated("2026-12-02", "2026-12-10")), 1};
  v1::ChangeCommitmentRequest request = change_of(named, "TYR-SKO");
  request.mutable_draft()->set_due_date("2026-12-01");  // before the start that stays
  EXPECT_EQ(change(coordinator, request), too_early);
  request.mutable_draft()->set_start_date("2026-12-01");
  EXPECT_EQ(change(coordinator, request), changed);
  EXPECT_EQ(plans.history(coordinator, named).commitment().start_date(), "2026-12-01");
}

// A colour is somebody's judgement, and yellow and red say why; nobody has judged yet.
TEST_F(Commitments, HaveNoColourUntilTheirFirstFollowUp) {
  for (const char* start : {"2026-11-23", "2026-11-24", "2026-11-25"}) {
    const Named named{number, plans.commit(dated(start, "2026-12-10")), 1};
    EXPECT_EQ(plans.history(coordinator, named).commitment().rag(), v1::RAG_STATUS_UNSPECIFIED);
    EXPECT_EQ(change(coordinator, change_of(named, "TYR-SKO")), changed) << start;
    EXPECT_EQ(plans.history(coordinator, named).commitment().rag(), v1::RAG_STATUS_UNSPECIFIED);
    EXPECT_EQ(log(cast.school_tyr, {number, named.commitment, 2}), changed) << start;
    const v1::GetCommitmentResponse kept = plans.history(coordinator, named);
    EXPECT_EQ(kept.commitment().rag(), v1::RAG_STATUS_GREEN) << start;
    EXPECT_EQ(kept.versions(1).commitment().rag(), v1::RAG_STATUS_UNSPECIFIED) << start;
  }
}

TEST_F(Commitments, ChangeAsANewVersionAndTheOldOnesAreKept) {
  const Named named{number, plans.commit(number, "TYR-SKO"), 1};
  EXPECT_EQ(log(cast.school_tyr, named), changed);
  load.server.advance_seconds(60);
  const Named second{number, named.commitment, 2};
  EXPECT_EQ(change(coordinator, change_of(second, "TYR-SKO")), changed);
  EXPECT_EQ(change(coordinator, change_of(second, "TYR-SKO")), stale);
  EXPECT_EQ(change(coordinator, change_of({number, named.commitment, 4}, "TYR-SKO")), stale);
  EXPECT_EQ(change(coordinator, change_of(named, "TYR-SKO")), stale);

  const v1::GetCommitmentResponse kept = plans.history(cast.school_tyr, named);
  ASSERT_EQ(kept.versions_size(), 3);
  EXPECT_EQ(kept.progress_size(), 1);
  EXPECT_EQ(kept.versions(0).commitment().responsible(), "Rektor");
  EXPECT_EQ(kept.versions(0).commitment().due_date(), "2026-12-15");
  EXPECT_EQ(kept.versions(0).commitment().status(), v1::COMMITMENT_STATUS_NOT_STARTED);
  EXPECT_EQ(kept.versions(1).author_handle(), cast.school_tyr.handle);
  EXPECT_EQ(kept.versions(1).commitment().responsible(), "Rektor");
  EXPECT_EQ(kept.versions(2).author_handle(), coordinator.handle);
  EXPECT_EQ(kept.versions(2).written_at().seconds() - kept.versions(1).written_at().seconds(), 60);
  EXPECT_EQ(kept.versions(2).version(), 3U);
  const v1::Commitment& newest = kept.versions(2).commitment();
  EXPECT_EQ(newest.responsible(), "Kurator");
  EXPECT_EQ(newest.action(), "Samtal varannan vecka.");
  EXPECT_EQ(newest.start_date(), "2026-11-24");
  EXPECT_EQ(newest.due_date(), "2026-12-20");
  // What the terms do not say stays as the follow-up left it.
  EXPECT_EQ(newest.status(), v1::COMMITMENT_STATUS_STARTED);
  EXPECT_EQ(kept.commitment().SerializeAsString(), newest.SerializeAsString());
}

TEST_F(Commitments, KeepTheirAgency) {
  const Named named{number, plans.commit(number, "TYR-SKO"), 1};
  for (const char* code : {"TYR-SOC", "NAC-SKO", "FINNS-EJ"}) {
    EXPECT_EQ(change(coordinator, change_of(named, code)),
              "refused invalid_argument/unexpected(draft.agency_code)")
        << code;
  }
}

TEST_F(Commitments, OneThatIsNotSeenAnswersAsOneThatIsNotThere) {
  let_in_recreation();
  const std::string group = load.create(new_group());
  load.advance(group, v1::CASE_STATE_MAPPING);
  const std::pair<Named, std::string> rows[] = {
      {{number, plans.commit(number, "TYR-SKO"), 1}, no_basis},
      {{number, plans.commit(group, "TYR-FRI"), 1}, absent},  // of another case
      {{number, "AAAAAAAA", 1}, absent},
  };
  const Account& caller = cast.recreation_tyr;
  for (const auto& [named, expected] : rows) {
    EXPECT_EQ(get(caller, named), expected);
    EXPECT_EQ(change(caller, change_of(named, "TYR-SKO")), expected);
    EXPECT_EQ(log(caller, named), expected);
    const Answered answered =
        load.server.call(caller, std::string("sspf.v1.") + get_commitment, question_about(named));
    EXPECT_EQ(answered.message, load.server
                                    .call(caller, std::string("sspf.v1.") + get_commitment,
                                          question_about({number, "AAAAAAAA", 1}))
                                    .message);
  }
  // The own agency's is seen without the kind.
  const Named own{number, plans.commit(number, "TYR-FRI"), 1};
  EXPECT_EQ(get(caller, own), "allowed");
  EXPECT_EQ(plans.event.cases_shown(0).basis_id(), "");
  EXPECT_EQ(log(caller, own), changed);
}

TEST_F(Commitments, OfOtherAgenciesAreSeenByTheConsentThatTheEventNames) {
  const Named named{number, plans.commit(number, "TYR-SKO"), 1};
  EXPECT_EQ(log(coordinator, named), changed);
  for (const auto& [caller, by_consent] :
       {std::pair{cast.school_tyr, false}, {cast.social_tyr, true}, {coordinator, true}}) {
    EXPECT_EQ(get(caller, named), "allowed");
    EXPECT_EQ(plans.event.items_shown(), 2U);  // its two versions
    ASSERT_EQ(plans.event.cases_shown_size(), 1);
    EXPECT_EQ(plans.event.cases_shown(0).basis_id().empty(), !by_consent) << caller.handle;
  }
}

// A consent that runs out leaves the case open, and its commitments frozen (R6): what the
// coordinator cannot see any more is not there, and nothing is written on.
TEST_F(Commitments, OfOtherAgenciesAreNotThereForACoordinatorWithoutAConsentInForce) {
  const Named school{number, plans.commit(number, "TYR-SKO"), 1};
  const Named own{number, plans.commit(number, "TYR-SSPF"), 1};
  load.server.set_date("2027-02-01");
  EXPECT_EQ(get(coordinator, school), no_basis);
  const std::string frozen = "refused failed_precondition/no_consent_in_force";
  EXPECT_EQ(log(coordinator, school), frozen);
  EXPECT_EQ(change(coordinator, change_of(school, "TYR-SKO")), frozen);
  EXPECT_EQ(get(coordinator, own), "allowed");
  EXPECT_EQ(change(coordinator, change_of(own, "TYR-SSPF")), frozen);
}

TEST_F(Commitments, HaveALimitedNumberOfVersions) {
  constexpr auto most = limits::versions_per_item_max;
  Named named{number, plans.commit(number, "TYR-SKO"), 1};
  std::vector<std::string> bodies;
  for (; named.version < most; ++named.version) {
    v1::LogProgressRequest request = follow_up(named);
    request.mutable_write()->set_request_id("progress-number-" + std::to_string(named.version));
    bodies.push_back(request.SerializeAsString());
  }
  EXPECT_EQ(load.call_all(coordinator, log_progress, bodies), most - 1);
  EXPECT_EQ(log(coordinator, named), "refused failed_precondition/too_many_versions");
  EXPECT_EQ(change(coordinator, change_of(named, "TYR-SKO")),
            "refused failed_precondition/too_many_versions");
  EXPECT_EQ(plans.history(coordinator, named).versions_size(), static_cast<int>(most));
}

}  // namespace
}  // namespace sspf::test::planning::commitment
