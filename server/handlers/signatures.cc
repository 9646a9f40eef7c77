// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/signatures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>

#include "server/base/clock.h"
#include "server/base/ensure.h"

namespace sspf::handlers {
namespace {

struct AgeRule {
  int from_age;
  int to_age;
  store::Signatures required;
};

constexpr int any_age = std::numeric_limits<int>::max();

constexpr std::array age_rules{
    AgeRule{std::numeric_limits<int>::min(), 14, {true, false}},
    AgeRule{15, 17, {true, true}},
    AgeRule{18, any_age, {false, true}},
};

bool suffice(const store::Signatures& given, const store::Signatures& required) {
  return (given.by_guardian || !required.by_guardian) && (given.by_youth || !required.by_youth);
}

// The first day on which the person is that old. A leap day's falls on 1 March in other years.
std::string birthday(const std::string& birth_date, int age) {
  const std::string year = fmt::format("{:04}", std::stoi(birth_date.substr(0, 4)) + age);
  const std::string day = year + birth_date.substr(4);
  return is_date(day) ? day : year + "-03-01";
}

std::string day_before(const std::string& date) {
  namespace chrono = std::chrono;
  const auto part = [&](std::size_t at) {
    return static_cast<unsigned>(std::stoi(date.substr(at, 2)));
  };
  const chrono::year_month_day day{chrono::year{std::stoi(date.substr(0, 4))},
                                   chrono::month{part(5)}, chrono::day{part(8)}};
  const chrono::year_month_day before{chrono::sys_days{day} - chrono::days{1}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(before.year()),
                     static_cast<unsigned>(before.month()), static_cast<unsigned>(before.day()));
}

// The days of the term on which the person has an age of the rule; from after to when there are
// none.
store::Days days_at_age(const store::Days& term, const AgeRule& rule,
                        const std::string& birth_date) {
  store::Days days = term;
  if (rule.from_age > 0)
    days.from_date = std::max(term.from_date, birthday(birth_date, rule.from_age));
  if (rule.to_age != any_age) {
    days.to_date = std::min(term.to_date, day_before(birthday(birth_date, rule.to_age + 1)));
  }
  return days;
}

}  // namespace

store::Signatures required_signatures(const std::optional<std::string>& birth_date,
                                      const std::string& day) {
  if (!birth_date) return {true, false};
  const int age = age_on(*birth_date, day);
  const auto rule = std::find_if(age_rules.begin(), age_rules.end(),
                                 [&](const AgeRule& each) { return age <= each.to_age; });
  ENSURE(rule != age_rules.end());
  return rule->required;
}

store::Signatures missing_signatures(const store::Signatures& given,
                                     const std::optional<std::string>& birth_date,
                                     const std::string& day) {
  const store::Signatures required = required_signatures(birth_date, day);
  return {required.by_guardian && !given.by_guardian, required.by_youth && !given.by_youth};
}

std::optional<store::Days> effective_days(const store::Days& term, const store::Signatures& given,
                                          const std::optional<std::string>& birth_date) {
  if (!birth_date) {
    if (!suffice(given, required_signatures(birth_date, term.from_date))) return std::nullopt;
    return term;
  }
  std::optional<store::Days> effective;
  for (const AgeRule& rule : age_rules) {
    const store::Days days = days_at_age(term, rule, *birth_date);
    if (days.from_date > days.to_date || !suffice(given, rule.required)) continue;
    if (!effective) effective = days;
    effective->to_date = days.to_date;
  }
  return effective;
}

}  // namespace sspf::handlers
