// SPDX-License-Identifier: Apache-2.0
//
// What waits for the witnesses of the log, where the settings ask for it: acts that let the log, or
// what it vouches for, go for good. All others go on without them (evidence.md 2.4).
#pragma once

#include <cstdint>
#include <optional>

#include "server/access/action.h"
#include "server/base/clock.h"
#include "server/base/result.h"

namespace sspf::rpc {

constexpr bool waits_for_witnesses(access::Action action) {
  return action == access::Action::export_events || action == access::Action::execute_disposal ||
         action == access::Action::approve_details_erasure;
}

// Used by the store thread only.
class Witnessed {
 public:
  // When no cosignatures are required nothing is refused.
  Witnessed() = default;
  explicit Witnessed(std::uint32_t seconds_max) : seconds_max_(seconds_max) {}

  // A quorum has cosigned the newest checkpoint.
  void confirm(Instant now) { confirmed_at_ = now; }

  // Refuses with not_witnessed, unless a quorum has confirmed at most so many seconds ago.
  Result<Done> check(Instant now) const {
    if (!seconds_max_) return Done();
    if (!confirmed_at_ || now < *confirmed_at_) return refusal(Reason::not_witnessed);
    const std::int64_t age_us = now.microseconds - confirmed_at_->microseconds;
    if (age_us > std::int64_t{*seconds_max_} * 1'000'000) return refusal(Reason::not_witnessed);
    return Done();
  }

 private:
  std::optional<std::uint32_t> seconds_max_;  // nothing when not required
  std::optional<Instant> confirmed_at_;
};

}  // namespace sspf::rpc
