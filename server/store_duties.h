// SPDX-License-Identifier: Apache-2.0
//
// What runs on the store thread of the server: batches of calls, and between them checkpoints,
// summaries, and what concerns the witnesses.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/alert_watch.h"
#include "server/installation.h"
#include "server/net/counters.h"
#include "server/watch.h"
#include "server/witnesses.h"

namespace sspf {

class StoreDuties {
 public:
  StoreDuties(OpenInstallation& open, const Config& config, net::NetCounters& counters);

  std::vector<HttpResponse> serve(std::vector<HttpRequest>& requests);
  void on_idle();
  // One event for all that were refused before a call, of each kind; at most one a minute, and one
  // at the end.
  void sum_up_refusals();

  // Read by the network thread.
  bool is_ready() const { return !storage_full_; }
  // Used by the thread that asks the witnesses.
  Errands& errands() { return errands_; }
  // By the store thread, through errands.
  WitnessWatch& watch() { return watch_; }
  // Likewise for the thread that delivers alerts: its own, since either may be stopped first.
  Errands& alert_errands() { return alert_errands_; }
  AlertWatch& alerts() { return alerts_; }

 private:
  void sum_up(std::string_view act, std::uint64_t count, std::uint64_t& summed);
  void watch_clock();
  void watch_reviews();
  bool is_storage_full();

  OpenInstallation& open_;
  const Config& config_;
  net::NetCounters& counters_;
  Errands errands_;
  WitnessWatch watch_;
  Errands alert_errands_;
  AlertWatch alerts_;
  std::chrono::steady_clock::time_point signed_at_{};
  std::optional<std::chrono::steady_clock::time_point> last_summary_;
  std::chrono::steady_clock::time_point last_storage_check_{};
  std::uint64_t floods_summed_ = 0;
  std::uint64_t handshakes_summed_ = 0;
  std::uint64_t requests_summed_ = 0;
  bool clock_was_behind_ = false;
  std::string reviews_watched_on_;
  std::atomic<bool> storage_full_ = false;
};

}  // namespace sspf
