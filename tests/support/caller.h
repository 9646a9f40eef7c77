// SPDX-License-Identifier: Apache-2.0
//
// Somebody who calls the real server over TLS with messages as they stand, and sees every byte of
// the answer.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "crypto/secret.h"
#include "sspf/v1/account.pb.h"
#include "tests/support/answered.h"
#include "tests/support/tls_client.h"

namespace sspf::test {

class Caller {
 public:
  Caller(std::uint16_t port, std::optional<ClientIdentity> identity);

  // On one connection that is kept, as long as the server keeps it. Nothing when the connection
  // ends before the answer is whole: then nothing was acknowledged.
  std::optional<Answered> try_call(const std::string& rpc,
                                   const google::protobuf::Message& request);

  // Throws std::runtime_error unless the answer is whole, and ok.
  template <typename Response>
  Response get(const std::string& rpc, const google::protobuf::Message& request) {
    const auto answered = try_call(rpc, request);
    if (!answered) throw std::runtime_error(rpc + ": no answer");
    if (!answered->ok()) throw std::runtime_error(rpc + ": " + answered->summary());
    return answered->as<Response>();
  }
  // "no answer", or the summary of the answer.
  std::string outcome(const std::string& rpc, const google::protobuf::Message& request);

 private:
  TlsClient& connection();

  TlsClientSettings settings_;
  std::unique_ptr<TlsClient> connection_;
};

// Enrols a key with a code.
v1::EnrollResponse enroll_key(std::uint16_t port, const std::string& code,
                              const crypto::Secret& key);
// Likewise with a new key, as `sspf enroll` does, and keeps it in the open.
ClientIdentity enroll(std::uint16_t port, const std::string& code);

// Makes an account through the RPCs, as `administrator`; its enrolment code. `municipality` may be
// empty.
struct AccountWanted {
  std::string handle;
  std::string agency;
  v1::Role role;
  std::string municipality;
};
std::string make_account(Caller& administrator, const AccountWanted& wanted);

// A municipality "TYR" with the agencies TYR-SSPF (partner), TYR-SKO (school), TYR-SOC (social
// services).
void make_directory(Caller& administrator);

}  // namespace sspf::test
