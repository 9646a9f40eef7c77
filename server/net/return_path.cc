// SPDX-License-Identifier: Apache-2.0
#include "server/net/return_path.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

namespace sspf::net {

namespace asio = boost::asio;

PendingAnswer::PendingAnswer(const asio::any_io_executor& executor)
    : arrived_(executor, asio::steady_timer::time_point::max()) {}

asio::awaitable<HttpResponse> PendingAnswer::wait() {
  while (!response_) {
    co_await arrived_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  co_return std::move(*response_);
}

void PendingAnswer::arrive(HttpResponse response) {
  response_ = std::move(response);
  arrived_.cancel();
}

ReturnPath::ReturnPath(asio::io_context& network) : network_(&network) {}

void ReturnPath::deliver(std::weak_ptr<PendingAnswer> waiting, HttpResponse response) {
  const std::lock_guard lock(mutex_);
  if (network_ == nullptr) return;
  asio::post(*network_, [waiting = std::move(waiting), response = std::move(response)]() mutable {
    if (const auto answer = waiting.lock()) answer->arrive(std::move(response));
  });
}

void ReturnPath::close() {
  const std::lock_guard lock(mutex_);
  network_ = nullptr;
}

Reply reply_to(std::shared_ptr<ReturnPath> path, std::weak_ptr<PendingAnswer> waiting) {
  return [path = std::move(path), waiting = std::move(waiting)](HttpResponse response) {
    path->deliver(waiting, std::move(response));
  };
}

}  // namespace sspf::net
