// SPDX-License-Identifier: Apache-2.0
//
// What raises an alert: what one event counts for, and how much of it there was within a window of
// time. Times are those of the events, so that looking at the same events again counts the same.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "server/store/alert_watching.h"
#include "sspf/v1/audit.pb.h"

namespace sspf {

// What one event counts for, of whom: nobody of the server's own acts.
struct AlertHit {
  v1::AlertKind kind = v1::ALERT_KIND_UNSPECIFIED;
  AccountId account;
  std::uint64_t amount = 1;
};

std::vector<AlertHit> alert_hits_of(const v1::AuditEvent& event, const store::Decoys& decoys);

class AlertWindows {
 public:
  struct Seen {
    std::uint64_t sequence = 0;
    std::int64_t time_us = 0;
    std::uint64_t amount = 1;
  };
  // What an alert is to say.
  struct Full {
    std::uint64_t first_sequence = 0;
    std::uint64_t count = 0;
  };
  enum class Raise { yes, no };

  // Alerts that were raised before: what they have counted is not counted again.
  void remember(std::map<store::AlertKey, store::Counted> counted) {
    counted_ = std::move(counted);
  }

  // Counts one event. Something when the threshold is reached, unless there was an alert of the
  // same within the window, or none is to be raised; from then on it is counted anew.
  std::optional<Full> count(const store::AlertKey& key, const Seen& seen,
                            const store::AlertRule& rule, Raise raise);

 private:
  struct Window {
    std::deque<Seen> seen;
    std::uint64_t total = 0;
  };
  static void drop_first(Window& window);

  std::map<store::AlertKey, Window> windows_;
  std::map<store::AlertKey, store::Counted> counted_;
};

}  // namespace sspf
