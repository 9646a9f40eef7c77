// SPDX-License-Identifier: Apache-2.0
//
// Which rules of a review one event fits, by what it says itself and how the account stood to the
// case at that time. One event at a time; what takes several, review_scan.h knows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/access/review_access.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/audit.pb.h"
#include "sspf/v1/review.pb.h"

namespace sspf::handlers {

// Of v1::ReviewRule, by their numbers.
class RuleSet {
 public:
  void add(v1::ReviewRule rule) { bits_ |= 1U << static_cast<unsigned>(rule); }
  void add(const RuleSet& rules) { bits_ |= rules.bits_; }
  void keep(const RuleSet& rules) { bits_ &= rules.bits_; }
  bool has(v1::ReviewRule rule) const { return (bits_ >> static_cast<unsigned>(rule) & 1U) != 0; }
  std::vector<v1::ReviewRule> list() const;

 private:
  std::uint32_t bits_ = 0;
};

// What applies in a municipality: its decisions, and the defaults for the rest.
std::vector<v1::ReviewRuleSetting> rules_in_force(const store::Reviews& reviews,
                                                  const access::ReviewAccess& in);
bool has_threshold(v1::ReviewRule rule);
std::uint32_t default_threshold(v1::ReviewRule rule);

class RuleMatcher {
 public:
  // Opens no name unless the rule about names is among these.
  RuleMatcher(const access::Sampling& sampling, const store::Tables& tables,
              const std::vector<v1::ReviewRuleSetting>& rules);

  // Nothing when the event touched no case of the municipality.
  std::optional<RuleSet> match(const v1::AuditEvent& event);

 private:
  struct Touched {
    const store::ReviewedCase* reviewed;
    bool is_shown;
    std::string basis;
  };
  std::vector<Touched> touched_by(const v1::AuditEvent& event);
  const store::ReviewedCase* find(const std::string& case_id);
  const std::string& name_of(const AccountId& account);
  bool coordinates(const v1::AuditEvent& event, const AccountId& account);

  const access::Sampling& sampling_;
  const store::Tables& tables_;
  bool compares_names_ = false;
  // Read once each: a municipality has hundreds of them, not as many as events.
  std::map<std::string, std::optional<store::ReviewedCase>> cases_;
  std::map<AccountId, std::string> names_;
  std::map<AccountId, bool> coordinators_;
};

}  // namespace sspf::handlers
