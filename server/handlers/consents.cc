// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/consents.h"

#include <algorithm>

#include "crypto/encoding.h"
#include "server/base/blank.h"
#include "server/base/limits.h"
#include "server/handlers/case_flow.h"
#include "server/handlers/state_change.h"
#include "server/handlers/warnings.h"
#include "server/store/timestamps.h"
#include "sspf/v1/basis.pb.h"

namespace sspf::handlers {
namespace {

// Written once, with the consent.
constexpr std::uint64_t content_version = 1;

// R5: what a child below this age thinks is recorded when it has not signed.
constexpr int view_recorded_below_age = 15;

access::Place content_place(const store::ConsentRow& row) {
  return {"consent.sealed_content", row.id.bytes(), content_version};
}

// Names of the family and what they say: part of who the young person is.
access::Sealed seal_content(const access::CaseAccess& access, const store::ConsentRow& row,
                            const v1::RecordConsentRequest& request) {
  v1::Consent content;
  *content.mutable_signatories() = request.signatories();
  if (request.has_signature_override())
    *content.mutable_signature_override() = request.signature_override();
  content.set_youth_view(request.youth_view());
  return access.seal(access.coordination(), content_place(row), content.SerializeAsString());
}

Result<access::Signatures> checked_signatures(const v1::RecordConsentRequest& request,
                                              const std::string& today) {
  if (request.signatories_size() > limits::signatories_max) {
    return over_limit(Reason::too_many_items, "signatories", limits::signatories_max);
  }
  access::Signatures signatures;
  signatures.guardians = request.guardians();
  signatures.overridden = request.signature_override().role();
  signatures.recorded_on = today;
  for (const v1::Signatory& signatory : request.signatories()) {
    if (signatory.signed_on() > today) return refusal(Reason::in_future, "signatories.signed_on");
    if (signatory.role() == v1::SIGNATORY_ROLE_GUARDIAN) ++signatures.guardians_signed;
    if (signatory.role() == v1::SIGNATORY_ROLE_YOUTH) {
      signatures.youth_signed_on = std::max(signatures.youth_signed_on, signatory.signed_on());
    }
  }
  if (signatures.guardians > limits::guardians_max) {
    return over_limit(Reason::too_many_items, "guardians", limits::guardians_max);
  }
  return signatures;
}

// A person could otherwise sign for two.
Result<Done> ensure_as_many_guardians(const access::CaseAccess& access,
                                      const access::Signatures& signatures,
                                      const std::string& day) {
  if (signatures.guardians == 0 && access.signing().asks_every_guardian(day)) {
    return refusal(Reason::missing, "guardians");
  }
  if (signatures.guardians != 0 && signatures.guardians_signed > signatures.guardians) {
    return refusal(Reason::more_than_guardians, "signatories");
  }
  return Done();
}

Result<std::vector<AgencyId>> checked_agencies(const store::Directory& directory,
                                               const MunicipalityId& municipality,
                                               const v1::RecordConsentRequest& request) {
  std::vector<AgencyId> agencies;
  for (const std::string& code : request.agency_codes()) {
    const auto agency = TRY(directory.agency_serving(municipality, code, "agency_codes"));
    agencies.push_back(agency.id);
  }
  return agencies;
}

std::optional<v1::Consent> shown_consent(const access::CaseAccess& access,
                                         const Workspace& workspace, const store::ConsentRow& row) {
  const auto text = access.open(access.coordination_item(v1::INFORMATION_KIND_IDENTITY),
                                content_place(row), row.content);
  if (!text) return std::nullopt;
  v1::Consent consent;
  if (!consent.ParseFromString(*text))
    throw Fault("the opened content of a consent does not parse");
  consent.set_consent(row.ref);
  const store::ConsentScope scope = workspace.tables.consents.scope(access, row);
  for (const std::string& code : scope.agency_codes) consent.add_agency_codes(code);
  for (const v1::InformationKind kind : scope.kinds) consent.add_kinds(kind);
  for (const v1::Purpose purpose : scope.purposes) consent.add_purposes(purpose);
  consent.set_from_date(row.term.from_date);
  consent.set_to_date(row.term.to_date);
  consent.set_guardians(row.signatures.guardians);
  consent.set_secrecy_basis(row.basis.secrecy_basis);
  consent.set_gdpr_basis(row.basis.gdpr);
  consent.set_special_data_basis(row.basis.special_category);
  consent.set_form_sha256(crypto::hex(row.form_sha256));
  if (row.revoked_at) *consent.mutable_revoked_at() = store::timestamp_of(*row.revoked_at);
  consent.set_in_force(row.is_in_force(access.signing(), workspace.today));
  *consent.mutable_warnings() = consent_warnings(access, row, workspace.today);
  return consent;
}

bool is_any_in_force(const access::CaseAccess& access, const Workspace& workspace) {
  const auto rows = workspace.tables.consents.list(access, workspace.today);
  return std::any_of(rows.begin(), rows.end(), [&](const store::ConsentRow& row) {
    return row.is_in_force(access.signing(), workspace.today);
  });
}

// The row as the request gives it, checked. Its basis has to be one that a consent can rest on, in
// force today (R4).
Result<store::ConsentRow> checked_row(const access::CaseAccess& access, const Workspace& workspace,
                                      const v1::RecordConsentRequest& request) {
  if (request.to_date() < request.from_date()) {
    return refusal(Reason::ends_before_start, "to_date");
  }
  store::ConsentRow row;
  row.id = ItemId::random();
  row.ref = random_ref();
  row.term = {request.from_date(), request.to_date()};
  row.signatures = TRY(checked_signatures(request, workspace.today));
  TRY(ensure_as_many_guardians(access, row.signatures, workspace.today));
  row.basis = {request.secrecy_basis(), request.gdpr_basis(), request.special_data_basis()};
  row.basis_in_force =
      workspace.tables.bases
          .find_in_force({access.municipality(), v1::BASIS_FORM_CONSENT, request.secrecy_basis()},
                         workspace.today)
          .has_value();
  if (!row.basis_in_force) return refusal(Reason::basis_not_in_force, "secrecy_basis");
  const auto form = crypto::from_hex(request.form_sha256());
  ENSURE(form && form->size() == row.form_sha256.size());  // FORM_SHA256
  std::copy(form->begin(), form->end(), row.form_sha256.begin());
  row.content = seal_content(access, row, request);
  return row;
}

Result<store::Recording> checked_recording(const access::CaseAccess& access,
                                           const Workspace& workspace,
                                           const v1::RecordConsentRequest& request) {
  store::Recording recording;
  recording.now = workspace.now;
  recording.agencies =
      TRY(checked_agencies(workspace.tables.directory, access.municipality(), request));
  for (const int kind : request.kinds()) {
    recording.kinds.push_back(static_cast<v1::InformationKind>(kind));
  }
  for (const int purpose : request.purposes()) {
    recording.purposes.push_back(static_cast<v1::Purpose>(purpose));
  }
  return recording;
}

bool is_view_missing(const access::CaseAccess& access, const v1::RecordConsentRequest& request,
                     const std::string& today) {
  const auto& signatories = request.signatories();
  const bool youth_signed = std::any_of(
      signatories.begin(), signatories.end(),
      [](const v1::Signatory& signatory) { return signatory.role() == v1::SIGNATORY_ROLE_YOUTH; });
  return !youth_signed && is_blank(request.youth_view()) &&
         access.signing().is_below(view_recorded_below_age, today);
}

}  // namespace

Result<v1::RecordConsentResponse> record_consent(const Permit<Action::record_consent>& permit,
                                                 Workspace& workspace,
                                                 const v1::RecordConsentRequest& request) {
  const access::CaseAccess& access = permit.target();
  TRY(ensure_not_ended(access));
  if (access.facts().kind == v1::CASE_KIND_GROUP) return refusal(Reason::group_needs_no_consent);
  const store::ConsentRow row = TRY(checked_row(access, workspace, request));
  store::Recording recording = TRY(checked_recording(access, workspace, request));
  recording.account = permit.caller().account();
  TRY(workspace.tables.consents.add(access, row, recording));
  workspace.tally.note_item(row.id, 1);
  workspace.tally.basis_change = {.basis = same_id<BasisId>(row.id),
                                  .from_date = row.term.from_date,
                                  .to_date = row.term.to_date};
  v1::RecordConsentResponse response;
  response.set_consent(row.ref);
  *response.mutable_warnings() = consent_warnings(access, row, workspace.today);
  if (is_view_missing(access, request, workspace.today)) {
    response.add_warnings(std::string(warning::youth_view_missing));
  }
  if (!is_any_in_force(access, workspace)) {
    response.add_warnings(std::string(warning::no_consent_in_force));
  }
  return response;
}

Result<v1::ListConsentsResponse> list_consents(const Permit<Action::list_consents>& permit,
                                               Workspace& workspace,
                                               const v1::ListConsentsRequest& /*request*/) {
  v1::ListConsentsResponse response;
  for (const store::ConsentRow& row :
       workspace.tables.consents.list(permit.target(), workspace.today)) {
    auto consent = shown_consent(permit.target(), workspace, row);
    if (consent) *response.add_consents() = std::move(*consent);
  }
  return response;
}

Result<v1::RevokeConsentResponse> revoke_consent(const Permit<Action::revoke_consent>& permit,
                                                 Workspace& workspace,
                                                 const v1::RevokeConsentRequest& request) {
  const access::CaseAccess& access = permit.target();
  const ItemId revoked =
      TRY(workspace.tables.consents.revoke(access, request.consent(), workspace.now));
  // The access object knows what was in force before this call.
  if (access.has_consent() && !is_any_in_force(access, workspace) &&
      rests_on_consent(access.state())) {
    TRY(change_state(access, permit.caller(), workspace, {v1::CASE_STATE_CONSENT_REVOKED, ""}));
  }
  workspace.tally.note_item(revoked, 2);
  access::BasisChange& change = workspace.tally.basis_change.emplace();
  change.basis = same_id<BasisId>(revoked);
  change.is_withdrawn = true;
  v1::RevokeConsentResponse response;
  *response.mutable_revoked_at() = store::timestamp_of(workspace.now.microseconds);
  return response;
}

}  // namespace sspf::handlers
