// SPDX-License-Identifier: Apache-2.0
#include "server/witnesses.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/authorities.h"
#include "server/net/post.h"

namespace sspf {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds answer_time_max{5};

// Ends a round whose errands are not run any more.
struct Closed {};

}  // namespace

bool Errands::run(const std::function<void()>& errand) {
  Errand own{errand};
  std::unique_lock lock(mutex_);
  if (is_closed_) return false;
  waiting_.push_back(&own);
  changed_.wait(lock, [&] { return own.is_done || is_closed_; });
  if (!own.is_done) std::erase(waiting_, &own);
  return own.is_done;
}

void Errands::perform() {
  // Under the lock: whoever waits must not be gone before the work is done.
  const std::lock_guard lock(mutex_);
  for (; !waiting_.empty(); waiting_.pop_front()) {
    waiting_.front()->work();
    waiting_.front()->is_done = true;
  }
  changed_.notify_all();
}

void Errands::close() {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  changed_.notify_all();
}

std::vector<audit::Witness> witnesses_of(const Config& config) {
  std::vector<audit::Witness> witnesses;
  for (const Config::Witness& witness : config.audit.witnesses) {
    const net::Destination destination{witness.url,
                                       authorities_of(witness.ca_file, "witnesses.ca_file")};
    witnesses.push_back(
        {witness.key,
         [destination](const std::string& body) {
           return net::post(destination, {"/add-checkpoint", body, answer_time_max});
         },
         0});
  }
  return witnesses;
}

audit::Material collect_material(OpenInstallation& open, const std::vector<std::uint64_t>& from,
                                 const std::optional<crypto::Checkpoint>& to) {
  audit::Material material;
  std::uint64_t size = 0;
  if (to) {
    size = to->size;
  } else {
    material.note = open.database().newest_checkpoint();
    const auto checkpoint = crypto::checkpoint_in(material.note);
    if (!checkpoint) throw Fault("the newest checkpoint does not parse");
    size = checkpoint->size;
  }
  for (const std::uint64_t first : from) {
    material.proofs.push_back(first < size ? open.database().consistency_proof(first, size)
                                           : std::vector<crypto::Digest>());
  }
  return material;
}

audit::Round first_round(const Config& config, OpenInstallation& open) {
  std::vector<audit::Witness> witnesses = witnesses_of(config);
  return audit::ask_witnesses(witnesses, [&open](const auto& from, const auto& to) {
    return collect_material(open, from, to);
  });
}

std::string witness_trouble(const Config& config, const audit::Round& first) {
  for (std::size_t i = 0; i < first.said.size(); ++i) {
    if (first.said[i].heard != audit::Heard::disagrees) continue;
    return fmt::format("the witness {} disagrees: {}", config.audit.witnesses[i].key.name,
                       first.said[i].what);
  }
  if (config.audit.witness_required && first.cosigned() < config.audit.witness_quorum) {
    return fmt::format("audit.witness_required, and {} of the {} witnesses that it takes answer",
                       first.cosigned(), config.audit.witness_quorum);
  }
  return {};
}

WitnessThread::WitnessThread(const Config& config, OpenInstallation& open, WitnessWatch& watch,
                             Errands& errands)
    : interval_(config.audit.witness_seconds),
      open_(open),
      watch_(watch),
      errands_(errands),
      witnesses_(witnesses_of(config)) {
  if (!witnesses_.empty()) thread_ = std::thread([this] { run(); });
}

WitnessThread::~WitnessThread() { stop(); }

void WitnessThread::request_stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  stopped_.notify_all();
  errands_.close();
}

void WitnessThread::stop() {
  request_stop();
  if (thread_.joinable()) thread_.join();
}

void WitnessThread::run() {
  auto due = steady_clock::now();
  while (pause(due)) {
    if (!ask()) return;
    due = std::max(due + interval_, steady_clock::now());
  }
}

// False when the errands are closed.
bool WitnessThread::ask() {
  try {
    const audit::Round round =
        audit::ask_witnesses(witnesses_, [this](const std::vector<std::uint64_t>& from,
                                                const std::optional<crypto::Checkpoint>& to) {
          audit::Material material;
          const bool done = errands_.run([&] { material = collect_material(open_, from, to); });
          if (!done) throw Closed();
          return material;
        });
    return errands_.run([&] { watch_.take(round); });
  } catch (const Closed&) {
    return false;
  }
}

// False when it is time to stop.
bool WitnessThread::pause(steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_until(lock, until, [this] { return is_stopping_; });
}

}  // namespace sspf
