// SPDX-License-Identifier: Apache-2.0
#include "server/alert_windows.h"

#include <algorithm>
#include <array>

#include "server/audit/event_facts.h"
#include "server/base/reason.h"

namespace sspf {
namespace {

struct OwnAct {
  std::string_view rpc;
  v1::AlertKind kind;
};

constexpr std::array own_acts = {OwnAct{"server/witness_silent", v1::ALERT_KIND_WITNESS_SILENT},
                                 OwnAct{"server/review_overdue", v1::ALERT_KIND_REVIEW_OVERDUE},
                                 OwnAct{"server/clock_behind", v1::ALERT_KIND_CLOCK_BEHIND}};

bool is_own_act(const v1::AuditEvent& event) {
  return event.account_id().empty() && event.subject_account_id().empty() &&
         event.certificate_ref().empty() && event.outcome() == v1::OUTCOME_ALLOWED;
}

bool names_any(const v1::AuditEvent& event, const store::Decoys& decoys) {
  const auto is_decoy = [&](const std::string& case_id) {
    if (case_id.empty()) return false;
    const auto [first, end] = decoys.equal_range(CaseId::of(crypto::view_of(case_id)));
    return std::any_of(first, end, [&](const auto& decoy) {
      return decoy.second.from_us <= event.time_us() && event.time_us() < decoy.second.to_us;
    });
  };
  return is_decoy(event.case_id()) ||
         std::any_of(event.cases_shown().begin(), event.cases_shown().end(),
                     [&](const auto& shown) { return is_decoy(shown.case_id()); });
}

// Of cases alone: who reads the log is shown a lot of it.
std::uint64_t items_of_cases(const v1::AuditEvent& event) {
  std::uint64_t items = 0;
  for (const auto& shown : event.cases_shown()) items += shown.items();
  return items;
}

}  // namespace

std::vector<AlertHit> alert_hits_of(const v1::AuditEvent& event, const store::Decoys& decoys) {
  std::vector<AlertHit> hits;
  if (is_own_act(event)) {
    for (const OwnAct& act : own_acts) {
      if (act.rpc == event.rpc()) {
        hits.push_back({act.kind, {}, std::max<std::uint64_t>(event.items_shown(), 1)});
      }
    }
    return hits;
  }
  const bool is_revoked =
      event.cause_reason() == static_cast<std::uint32_t>(Reason::certificate_revoked);
  if (is_revoked && !event.subject_account_id().empty()) {
    const auto account = AccountId::of(crypto::view_of(event.subject_account_id()));
    hits.push_back({v1::ALERT_KIND_REVOKED_CERTIFICATE, account, 1});
  }
  if (event.account_id().empty()) return hits;
  const auto account = AccountId::of(crypto::view_of(event.account_id()));
  const std::uint64_t items = items_of_cases(event);
  if (items > 0) hits.push_back({v1::ALERT_KIND_VOLUME, account, items});
  if (audit::is_denied_or_absent(event) || audit::has_found_nobody(event)) {
    hits.push_back({v1::ALERT_KIND_ENUMERATION, account, 1});
  }
  if (names_any(event, decoys)) hits.push_back({v1::ALERT_KIND_DECOY, account, 1});
  if (event.rpc() == audit::opening_rpc && event.outcome() == v1::OUTCOME_ALLOWED) {
    hits.push_back({v1::ALERT_KIND_EMERGENCY, account, 1});
  }
  return hits;
}

void AlertWindows::drop_first(Window& window) {
  window.total -= window.seen.front().amount;
  window.seen.pop_front();
}

std::optional<AlertWindows::Full> AlertWindows::count(const store::AlertKey& key, const Seen& seen,
                                                      const store::AlertRule& rule, Raise raise) {
  const auto counted = counted_.find(key);
  const bool has_raised = counted != counted_.end();
  if (has_raised && seen.sequence <= counted->second.last_sequence) return std::nullopt;
  const std::int64_t window_us = std::int64_t{rule.window_minutes} * 60 * 1'000'000;
  Window& window = windows_[key];
  window.seen.push_back(seen);
  window.total += seen.amount;
  while (seen.time_us - window.seen.front().time_us >= window_us) drop_first(window);
  if (window.total < rule.threshold) return std::nullopt;
  const bool is_repeated = has_raised && seen.time_us - counted->second.last_time_us < window_us;
  if (is_repeated || raise == Raise::no) {
    // As much as makes it full is enough to know the next.
    while (window.total - window.seen.front().amount >= rule.threshold) drop_first(window);
    return std::nullopt;
  }
  const Full full{window.seen.front().sequence, window.total};
  windows_.erase(key);
  counted_[key] = {seen.sequence, seen.time_us};
  return full;
}

}  // namespace sspf
