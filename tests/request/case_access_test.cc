// SPDX-License-Identifier: Apache-2.0
//
// Who may call what of CaseService and ConsentService, as one table of callers and RPCs. Writes are
// dry runs, so that every row meets the same state.
#include <gtest/gtest.h>

#include <map>

#include "tests/support/caseload.h"
#include "tests/support/requests.h"

namespace sspf::test {
namespace {

template <typename Request>
std::unique_ptr<Request> new_request_about_case(const std::string& case_number) {
  auto request = std::make_unique<Request>();
  request->set_case_number(case_number);
  return request;
}

// The audit outcome, the answer and the private cause: "allowed", "refused not_found/no_basis".
struct CaseAccess : testing::Test {
  Caseload load;
  const std::string number = load.mapped();
  const std::string note = load.note(load.cast.coordinator_tyr, number, "En anteckning.");
  std::string consent;

  // A consent names school and social services. Of them, one account of the school is assigned; so
  // is the police, whom no consent names.
  void SetUp() override {
    Terms terms;
    terms.agencies = {"TYR-SKO"};
    consent = load.consent(number, terms);
    load.assign(number, load.cast.school_tyr);
    load.assign(number, load.cast.police);
  }

  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    const std::uint64_t before = load.server.event_count();
    const Answered answered = load.server.call(caller, "sspf.v1." + rpc, request);
    EXPECT_EQ(load.server.event_count(), before + 1) << rpc;
    const v1::AuditEvent event = load.server.last_event();
    EXPECT_EQ(event.rpc(), "sspf.v1." + rpc);
    if (event.outcome() == v1::OUTCOME_ALLOWED) return "allowed " + answered.code;
    if (event.outcome() == v1::OUTCOME_DRY_RUN) return "dry run " + answered.code;
    EXPECT_EQ(event.outcome(), v1::OUTCOME_REFUSED);
    EXPECT_EQ(event.items_shown(), 0U);
    return "refused " + answered.summary() + " for " +
           std::string(name_of(static_cast<Reason>(event.cause_reason())));
  }

  Requests reads_of_participants() {
    Requests requests;
    requests.emplace_back("CaseService/GetCase",
                          new_request_about_case<v1::GetCaseRequest>(number));
    requests.emplace_back("CaseService/ListNotes",
                          new_request_about_case<v1::ListNotesRequest>(number));
    auto versions = new_request_about_case<v1::ListNoteVersionsRequest>(number);
    versions->set_note(note);
    requests.emplace_back("CaseService/ListNoteVersions", std::move(versions));
    return requests;
  }
  Requests writes_of_participants() {
    Requests requests;
    auto add = new_request_about_case<v1::AddNoteRequest>(number);
    add->mutable_write()->set_dry_run(true);
    add->set_text("Text");
    requests.emplace_back("CaseService/AddNote", std::move(add));
    return requests;
  }
  Requests reads_of_coordinators() {
    Requests requests;
    requests.emplace_back("CaseService/ListAssignments",
                          new_request_about_case<v1::ListAssignmentsRequest>(number));
    requests.emplace_back("ConsentService/ListConsents",
                          new_request_about_case<v1::ListConsentsRequest>(number));
    return requests;
  }
  Requests writes_of_coordinators() {
    Requests requests;
    auto advance = std::make_unique<v1::AdvanceCaseRequest>(
        step_to(load.show(load.cast.coordinator_tyr, number), v1::CASE_STATE_PLAN_ACTIVE));
    advance->mutable_write()->set_dry_run(true);
    requests.emplace_back("CaseService/AdvanceCase", std::move(advance));
    auto assign = new_request_about_case<v1::AssignAccountRequest>(number);
    assign->mutable_write()->set_dry_run(true);
    assign->set_handle(load.cast.social_tyr.handle);
    requests.emplace_back("CaseService/AssignAccount", std::move(assign));
    auto unassign = new_request_about_case<v1::UnassignAccountRequest>(number);
    unassign->mutable_write()->set_dry_run(true);
    unassign->set_handle(load.cast.school_tyr.handle);
    requests.emplace_back("CaseService/UnassignAccount", std::move(unassign));
    auto record = std::make_unique<v1::RecordConsentRequest>(new_consent(number, Terms()));
    record->mutable_write()->set_dry_run(true);
    requests.emplace_back("ConsentService/RecordConsent", std::move(record));
    auto revoke = new_request_about_case<v1::RevokeConsentRequest>(number);
    revoke->mutable_write()->set_dry_run(true);
    revoke->set_consent(consent);
    requests.emplace_back("ConsentService/RevokeConsent", std::move(revoke));
    return requests;
  }

