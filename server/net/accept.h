// SPDX-License-Identifier: Apache-2.0
//
// Binding an address and accepting connections on it, for as long as the server lives.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>

#include "server/net/counters.h"
#include "server/net/listener.h"

namespace sspf::net {

using OnConnection = std::function<void(boost::asio::ip::tcp::socket)>;

// Throws std::runtime_error, which names the address, when it is not numeric or cannot be bound.
boost::asio::ip::tcp::acceptor listen_on(boost::asio::io_context& network,
                                         const Endpoint& endpoint);

// Until the acceptor is closed. When descriptors or memory run out it pauses instead of spinning:
// the connections that wait stay in the kernel's queue. The arguments outlive the coroutine.
boost::asio::awaitable<void> accept_connections(boost::asio::ip::tcp::acceptor& acceptor,
                                                const OnConnection& on_connection,
                                                NetCounters& counters);

}  // namespace sspf::net
