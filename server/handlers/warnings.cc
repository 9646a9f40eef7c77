// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/warnings.h"

#include <algorithm>

#include "server/handlers/case_flow.h"

namespace sspf::handlers {
namespace {

void add_once(Warnings& warnings, std::string_view code) {
  if (std::find(warnings.begin(), warnings.end(), code) == warnings.end()) {
    warnings.Add(std::string(code));
  }
}

void add_missing(Warnings& warnings, const access::MissingSignatures& missing) {
  if (missing.guardian) add_once(warnings, warning::guardian_signature_missing);
  if (missing.youth) add_once(warnings, warning::youth_signature_missing);
}

void add_of_case(Warnings& warnings, const access::CaseAccess& access, const Workspace& workspace) {
  if (access.facts().kind == v1::CASE_KIND_GROUP || is_ended(access.state())) return;
  const std::string& today = workspace.today;
  Warnings missing;
  bool runs = false;
  for (const store::ConsentRow& consent : workspace.tables.consents.list(access, today)) {
    if (!consent.is_running(today)) continue;
    if (consent.is_in_force(access.signing(), today)) return;
    runs = true;
    add_missing(missing, access.signing().missing(consent.signatures, today));
    if (!consent.basis_in_force) add_once(missing, warning::secrecy_basis_not_in_force);
  }
  if (!runs) add_missing(missing, access.signing().missing(access::Signatures(), today));
  add_once(warnings, warning::no_consent_in_force);
  for (const std::string& code : missing) add_once(warnings, code);
}

}  // namespace

Warnings case_warnings(const access::CaseAccess& access, const Workspace& workspace) {
  Warnings warnings;
  add_of_case(warnings, access, workspace);
  if (workspace.tables.openings.is_any_not_reviewed(access)) {
    add_once(warnings, warning::emergency_not_reviewed);
  }
  return warnings;
}

Warnings consent_warnings(const access::CaseAccess& access, const store::ConsentRow& consent,
                          const std::string& today) {
  Warnings warnings;
  if (consent.revoked_at || consent.term.to_date < today) {
    add_once(warnings, consent.revoked_at ? warning::consent_revoked : warning::consent_past);
    return warnings;
  }
  const bool has_begun = consent.term.from_date <= today;
  if (!has_begun) add_once(warnings, warning::consent_not_begun);
  if (!consent.basis_in_force) add_once(warnings, warning::secrecy_basis_not_in_force);
  const access::Days rest{has_begun ? today : consent.term.from_date, consent.term.to_date};
  const access::Signing& signing = access.signing();
  add_missing(warnings, signing.missing(consent.signatures, rest.from_date));
  if (signing.lapses_within(consent.signatures, rest)) {
    add_once(warnings, warning::signature_needed_at_birthday);
  }
  return warnings;
}

}  // namespace sspf::handlers
