// SPDX-License-Identifier: Apache-2.0
//
// What the tests of retention and disposal do over and over, as the coordinator of TYR unless
// another account is named. Throws std::runtime_error when a step that sets up is refused. All
// names are fictive.
#pragma once

#include <string>
#include <vector>

#include "server/store/sqlite.h"
#include "sspf/v1/disposal.pb.h"
#include "tests/support/caseload.h"

namespace sspf::test {

v1::SetRetentionRuleRequest new_rule(std::uint32_t years);
v1::ReviewDisposalItemRequest verdict_on(const std::string& list, const std::string& case_number,
                                         v1::DisposalVerdict verdict);
v1::ExecuteDisposalRequest execution_of(const std::string& list);
template <typename Request>
Request of_tyr() {
  Request request;
  request.set_municipality_code("TYR");
  return request;
}
template <typename Request>
Request of_case(const std::string& number) {
  Request request;
  request.set_case_number(number);
  return request;
}

struct Disposing {
  Disposing();

  Caseload load;
  const Cast& cast = load.cast;
  Account coordinator = load.cast.coordinator_tyr;
  // Two more coordinators of TYR.
  Account reviewer;
  Account executor;

  // Cases that ended on 2020-03-01, so that by the default they are due since 2025-03-01.
  std::string old_group();
  std::string old_person(const std::string& birth_date);

  v1::GetRetentionResponse retention(const std::string& case_number);
  std::string hold(const std::string& case_number);
  void lift(const std::string& case_number, const std::string& hold);

  // The references of what was made.
  std::string list();
  void review(const std::string& list, const std::string& case_number, v1::DisposalVerdict verdict);
  // Every case on it to be disposed of.
  void review_all(const std::string& list);
  v1::GetDisposalListResponse show(const std::string& list);
  v1::ExecuteDisposalResponse execute(const std::string& list);
  // Made, reviewed and executed; the reference of the list.
  std::string dispose_of_everything();

  // One call, and what its one event says of it: "allowed", "dry run", or "refused
  // not_found/not_found for not_invited"; then " and is stored" when a call that was not allowed
  // changed anything of stored(). The RPC without "sspf.v1.".
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request);
  // What the files hold of rules, holds, lists and cases, and of the keys to them.
  std::string stored();
  // How many rows each table holds that holds anything of a case.
  std::string counts();
  std::string id_of(const std::string& case_number);

 private:
  std::string ended(const v1::CreateCaseRequest& request);
};

// The file's own content, past the server. Throws Fault when it does not open.
store::Connection open_database(const Config& config);
store::Connection open_keystore(const Config& config);

}  // namespace sspf::test
