// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/signature_rules.h"

#include <optional>

#include "server/base/limits.h"

namespace sspf::handlers {
namespace {

constexpr int age_of_majority = 18;  // föräldrabalken 9:1

bool is_adults(const access::SignatureRule& rule) {
  return rule.guardians == v1::GUARDIAN_SIGNATURES_NONE;
}

// A guardian signs for a minor, and the adult alone.
bool fits_majority(const access::SignatureRule& rule) {
  const bool of_adults = rule.from_age >= age_of_majority;
  return is_adults(rule) == of_adults && (rule.youth || !of_adults);
}

}  // namespace

Result<v1::SetSignatureRulesResponse> set_signature_rules(
    const Permit<Action::set_signature_rules>& permit, Workspace& workspace,
    const v1::SetSignatureRulesRequest& request) {
  if (request.rules_size() > limits::signature_rules_max) {
    return over_limit(Reason::too_many_items, "rules", limits::signature_rules_max);
  }
  std::vector<access::SignatureRule> rules;
  bool reaches_majority = false;
  for (const v1::SignatureRule& given : request.rules()) {
    if (given.from_age() > limits::basis_age_max) {
      return over_limit(Reason::too_large, "rules.from_age", limits::basis_age_max);
    }
    const access::SignatureRule rule{static_cast<int>(given.from_age()), given.guardians(),
                                     given.youth()};
    const bool follows = rules.empty() ? rule.from_age == 0 : rule.from_age > rules.back().from_age;
    if (!follows) return refusal(Reason::rules_not_in_order, "rules");
    if (!fits_majority(rule)) return refusal(Reason::adult_signs_alone, "rules");
    reaches_majority = reaches_majority || rule.from_age == age_of_majority;
    rules.push_back(rule);
  }
  if (!reaches_majority) return refusal(Reason::adult_signs_alone, "rules");
  workspace.tables.consents.set_rules(permit.target(), rules,
                                      {permit.caller().account(), workspace.now});
  return v1::SetSignatureRulesResponse();
}

Result<v1::ListSignatureRulesResponse> list_signature_rules(
    const Permit<Action::list_signature_rules>& permit, Workspace& /*workspace*/,
    const v1::ListSignatureRulesRequest& /*request*/) {
  v1::ListSignatureRulesResponse response;
  for (const access::SignatureRule& rule : permit.target().signature_rules()) {
    v1::SignatureRule& row = *response.add_rules();
    row.set_from_age(static_cast<std::uint32_t>(rule.from_age));
    row.set_guardians(rule.guardians);
    row.set_youth(rule.youth);
  }
  return response;
}

}  // namespace sspf::handlers
