// SPDX-License-Identifier: Apache-2.0
//
// The watch over the log: looks at each event once, a bounded stretch at a time, and raises alerts.
// On the store thread.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "server/alert_windows.h"
#include "server/rpc/serve.h"

namespace sspf {

class AlertWatch {
 public:
  // Nothing is read before the first look: the log is to be vouched for first.
  AlertWatch(rpc::Services& services, std::vector<store::AlertChannel> channels);

  // Looks at what is new, for 50 ms at the most; and once a minute how far it has come is kept.
  // Throws as rpc::record_own_act().
  void on_idle();

  // At the next events, at most limits::alert_events_per_pass. What is raised is durable on return,
  // each alert with an event "server/alert".
  void look();

  // For delivery.
  std::optional<store::AlertDelivery> due();
  enum class Delivered { yes, no };
  void take(const store::AlertDelivery& delivery, Delivered delivered);

 private:
  using Time = std::chrono::steady_clock::time_point;

  void begin();
  std::vector<store::NewAlert> look_at(const store::LogEntry& entry);
  store::AlertRule rule_of(const store::AlertKey& key) const;
  void raise(const std::vector<store::NewAlert>& alerts);
  void keep_position();
  void set_gauge();

  rpc::Services& services_;
  const std::vector<store::AlertChannel> channels_;
  AlertWindows windows_;
  store::AlertWatching::Rules rules_;
  store::Decoys decoys_;
  bool has_begun_ = false;
  std::uint64_t next_ = 0;       // the first event that is not counted
  std::uint64_t raises_at_ = 0;  // before it, events were looked at before a restart
  std::uint64_t kept_ = 0;
  Time kept_at_{};
};

}  // namespace sspf
