// SPDX-License-Identifier: Apache-2.0
//
// Who may call what of PlanService and CommitmentService in which state of a case: one case in each
// state, and a table of callers and RPCs for it. Writes are dry runs, so that every row meets the
// same state; what they store when they are done is the last table.
#include <gtest/gtest.h>

#include "tests/request/plan_words.h"
#include "tests/support/planning.h"

namespace sspf::test::planning::plan_access {
namespace {

constexpr auto referred = v1::CASE_STATE_REFERRED;
constexpr auto pending = v1::CASE_STATE_CONSENT_PENDING;
constexpr auto mapping = v1::CASE_STATE_MAPPING;
constexpr auto plan_active = v1::CASE_STATE_PLAN_ACTIVE;
constexpr auto follow_ups = v1::CASE_STATE_FOLLOW_UP;
constexpr auto closed_state = v1::CASE_STATE_CLOSED;
constexpr auto refused_state = v1::CASE_STATE_CONSENT_REFUSED;
constexpr auto revoked_state = v1::CASE_STATE_CONSENT_REVOKED;
constexpr auto moved = v1::CASE_STATE_MOVED;
constexpr auto handed_over = v1::CASE_STATE_HANDED_OVER;
constexpr auto aged_out = v1::CASE_STATE_AGED_OUT;

using States = std::vector<v1::CaseState>;
enum class Plan { written, none };

// Of an individual; a group takes the same steps without that of consent. The last one that is
// consent_revoked is the revocation's own.
const States routes[] = {
    {},
    {pending},
    {pending, mapping},
    {pending, mapping, plan_active},
    {pending, mapping, plan_active, follow_ups},
    {pending, mapping, plan_active, follow_ups, closed_state},
    {pending, refused_state},
    {pending, mapping, revoked_state},
    {pending, mapping, moved},
    {pending, mapping, plan_active, handed_over},
    {pending, mapping, plan_active, follow_ups, aged_out},
};

bool is_of_consent(v1::CaseState state) { return state == refused_state || state == revoked_state; }
bool is_before_planning(v1::CaseState state) { return state == referred || state == pending; }
bool is_planning(v1::CaseState state) {
  return state == mapping || state == plan_active || state == follow_ups;
}

// One for each of the RPCs below, in their order.
using Outcomes = std::vector<std::string>;
Outcomes always(const std::string& outcome) { return Outcomes(8, outcome); }

// Before the planning there is none.
const std::string no_commitment = "AAAAAAAA";

const std::string dry = "dry run";
const std::string allowed = "allowed";
const std::string ended = "refused failed_precondition/case_closed";
const std::string role_missing = "refused permission_denied/role_missing";
const std::string not_assigned = std::string(absent) + " for not_assigned";

struct Subject {
  v1::CaseKind kind = v1::CASE_KIND_INDIVIDUAL;
  v1::CaseState state = referred;
  Named school;      // in the case with a plan, as soon as it can have either
  std::string bare;  // a case likewise, without a plan
};

// The consent of the individuals names the school alone, and for all kinds. Assigned are one
// account of the school, and the police. Each case that comes to mapping gets a commitment of the
// school there.
struct PlanAccess : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Cast& cast = load.cast;

  Named bring(v1::CaseKind kind, const States& route, Plan plan) {
    const bool is_group = kind == v1::CASE_KIND_GROUP;
    const std::string number = load.create(is_group ? new_group() : new_person(""));
    Terms terms;
    terms.agencies = {"TYR-SKO"};
    const std::string consent = is_group ? "" : load.consent(number, terms);
    load.assign(number, cast.school_tyr);
    load.assign(number, cast.police);
    std::string commitment = no_commitment;
    for (const v1::CaseState step : route) {
      if (is_group && step == pending) continue;
      if (is_of_consent(step)) load.revoke(number, consent);
      if (step != revoked_state) load.advance(number, step);
      if (step == mapping) commitment = plans.commit(number, "TYR-SKO");
      if (step == mapping && plan == Plan::written) plans.write_plan(number);
    }
    return {number, commitment, 1};
  }

