// SPDX-License-Identifier: Apache-2.0
#include "server/access/signing.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "server/base/clock.h"
#include "server/base/ensure.h"

namespace sspf::access {
namespace {

// The first day on which the person is that old. A leap day's falls on 1 March in other years.
std::string birthday(const std::string& birth_date, int age) {
  const std::string year = fmt::format("{:04}", std::stoi(birth_date.substr(0, 4)) + age);
  const std::string day = year + birth_date.substr(4);
  return is_date(day) ? day : year + "-03-01";
}

bool is_adults(const SignatureRule& rule) { return rule.guardians == v1::GUARDIAN_SIGNATURES_NONE; }

}  // namespace

std::vector<SignatureRule> default_signature_rules() {
  return {{0, v1::GUARDIAN_SIGNATURES_ALL, false},
          {15, v1::GUARDIAN_SIGNATURES_ALL, true},
          {18, v1::GUARDIAN_SIGNATURES_NONE, true}};
}

Signing::Rules::const_iterator Signing::rule_on(const std::string& day) const {
  ENSURE(!rules_.empty());
  if (!birth_date_) return rules_.begin();
  const int age = age_on(*birth_date_, day);
  return std::find_if(rules_.begin() + 1, rules_.end(),
                      [&](const SignatureRule& rule) { return age < rule.from_age; }) -
         1;
}

bool Signing::asks_youth(Rules::const_iterator rule) const {
  if (birth_date_) return rule->youth;
  return std::any_of(rules_.begin(), rules_.end(),
                     [](const SignatureRule& each) { return each.youth; });
}

std::string Signing::word_counts_from(Rules::const_iterator rule) const {
  if (!birth_date_) return "";
  while (rule != rules_.begin() && std::prev(rule)->youth && !is_adults(*rule)) --rule;
  return birthday(*birth_date_, rule->from_age);
}

MissingSignatures Signing::missing(const Signatures& given, const std::string& day) const {
  const auto rule = rule_on(day);
  const std::uint32_t needed = is_adults(*rule) ? 0
                               : rule->guardians == v1::GUARDIAN_SIGNATURES_ALL
                                   ? std::max(given.guardians, 1U)
                                   : 1U;
  MissingSignatures missing;
  missing.guardian =
      given.guardians_signed < needed && given.overridden != v1::SIGNATORY_ROLE_GUARDIAN;
  if (!asks_youth(rule)) return missing;
  const std::string from = word_counts_from(rule);
  const bool has_signed = !given.youth_signed_on.empty() && given.youth_signed_on >= from;
  const bool is_overridden = !is_adults(*rule) && given.overridden == v1::SIGNATORY_ROLE_YOUTH &&
                             given.recorded_on >= from;
  missing.youth = !has_signed && !is_overridden;
  return missing;
}

bool Signing::lapses_within(const Signatures& given, const Days& days) const {
  if (!birth_date_ || missing(given, days.from_date).any()) return false;
  return std::any_of(rules_.begin(), rules_.end(), [&](const SignatureRule& rule) {
    const std::string day = birthday(*birth_date_, rule.from_age);
    return days.include(day) && missing(given, day).any();
  });
}

bool Signing::asks_every_guardian(const std::string& day) const {
  return rule_on(day)->guardians == v1::GUARDIAN_SIGNATURES_ALL;
}

bool Signing::is_below(int age, const std::string& day) const {
  return birth_date_ && age_on(*birth_date_, day) < age;
}

}  // namespace sspf::access
