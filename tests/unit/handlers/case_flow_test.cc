// SPDX-License-Identifier: Apache-2.0
//
// The whole flow of both kinds of case (domain.md 1): what is not a row here must not follow.
#include "server/handlers/case_flow.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace sspf::handlers {
namespace {

using States = std::set<v1::CaseState>;
using Flow = std::map<v1::CaseState, States>;

constexpr auto referred = v1::CASE_STATE_REFERRED;
constexpr auto consent_pending = v1::CASE_STATE_CONSENT_PENDING;
constexpr auto mapping = v1::CASE_STATE_MAPPING;
constexpr auto plan_active = v1::CASE_STATE_PLAN_ACTIVE;
constexpr auto follow_up = v1::CASE_STATE_FOLLOW_UP;
constexpr auto closed = v1::CASE_STATE_CLOSED;
constexpr auto consent_refused = v1::CASE_STATE_CONSENT_REFUSED;
constexpr auto consent_revoked = v1::CASE_STATE_CONSENT_REVOKED;
constexpr auto moved = v1::CASE_STATE_MOVED;
constexpr auto handed_over = v1::CASE_STATE_HANDED_OVER;
constexpr auto aged_out = v1::CASE_STATE_AGED_OUT;

// Every state that the wire knows; see OfEveryState.
constexpr v1::CaseState all[] = {v1::CASE_STATE_UNSPECIFIED,
                                 referred,
                                 consent_pending,
                                 mapping,
                                 plan_active,
                                 follow_up,
                                 closed,
                                 consent_refused,
                                 consent_revoked,
                                 moved,
                                 handed_over,
                                 aged_out};

Flow flow_of(v1::CaseKind kind) {
  Flow flow;
  for (const v1::CaseState from : all) {
    for (const v1::CaseState to : all) {
      if (follows(kind, from, to)) flow[from].insert(to);
    }
  }
  return flow;
}

TEST(CaseFlow, OfEveryState) {
  EXPECT_EQ(std::size(all), static_cast<std::size_t>(v1::CaseState_descriptor()->value_count()));
  EXPECT_EQ(States(std::begin(all), std::end(all)).size(), std::size(all));
}

TEST(CaseFlow, OfAnIndividual) {
  const Flow expected = {
      {referred, {consent_pending, moved, handed_over, aged_out}},
      {consent_pending, {mapping, consent_refused, moved, handed_over, aged_out}},
      {mapping, {plan_active, consent_revoked, moved, handed_over, aged_out}},
      {plan_active, {follow_up, consent_revoked, moved, handed_over, aged_out}},
      {follow_up, {plan_active, closed, consent_revoked, moved, handed_over, aged_out}},
  };
  EXPECT_EQ(flow_of(v1::CASE_KIND_INDIVIDUAL), expected);
}

TEST(CaseFlow, OfAGroup) {
  const Flow expected = {
      {referred, {mapping, moved, handed_over}},
      // Never entered; a group has no state about consent.
      {consent_pending, {moved, handed_over}},
      {mapping, {plan_active, moved, handed_over}},
      {plan_active, {follow_up, moved, handed_over}},
      {follow_up, {plan_active, closed, moved, handed_over}},
  };
  EXPECT_EQ(flow_of(v1::CASE_KIND_GROUP), expected);
}

TEST(CaseFlow, AnEndIsAStateThatNothingFollows) {
  for (const v1::CaseState state : all) {
    const bool expected = state != referred && state != consent_pending && state != mapping &&
                          state != plan_active && state != follow_up;
    EXPECT_EQ(is_ended(state), expected) << state;
  }
}

TEST(CaseFlow, ThePlanIsWrittenFromTheMappingToTheEnd) {
  for (const v1::CaseState state : all) {
    const bool expected = state == mapping || state == plan_active || state == follow_up;
    EXPECT_EQ(is_in_planning(state), expected) << state;
  }
}

TEST(CaseFlow, WhereConsentMatters) {
  for (const v1::CaseState state : all) {
    EXPECT_EQ(begins_work(state), state == mapping || state == plan_active) << state;
    EXPECT_EQ(denies_consent(state), state == consent_refused || state == consent_revoked) << state;
    EXPECT_EQ(rests_on_consent(state),
              state == mapping || state == plan_active || state == follow_up)
        << state;
  }
}

}  // namespace
}  // namespace sspf::handlers