  std::vector<Subject> subjects() {
    std::vector<Subject> made;
    for (const States& route : routes) {
      const v1::CaseState state = route.empty() ? referred : route.back();
      for (const auto kind : {v1::CASE_KIND_INDIVIDUAL, v1::CASE_KIND_GROUP}) {
        const bool is_of_groups = state != pending && state != aged_out && !is_of_consent(state);
        if (kind == v1::CASE_KIND_GROUP && !is_of_groups) continue;
        made.push_back({kind, state, bring(kind, route, Plan::written),
                        bring(kind, route, Plan::none).case_number});
        EXPECT_EQ(load.show(cast.coordinator_tyr, made.back().bare).state(), state);
      }
    }
    return made;
  }

  template <typename Request>
  std::string tried(const Account& caller, const std::string& rpc, Request request) {
    request.mutable_write()->set_dry_run(true);
    return plans.outcome(caller, rpc, request);
  }
  Outcomes outcomes(const Account& caller, const Subject& of) {
    const std::string& number = of.school.case_number;
    return {tried(caller, "PlanService/CreatePlan", new_plan(of.bare)),
            tried(caller, "PlanService/RevisePlan", revision(number, 1)),
            plans.outcome(caller, "PlanService/GetPlan", about_case<v1::GetPlanRequest>(number)),
            plans.outcome(caller, "PlanService/ListPlanVersions",
                          about_case<v1::ListPlanVersionsRequest>(number)),
            tried(caller, "CommitmentService/AddCommitment", new_commitment(number, "TYR-SKO")),
            tried(caller, "CommitmentService/ChangeCommitment", change_of(of.school, "TYR-SKO")),
            tried(caller, "CommitmentService/LogProgress", follow_up(of.school)),
            plans.outcome(caller, "CommitmentService/GetCommitment", question_about(of.school))};
  }
  void expect(const Account& caller, const Subject& of, const Outcomes& expected) {
    EXPECT_EQ(outcomes(caller, of), expected)
        << caller.handle << ", " << v1::CaseState_Name(of.state) << ", "
        << v1::CaseKind_Name(of.kind);
  }
};

Outcomes of_the_coordinator(const Subject& in) {
  if (is_before_planning(in.state)) {
    return {early, early, absent, absent, early, early, early, absent};
  }
  if (is_planning(in.state)) return {dry, dry, allowed, allowed, dry, dry, dry, allowed};
  if (in.state == refused_state) {
    return {ended, ended, absent, absent, ended, ended, ended, absent};
  }
  // Without a consent the plan is there, being the coordination's own, and the school's is not.
  if (in.state == revoked_state) {
    return {ended, ended, allowed, allowed, ended, ended, ended, no_basis};
  }
  return {ended, ended, allowed, allowed, ended, ended, ended, allowed};
}

// Of one who may enter; `own` says what the writes of commitments come to in the planning.
Outcomes of_a_member(const Subject& in, const Outcomes& own) {
  const bool is_before = is_before_planning(in.state);
  const std::string& read = is_before ? absent : allowed;
  const Outcomes writes = is_planning(in.state) ? own : Outcomes(3, is_before ? early : ended);
  return {role_missing, role_missing, read, read, writes[0], writes[1], writes[2], read};
}

TEST_F(PlanAccess, FollowsTheCallerAndTheStateOfTheCase) {
  for (const Subject& each : subjects()) {
    const bool is_group = each.kind == v1::CASE_KIND_GROUP;
    expect(cast.coordinator_tyr, each, of_the_coordinator(each));
    expect(cast.school_tyr, each,
           is_of_consent(each.state) ? always(no_basis) : of_a_member(each, {dry, dry, dry}));
    // Assigned, and named by no consent; of a group none is needed.
    expect(cast.police, each,
           is_group ? of_a_member(each, {std::string(other_agency) + "(draft.agency_code)",
                                         other_agency, other_agency})
                    : always(no_basis));
  }
}

TEST_F(PlanAccess, IsGivenToNobodyElseInAnyState) {
  const Account outsiders[] = {
      cast.root,       cast.admin_tyr,       cast.auditor,        cast.auditor_tyr,
      cast.school_nac, cast.coordinator_nac, cast.recreation_tyr, cast.social_tyr,
      cast.school2_tyr};  // of the agency that the consent names
  for (const Subject& each : subjects()) {
    expect(cast.nobody, each, always("refused unauthenticated/no_certificate"));
    expect(cast.suspended, each,
           always("refused unauthenticated/unknown_certificate for account_suspended"));
    for (const Account& outsider : outsiders) expect(outsider, each, always(not_assigned));
  }
}

TEST_F(PlanAccess, ACaseThatMayNotBeEnteredAnswersAsOneThatIsNotThereAndTheEventNamesIt) {
  Subject hidden{v1::CASE_KIND_INDIVIDUAL, mapping,
                 bring(v1::CASE_KIND_INDIVIDUAL, {pending, mapping}, Plan::written), ""};
  plans.plan(cast.coordinator_tyr, hidden.school.case_number);
  const std::string case_id = load.server.last_event().case_id();
  const auto question = about_case<v1::GetPlanRequest>(hidden.school.case_number);
  const Answered answer =
      load.server.call(cast.school2_tyr, "sspf.v1.PlanService/GetPlan", question);
  EXPECT_EQ(load.server.last_event().case_id(), case_id);
  EXPECT_EQ(case_id.size(), 16U);
  EXPECT_FALSE(load.server.last_event().account_id().empty());

  Subject nowhere = hidden;
  nowhere.school.case_number = "TYR-2026-9999";
  nowhere.bare = "TYR-2026-9999";
  for (const Account& each : {cast.coordinator_tyr, cast.school_tyr, cast.school2_tyr}) {
    expect(each, nowhere, always(absent));
    EXPECT_EQ(plans.event.case_id(), "") << each.handle;
  }
  const Answered unknown = load.server.call(cast.school2_tyr, "sspf.v1.PlanService/GetPlan",
                                            about_case<v1::GetPlanRequest>("TYR-2026-9999"));
  EXPECT_EQ(unknown.summary(), answer.summary());
  EXPECT_EQ(unknown.message, answer.message);
}

TEST_F(PlanAccess, TheListOfCommitmentsHoldsThoseOfTheCasesThatMayBeEntered) {
  std::vector<std::string> shown_to_school;
  std::vector<std::string> withdrawn;  // named to the own agency, and no more (withdrawn_test.cc)
  std::vector<std::string> of_groups;
  for (const States& route : routes) {
    const Named made = bring(v1::CASE_KIND_INDIVIDUAL, route, Plan::none);
    if (made.commitment == no_commitment) continue;
    (is_of_consent(route.back()) ? withdrawn : shown_to_school).push_back(made.commitment);
  }
  of_groups.push_back(bring(v1::CASE_KIND_GROUP, {mapping}, Plan::none).commitment);
  of_groups.push_back(bring(v1::CASE_KIND_GROUP, {mapping, moved}, Plan::none).commitment);
  shown_to_school.insert(shown_to_school.end(), of_groups.begin(), of_groups.end());

  const v1::ListCommitmentsRequest all;
  const std::string rpc = "CommitmentService/ListCommitments";
  EXPECT_EQ(plans.outcome(cast.nobody, rpc, all), "refused unauthenticated/no_certificate");
  EXPECT_EQ(plans.outcome(cast.suspended, rpc, all),
            "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& each :
       {cast.root, cast.admin_tyr, cast.auditor, cast.auditor_tyr, cast.coordinator_nac,
        cast.school_nac, cast.school2_tyr, cast.social_tyr, cast.recreation_tyr}) {
    EXPECT_EQ(plans.outcome(each, rpc, all), allowed) << each.handle;
    EXPECT_TRUE(plans.listed(each, all).empty()) << each.handle;
    EXPECT_EQ(plans.event.items_shown(), 0U) << each.handle;
  }
  std::vector<std::string> named_to_school = shown_to_school;
  named_to_school.insert(named_to_school.end(), withdrawn.begin(), withdrawn.end());
  for (const auto& [each, expected] :
       {std::pair(cast.school_tyr, named_to_school), {cast.coordinator_tyr, shown_to_school}}) {
    EXPECT_EQ(plans.outcome(each, rpc, all), allowed);
    EXPECT_EQ(plans.event.items_shown(), expected.size()) << each.handle;
    EXPECT_EQ(plans.event.cases_shown_size(), static_cast<int>(expected.size()));
    EXPECT_EQ(plans.listed(each, all), expected) << each.handle;
  }
  EXPECT_EQ(plans.listed(cast.police, all), of_groups);
}

}  // namespace
}  // namespace sspf::test::planning::plan_access
