// SPDX-License-Identifier: Apache-2.0
//
// The plan of a case: its versions, who sees it by which consent, and what ends that.
#include <gtest/gtest.h>

#include "tests/request/plan_words.h"
#include "tests/support/planning.h"

namespace sspf::test::planning::plan {
namespace {

constexpr auto get_plan = "PlanService/GetPlan";
constexpr auto list_versions = "PlanService/ListPlanVersions";

struct PlanOfACase : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Cast& cast = load.cast;
  const Account& coordinator = load.cast.coordinator_tyr;
  const std::string number = load.mapped();

  std::string get(const Account& caller) {
    return plans.outcome(caller, get_plan, about_case<v1::GetPlanRequest>(number));
  }
  std::string list(const Account& caller) {
    return plans.outcome(caller, list_versions, about_case<v1::ListPlanVersionsRequest>(number));
  }
  std::vector<v1::Plan> versions(const Account& caller) {
    const auto response = load.get<v1::ListPlanVersionsResponse>(
        caller, list_versions, about_case<v1::ListPlanVersionsRequest>(number));
    return {response.versions().begin(), response.versions().end()};
  }
  // What the event of the last outcome() says was shown, by basis.
  std::vector<std::string> shown() {
    std::vector<std::string> lines;
    for (const auto& row : plans.event.cases_shown()) {
      lines.push_back(std::to_string(row.items()) + (row.basis_id().empty() ? "" : " by consent"));
      EXPECT_EQ(row.case_id(), plans.event.case_id());
    }
    return lines;
  }
  // The agencies of the commitments that come with the plan.
  std::vector<std::string> agencies(const Account& caller) {
    std::vector<std::string> codes;
    const v1::GetPlanResponse answer = plans.plan(caller, number);
    for (const v1::Commitment& each : answer.commitments()) {
      codes.push_back(each.agency_code());
    }
    return codes;
  }
  // A consent that names the recreation office, for these kinds.
  void name_recreation(const std::vector<v1::InformationKind>& kinds) {
    Terms terms;
    terms.agencies = {"TYR-FRI"};
    terms.kinds = kinds;
    load.consent(number, terms);
  }
};

using Shown = std::vector<std::string>;

TEST_F(PlanOfACase, IsReadAsItWasWritten) {
  load.assign(number, cast.school_tyr);
  plans.write_plan(number);
  for (const Account& each : {coordinator, cast.school_tyr}) {
    const v1::GetPlanResponse answer = plans.plan(each, number);
    EXPECT_EQ(answer.plan().content().SerializeAsString(),
              new_plan(number).content().SerializeAsString());
    EXPECT_EQ(answer.plan().version(), 1U);
    EXPECT_EQ(answer.plan().author_handle(), coordinator.handle);
    EXPECT_EQ(answer.plan().written_at().seconds(), load.server.now().microseconds / 1'000'000);
    EXPECT_EQ(answer.commitments_size(), 0);
  }
}

TEST_F(PlanOfACase, KeepsEveryVersion) {
  load.assign(number, cast.school_tyr);
  plans.write_plan(number);
  for (std::uint64_t version = 1; version < 4; ++version) {
    load.server.advance_seconds(60);
    EXPECT_EQ(load.get<v1::RevisePlanResponse>(coordinator, revise_plan, revision(number, version))
                  .version(),
              version + 1);
  }
  const auto kept = versions(cast.school_tyr);
  ASSERT_EQ(kept.size(), 4U);
  EXPECT_EQ(kept[0].content().SerializeAsString(), new_plan(number).content().SerializeAsString());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(kept[i].version(), i + 1);
    EXPECT_EQ(kept[i].author_handle(), coordinator.handle);
    EXPECT_EQ(kept[i].written_at().seconds() - kept[0].written_at().seconds(),
              static_cast<std::int64_t>(i) * 60);
    if (i == 0) continue;
    EXPECT_EQ(kept[i].content().SerializeAsString(),
              revision(number, i).content().SerializeAsString());
  }
  EXPECT_EQ(plans.plan(coordinator, number).plan().SerializeAsString(),
            kept[3].SerializeAsString());
  EXPECT_EQ(list(cast.school_tyr), "allowed");
  EXPECT_EQ(shown(), Shown{"4 by consent"});
  EXPECT_EQ(list(coordinator), "allowed");
  EXPECT_EQ(shown(), Shown{"4"});  // the coordination's own
}

