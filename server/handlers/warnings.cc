// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/warnings.h"

#include <algorithm>

#include "server/handlers/case_flow.h"
#include "server/handlers/signatures.h"

namespace sspf::handlers {
namespace {

void add_once(Warnings& warnings, std::string_view code) {
  if (std::find(warnings.begin(), warnings.end(), code) == warnings.end()) {
    warnings.Add(std::string(code));
  }
}

void add_missing(Warnings& warnings, const store::Signatures& missing) {
  if (missing.by_guardian) add_once(warnings, warning::guardian_signature_missing);
  if (missing.by_youth) add_once(warnings, warning::youth_signature_missing);
}

void add_of_case(Warnings& warnings, const access::CaseAccess& access, const Workspace& workspace,
                 const std::optional<std::string>& birth_date) {
  if (access.facts().kind == v1::CASE_KIND_GROUP || is_ended(access.state())) return;
  const std::string& today = workspace.today;
  const auto running = workspace.tables.consents.list_running(access, today);
  Warnings missing;
  for (const store::ConsentRow& consent : running) {
    if (consent.is_in_force(today)) return;
    add_missing(missing, missing_signatures(consent.signatures, birth_date, today));
  }
  if (running.empty()) add_missing(missing, required_signatures(birth_date, today));
  add_once(warnings, warning::no_consent_in_force);
  for (const std::string& code : missing) add_once(warnings, code);
}

}  // namespace

Warnings case_warnings(const access::CaseAccess& access, const Workspace& workspace,
                       const std::optional<std::string>& birth_date) {
  Warnings warnings;
  add_of_case(warnings, access, workspace, birth_date);
  return warnings;
}

Warnings consent_warnings(const store::ConsentRow& consent,
                          const std::optional<std::string>& birth_date, const std::string& today) {
  Warnings warnings;
  if (consent.revoked_at || consent.term.to_date < today) {
    add_once(warnings, consent.revoked_at ? warning::consent_revoked : warning::consent_past);
    return warnings;
  }
  const bool has_begun = consent.term.from_date <= today;
  if (!has_begun) add_once(warnings, warning::consent_not_begun);
  const std::string& day = has_begun ? today : consent.term.from_date;
  const store::Signatures missing = missing_signatures(consent.signatures, birth_date, day);
  add_missing(warnings, missing);
  const bool ends_early = consent.effective && consent.effective->to_date < consent.term.to_date;
  if (ends_early && !missing.by_youth) {
    add_once(warnings, warning::youth_signature_needed_at_15);
  }
  return warnings;
}

}  // namespace sspf::handlers
