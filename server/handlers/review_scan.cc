// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/review_scan.h"

#include <algorithm>

#include "server/audit/event_facts.h"
#include "server/base/limits.h"

namespace sspf::handlers {
namespace {

constexpr std::int64_t hour_us = 3600LL * 1'000'000;
// Of one account with a large volume: enough to see what it did.
constexpr std::size_t events_of_volume = 10;

}  // namespace

ReviewScan::Volume::Volume() : events(events_of_volume) {}

ReviewScan::ReviewScan(RuleMatcher& matcher, const std::vector<v1::ReviewRuleSetting>& rules,
                       std::uint32_t random_items)
    : matcher_(matcher), random_(random_items) {
  for (const v1::ReviewRuleSetting& rule : rules) {
    if (!rule.enabled()) continue;
    enabled_.add(rule.rule());
    thresholds_[rule.rule()] = rule.threshold();
    by_rule_.emplace(rule.rule(), Reservoir<Looked>(limits::review_risk_items_max));
    found_[rule.rule()] = 0;
  }
}

void ReviewScan::offer(v1::ReviewRule rule, const Looked& looked) {
  ++found_[rule];
  by_rule_.at(rule).offer(looked, lottery_);
}

void ReviewScan::look_at(const store::LogEntry& entry) {
  v1::AuditEvent event;
  if (!event.ParseFromString(entry.bytes)) throw Fault("a stored audit event does not parse");
  if (event.account_id().empty() || event.outcome() == v1::OUTCOME_FAILED) return;
  const auto account = AccountId::of(crypto::view_of(event.account_id()));
  Looked looked{entry.sequence, account, event.time_us(), {}};
  const auto rules = matcher_.match(event);
  if (rules) {
    looked.rules = *rules;
    looked.rules.keep(enabled_);
    random_.offer(looked, lottery_);
    for (const v1::ReviewRule rule : looked.rules.list()) offer(rule, looked);
    look_at_volume(looked, event);
  }
  if (audit::is_denied_what_exists(event)) look_at_refusal(looked);
}

// The refusals that make the threshold full are found too, each once.
void ReviewScan::look_at_refusal(const Looked& looked) {
  if (!is_enabled(v1::REVIEW_RULE_DENIED)) return;
  std::deque<Looked>& recent = refused_[looked.account];
  recent.push_back(looked);
  while (looked.time_us - recent.front().time_us > hour_us) recent.pop_front();
  const std::size_t threshold = thresholds_.at(v1::REVIEW_RULE_DENIED);
  if (recent.size() < threshold) return;
  for (const Looked& each : recent) {
    if (denied_.insert(each.sequence).second) offer(v1::REVIEW_RULE_DENIED, each);
  }
  recent.pop_front();  // one less than the threshold is enough to know the next
}

void ReviewScan::look_at_volume(const Looked& looked, const v1::AuditEvent& event) {
  if (!is_enabled(v1::REVIEW_RULE_VOLUME) || event.items_shown() == 0) return;
  Volume& volume = volumes_[looked.account];
  volume.role = event.role();
  volume.items += event.items_shown();
  volume.events.offer(looked, lottery_);
}

// Of the accounts that were shown anything in a role; the lower one of two in the middle, so that
// one of two accounts can stand out.
std::map<std::uint32_t, std::uint64_t> ReviewScan::medians() const {
  std::map<std::uint32_t, std::vector<std::uint64_t>> by_role;
  for (const auto& [account, volume] : volumes_) by_role[volume.role].push_back(volume.items);
  std::map<std::uint32_t, std::uint64_t> medians;
  for (auto& [role, items] : by_role) {
    std::sort(items.begin(), items.end());
    medians[role] = items[(items.size() - 1) / 2];
  }
  return medians;
}

void ReviewScan::find_volumes() {
  if (!is_enabled(v1::REVIEW_RULE_VOLUME)) return;
  const auto medians_of = medians();
  const std::uint64_t threshold = thresholds_.at(v1::REVIEW_RULE_VOLUME);
  Reservoir<Looked>& kept = by_rule_.at(v1::REVIEW_RULE_VOLUME);
  for (const auto& [account, volume] : volumes_) {
    const bool is_heavy = volume.items > threshold * medians_of.at(volume.role) &&
                          volume.items > limits::review_volume_items_min;
    if (!is_heavy) continue;
    is_heavy_[account] = true;
    found_[v1::REVIEW_RULE_VOLUME] += volume.events.offered();
    for (const Looked& each : volume.events.kept()) kept.offer(each, lottery_);
  }
}

Sample ReviewScan::finish() {
  find_volumes();
  std::map<std::uint64_t, Looked> chosen;
  for (const auto& [rule, kept] : by_rule_) {
    for (const Looked& each : kept.kept()) chosen.emplace(each.sequence, each);
  }
  for (const Looked& each : random_.kept()) {
    chosen.emplace(each.sequence, each).first->second.rules.add(v1::REVIEW_RULE_RANDOM);
  }
  Sample sample;
  sample.case_events = random_.offered();
  sample.found = found_;
  sample.found[v1::REVIEW_RULE_RANDOM] = random_.offered();
  for (auto& [sequence, looked] : chosen) {
    if (denied_.contains(sequence)) looked.rules.add(v1::REVIEW_RULE_DENIED);
    if (is_heavy_.contains(looked.account)) looked.rules.add(v1::REVIEW_RULE_VOLUME);
    sample.items.push_back({sequence, looked.account, looked.rules.list()});
  }
  return sample;
}

}  // namespace sspf::handlers
