// SPDX-License-Identifier: Apache-2.0
#include "server/net/store_thread.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "server/base/ensure.h"
#include "server/net/refusals.h"

namespace sspf::net {

StoreThread::StoreThread(StoreWork work) : work_(std::move(work)), thread_([this] { run(); }) {}

StoreThread::~StoreThread() { stop(); }

bool StoreThread::submit(HttpRequest request, Reply reply) {
  {
    const std::lock_guard lock(mutex_);
    if (!is_accepting_ || queue_.size() >= work_.queued_calls_max) return false;
    queue_.push_back({std::move(request), std::move(reply)});
  }
  changed_.notify_one();
  return true;
}

void StoreThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_accepting_ = false;
  }
  changed_.notify_one();
  const std::lock_guard lock(joining_);
  if (thread_.joinable()) thread_.join();
}

void StoreThread::run() {
  try {
    run_until_stopped();
  } catch (...) {
    {
      const std::lock_guard lock(mutex_);
      is_accepting_ = false;
      queue_.clear();
    }
    work_.on_fatal(std::current_exception());
  }
}

void StoreThread::run_until_stopped() {
  auto idle_due = Clock::now() + work_.idle_every;
  while (wait_for_work(idle_due)) {
    serve(take_batch());
    if (Clock::now() < idle_due) continue;
    work_.on_idle();
    idle_due = Clock::now() + work_.idle_every;
  }
}

// False when there is nothing left to do: stopping, and no call waits.
bool StoreThread::wait_for_work(Clock::time_point idle_due) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, idle_due, [this] { return !queue_.empty() || !is_accepting_; });
  return !queue_.empty() || is_accepting_;
}

std::vector<StoreThread::Call> StoreThread::take_batch() {
  const std::lock_guard lock(mutex_);
  const auto count = std::min(queue_.size(), work_.calls_per_batch_max);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Call> batch(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return batch;
}

void StoreThread::serve(std::vector<Call> batch) {
  if (batch.empty()) return;
  std::vector<HttpRequest> requests;
  requests.reserve(batch.size());
  for (Call& call : batch) requests.push_back(std::move(call.request));
  std::vector<HttpResponse> responses = work_.serve(requests);
  ENSURE(responses.size() == batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) batch[i].reply(std::move(responses[i]));
}

Serve serve_through(StoreThread& thread) {
  return [&thread](HttpRequest request, const Reply& reply) {
    if (!thread.submit(std::move(request), reply)) reply(overloaded());
  };
}

}  // namespace sspf::net
