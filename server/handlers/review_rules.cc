// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/review_rules.h"

#include <algorithm>

#include "server/audit/event_facts.h"
#include "server/base/months.h"
#include "server/handlers/case_flow.h"

namespace sspf::handlers {
namespace {

bool is_assigned(const store::ReviewedCase& reviewed, const AccountId& account, Instant time) {
  const std::string day = date_of(time);
  return std::any_of(reviewed.assignments.begin(), reviewed.assignments.end(),
                     [&](const store::ReviewedCase::Assigned& assigned) {
                       return assigned.account == account && assigned.from_date <= day &&
                              (!assigned.to_date || day <= *assigned.to_date) &&
                              (!assigned.ended_at_us || time.microseconds <= *assigned.ended_at_us);
                     });
}

bool had_ended(const store::ReviewedCase& reviewed, Instant time) {
  v1::CaseState state = v1::CASE_STATE_REFERRED;
  for (const auto& from : reviewed.states) {
    if (from.at_us >= time.microseconds) break;  // the call that ends it is not one after the end
    state = from.state;
  }
  return is_ended(state);
}

}  // namespace

std::vector<v1::ReviewRule> RuleSet::list() const {
  std::vector<v1::ReviewRule> rules;
  for (int number = v1::REVIEW_RULE_RANDOM; number <= v1::ReviewRule_MAX; ++number) {
    const auto rule = static_cast<v1::ReviewRule>(number);
    if (has(rule)) rules.push_back(rule);
  }
  return rules;
}

bool has_threshold(v1::ReviewRule rule) { return default_threshold(rule) != 0; }

std::uint32_t default_threshold(v1::ReviewRule rule) {
  return rule == v1::REVIEW_RULE_VOLUME || rule == v1::REVIEW_RULE_DENIED ? 3 : 0;
}

std::vector<v1::ReviewRuleSetting> rules_in_force(const store::Reviews& reviews,
                                                  const access::ReviewAccess& in) {
  const auto decided = reviews.rules(in);
  std::vector<v1::ReviewRuleSetting> rules;
  for (int number = v1::REVIEW_RULE_OUTSIDE_ASSIGNMENT; number <= v1::ReviewRule_MAX; ++number) {
    const auto found = std::find_if(
        decided.begin(), decided.end(),
        [&](const v1::ReviewRuleSetting& setting) { return setting.rule() == number; });
    v1::ReviewRuleSetting& rule = rules.emplace_back();
    if (found != decided.end()) {
      rule = *found;
      continue;
    }
    rule.set_rule(static_cast<v1::ReviewRule>(number));
    rule.set_enabled(true);
    rule.set_threshold(default_threshold(rule.rule()));
  }
  return rules;
}

RuleMatcher::RuleMatcher(const access::Sampling& sampling, const store::Tables& tables,
                         const std::vector<v1::ReviewRuleSetting>& rules)
    : sampling_(sampling), tables_(tables) {
  compares_names_ =
      std::any_of(rules.begin(), rules.end(), [](const v1::ReviewRuleSetting& setting) {
        return setting.enabled() && setting.rule() == v1::REVIEW_RULE_SAME_SURNAME;
      });
}

const store::ReviewedCase* RuleMatcher::find(const std::string& case_id) {
  const auto [found, is_new] = cases_.try_emplace(case_id);
  if (is_new) {
    found->second = tables_.review_facts.reviewed_case(sampling_.review().municipality(),
                                                       CaseId::of(crypto::view_of(case_id)));
  }
  return found->second ? &*found->second : nullptr;
}

const std::string& RuleMatcher::name_of(const AccountId& account) {
  const auto [found, is_new] = names_.try_emplace(account);
  if (is_new) found->second = tables_.review_facts.account_name(account);
  return found->second;
}

// In the role that the call was made in; of a call that names none, in that of today.
bool RuleMatcher::coordinates(const v1::AuditEvent& event, const AccountId& account) {
  if (event.role() != v1::ROLE_UNSPECIFIED) return event.role() == v1::ROLE_COORDINATOR;
  const auto [found, is_new] = coordinators_.try_emplace(account);
  if (is_new) {
    found->second = tables_.review_facts.coordinates(sampling_.review().municipality(), account);
  }
  return found->second;
}

std::vector<RuleMatcher::Touched> RuleMatcher::touched_by(const v1::AuditEvent& event) {
  std::vector<Touched> touched;
  const auto add = [&](const std::string& case_id, bool is_shown, const std::string& basis) {
    const store::ReviewedCase* reviewed = find(case_id);
    if (reviewed != nullptr) touched.push_back({reviewed, is_shown, basis});
  };
  for (const auto& shown : event.cases_shown()) add(shown.case_id(), true, shown.basis_id());
  if (!event.case_id().empty()) add(event.case_id(), false, {});
  return touched;
}

std::optional<RuleSet> RuleMatcher::match(const v1::AuditEvent& event) {
  const std::vector<Touched> touched = touched_by(event);
  if (touched.empty()) return std::nullopt;
  const auto account = AccountId::of(crypto::view_of(event.account_id()));
  const Instant time{event.time_us()};
  RuleSet rules;
  if (is_off_hours(time)) rules.add(v1::REVIEW_RULE_OFF_HOURS);
  if (event.rpc() == audit::opening_rpc) rules.add(v1::REVIEW_RULE_EMERGENCY);
  for (const Touched& each : touched) {
    const store::ReviewedCase& reviewed = *each.reviewed;
    if (reviewed.is_protected) rules.add(v1::REVIEW_RULE_PROTECTED_IDENTITY);
    if (compares_names_ && sampling_.shares_surname(reviewed.number, name_of(account))) {
      rules.add(v1::REVIEW_RULE_SAME_SURNAME);
    }
    if (!each.is_shown) continue;
    if (!is_assigned(reviewed, account, time) && !coordinates(event, account)) {
      rules.add(v1::REVIEW_RULE_OUTSIDE_ASSIGNMENT);
    }
    if (had_ended(reviewed, time)) rules.add(v1::REVIEW_RULE_ENDED_CASE);
    const bool by_opening =
        !each.basis.empty() && reviewed.openings.contains(BasisId::of(crypto::view_of(each.basis)));
    if (by_opening) rules.add(v1::REVIEW_RULE_EMERGENCY);
  }
  return rules;
}

}  // namespace sspf::handlers
