// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/consents.h"

#include <algorithm>

#include "server/base/limits.h"
#include "server/handlers/case_flow.h"
#include "server/handlers/signatures.h"
#include "server/handlers/state_change.h"
#include "server/handlers/subject.h"
#include "server/handlers/warnings.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

// Written once, with the consent.
constexpr std::uint64_t signatories_version = 1;

access::Place signatories_place(const store::ConsentRow& row) {
  return {"consent.sealed_signatories", row.id.bytes(), signatories_version};
}

// Names of the family: part of who the young person is.
access::ItemFacts signatories_item(const access::CaseAccess& access) {
  return {access.facts().coordinating_agency, v1::INFORMATION_KIND_IDENTITY};
}

access::Sealed seal_signatories(const access::CaseAccess& access, const Workspace& workspace,
                                const store::ConsentRow& row,
                                const v1::RecordConsentRequest& request) {
  v1::Consent signed_by;
  *signed_by.mutable_signatories() = request.signatories();
  return access.seal(coordination(access, workspace), signatories_place(row),
                     signed_by.SerializeAsString());
}

Result<store::Signatures> checked_signatures(const v1::RecordConsentRequest& request,
                                             const std::string& today) {
  if (request.signatories_size() > limits::signatories_max) {
    return refusal(Reason::too_many_items, "signatories");
  }
  store::Signatures signatures;
  for (const v1::Signatory& signatory : request.signatories()) {
    if (signatory.signed_on() > today) return refusal(Reason::in_future, "signatories.signed_on");
    if (signatory.role() == v1::SIGNATORY_ROLE_GUARDIAN) signatures.by_guardian = true;
    if (signatory.role() == v1::SIGNATORY_ROLE_YOUTH) signatures.by_youth = true;
  }
  return signatures;
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

// The birth date, which the coordination may always see.
std::optional<std::string> known_birth_date(const access::CaseAccess& access,
                                            const Workspace& workspace) {
  const auto subject = open_subject(access, workspace, workspace.tables.cases.record(access));
  ENSURE(subject.has_value());
  return birth_date_of(*subject);
}

std::optional<v1::Consent> shown_consent(const access::CaseAccess& access,
                                         const Workspace& workspace, const store::ConsentRow& row,
                                         const std::optional<std::string>& birth_date) {
  const auto text =
      access.open(signatories_item(access), coordination(access, workspace).secrecy_class,
                  signatories_place(row), row.signatories);
  if (!text) return std::nullopt;
  v1::Consent consent;
  if (!consent.ParseFromString(*text)) throw Fault("opened signatories do not parse");
  consent.set_consent(row.ref);
  const store::ConsentScope scope = workspace.tables.consents.scope(access, row);
  for (const std::string& code : scope.agency_codes) consent.add_agency_codes(code);
  for (const v1::InformationKind kind : scope.kinds) consent.add_kinds(kind);
  consent.set_from_date(row.term.from_date);
  consent.set_to_date(row.term.to_date);
  if (row.revoked_at) *consent.mutable_revoked_at() = store::timestamp_of(*row.revoked_at);
  consent.set_in_force(row.is_in_force(workspace.today));
  *consent.mutable_warnings() = consent_warnings(row, birth_date, workspace.today);
  return consent;
}

bool is_any_in_force(const access::CaseAccess& access, const Workspace& workspace) {
  const auto running = workspace.tables.consents.list_running(access, workspace.today);
  return std::any_of(running.begin(), running.end(), [&](const store::ConsentRow& row) {
    return row.is_in_force(workspace.today);
  });
}

}  // namespace

Result<v1::RecordConsentResponse> record_consent(const Permit<Action::record_consent>& permit,
                                                 Workspace& workspace,
                                                 const v1::RecordConsentRequest& request) {
  const access::CaseAccess& access = permit.target();
  TRY(ensure_not_ended(access));
  if (access.facts().kind == v1::CASE_KIND_GROUP) return refusal(Reason::group_needs_no_consent);
  if (request.to_date() < request.from_date()) {
    return refusal(Reason::ends_before_start, "to_date");
  }
  store::ConsentRow row;
  row.id = ItemId::random();
  row.ref = random_ref();
  row.signatures = TRY(checked_signatures(request, workspace.today));
  row.term = {request.from_date(), request.to_date()};
  store::Recording recording{{}, {}, permit.caller().account(), workspace.now};
  recording.agencies =
      TRY(checked_agencies(workspace.tables.directory, access.municipality(), request));
  for (const int kind : request.kinds()) {
    recording.kinds.push_back(static_cast<v1::InformationKind>(kind));
  }
  const auto birth_date = known_birth_date(access, workspace);
  row.effective = effective_days(row.term, row.signatures, birth_date);
  row.signatories = seal_signatories(access, workspace, row, request);
  TRY(workspace.tables.consents.add(access, row, recording));
  workspace.tally.note_item(row.id, 1);
  v1::RecordConsentResponse response;
  response.set_consent(row.ref);
  *response.mutable_warnings() = consent_warnings(row, birth_date, workspace.today);
  if (!is_any_in_force(access, workspace)) {
    response.add_warnings(std::string(warning::no_consent_in_force));
  }
  return response;
}

Result<v1::ListConsentsResponse> list_consents(const Permit<Action::list_consents>& permit,
                                               Workspace& workspace,
                                               const v1::ListConsentsRequest& /*request*/) {
  v1::ListConsentsResponse response;
  const auto rows = workspace.tables.consents.list(permit.target());
  if (rows.empty()) return response;
  const auto birth_date = known_birth_date(permit.target(), workspace);
  for (const store::ConsentRow& row : rows) {
    auto consent = shown_consent(permit.target(), workspace, row, birth_date);
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
  v1::RevokeConsentResponse response;
  *response.mutable_revoked_at() = store::timestamp_of(workspace.now.microseconds);
  return response;
}

}  // namespace sspf::handlers
