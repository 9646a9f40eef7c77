// SPDX-License-Identifier: Apache-2.0
#include "tests/support/account_book.h"

#include "crypto/certificate.h"

namespace sspf::test {
namespace {

std::string role_word(std::uint32_t role) {
  switch (role) {
    case v1::ROLE_ADMINISTRATOR:
      return "administrator";
    case v1::ROLE_COORDINATOR:
      return "coordinator";
    case v1::ROLE_MEMBER:
      return "member";
    case v1::ROLE_AUDITOR:
      return "auditor";
    default:
      return "role " + std::to_string(role);
  }
}

std::string outcome_word(v1::Outcome outcome) {
  switch (outcome) {
    case v1::OUTCOME_ALLOWED:
      return "allowed";
    case v1::OUTCOME_REFUSED:
      return "refused";
    case v1::OUTCOME_DRY_RUN:
      return "dry run";
    case v1::OUTCOME_REPEATED:
      return "repeated";
    default:
      return "outcome " + std::to_string(outcome);
  }
}

}  // namespace

v1::RoleGrant grant(v1::Role role, const std::string& municipality) {
  v1::RoleGrant made;
  made.set_role(role);
  made.set_municipality_code(municipality);
  return made;
}

v1::CreateAccountRequest new_account(const NewAccount& wanted) {
  v1::CreateAccountRequest request;
  request.set_handle(wanted.handle);
  request.set_name("Test " + wanted.handle);
  request.set_agency_code(wanted.agency);
  for (const std::string& code : wanted.municipalities) {
    *request.add_roles() = grant(wanted.role, code);
  }
  if (wanted.municipalities.empty()) *request.add_roles() = grant(wanted.role, "");
  return request;
}

v1::RenewRequest new_renewal() {
  v1::RenewRequest request;
  request.set_signing_request_pem(crypto::make_signing_request(crypto::generate_private_key()));
  return request;
}

v1::RevokeCertificateRequest revocation_of(const std::string& serial) {
  v1::RevokeCertificateRequest request;
  request.set_serial(serial);
  return request;
}

v1::EnrollRequest enrolment(const std::string& code) {
  v1::EnrollRequest request;
  request.set_code(secret_part(code));
  request.set_signing_request_pem(crypto::make_signing_request(crypto::generate_private_key()));
  return request;
}

std::string AccountBook::outcome(const Account& caller, const std::string& rpc,
                                 const google::protobuf::Message& request) {
  const std::uint64_t before = server.event_count();
  const Answered answered = call(caller, rpc, request);
  const std::uint64_t events = server.event_count() - before;
  if (events != 1) return std::to_string(events) + " events";
  const v1::AuditEvent event = server.last_event();
  std::string told = outcome_word(event.outcome()) + " " + answered.summary();
  if (event.cause_reason() != 0) {
    told += " for " + std::string(name_of(static_cast<Reason>(event.cause_reason())));
  }
  if (event.rpc() != "sspf.v1." + rpc) told += " as " + event.rpc();
  if (!answered.ok() && (event.items_shown() != 0 || event.item_version() != 0)) {
    told += ", though something was shown or stored";
  }
  return told;
}

std::string AccountBook::named() {
  const v1::AuditEvent event = server.last_event();
  store::Batch batch(server.installation().database());
  store::Unit unit(batch);
  const auto handle = [&](const std::string& id) {
    return unit.tables().accounts.handle(AccountId::of(crypto::view_of(id)));
  };
  std::string told;
  if (!event.account_id().empty()) told += "by " + handle(event.account_id());
  if (!event.subject_account_id().empty()) told += " about " + handle(event.subject_account_id());
  if (!event.municipality_id().empty()) {
    told += " in " + unit.tables().directory.municipality_code(
                         MunicipalityId::of(crypto::view_of(event.municipality_id())));
  }
  if (event.role() != 0) told += " as " + role_word(event.role());
  return told;
}

std::string AccountBook::stored() {
  const Account& root = cast.root;
  std::string text =
      get<v1::ListMunicipalitiesResponse>(root, "MunicipalityService/ListMunicipalities",
                                          v1::ListMunicipalitiesRequest())
          .DebugString();
  text +=
      get<v1::ListAgenciesResponse>(root, "AgencyService/ListAgencies", v1::ListAgenciesRequest())
          .DebugString();
  const auto accounts =
      get<v1::ListAccountsResponse>(root, "AccountService/ListAccounts", v1::ListAccountsRequest());
  for (const v1::Account& each : accounts.accounts()) {
    text += each.DebugString();
    for (const auto& certificate : certificates(each.handle())) text += certificate.DebugString();
  }
  return text;
}

v1::Account AccountBook::account(const std::string& handle) {
  return get<v1::GetAccountResponse>(cast.root, "AccountService/GetAccount",
                                     about_account<v1::GetAccountRequest>(handle))
      .account();
}

std::vector<v1::Certificate> AccountBook::certificates(const std::string& handle) {
  const auto response =
      get<v1::ListCertificatesResponse>(cast.root, "AccountService/ListCertificates",
                                        about_account<v1::ListCertificatesRequest>(handle));
  return {response.certificates().begin(), response.certificates().end()};
}

std::string AccountBook::code_for(const std::string& handle) {
  return get<v1::IssueEnrolmentCodeResponse>(cast.root, "AccountService/IssueEnrolmentCode",
                                             about_account<v1::IssueEnrolmentCodeRequest>(handle))
      .code();
}

void AccountBook::suspend(const std::string& handle) {
  get<v1::SuspendAccountResponse>(cast.root, "AccountService/SuspendAccount",
                                  about_account<v1::SuspendAccountRequest>(handle));
}

Account AccountBook::renew(const Account& account) {
  const auto response = get<v1::RenewResponse>(account, "AccountService/Renew", new_renewal());
  const auto facts = crypto::read_certificate(response.certificate_pem());
  if (!facts) throw std::runtime_error("a renewed certificate does not parse");
  return {account.handle, PeerCertificate{facts->fingerprint}};
}

}  // namespace sspf::test
