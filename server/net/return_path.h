// SPDX-License-Identifier: Apache-2.0
//
// The way back: an answer is given on the store thread and awaited on the network thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <mutex>
#include <optional>

#include "server/base/http.h"

namespace sspf::net {

// One answer that a session waits for. Touched on the network thread only.
class PendingAnswer {
 public:
  explicit PendingAnswer(const boost::asio::any_io_executor& executor);

  boost::asio::awaitable<HttpResponse> wait();
  void arrive(HttpResponse response);

 private:
  boost::asio::steady_timer arrived_;  // never expires; its cancellation is the event
  std::optional<HttpResponse> response_;
};

// Carries answers to the network thread, and drops them once that is gone: a server may be
// destroyed while the store still works on its last calls.
class ReturnPath {
 public:
  explicit ReturnPath(boost::asio::io_context& network);

  // From any thread. An answer that nobody awaits any more is dropped.
  void deliver(std::weak_ptr<PendingAnswer> waiting, HttpResponse response);
  void close();

 private:
  std::mutex mutex_;
  boost::asio::io_context* network_;  // guarded by mutex_; null when closed
};

// The Reply that a call is given.
Reply reply_to(std::shared_ptr<ReturnPath> path, std::weak_ptr<PendingAnswer> waiting);

}  // namespace sspf::net
