// SPDX-License-Identifier: Apache-2.0
//
// How a case moves from state to state, and what one that has ended still takes.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "server/base/limits.h"
#include "tests/support/caseload.h"

namespace sspf::test::case_state {
namespace {

constexpr v1::CaseState ends[] = {v1::CASE_STATE_CLOSED,          v1::CASE_STATE_CONSENT_REFUSED,
                                  v1::CASE_STATE_CONSENT_REVOKED, v1::CASE_STATE_MOVED,
                                  v1::CASE_STATE_HANDED_OVER,     v1::CASE_STATE_AGED_OUT};

struct CaseStates : testing::Test {
  Caseload load;
  const Account& coordinator = load.cast.coordinator_tyr;

  std::string outcome(const std::string& rpc, const google::protobuf::Message& request) {
    return load.server.call(coordinator, "sspf.v1." + rpc, request).summary();
  }
  std::string step(const std::string& number, v1::CaseState state) {
    return outcome("CaseService/AdvanceCase", step_to(load.show(coordinator, number), state));
  }
  v1::CaseState state_of(const std::string& number) {
    return load.show(coordinator, number).state();
  }
};

TEST_F(CaseStates, AnIndividualFollowsTheFlowAndEachStepIsAVersion) {
  const std::string number = load.referred();
  load.consent(number, Terms());
  std::uint64_t version = 1;
  for (const v1::CaseState state :
       {v1::CASE_STATE_CONSENT_PENDING, v1::CASE_STATE_MAPPING, v1::CASE_STATE_PLAN_ACTIVE,
        v1::CASE_STATE_FOLLOW_UP, v1::CASE_STATE_PLAN_ACTIVE, v1::CASE_STATE_FOLLOW_UP,
        v1::CASE_STATE_CLOSED}) {
    const auto response = load.get<v1::AdvanceCaseResponse>(
        coordinator, "CaseService/AdvanceCase", step_to(load.show(coordinator, number), state));
    EXPECT_EQ(response.state(), state);
    EXPECT_EQ(response.version(), ++version);
    const v1::AuditEvent event = load.server.last_event();
    EXPECT_EQ(event.item_version(), version);
    EXPECT_EQ(event.ciphertext_digest().size(), 32U);  // of the sealed reason
    EXPECT_EQ(state_of(number), state);
  }
}

TEST_F(CaseStates, AGroupNeedsNoConsent) {
  const std::string number = load.create(new_group());
  EXPECT_EQ(step(number, v1::CASE_STATE_CONSENT_PENDING),
            "failed_precondition/state_does_not_follow(state)");
  EXPECT_EQ(step(number, v1::CASE_STATE_MAPPING), "ok");
  EXPECT_EQ(step(number, v1::CASE_STATE_AGED_OUT),
            "failed_precondition/state_does_not_follow(state)");
  load.close(number);
  EXPECT_EQ(state_of(number), v1::CASE_STATE_CLOSED);
}

TEST_F(CaseStates, WhatDoesNotFollowIsRefusedAndChangesNothing) {
  const std::string number = load.referred();
  for (const v1::CaseState state :
       {v1::CASE_STATE_REFERRED, v1::CASE_STATE_MAPPING, v1::CASE_STATE_PLAN_ACTIVE,
        v1::CASE_STATE_FOLLOW_UP, v1::CASE_STATE_CLOSED, v1::CASE_STATE_CONSENT_REFUSED,
        v1::CASE_STATE_CONSENT_REVOKED}) {
    EXPECT_EQ(step(number, state), "failed_precondition/state_does_not_follow(state)") << state;
  }
  EXPECT_EQ(load.show(coordinator, number).version(), 1U);
}

TEST_F(CaseStates, BadInputIsNamed) {
  const std::string number = load.referred();
  v1::AdvanceCaseRequest request =
      step_to(load.show(coordinator, number), v1::CASE_STATE_CONSENT_PENDING);
  const auto refused = [&](const v1::AdvanceCaseRequest& changed) {
    return outcome("CaseService/AdvanceCase", changed);
  };
  v1::AdvanceCaseRequest changed = request;
  changed.clear_case_number();
  EXPECT_EQ(refused(changed), "invalid_argument/missing(case_number)");
  changed = request;
  changed.clear_version();
  EXPECT_EQ(refused(changed), "invalid_argument/missing(version)");
  changed = request;
  changed.clear_state();
  EXPECT_EQ(refused(changed), "invalid_argument/missing(state)");
  changed = request;
  changed.set_state(static_cast<v1::CaseState>(99));
  EXPECT_EQ(refused(changed), "invalid_argument/unknown_value(state)");
  changed = request;
  changed.set_version(2);
  EXPECT_EQ(refused(changed), "aborted/stale_version");
  changed = request;
  changed.set_state(v1::CASE_STATE_HANDED_OVER);
  changed.clear_reason();
  EXPECT_EQ(refused(changed), "invalid_argument/missing(reason)");
  changed.set_reason("  \n ");
  EXPECT_EQ(refused(changed), "invalid_argument/missing(reason)");
  // A step that is no end needs none.
  request.clear_reason();
  EXPECT_EQ(refused(request), "ok");
  EXPECT_EQ(refused(request), "aborted/stale_version");
}

// R4: consent comes before mapping and before the plan.
TEST_F(CaseStates, WorkOnAPersonBeginsOnlyWithAConsentInForce) {
  const std::string number = load.referred();
  load.advance(number, v1::CASE_STATE_CONSENT_PENDING);
  const std::string refused = "failed_precondition/no_consent_in_force";
  EXPECT_EQ(step(number, v1::CASE_STATE_MAPPING), refused);
  Terms later;
  later.from_date = "2026-11-25";
  load.consent(number, later);
  EXPECT_EQ(step(number, v1::CASE_STATE_MAPPING), refused);
  Terms incomplete;
  incomplete.signers = "g";
  load.consent(number, incomplete);
  EXPECT_EQ(step(number, v1::CASE_STATE_MAPPING), refused);
  load.server.set_date("2026-11-25");
  EXPECT_EQ(step(number, v1::CASE_STATE_MAPPING), "ok");
  load.server.set_date("2027-01-31");
  EXPECT_EQ(step(number, v1::CASE_STATE_PLAN_ACTIVE), "ok");
  EXPECT_EQ(step(number, v1::CASE_STATE_FOLLOW_UP), "ok");
  // The last day is over.
  load.server.set_date("2027-02-01");
  EXPECT_EQ(step(number, v1::CASE_STATE_PLAN_ACTIVE), refused);
}

TEST_F(CaseStates, ConsentIsNotSaidToBeDeniedWhileOneIsInForce) {
  const std::string refused = "failed_precondition/consent_in_force";
  const std::string mapped = load.mapped();
  EXPECT_EQ(step(mapped, v1::CASE_STATE_CONSENT_REVOKED), refused);
  load.server.set_date("2027-02-01");
  EXPECT_EQ(step(mapped, v1::CASE_STATE_CONSENT_REVOKED), "ok");

  const std::string pending = load.create(new_person(number_aged_17));
  load.advance(pending, v1::CASE_STATE_CONSENT_PENDING);
  Terms terms;
  terms.to_date = "2027-02-01";
  terms.signed_on = "2027-02-01";  // an adult by now
  load.consent(pending, terms);
  EXPECT_EQ(step(pending, v1::CASE_STATE_CONSENT_REFUSED), refused);
  load.server.set_date("2027-02-02");
  EXPECT_EQ(step(pending, v1::CASE_STATE_CONSENT_REFUSED), "ok");
}

TEST_F(CaseStates, NothingFollowsAnEnd) {
  const std::string number = load.referred();
  load.advance(number, v1::CASE_STATE_MOVED);
  for (int state = v1::CASE_STATE_REFERRED; state <= v1::CASE_STATE_AGED_OUT; ++state) {
    EXPECT_EQ(step(number, static_cast<v1::CaseState>(state)), "failed_precondition/case_closed")
        << state;
  }
}

TEST_F(CaseStates, ACaseThatHasEndedTakesOnlyWhatTakesAccessAway) {
  const std::string number = load.mapped();
  load.assign(number, load.cast.school_tyr);
  const std::string note = load.note(coordinator, number, "Före avslutet.");
  v1::ListConsentsRequest list;
  list.set_case_number(number);
  const std::string consent =
      load.get<v1::ListConsentsResponse>(coordinator, "ConsentService/ListConsents", list)
          .consents(0)
          .consent();
  load.close(number);

  v1::AddNoteRequest add;
  add.set_case_number(number);
  add.set_text("Efter avslutet.");
  v1::CorrectNoteRequest correct;
  correct.set_case_number(number);
  correct.set_note(note);
  correct.set_version(1);
  correct.set_text("Rättad.");
  v1::AssignAccountRequest assign;
  assign.set_case_number(number);
  assign.set_handle(load.cast.social_tyr.handle);
  const std::string closed = "failed_precondition/case_closed";
  EXPECT_EQ(outcome("CaseService/AddNote", add), closed);
  EXPECT_EQ(load.server.call(load.cast.school_tyr, "sspf.v1.CaseService/AddNote", add).summary(),
            closed);
  EXPECT_EQ(outcome("CaseService/CorrectNote", correct), closed);
  EXPECT_EQ(outcome("CaseService/AssignAccount", assign), closed);
  EXPECT_EQ(outcome("ConsentService/RecordConsent", new_consent(number, Terms())), closed);

  // What is there can still be read, until the consent is revoked (R6) or the assignment ended.
  EXPECT_EQ(load.notes(load.cast.school_tyr, number).size(), 1U);
  v1::UnassignAccountRequest unassign;
  unassign.set_case_number(number);
  unassign.set_handle(load.cast.school_tyr.handle);
  EXPECT_EQ(outcome("CaseService/UnassignAccount", unassign), "ok");
  EXPECT_TRUE(load.listed(load.cast.school_tyr).empty());
  v1::RevokeConsentRequest revoke;
  revoke.set_case_number(number);
  revoke.set_consent(consent);
  EXPECT_EQ(outcome("ConsentService/RevokeConsent", revoke), "ok");
  EXPECT_EQ(state_of(number), v1::CASE_STATE_CLOSED);
}

TEST_F(CaseStates, TheListCanBeNarrowedToAState) {
  const std::string referred = load.referred();
  const std::string group = load.create(new_group());
  load.advance(group, v1::CASE_STATE_MAPPING);
  const auto numbers = [&](v1::CaseState state) {
    v1::ListCasesRequest request;
    request.set_state(state);
    std::vector<std::string> found;
    const auto response =
        load.get<v1::ListCasesResponse>(coordinator, "CaseService/ListCases", request);
    for (const v1::Case& each : response.cases()) found.push_back(each.number());
    return found;
  };
  EXPECT_EQ(numbers(v1::CASE_STATE_UNSPECIFIED), (std::vector{referred, group}));
  EXPECT_EQ(numbers(v1::CASE_STATE_REFERRED), std::vector{referred});
  EXPECT_EQ(numbers(v1::CASE_STATE_MAPPING), std::vector{group});
  for (const v1::CaseState state : ends) EXPECT_TRUE(numbers(state).empty()) << state;
}

TEST_F(CaseStates, AListGoesOnPastAPage) {
  const std::size_t count = limits::page_size_max + 1;
  std::vector<std::string> bodies;
  for (std::size_t i = 0; i < count; ++i) {
    v1::CreateCaseRequest request = new_group();
    request.mutable_write()->set_request_id("create-" + std::string(9, '0') + std::to_string(i));
    bodies.push_back(request.SerializeAsString());
  }
  EXPECT_EQ(load.call_all(coordinator, "CaseService/CreateCase", bodies), count);
  const std::uint64_t before = load.server.event_count();
  const auto numbers = load.listed(coordinator);
  EXPECT_EQ(load.server.event_count(), before + 2);  // an event for each piece
  ASSERT_EQ(numbers.size(), count);
  EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
  EXPECT_EQ(std::set(numbers.begin(), numbers.end()).size(), count);
}

}  // namespace
}  // namespace sspf::test::case_state
