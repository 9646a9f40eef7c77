// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/review_cases.h"

#include <algorithm>

#include "crypto/encoding.h"

namespace sspf::handlers {
namespace {

void add(std::vector<std::string>& refs, const std::string& id) {
  const std::string ref = crypto::base32(crypto::view_of(id));
  if (std::find(refs.begin(), refs.end(), ref) == refs.end()) refs.push_back(ref);
}

}  // namespace

ReviewedCases reviewed_cases(const store::Tables& tables, const MunicipalityId& municipality,
                             const store::LogEntry& entry) {
  v1::AuditEvent event;
  if (!event.ParseFromString(entry.bytes)) throw Fault("a stored audit event does not parse");
  const auto is_here = [&](const std::string& id) {
    return tables.review_facts.is_case_of(municipality, CaseId::of(crypto::view_of(id)));
  };
  ReviewedCases cases;
  for (const auto& shown : event.cases_shown()) {
    if (!is_here(shown.case_id())) continue;
    add(cases.case_refs, shown.case_id());
    if (!shown.basis_id().empty()) add(cases.basis_refs, shown.basis_id());
    cases.items_shown += shown.items();
  }
  if (!event.case_id().empty() && is_here(event.case_id())) add(cases.case_refs, event.case_id());
  return cases;
}

}  // namespace sspf::handlers