  void expect(const Requests& requests, const Account& caller, const std::string& expected) {
    for (const auto& [rpc, request] : requests) {
      EXPECT_EQ(outcome(caller, rpc, *request), expected) << caller.handle << " " << rpc;
    }
  }
  void expect_everywhere(const Account& caller, const std::string& expected) {
    expect(reads_of_participants(), caller, expected);
    expect(writes_of_participants(), caller, expected);
    expect(reads_of_coordinators(), caller, expected);
    expect(writes_of_coordinators(), caller, expected);
  }
};

TEST_F(CaseAccess, WhoeverMayNotEnterGetsOneAnswerAndTheEventTheCause) {
  const Cast& cast = load.cast;
  expect_everywhere(cast.nobody, "refused unauthenticated/no_certificate for no_certificate");
  expect_everywhere(cast.suspended,
                    "refused unauthenticated/unknown_certificate for account_suspended");
  const std::string not_assigned = "refused not_found/not_found for not_assigned";
  expect_everywhere(cast.root, not_assigned);
  expect_everywhere(cast.admin_tyr, not_assigned);
  expect_everywhere(cast.auditor, not_assigned);
  expect_everywhere(cast.auditor_tyr, not_assigned);
  expect_everywhere(cast.coordinator_nac, not_assigned);
  expect_everywhere(cast.school_nac, not_assigned);
  // The right agency, unassigned; and neither.
  expect_everywhere(cast.school2_tyr, not_assigned);
  expect_everywhere(cast.recreation_tyr, not_assigned);
  // Assigned, and no consent names the agency.
  expect_everywhere(cast.police, "refused not_found/not_found for no_basis");
}

TEST_F(CaseAccess, WhoeverMayEnterReadsAndWritesNotesAndOnlyTheCoordinatorDoesTheRest) {
  const Cast& cast = load.cast;
  const std::string role_missing = "refused permission_denied/role_missing for role_missing";
  expect(reads_of_participants(), cast.school_tyr, "allowed ok");
  expect(writes_of_participants(), cast.school_tyr, "dry run ok");
  expect(reads_of_coordinators(), cast.school_tyr, role_missing);
  expect(writes_of_coordinators(), cast.school_tyr, role_missing);
  expect(reads_of_participants(), cast.coordinator_tyr, "allowed ok");
  expect(writes_of_participants(), cast.coordinator_tyr, "dry run ok");
  expect(reads_of_coordinators(), cast.coordinator_tyr, "allowed ok");
  expect(writes_of_coordinators(), cast.coordinator_tyr, "dry run ok");
}

TEST_F(CaseAccess, ACaseThatMayNotBeEnteredAnswersAsOneThatIsNotThere) {
  const Answered hidden = load.server.call(load.cast.school_nac, "sspf.v1.CaseService/GetCase",
                                           *new_request_about_case<v1::GetCaseRequest>(number));
  const Answered absent =
      load.server.call(load.cast.school_nac, "sspf.v1.CaseService/GetCase",
                       *new_request_about_case<v1::GetCaseRequest>("TYR-2026-9999"));
  EXPECT_EQ(hidden.summary(), "not_found/not_found");
  EXPECT_EQ(absent.summary(), hidden.summary());
  EXPECT_EQ(absent.message, hidden.message);
}

TEST_F(CaseAccess, OnlyTheMunicipalitysCoordinatorRegistersAndFinds) {
  v1::CreateCaseRequest create = new_person(number_aged_13);
  create.mutable_write()->set_dry_run(true);
  v1::FindCaseRequest find;
  find.set_municipality_code("TYR");
  find.set_identity_number(number_aged_15);
  const auto both = [&](const Account& caller, const std::string& expected) {
    EXPECT_EQ(outcome(caller, "CaseService/CreateCase", create), expected) << caller.handle;
    EXPECT_EQ(outcome(caller, "CaseService/FindCase", find), expected) << caller.handle;
  };
  const Cast& cast = load.cast;
  both(cast.nobody, "refused unauthenticated/no_certificate for no_certificate");
  both(cast.suspended, "refused unauthenticated/unknown_certificate for account_suspended");
  const std::string role_missing = "refused permission_denied/role_missing for role_missing";
  for (const Account& other : {cast.root, cast.admin_tyr, cast.auditor, cast.auditor_tyr,
                               cast.school_tyr, cast.recreation_tyr, cast.police}) {
    both(other, role_missing);
  }
  const std::string hidden = "refused not_found/not_found for other_municipality";
  both(cast.coordinator_nac, hidden);
  both(cast.school_nac, hidden);
  EXPECT_EQ(outcome(cast.coordinator_tyr, "CaseService/CreateCase", create), "dry run ok");
  EXPECT_EQ(outcome(cast.coordinator_tyr, "CaseService/FindCase", find), "allowed ok");
}

TEST_F(CaseAccess, TheListHoldsWhatTheCallerMayEnter) {
  const Cast& cast = load.cast;
  const v1::ListCasesRequest request;
  EXPECT_EQ(outcome(cast.nobody, "CaseService/ListCases", request),
            "refused unauthenticated/no_certificate for no_certificate");
  EXPECT_EQ(outcome(cast.suspended, "CaseService/ListCases", request),
            "refused unauthenticated/unknown_certificate for account_suspended");
  for (const Account& other :
       {cast.root, cast.admin_tyr, cast.auditor, cast.auditor_tyr, cast.coordinator_nac,
        cast.school_nac, cast.school2_tyr, cast.recreation_tyr, cast.police}) {
    EXPECT_TRUE(load.listed(other).empty()) << other.handle;
    EXPECT_EQ(load.server.last_event().items_shown(), 0U) << other.handle;
  }
  for (const Account& other : {cast.coordinator_tyr, cast.school_tyr}) {
    EXPECT_EQ(load.listed(other), std::vector{number}) << other.handle;
  }
}

}  // namespace
}  // namespace sspf::test
