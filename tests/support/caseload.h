// SPDX-License-Identifier: Apache-2.0
//
// What the tests of cases do over and over, as the coordinator of TYR unless another account is
// named. Throws std::runtime_error when a step that sets up is refused. All persons are test
// numbers (domain.md 3) and all names are fictive.
#pragma once

#include <string>
#include <vector>

#include "sspf/v1/case.pb.h"
#include "sspf/v1/consent.pb.h"
#include "tests/support/cast.h"

namespace sspf::test {

// Ages on 2026-11-24.
inline constexpr auto number_aged_13 = "201302222391";
inline constexpr auto number_aged_15 = "201105232399";
inline constexpr auto number_aged_17 = "200901072389";
inline constexpr auto number_aged_18 = "200801012386";

// Who signs: "g" a guardian, "y" the youth.
struct Terms {
  std::string signers = "gy";
  std::vector<std::string> agencies = {"TYR-SKO", "TYR-SOC"};
  std::vector<v1::InformationKind> kinds = {v1::INFORMATION_KIND_IDENTITY,
                                            v1::INFORMATION_KIND_MAPPING, v1::INFORMATION_KIND_PLAN,
                                            v1::INFORMATION_KIND_MINUTES};
  std::vector<v1::Purpose> purposes = {};  // none named: every one
  std::string from_date = "2026-11-01";
  std::string to_date = "2027-01-31";  // within the certificates' ninety days
  std::string signed_on = "2026-10-30";
};

v1::CreateCaseRequest new_person(const std::string& identity_number);
v1::CreateCaseRequest new_group();
v1::RecordConsentRequest new_consent(const std::string& case_number, const Terms& terms);
v1::AdvanceCaseRequest step_to(const v1::Case& from, v1::CaseState state);

struct Caseload {
  TestServer server;
  Cast cast{server};

  template <typename Response>
  Response get(const Account& caller, const std::string& rpc,
               const google::protobuf::Message& request) {
    return server.get<Response>(caller, "sspf.v1." + rpc, request);
  }

  // The number of the new case.
  std::string create(const v1::CreateCaseRequest& request);
  // A fifteen-year-old's, referred.
  std::string referred();
  // Likewise, with a consent of Terms(), in mapping.
  std::string mapped();

  v1::Case show(const Account& caller, const std::string& case_number);
  std::vector<std::string> listed(const Account& caller);
  void advance(const std::string& case_number, v1::CaseState state);
  // Follows the flow from mapping to Closed.
  void close(const std::string& case_number);

  void assign(const std::string& case_number, const Account& account);
  // Its reference.
  std::string consent(const std::string& case_number, const Terms& terms);
  void revoke(const std::string& case_number, const std::string& consent);
  // Its reference. The clock goes on by a second, for notes are listed by time.
  std::string note(const Account& caller, const std::string& case_number, const std::string& text);
  std::vector<v1::Note> notes(const Account& caller, const std::string& case_number);

  // Many calls of one account at once, in batches; how many were ok.
  std::size_t call_all(const Account& caller, const std::string& rpc,
                       const std::vector<std::string>& bodies);
};

}  // namespace sspf::test
