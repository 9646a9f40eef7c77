// SPDX-License-Identifier: Apache-2.0
#include "tests/support/planning.h"

namespace sspf::test {
namespace {

std::string certificate_ref(const Account& caller) {
  if (!caller.certificate) return {};
  return std::string(crypto::text_of(caller.certificate->fingerprint).substr(0, 8));
}

std::string other_cause(const v1::AuditEvent& event, const Answered& answered) {
  const std::string cause = cause_of(event);
  return cause == answered.reason ? "" : " for " + cause;
}

// What the event says, and the answer with it.
std::string words_of(const v1::AuditEvent& event, const Answered& answered) {
  switch (event.outcome()) {
    case v1::OUTCOME_ALLOWED:
      return answered.ok() ? "allowed" : "allowed !" + answered.summary();
    case v1::OUTCOME_DRY_RUN:
      return answered.ok() ? "dry run" : "dry run !" + answered.summary();
    case v1::OUTCOME_REPEATED:
      return answered.ok() ? "repeated" : "repeated !" + answered.summary();
    case v1::OUTCOME_REFUSED:
      return "refused " + answered.summary() + other_cause(event, answered);
    default:
      return "!" + v1::Outcome_Name(event.outcome());
  }
}

std::string what_must_never_be(const v1::AuditEvent& event) {
  const bool is_refused = event.outcome() == v1::OUTCOME_REFUSED;
  const bool is_allowed = event.outcome() == v1::OUTCOME_ALLOWED;
  std::string trouble;
  if (is_refused && (event.items_shown() != 0 || event.cases_shown_size() != 0)) {
    trouble += " !shown";
  }
  if (!is_allowed && (event.item_version() != 0 || !event.ciphertext_digest().empty() ||
                      !event.item_id().empty())) {
    trouble += " !stored";
  }
  if (is_refused != (event.told_reason() != 0)) trouble += " !reason";
  return trouble;
}

}  // namespace

v1::CreatePlanRequest new_plan(const std::string& case_number) {
  auto request = about_case<v1::CreatePlanRequest>(case_number);
  v1::PlanContent& content = *request.mutable_content();
  content.set_problem_areas("Sena kvällar.\nMycket frånvaro.");
  content.set_strengths("Fotboll.");
  content.add_goals("I skolan varje dag.");
  content.add_goals("Hemma före tio.");
  content.set_youth_view("Vill byta klass.");
  content.set_guardian_view("Vill ha en fast kontakt.");
  content.set_review_date("2027-01-15");
  return request;
}

v1::RevisePlanRequest revision(const std::string& case_number, std::uint64_t version) {
  auto request = about_case<v1::RevisePlanRequest>(case_number);
  request.set_version(version);
  request.mutable_content()->add_goals("Mål i version " + std::to_string(version + 1) + ".");
  request.mutable_content()->set_review_date("2027-02-15");
  return request;
}

v1::AddCommitmentRequest new_commitment(const std::string& case_number,
                                        const std::string& agency_code) {
  auto request = about_case<v1::AddCommitmentRequest>(case_number);
  request.mutable_draft()->set_agency_code(agency_code);
  request.mutable_draft()->set_responsible("Rektor");
  request.mutable_draft()->set_action("Samtal varje vecka.\nPå måndagar.");
  request.mutable_draft()->set_due_date("2026-12-15");
  return request;
}

v1::ChangeCommitmentRequest change_of(const Named& named, const std::string& agency_code) {
  auto request = about_case<v1::ChangeCommitmentRequest>(named.case_number);
  request.set_commitment(named.commitment);
  request.set_version(named.version);
  request.mutable_draft()->set_agency_code(agency_code);
  request.mutable_draft()->set_responsible("Kurator");
  request.mutable_draft()->set_action("Samtal varannan vecka.");
  request.mutable_draft()->set_due_date("2026-12-20");
  return request;
}

v1::LogProgressRequest follow_up(const Named& named) {
  auto request = about_case<v1::LogProgressRequest>(named.case_number);
  request.set_commitment(named.commitment);
  request.set_version(named.version);
  request.set_status(v1::COMMITMENT_STATUS_STARTED);
  request.set_rag(v1::RAG_STATUS_GREEN);
  request.set_text("Första samtalet är hållet.");
  return request;
}

v1::GetCommitmentRequest question_about(const Named& named) {
  auto request = about_case<v1::GetCommitmentRequest>(named.case_number);
  request.set_commitment(named.commitment);
  return request;
}

v1::AuditEvent Planning::newest_event() {
  store::Database& database = load.server.installation().database();
  store::Batch batch(database);
  store::Unit unit(batch);
  const std::uint64_t size = database.log_size();
  v1::AuditEvent newest;
  for (const auto& entry : unit.tables().audit_log.range(size - 1, size, 1'000'000)) {
    if (!newest.ParseFromString(entry.bytes)) {
      throw std::runtime_error("a stored event does not parse");
    }
  }
  return newest;
}

std::string Planning::outcome(const Account& caller, const std::string& rpc,
                              const google::protobuf::Message& request) {
  static_cast<void>(rows.changes());
  const std::uint64_t before = load.server.event_count();
  const Answered answered = load.server.call(caller, "sspf.v1." + rpc, request);
  const std::uint64_t events = load.server.event_count() - before;
  event = newest_event();
  std::string words = words_of(event, answered);
  const std::string changes = rows.changes();
  const bool may_store = event.outcome() == v1::OUTCOME_ALLOWED;
  if (!changes.empty()) words += (may_store ? ": " : " !") + changes;
  if (events != 1) words += " !" + std::to_string(events) + " events";
  if (event.rpc() != "sspf.v1." + rpc) words += " !event of " + event.rpc();
  if (event.certificate_ref() != certificate_ref(caller)) words += " !event of another";
  return words + what_must_never_be(event);
}

void Planning::write_plan(const std::string& case_number) {
  load.get<v1::CreatePlanResponse>(load.cast.coordinator_tyr, "PlanService/CreatePlan",
                                   new_plan(case_number));
}

std::string Planning::commit(const std::string& case_number, const std::string& agency_code) {
  return commit(new_commitment(case_number, agency_code));
}

std::string Planning::commit(const v1::AddCommitmentRequest& request) {
  return load
      .get<v1::AddCommitmentResponse>(load.cast.coordinator_tyr, "CommitmentService/AddCommitment",
                                      request)
      .commitment();
}

v1::GetPlanResponse Planning::plan(const Account& caller, const std::string& case_number) {
  return load.get<v1::GetPlanResponse>(caller, "PlanService/GetPlan",
                                       about_case<v1::GetPlanRequest>(case_number));
}

v1::GetCommitmentResponse Planning::history(const Account& caller, const Named& named) {
  return load.get<v1::GetCommitmentResponse>(caller, "CommitmentService/GetCommitment",
                                             question_about(named));
}

std::vector<std::string> Planning::listed(const Account& caller,
                                          const v1::ListCommitmentsRequest& request) {
  std::vector<std::string> refs;
  const auto response =
      load.get<v1::ListCommitmentsResponse>(caller, "CommitmentService/ListCommitments", request);
  for (const v1::Commitment& each : response.commitments()) refs.push_back(each.commitment());
  return refs;
}

}  // namespace sspf::test
