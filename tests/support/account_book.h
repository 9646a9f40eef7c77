// SPDX-License-Identifier: Apache-2.0
//
// What the tests of municipalities, agencies, accounts and of the audit log do over and over. Makes
// no assertions of its own; throws std::runtime_error when a step that sets up is refused.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/cast.h"
#include "tests/support/requests.h"

namespace sspf::test {

v1::RoleGrant grant(v1::Role role, const std::string& municipality);

v1::CreateAccountRequest new_account(const NewAccount& wanted);
v1::RenewRequest new_renewal();
v1::RevokeCertificateRequest revocation_of(const std::string& serial);

// What nobody must see changed by a call that is refused, and a call told in one line.
struct AccountBook {
  TestServer server;
  Cast cast{server};

  template <typename Response>
  Response get(const Account& caller, const std::string& rpc,
               const google::protobuf::Message& request) {
    return server.get<Response>(caller, "sspf.v1." + rpc, request);
  }
  Answered call(const Account& caller, const std::string& rpc,
                const google::protobuf::Message& request) {
    return server.call(caller, "sspf.v1." + rpc, request);
  }

  // The audit outcome, the answer and the private cause: "allowed ok", "dry run ok", "repeated ok",
  // "refused not_found/not_found for other_municipality". Says so when the call left another number
  // of events than one, or one that shows something though it was refused.
  std::string outcome(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request);
  // Whom the newest event names: "by admin.tyr about sara.sten in TYR as administrator", without
  // the parts that it leaves empty.
  std::string named();

  // Municipalities, agencies, and accounts with roles and certificates, as `root` is shown them.
  std::string stored();

  v1::Account account(const std::string& handle);
  std::vector<v1::Certificate> certificates(const std::string& handle);
  // Issued by `root`, as text.
  std::string code_for(const std::string& handle);
  void suspend(const std::string& handle);
  Account renew(const Account& account);
};

v1::EnrollRequest enrolment(const std::string& code);

}  // namespace sspf::test
