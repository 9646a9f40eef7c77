// SPDX-License-Identifier: Apache-2.0
//
// What follows from the answers of the witnesses: what is kept of them, the alarm when they are
// silent, and the end when one has seen another log. On the store thread.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "server/audit/witness_call.h"
#include "server/installation.h"

namespace sspf {

class WitnessWatch {
 public:
  WitnessWatch(OpenInstallation& open, const Config& config);

  // Throws Trouble (log) when a witness disagrees, after an event that says so: a log that somebody
  // has seen otherwise must not be signed any further. Throws store::CommitUnknown.
  void take(const audit::Round& round);

  // The alarm, once for each silence, and its end. Throws as rpc::record_own_act().
  void on_idle();

 private:
  using Time = std::chrono::steady_clock::time_point;

  void tell_changes(const audit::Round& round);
  void set_gauges(std::uint64_t silent_seconds, bool disagrees);

  OpenInstallation& open_;
  const Config::Audit audit_;
  std::vector<std::string> told_;  // of each witness, what was last told of it
  Time confirmed_at_ = std::chrono::steady_clock::now();
  bool is_silent_ = false;
};

}  // namespace sspf
