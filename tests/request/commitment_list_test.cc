// SPDX-License-Identifier: Apache-2.0
//
// The list of commitments over all cases: its order, its filters, and what is overdue on which day.
#include <gtest/gtest.h>

#include <algorithm>

#include "server/base/limits.h"
#include "tests/request/plan_words.h"
#include "tests/support/planning.h"

namespace sspf::test::planning::commitment_list {
namespace {

using Refs = std::vector<std::string>;

v1::ListCommitmentsRequest all() { return {}; }
v1::ListCommitmentsRequest overdue() {
  v1::ListCommitmentsRequest request;
  request.set_overdue(true);
  return request;
}
v1::ListCommitmentsRequest own_agency() {
  v1::ListCommitmentsRequest request;
  request.set_own_agency(true);
  return request;
}

struct CommitmentList : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;

  std::string mapped_for(const std::vector<Account>& assigned) {
    const std::string number = load.create(new_person(""));
    load.consent(number, Terms());
    load.advance(number, v1::CASE_STATE_CONSENT_PENDING);
    load.advance(number, v1::CASE_STATE_MAPPING);
    for (const Account& each : assigned) load.assign(number, each);
    return number;
  }
  std::string due(const std::string& number, const std::string& agency, const std::string& date) {
    v1::AddCommitmentRequest request = new_commitment(number, agency);
    request.mutable_draft()->set_due_date(date);
    return plans.commit(request);
  }
  void end(const Named& named, v1::CommitmentStatus status) {
    v1::LogProgressRequest request = follow_up(named);
    request.set_status(status);
    const bool falls_short =
        status == v1::COMMITMENT_STATUS_PARTLY_DONE || status == v1::COMMITMENT_STATUS_NOT_DONE;
    if (falls_short) request.set_rag(v1::RAG_STATUS_YELLOW);
    request.set_cause("Läraren är sjuk.");
    request.set_measures("En vikarie tar över.");
    load.get<v1::LogProgressResponse>(coordinator, "CommitmentService/LogProgress", request);
  }
  // References of those that the answers mark as overdue, in the plan of the case.
  Refs marked_in_plan(const std::string& number) {
    Refs marked;
    const v1::GetPlanResponse answer = plans.plan(coordinator, number);
    for (const v1::Commitment& each : answer.commitments()) {
      if (each.overdue()) marked.push_back(each.commitment());
    }
    return marked;
  }
  // Many calls of the coordinator's at once; each gets a request_id of its own.
  template <typename Request>
  void call_all(const std::string& rpc, std::vector<Request> requests) {
    std::vector<std::string> bodies;
    for (Request& request : requests) {
      request.mutable_write()->set_request_id(next_id());
      bodies.push_back(request.SerializeAsString());
    }
    ASSERT_EQ(load.call_all(coordinator, rpc, bodies), bodies.size());
  }
  std::string next_id() { return "request-number-" + std::to_string(++ids); }
  int ids = 0;
};

TEST_F(CommitmentList, GoesCaseByCaseAndSoonestDueFirstWithinEach) {
  const std::string first = mapped_for({cast.school_tyr});
  const std::string second = mapped_for({cast.school_tyr});
  const std::string late_in_second = due(second, "TYR-SKO", "2026-12-01");
  const std::string soon_in_second = due(second, "TYR-SOC", "2026-11-30");
  const std::string late_in_first = due(first, "TYR-SOC", "2026-12-31");
  const std::string soon_in_first = due(first, "TYR-SKO", "2026-12-30");
  Refs same_day = {due(first, "TYR-SKO", "2026-12-15"), due(first, "TYR-SOC", "2026-12-15"),
                   due(first, "TYR-SSPF", "2026-12-15")};
  std::sort(same_day.begin(), same_day.end());
  Refs expected = same_day;
  for (const auto& ref : {soon_in_first, late_in_first, soon_in_second, late_in_second}) {
    expected.push_back(ref);
  }
  EXPECT_EQ(plans.listed(coordinator, all()), expected);
  EXPECT_EQ(plans.listed(cast.school_tyr, all()), expected);

  // A new due date moves it.
  v1::ChangeCommitmentRequest request = change_of({first, late_in_first, 1}, "TYR-SOC");
  request.mutable_draft()->set_due_date("2026-11-25");
  load.get<v1::ChangeCommitmentResponse>(coordinator, "CommitmentService/ChangeCommitment",
                                         request);
  EXPECT_EQ(plans.listed(coordinator, all()).front(), late_in_first);
}

TEST_F(CommitmentList, CanBeNarrowedToTheOwnAgency) {
  const std::string number = mapped_for({cast.school_tyr, cast.social_tyr});
  const std::string elsewhere = mapped_for({cast.social_tyr});
  const std::string school = due(number, "TYR-SKO", "2026-12-01");
  const std::string social = due(number, "TYR-SOC", "2026-12-02");
  const std::string partner = due(number, "TYR-SSPF", "2026-12-03");
  const std::string social_elsewhere = due(elsewhere, "TYR-SOC", "2026-12-01");
  due(elsewhere, "TYR-SKO", "2026-12-01");
  EXPECT_EQ(plans.listed(cast.school_tyr, own_agency()), Refs{school});
  EXPECT_EQ(plans.listed(cast.social_tyr, own_agency()), (Refs{social, social_elsewhere}));
  EXPECT_EQ(plans.listed(coordinator, own_agency()), Refs{partner});
  EXPECT_EQ(plans.listed(cast.school_tyr, all()), (Refs{school, social, partner}));
  // What is left out was not shown.
  EXPECT_EQ(plans.outcome(cast.school_tyr, list_commitments, own_agency()), "allowed");
  EXPECT_EQ(plans.event.items_shown(), 1U);
  v1::ListCommitmentsRequest both = own_agency();
  both.set_overdue(true);
  EXPECT_TRUE(plans.listed(cast.social_tyr, both).empty());
  load.server.set_date("2026-12-02");
  EXPECT_EQ(plans.listed(cast.social_tyr, both), Refs{social_elsewhere});
}

TEST_F(CommitmentList, IsOverdueFromTheDayAfterTheDueDateInStockholm) {
  const std::string number = mapped_for({});
  const std::string commitment = due(number, "TYR-SKO", "2026-12-10");
  const auto expect = [&](const Refs& expected, const std::string& when) {
    EXPECT_EQ(plans.listed(coordinator, overdue()), expected) << when;
    EXPECT_EQ(marked_in_plan(number), expected) << when;
    EXPECT_EQ(plans.history(coordinator, {number, commitment, 1}).commitment().overdue(),
              !expected.empty())
        << when;
    EXPECT_EQ(load.get<v1::ListCommitmentsResponse>(coordinator, list_commitments, all())
                  .commitments(0)
                  .overdue(),
              !expected.empty())
        << when;
  };
  expect({}, "the day it was added");
  load.server.set_date("2026-12-10");
  expect({}, "its last day");
  load.server.advance_seconds(12 * 3600 - 1);
  expect({}, "the last second of its last day");
  load.server.advance_seconds(1);  // still the tenth by UTC
  expect({commitment}, "the first second after it");
  v1::ChangeCommitmentRequest request = change_of({number, commitment, 1}, "TYR-SKO");
  request.mutable_draft()->set_due_date("2026-12-11");
  load.get<v1::ChangeCommitmentResponse>(coordinator, "CommitmentService/ChangeCommitment",
                                         request);
  expect({}, "with a later due date");
}

TEST_F(CommitmentList, IsNotOverdueOnceItHasEnded) {
  const std::string number = mapped_for({});
  Refs open;
  for (const auto status : {v1::COMMITMENT_STATUS_NOT_STARTED, v1::COMMITMENT_STATUS_STARTED,
                            v1::COMMITMENT_STATUS_DONE, v1::COMMITMENT_STATUS_PARTLY_DONE,
                            v1::COMMITMENT_STATUS_NOT_DONE, v1::COMMITMENT_STATUS_WITHDRAWN}) {
    const std::string date = "2026-12-1" + std::to_string(status);
    const std::string commitment = due(number, "TYR-SKO", date);
    end({number, commitment, 1}, status);
    const bool is_open =
        status == v1::COMMITMENT_STATUS_NOT_STARTED || status == v1::COMMITMENT_STATUS_STARTED;
    if (is_open) open.push_back(commitment);
  }
  load.server.set_date("2027-01-01");
  EXPECT_EQ(plans.listed(coordinator, overdue()), open);
  EXPECT_EQ(marked_in_plan(number), open);
  EXPECT_EQ(plans.listed(coordinator, all()).size(), 6U);
}

TEST_F(CommitmentList, LeavesOutWhatTheConsentDoesNotCoverAndWhatIsRevoked) {
  const std::string number = mapped_for({cast.school_tyr, cast.recreation_tyr});
  Terms mapping_only;
  mapping_only.agencies = {"TYR-FRI"};
  mapping_only.kinds = {v1::INFORMATION_KIND_MAPPING};
  load.consent(number, mapping_only);
  const std::string school = due(number, "TYR-SKO", "2026-12-01");
  const std::string recreation = due(number, "TYR-FRI", "2026-12-02");
  EXPECT_EQ(plans.listed(cast.school_tyr, all()), (Refs{school, recreation}));
  EXPECT_EQ(plans.listed(cast.recreation_tyr, all()), Refs{recreation});
  EXPECT_EQ(plans.outcome(cast.recreation_tyr, list_commitments, all()), "allowed");
  EXPECT_EQ(plans.event.items_shown(), 1U);

  v1::ListConsentsRequest request;
  request.set_case_number(number);
  const auto consents =
      load.get<v1::ListConsentsResponse>(coordinator, "ConsentService/ListConsents", request);
  for (const v1::Consent& consent : consents.consents()) load.revoke(number, consent.consent());
  // The own agency's alone, and no more of it than withdrawn_test.cc says.
  EXPECT_EQ(plans.listed(cast.school_tyr, all()), Refs{school});
  EXPECT_EQ(plans.listed(cast.recreation_tyr, all()), Refs{recreation});
  EXPECT_TRUE(plans.listed(coordinator, all()).empty());
}

// A full case fills a message of its own, and the list goes on past a page of cases.
TEST_F(CommitmentList, GoesOnPastAFullCaseAndPastAPageOfCases) {
  std::vector<v1::CreateCaseRequest> groups(limits::page_size_max + 1, new_group());
  call_all("CaseService/CreateCase", groups);
  const Refs numbers = load.listed(coordinator);
  ASSERT_EQ(numbers.size(), groups.size());
  for (const auto& each : {numbers[0], numbers[1], numbers.back()}) {
    load.advance(each, v1::CASE_STATE_MAPPING);
  }
  std::vector<v1::AddCommitmentRequest> commitments(limits::commitments_per_case_max,
                                                    new_commitment(numbers[0], "TYR-SKO"));
  commitments.push_back(new_commitment(numbers[1], "TYR-SSPF"));
  commitments.push_back(new_commitment(numbers.back(), "TYR-SOC"));
  call_all("CommitmentService/AddCommitment", commitments);

  const std::uint64_t before = load.server.event_count();
  const auto response = load.get<v1::ListCommitmentsResponse>(coordinator, list_commitments, all());
  ASSERT_EQ(response.commitments_size(), static_cast<int>(commitments.size()));
  EXPECT_EQ(response.commitments(0).case_number(), numbers[0]);
  EXPECT_EQ(response.commitments(200).agency_code(), "TYR-SSPF");
  EXPECT_EQ(response.commitments(201).case_number(), numbers.back());
  // The full case; the two hundred cases after it; and what comes after those.
  EXPECT_EQ(load.server.event_count(), before + 3);
  std::vector<std::uint32_t> shown;
  const auto events = load.server.events();
  for (std::size_t i = before; i < events.size(); ++i) shown.push_back(events[i].items_shown());
  EXPECT_EQ(shown, (std::vector<std::uint32_t>{200, 2, 0}));
  EXPECT_EQ(plans.listed(coordinator, own_agency()).size(), 1U);
}

}  // namespace
}  // namespace sspf::test::planning::commitment_list
