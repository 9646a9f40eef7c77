// SPDX-License-Identifier: Apache-2.0
#include "server/alert_watch.h"

#include <algorithm>

#include "server/alert_text.h"
#include "server/audit/event.h"
#include "server/base/limits.h"
#include "server/base/log.h"
#include "server/handlers/alert_rules.h"

namespace sspf {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto time_max = 50ms;
constexpr std::int64_t minute_us = 60LL * 1'000'000;
constexpr std::int64_t first_delay_us = 10LL * 1'000'000;
constexpr std::int64_t delay_us_max = 3600LL * 1'000'000;

std::int64_t delay_us(std::uint32_t attempts) {
  return std::min(first_delay_us << std::min(attempts, 20U), delay_us_max);
}

// The longest window of any rule: as much is counted again after a restart.
std::int64_t longest_window_us(const store::AlertWatching::Rules& decided) {
  std::uint32_t minutes = 0;
  for (int kind = v1::ALERT_KIND_VOLUME; kind <= v1::AlertKind_MAX; ++kind) {
    const auto rule = handlers::default_alert_rule(static_cast<v1::AlertKind>(kind));
    minutes = std::max(minutes, rule.window_minutes);
  }
  for (const auto& [key, rule] : decided) minutes = std::max(minutes, rule.window_minutes);
  return minutes * minute_us;
}

store::EventDraft described(const store::NewAlert& alert) {
  store::EventDraft draft = audit::describe_own_act("server/alert", alert.count);
  if (!alert.key.municipality.is_nothing()) {
    draft.event.set_municipality_id(alert.key.municipality.blob());
  }
  draft.event.set_item_id(alert.id.blob());
  return draft;
}

}  // namespace

AlertWatch::AlertWatch(rpc::Services& services, std::vector<store::AlertChannel> channels)
    : services_(services), channels_(std::move(channels)) {}

void AlertWatch::on_idle() {
  const auto now = steady_clock::now();
  // Calls wait meanwhile; but what is not looked at while many call would never be.
  do {
    look();
  } while (next_ + 1 < services_.database.log_size() && steady_clock::now() - now < time_max);
  services_.metrics.set_gauge("sspf_alerts_behind_events", "Events that are not looked at yet.",
                              static_cast<double>(services_.database.log_size() - next_));
  if (now - kept_at_ < 1min) return;
  kept_at_ = now;
  keep_position();
}

// Goes back as far as a window reaches, so that what was counted before the restart counts still. A
// log that was never looked at is looked at as far back, and raises.
void AlertWatch::begin() {
  has_begun_ = true;
  store::AlertWatching watching = services_.database.alert_watching();
  const auto stored = watching.next_sequence();
  Instant until = services_.clock();
  const std::uint64_t size = services_.database.log_size();
  if (stored && *stored < size) {
    until.microseconds = std::min(until.microseconds, services_.database.event_time_us(*stored));
  }
  const Instant from{until.microseconds - longest_window_us(watching.decided_rules())};
  next_ = services_.database.first_event_from(from);
  raises_at_ = std::min(stored.value_or(next_), size);
  next_ = std::min(next_, raises_at_);
  kept_ = stored.value_or(0);
  windows_.remember(watching.counted(next_));
  set_gauge();
}

void AlertWatch::look() {
  if (!has_begun_) begin();
  if (next_ >= services_.database.log_size()) return;
  store::AlertWatching watching = services_.database.alert_watching();
  rules_ = watching.decided_rules();
  decoys_ = watching.decoys({services_.database.event_time_us(next_)});
  std::vector<store::NewAlert> raised;
  for (const store::LogEntry& entry :
       services_.database.events_from(next_, limits::alert_events_per_pass)) {
    for (store::NewAlert& alert : look_at(entry)) raised.push_back(std::move(alert));
    next_ = entry.sequence + 1;
  }
  if (!raised.empty()) raise(raised);
}

store::AlertRule AlertWatch::rule_of(const store::AlertKey& key) const {
  const auto found = rules_.find({key.municipality, key.kind});
  return found != rules_.end() ? found->second : handlers::default_alert_rule(key.kind);
}

std::vector<store::NewAlert> AlertWatch::look_at(const store::LogEntry& entry) {
  v1::AuditEvent event;
  if (!event.ParseFromString(entry.bytes)) {
    // Whoever verifies the log finds it too; to stop here would be to raise nothing any more.
    log_error("event_unreadable", {{"sequence", std::to_string(entry.sequence)}});
    return {};
  }
  const std::vector<AlertHit> hits = alert_hits_of(event, decoys_);
  if (hits.empty()) return {};
  auto municipalities = services_.database.alert_watching().municipalities_of(entry.sequence);
  if (municipalities.empty()) municipalities.emplace_back();
  const auto raises =
      entry.sequence < raises_at_ ? AlertWindows::Raise::no : AlertWindows::Raise::yes;
  std::vector<store::NewAlert> raised;
  for (const AlertHit& hit : hits) {
    for (const MunicipalityId& municipality : municipalities) {
      const store::AlertKey key{municipality, hit.kind, hit.account};
      const store::AlertRule rule = rule_of(key);
      if (!rule.enabled) continue;
      const auto full =
          windows_.count(key, {entry.sequence, event.time_us(), hit.amount}, rule, raises);
      if (!full) continue;
      store::NewAlert& alert = raised.emplace_back();
      alert.id = ItemId::random();
      alert.ref = random_ref();
      alert.key = key;
      alert.first_sequence = full->first_sequence;
      alert.counted = {entry.sequence, event.time_us()};
      alert.count = static_cast<std::uint32_t>(std::min<std::uint64_t>(full->count, 1U << 31U));
      alert.raised_at = services_.clock();
    }
  }
  return raised;
}

// All in one batch: the alerts, what is to go out, how far the watch has come, and the events.
void AlertWatch::raise(const std::vector<store::NewAlert>& alerts) {
  store::Batch batch(services_.database);
  for (const store::NewAlert& alert : alerts) {
    store::Unit unit(batch);
    unit.tables().alert_watching.add(alert, channels_);
    unit.tables().alert_watching.set_next_sequence(next_);
    auto done = unit.commit(described(alert), services_.clock(), Done());
    static_cast<void>(done);
  }
  static_cast<void>(std::move(batch).commit());
  kept_ = next_;
  for (const store::NewAlert& alert : alerts) {
    const std::string kind(alert_kind_name(alert.key.kind));
    log_error("alert", {{"alert", alert.ref}, {"kind", kind}});
    services_.metrics.count_alert(kind);
  }
  set_gauge();
}

void AlertWatch::keep_position() {
  if (next_ == kept_ || next_ < raises_at_) return;
  services_.database.alert_watching().set_next_sequence(next_);
  kept_ = next_;
}

std::optional<store::AlertDelivery> AlertWatch::due() {
  return services_.database.alert_watching().due(channels_, services_.clock());
}

void AlertWatch::take(const store::AlertDelivery& delivery, Delivered delivered) {
  const Instant now = services_.clock();
  store::AlertWatching watching = services_.database.alert_watching();
  if (delivered == Delivered::yes) {
    watching.set_delivered(delivery, now);
  } else {
    watching.set_failed(delivery, {now.microseconds + delay_us(delivery.attempts)});
  }
  set_gauge();
}

void AlertWatch::set_gauge() {
  services_.metrics.set_gauge(
      "sspf_alerts_undelivered", "Alerts that have not gone out yet, by each way.",
      static_cast<double>(services_.database.alert_watching().undelivered()));
}

}  // namespace sspf
