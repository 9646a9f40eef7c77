// SPDX-License-Identifier: Apache-2.0
//
// The hop to the one thread that owns the database, and its bounded queue. All calls that wait when
// the thread becomes free go to it as one batch, so that they share one commit; nothing waits on a
// timer for a batch to fill.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "server/base/http.h"
#include "server/base/limits.h"

namespace sspf::net {

// One response for each request, in the same order; it may move from the requests. When it throws,
// whether the batch was stored is not known.
using BatchServe = std::function<std::vector<HttpResponse>(std::vector<HttpRequest>&)>;

struct StoreWork {
  BatchServe serve;
  std::function<void()> on_idle;         // housekeeping, on the same thread
  std::chrono::milliseconds idle_every;  // on_idle is due this long after it last ended
  // The last thing that the thread does, after `serve` or `on_idle` threw. No call of that batch,
  // or behind it, is answered.
  std::function<void(std::exception_ptr)> on_fatal;
  std::size_t queued_calls_max = limits::queued_calls_max;
  std::size_t calls_per_batch_max = limits::calls_per_batch_max;
};

class StoreThread {
 public:
  explicit StoreThread(StoreWork work);
  StoreThread(const StoreThread&) = delete;
  StoreThread& operator=(const StoreThread&) = delete;
  ~StoreThread();  // stops

  // From any thread. False when the queue is full or the thread is stopping: `reply` is then never
  // called. Else it is called once, on the store thread, after the whole batch is served.
  bool submit(HttpRequest request, Reply reply);

  // Takes no more calls, finishes those that wait, and ends. Not from the store thread itself.
  void stop();

 private:
  struct Call {
    HttpRequest request;
    Reply reply;
  };
  using Clock = std::chrono::steady_clock;

  void run();
  void run_until_stopped();
  bool wait_for_work(Clock::time_point idle_due);
  std::vector<Call> take_batch();
  void serve(std::vector<Call> batch);

  const StoreWork work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Call> queue_;    // guarded by mutex_
  bool is_accepting_ = true;  // guarded by mutex_
  std::mutex joining_;        // stop() may be called by several threads
  std::thread thread_;        // last: it uses all of the above
};

// Submits each call, and answers `unavailable` at once when the queue does not take it. The thread
// must outlive the function.
Serve serve_through(StoreThread& thread);

}  // namespace sspf::net