TEST_F(PlanOfACase, IsWrittenOnTheNewestVersionOnly) {
  EXPECT_EQ(plans.outcome(coordinator, revise_plan, revision(number, 1)), absent);
  plans.write_plan(number);
  EXPECT_EQ(plans.outcome(coordinator, revise_plan, revision(number, 2)),
            "refused aborted/stale_version");
  EXPECT_EQ(plans.outcome(coordinator, revise_plan, revision(number, 1)),
            "allowed: +plan_version +request ~plan");
  EXPECT_EQ(plans.outcome(coordinator, revise_plan, revision(number, 1)),
            "refused aborted/stale_version");
  EXPECT_EQ(plans.outcome(coordinator, revise_plan, revision(number, UINT64_MAX)),
            "refused aborted/stale_version");
  EXPECT_EQ(plans.outcome(coordinator, "PlanService/CreatePlan", new_plan(number)),
            "refused already_exists/plan_exists");
  EXPECT_EQ(versions(coordinator).size(), 2U);
}

TEST_F(PlanOfACase, ComesWithTheCommitmentsSoonestDueFirst) {
  load.assign(number, cast.school_tyr);
  plans.write_plan(number);
  for (const auto& [agency, due] : {std::pair{"TYR-SKO", "2026-12-24"},
                                    {"TYR-SSPF", "2026-12-22"},
                                    {"TYR-SOC", "2026-12-23"}}) {
    v1::AddCommitmentRequest request = new_commitment(number, agency);
    request.mutable_draft()->set_due_date(due);
    plans.commit(request);
  }
  EXPECT_EQ(agencies(cast.school_tyr), (Shown{"TYR-SSPF", "TYR-SOC", "TYR-SKO"}));
  EXPECT_EQ(get(cast.school_tyr), "allowed");
  EXPECT_EQ(plans.event.items_shown(), 4U);
  EXPECT_EQ(shown(), (Shown{"3 by consent", "1"}));
  EXPECT_EQ(get(coordinator), "allowed");
  EXPECT_EQ(shown(), (Shown{"2", "2 by consent"}));
}

// What the kinds of the consent leave out is not there, commitments of other agencies included.
TEST_F(PlanOfACase, IsHiddenByAConsentOfOtherKinds) {
  plans.write_plan(number);
  plans.commit(number, "TYR-SKO");
  load.assign(number, cast.recreation_tyr);
  name_recreation({v1::INFORMATION_KIND_IDENTITY, v1::INFORMATION_KIND_MAPPING});
  EXPECT_EQ(get(cast.recreation_tyr), no_basis);
  EXPECT_EQ(list(cast.recreation_tyr), no_basis);
  plans.commit(number, "TYR-FRI");
  EXPECT_EQ(get(cast.recreation_tyr), "allowed");
  EXPECT_EQ(shown(), Shown{"1"});
  EXPECT_EQ(agencies(cast.recreation_tyr), Shown{"TYR-FRI"});
  EXPECT_FALSE(plans.plan(cast.recreation_tyr, number).has_plan());
  EXPECT_EQ(list(cast.recreation_tyr), no_basis);

  name_recreation({v1::INFORMATION_KIND_PLAN});
  EXPECT_EQ(get(cast.recreation_tyr), "allowed");
  EXPECT_EQ(shown(), (Shown{"2 by consent", "1"}));
  EXPECT_TRUE(plans.plan(cast.recreation_tyr, number).has_plan());
  EXPECT_EQ(list(cast.recreation_tyr), "allowed");
}

