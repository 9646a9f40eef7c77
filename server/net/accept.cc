// SPDX-License-Identifier: Apache-2.0
#include "server/net/accept.h"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

namespace sspf::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds pause_after_failure{100};

}  // namespace

tcp::acceptor listen_on(asio::io_context& network, const Endpoint& endpoint) {
  error_code error;
  const auto address = asio::ip::make_address(endpoint.address, error);
  if (error) throw std::runtime_error("not a numeric address: " + endpoint.address);
  const tcp::endpoint place(address, endpoint.port);
  try {
    tcp::acceptor acceptor(network);
    acceptor.open(place.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    if (address.is_v6()) acceptor.set_option(asio::ip::v6_only(true));
    acceptor.bind(place);
    acceptor.listen(tcp::acceptor::max_listen_connections);
    return acceptor;
  } catch (const boost::system::system_error& failure) {
    throw std::runtime_error("cannot listen on " + endpoint.address + " port " +
                             std::to_string(endpoint.port) + ": " + failure.code().message());
  }
}

namespace {

// Whatever goes wrong with one connection must not end the loop that accepts the others.
void admit(tcp::socket socket, const OnConnection& on_connection, NetCounters& counters) {
  try {
    on_connection(std::move(socket));
  } catch (const std::exception&) {
    ++counters.accepts_failed;
  }
}

}  // namespace

asio::awaitable<void> accept_connections(tcp::acceptor& acceptor, const OnConnection& on_connection,
                                         NetCounters& counters) {
  asio::steady_timer pause(acceptor.get_executor());
  while (acceptor.is_open()) {
    error_code error;
    tcp::socket socket =
        co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      admit(std::move(socket), on_connection, counters);
      continue;
    }
    if (error == asio::error::operation_aborted || error == asio::error::connection_aborted) {
      continue;
    }
    ++counters.accepts_failed;
    pause.expires_after(pause_after_failure);
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
}

}  // namespace sspf::net
