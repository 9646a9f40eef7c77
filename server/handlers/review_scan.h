// SPDX-License-Identifier: Apache-2.0
//
// One pass over the events of a period: how many fit each rule, and a sample of fixed size of each.
// What it keeps grows with accounts, cases and refusals, not with events.
#pragma once

#include <deque>
#include <map>
#include <unordered_set>
#include <vector>

#include "server/base/lottery.h"
#include "server/handlers/review_rules.h"

namespace sspf::handlers {

struct Sample {
  std::vector<store::SampledEvent> items;  // by sequence
  std::map<v1::ReviewRule, std::uint64_t> found;
  std::uint64_t case_events = 0;
};

class ReviewScan {
 public:
  ReviewScan(RuleMatcher& matcher, const std::vector<v1::ReviewRuleSetting>& rules,
             std::uint32_t random_items);

  // What comes next does not follow upon what came before.
  void begin_stretch() { refused_.clear(); }
  void look_at(const store::LogEntry& entry);
  Sample finish();

 private:
  struct Looked {
    std::uint64_t sequence = 0;
    AccountId account;
    std::int64_t time_us = 0;
    RuleSet rules;
  };
  // How much one account was shown, in the role that it had last.
  struct Volume {
    Volume();
    std::uint32_t role = 0;
    std::uint64_t items = 0;
    Reservoir<Looked> events;
  };
  bool is_enabled(v1::ReviewRule rule) const { return enabled_.has(rule); }
  void offer(v1::ReviewRule rule, const Looked& looked);
  void look_at_refusal(const Looked& looked);
  void look_at_volume(const Looked& looked, const v1::AuditEvent& event);
  std::map<std::uint32_t, std::uint64_t> medians() const;
  void find_volumes();

  RuleMatcher& matcher_;
  Lottery lottery_;
  RuleSet enabled_;
  std::map<v1::ReviewRule, std::uint32_t> thresholds_;
  Reservoir<Looked> random_;
  std::map<v1::ReviewRule, Reservoir<Looked>> by_rule_;
  std::map<AccountId, Volume> volumes_;
  std::map<AccountId, std::deque<Looked>> refused_;  // within the last hour
  std::unordered_set<std::uint64_t> denied_;
  std::map<v1::ReviewRule, std::uint64_t> found_;
  std::map<AccountId, bool> is_heavy_;
};

}  // namespace sspf::handlers
