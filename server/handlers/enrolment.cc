// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/enrolment.h"

#include "crypto/certificate.h"
#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "server/handlers/accounts.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

// As the events of its calls name it: they hold the first half of this.
ItemId item_of(const crypto::Digest& fingerprint) {
  return ItemId::of(crypto::ByteView(fingerprint).first(ItemId::size));
}

constexpr std::int64_t code_lifetime_us = 24LL * 3600 * 1'000'000;

// A certificate for `account`, recorded. Refuses with wrong_signing_request, and with
// too_many_certificates.
Result<std::string> issue(Workspace& workspace, const AccountId& account,
                          const std::string& signing_request_pem,
                          const std::optional<crypto::Digest>& renewed_from) {
  const Installation& installation = workspace.installation;
  const auto certificate = crypto::issue_client_certificate(
      installation.ca_private_key_pem, installation.ca_certificate_pem, signing_request_pem,
      account.text(), workspace.now.microseconds / 1'000'000, installation.client_certificate_days);
  if (!certificate) return refusal(Reason::wrong_signing_request, "signing_request_pem");
  const auto facts = crypto::read_certificate(*certificate);
  if (!facts) throw Fault("a certificate that was just issued does not parse");
  store::CertificateRow row;
  row.fingerprint = facts->fingerprint;
  row.serial = facts->serial;
  row.not_before = facts->not_before_seconds * 1'000'000;
  row.not_after = facts->not_after_seconds * 1'000'000;
  row.renewed_from = renewed_from;
  TRY(workspace.tables.accounts.add_certificate(account, row, workspace.now));
  workspace.tally.subject_account = account;
  workspace.tally.note_item(item_of(row.fingerprint), 1);
  return *certificate;
}

}  // namespace

EnrolmentCode make_enrolment_code(const std::string& ca_fingerprint_base32, Instant now) {
  const crypto::Bytes secret = crypto::random_bytes(16);
  EnrolmentCode code;
  code.text = "sspf1-" + crypto::base32(secret) + "-" + ca_fingerprint_base32;
  code.hash = crypto::sha256(secret);
  code.expires_at = now.microseconds + code_lifetime_us;
  return code;
}

Result<v1::EnrollResponse> enroll(const Permit<Action::enroll>& permit, Workspace& workspace,
                                  const v1::EnrollRequest& request) {
  v1::EnrollResponse response;
  response.set_certificate_pem(TRY(
      issue(workspace, permit.target().account(), request.signing_request_pem(), std::nullopt)));
  workspace.tables.accounts.use_enrolment_code(permit.target(), workspace.now);
  response.set_handle(workspace.tables.accounts.handle(permit.target().account()));
  response.set_ca_certificate_pem(workspace.installation.ca_certificate_pem);
  response.set_log_verifier_key(workspace.installation.log_verifier_key);
  return response;
}

Result<v1::RenewResponse> renew(const Permit<Action::renew>& permit, Workspace& workspace,
                                const v1::RenewRequest& request) {
  std::string certificate =
      TRY(issue(workspace, permit.caller().account(), request.signing_request_pem(),
                permit.caller().certificate()));
  v1::RenewResponse response;
  // What a dry run signed is recorded nowhere, so nobody could revoke it: it stays here.
  if (!request.write().dry_run()) response.set_certificate_pem(std::move(certificate));
  return response;
}

Result<v1::IssueEnrolmentCodeResponse> issue_enrolment_code(
    const Permit<Action::issue_enrolment_code>& permit, Workspace& workspace,
    const v1::IssueEnrolmentCodeRequest& /*request*/) {
  const EnrolmentCode code =
      make_enrolment_code(workspace.installation.ca_fingerprint_base32, workspace.now);
  workspace.tables.accounts.add_enrolment_code(permit.target().account(), code.hash,
                                               code.expires_at);
  v1::IssueEnrolmentCodeResponse response;
  response.set_code(code.text);
  *response.mutable_expires_at() = store::timestamp_of(code.expires_at);
  return response;
}

Result<v1::ListCertificatesResponse> list_certificates(
    const Permit<Action::list_certificates>& permit, Workspace& workspace,
    const v1::ListCertificatesRequest& /*request*/) {
  v1::ListCertificatesResponse response;
  for (auto& row : workspace.tables.accounts.list_certificates(permit.target())) {
    *response.add_certificates() = std::move(row);
  }
  return response;
}

Result<v1::RevokeCertificateResponse> revoke_certificate(
    const Permit<Action::revoke_certificate>& permit, Workspace& workspace,
    const v1::RevokeCertificateRequest& request) {
  const crypto::Digest revoked = TRY(workspace.tables.accounts.revoke_certificate(
      permit.target(), request.serial(), workspace.now));
  workspace.tally.note_item(item_of(revoked), 2);
  v1::RevokeCertificateResponse response;
  *response.mutable_revoked_at() = store::timestamp_of(workspace.now.microseconds);
  return response;
}

}  // namespace sspf::handlers
