// SPDX-License-Identifier: Apache-2.0
#include "tests/support/caller.h"

#include "crypto/certificate.h"
#include "server/rpc/methods.h"

namespace sspf::test {
namespace {

std::string http_of(const std::string& rpc, bool is_stream, const std::string& body) {
  const std::string type = is_stream ? "application/connect+proto" : "application/proto";
  return "POST /" + rpc + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type +
         "\r\nConnect-Protocol-Version: 1\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

void make_agency(Caller& administrator, const std::string& code, v1::AgencyKind kind) {
  v1::CreateAgencyRequest request;
  request.set_code(code);
  request.set_name("Part " + code);
  request.set_kind(kind);
  request.add_municipality_codes("TYR");
  administrator.get<v1::CreateAgencyResponse>("sspf.v1.AgencyService/CreateAgency", request);
}

}  // namespace

Caller::Caller(std::uint16_t port, std::optional<ClientIdentity> identity) {
  settings_.port = port;
  settings_.identity = std::move(identity);
}

TlsClient& Caller::connection() {
  if (!connection_) connection_ = std::make_unique<TlsClient>(settings_);
  return *connection_;
}

std::optional<Answered> Caller::try_call(const std::string& rpc,
                                         const google::protobuf::Message& request) {
  const rpc::Method* method = rpc::find_method("/" + rpc);
  const bool is_stream = method != nullptr && method->is_stream;
  const std::string message = body_with_request_id(request);
  connection().send(http_of(rpc, is_stream, is_stream ? enveloped(0, message) : message));
  const auto answer = connection().read_answer();
  if (!answer || answer->headers.contains("connection")) connection_.reset();
  if (!answer) return std::nullopt;
  Answered answered;
  if (is_stream && answer->status == 200) {
    read_envelopes(answer->body, answered);
  } else {
    read_unary(answer->status, answer->body, answered);
  }
  return answered;
}

std::string Caller::outcome(const std::string& rpc, const google::protobuf::Message& request) {
  const auto answered = try_call(rpc, request);
  return answered ? answered->summary() : "no answer";
}

v1::EnrollResponse enroll_key(std::uint16_t port, const std::string& code,
                              const crypto::Secret& key) {
  v1::EnrollRequest request;
  request.set_code(secret_part(code));
  request.set_signing_request_pem(crypto::make_signing_request(key));
  return Caller(port, {}).get<v1::EnrollResponse>("sspf.v1.AccountService/Enroll", request);
}

ClientIdentity enroll(std::uint16_t port, const std::string& code) {
  const crypto::Secret key = crypto::generate_private_key();
  return {enroll_key(port, code, key).certificate_pem(),
          std::string(crypto::text_of(key.reveal()))};
}

std::string make_account(Caller& administrator, const AccountWanted& wanted) {
  v1::CreateAccountRequest request;
  request.set_handle(wanted.handle);
  request.set_name("Test " + wanted.handle);
  request.set_agency_code(wanted.agency);
  v1::RoleGrant& grant = *request.add_roles();
  grant.set_role(wanted.role);
  grant.set_municipality_code(wanted.municipality);
  administrator.get<v1::CreateAccountResponse>("sspf.v1.AccountService/CreateAccount", request);
  v1::IssueEnrolmentCodeRequest issue;
  issue.set_handle(wanted.handle);
  return administrator
      .get<v1::IssueEnrolmentCodeResponse>("sspf.v1.AccountService/IssueEnrolmentCode", issue)
      .code();
}

void make_directory(Caller& administrator) {
  v1::CreateMunicipalityRequest request;
  request.set_code("TYR");
  request.set_name("Tyresö");
  administrator.get<v1::CreateMunicipalityResponse>(
      "sspf.v1.MunicipalityService/CreateMunicipality", request);
  make_agency(administrator, "TYR-SSPF", v1::AGENCY_KIND_PARTNER);
  make_agency(administrator, "TYR-SKO", v1::AGENCY_KIND_SCHOOL);
  make_agency(administrator, "TYR-SOC", v1::AGENCY_KIND_SOCIAL_SERVICES);
}

}  // namespace sspf::test
