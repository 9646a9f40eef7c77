// SPDX-License-Identifier: Apache-2.0
//
// What the tests of plans and commitments do over and over: requests that are right as they stand,
// and one sentence for all that a call came to: answer, event and rows.
#pragma once

#include <string>
#include <vector>

#include "sspf/v1/plan.pb.h"
#include "tests/support/caseload.h"
#include "tests/support/requests.h"
#include "tests/support/stored_rows.h"

namespace sspf::test {

// A commitment, as a request about it names it.
struct Named {
  std::string case_number;
  std::string commitment;
  std::uint64_t version = 1;
};

v1::CreatePlanRequest new_plan(const std::string& case_number);
v1::RevisePlanRequest revision(const std::string& case_number, std::uint64_t version);
// Starts today and is due on 2026-12-15.
v1::AddCommitmentRequest new_commitment(const std::string& case_number,
                                        const std::string& agency_code);
v1::ChangeCommitmentRequest change_of(const Named& named, const std::string& agency_code);
// Started, and green.
v1::LogProgressRequest follow_up(const Named& named);
v1::GetCommitmentRequest question_about(const Named& named);
struct Planning {
  Caseload load;
  StoredRows rows{load.server.config()};
  v1::AuditEvent event;  // that of the last outcome()

  // What the answer, the event and the rows say, of a call by its short name
  // ("PlanService/GetPlan"):
  //   "allowed", "allowed: +plan +plan_version +request", "dry run", "repeated",
  //   "refused not_found/not_found for no_basis" (the private cause, when it is another).
  // After "!" stands what must never be: no or several events, one of another call or caller, rows
  // stored by a read or a refusal, or something shown or stored by the word of such an event.
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request);

  void write_plan(const std::string& case_number);
  // By the coordinator; its reference.
  std::string commit(const std::string& case_number, const std::string& agency_code);
  std::string commit(const v1::AddCommitmentRequest& request);

  v1::GetPlanResponse plan(const Account& caller, const std::string& case_number);
  v1::GetCommitmentResponse history(const Account& caller, const Named& named);
  // The references in the list, in its order.
  std::vector<std::string> listed(const Account& caller, const v1::ListCommitmentsRequest& request);

 private:
  v1::AuditEvent newest_event();
};

}  // namespace sspf::test
