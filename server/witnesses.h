// SPDX-License-Identifier: Apache-2.0
//
// The witnesses of the settings: asked once before the server opens, and then by a thread of its
// own. That thread never touches the log: what it needs of it, and what becomes of the answers, are
// errands that the store thread runs between its calls.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "server/audit/witness_call.h"
#include "server/installation.h"
#include "server/watch.h"

namespace sspf {

class Errands {
 public:
  // From another thread than the store's: has it run there, and waits. False when that did not
  // happen, for they are closed.
  bool run(const std::function<void()>& errand);
  // On the store thread: runs all that wait. What they throw is thrown here.
  void perform();
  // Nobody waits any longer, now or later.
  void close();

 private:
  struct Errand {
    const std::function<void()>& work;
    bool is_done = false;
  };
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Errand*> waiting_;  // guarded by mutex_
  bool is_closed_ = false;       // guarded by mutex_
};

// Throws Trouble (config) when a CA file cannot be read.
std::vector<audit::Witness> witnesses_of(const Config& config);

// How the log is read for a round, on the thread that owns it.
audit::Material collect_material(OpenInstallation& open, const std::vector<std::uint64_t>& from,
                                 const std::optional<crypto::Checkpoint>& to);

// Asks all once, on the thread that owns the log.
audit::Round first_round(const Config& config, OpenInstallation& open);

// Why the server has to stay closed after the first round; empty when it may open.
std::string witness_trouble(const Config& config, const audit::Round& first);

class WitnessThread {
 public:
  // Begins to ask at once. What it is given outlives it.
  WitnessThread(const Config& config, OpenInstallation& open, WitnessWatch& watch,
                Errands& errands);
  ~WitnessThread();  // stops
  WitnessThread(const WitnessThread&) = delete;
  WitnessThread& operator=(const WitnessThread&) = delete;

  // Closes the errands, so that nothing new begins.
  void request_stop();
  // Likewise, and waits for a request that is on its way: 5 s at most.
  void stop();

 private:
  void run();
  bool ask();
  bool pause(std::chrono::steady_clock::time_point until);

  const std::chrono::seconds interval_;
  OpenInstallation& open_;
  WitnessWatch& watch_;
  Errands& errands_;
  std::vector<audit::Witness> witnesses_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool is_stopping_ = false;  // guarded by mutex_
  std::thread thread_;        // last: it uses all of the above
};

}  // namespace sspf