TEST_F(PlanOfACase, ThatIsNotWrittenIsNotThere) {
  load.assign(number, cast.school_tyr);
  for (const Account& each : {coordinator, cast.school_tyr}) {
    EXPECT_EQ(get(each), absent);
    EXPECT_EQ(list(each), absent);
  }
  // Commitments come before it, and the answer says that there is none.
  plans.commit(number, "TYR-SKO");
  EXPECT_EQ(get(cast.school_tyr), "allowed");
  EXPECT_FALSE(plans.plan(cast.school_tyr, number).has_plan());
  EXPECT_EQ(list(cast.school_tyr), absent);
}

TEST_F(PlanOfACase, AnswersTheSameWhetherItIsHiddenOrNotThere) {
  load.assign(number, cast.recreation_tyr);
  name_recreation({v1::INFORMATION_KIND_MAPPING});
  const auto answer = [&](const std::string& rpc, const google::protobuf::Message& request) {
    const Answered answered = load.server.call(cast.recreation_tyr, "sspf.v1." + rpc, request);
    return answered.summary() + " " + answered.message;
  };
  const auto get_request = about_case<v1::GetPlanRequest>(number);
  const auto list_request = about_case<v1::ListPlanVersionsRequest>(number);
  const std::string not_there = answer(get_plan, get_request);
  const std::string none_there = answer(list_versions, list_request);
  plans.write_plan(number);
  EXPECT_EQ(answer(get_plan, get_request), not_there);
  EXPECT_EQ(answer(list_versions, list_request), none_there);
}

// R6: hidden at once and prospectively, and the case that rests on the consent is frozen.
TEST_F(PlanOfACase, IsHiddenAtOnceByTheRevocation) {
  load.assign(number, cast.school_tyr);
  plans.write_plan(number);
  const std::string own = plans.commit(number, "TYR-SKO");
  v1::ListConsentsRequest consents;
  consents.set_case_number(number);
  const std::string first =
      load.get<v1::ListConsentsResponse>(coordinator, "ConsentService/ListConsents", consents)
          .consents(0)
          .consent();
  const std::string second = load.consent(number, Terms());
  load.revoke(number, first);
  EXPECT_EQ(get(cast.school_tyr), "allowed");  // by the second
  load.revoke(number, second);
  EXPECT_EQ(get(cast.school_tyr), no_basis);
  EXPECT_EQ(list(cast.school_tyr), no_basis);
  EXPECT_EQ(get(coordinator), "allowed");
  EXPECT_EQ(shown(), Shown{"1"});  // the plan, and no commitment of the school
  EXPECT_EQ(agencies(coordinator), Shown{});
  EXPECT_EQ(plans.outcome(coordinator, revise_plan, revision(number, 1)),
            "refused failed_precondition/case_closed");
  EXPECT_EQ(versions(coordinator).size(), 1U);
}

TEST_F(PlanOfACase, IsHiddenWhenTheLastDayOfTheConsentIsOver) {
  load.assign(number, cast.school_tyr);
  plans.write_plan(number);
  load.server.set_date("2027-01-31");
  EXPECT_EQ(get(cast.school_tyr), "allowed");
  load.server.set_date("2027-02-01");
  EXPECT_EQ(get(cast.school_tyr), no_basis);
  EXPECT_EQ(get(coordinator), "allowed");
}

TEST_F(PlanOfACase, OfAGroupIsSeenByEverybodyAssignedAndNeedsNoBasis) {
  const std::string group = load.create(new_group());
  load.assign(group, cast.police);
  load.advance(group, v1::CASE_STATE_MAPPING);
  plans.write_plan(group);
  plans.commit(group, "TYR-SKO");
  EXPECT_EQ(plans.outcome(cast.police, get_plan, about_case<v1::GetPlanRequest>(group)), "allowed");
  EXPECT_EQ(shown(), Shown{"2"});
  EXPECT_EQ(
      plans.outcome(cast.police, list_versions, about_case<v1::ListPlanVersionsRequest>(group)),
      "allowed");
  EXPECT_EQ(shown(), Shown{"1"});
}

}  // namespace
}  // namespace sspf::test::planning::plan
