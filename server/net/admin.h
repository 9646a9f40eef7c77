// SPDX-License-Identifier: Apache-2.0
//
// The admin listener's one exchange: plain HTTP on loopback, for probes and metrics. It never
// reaches a call.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/net/connection_limits.h"
#include "server/net/listener.h"
#include "server/net/net_limits.h"

namespace sspf::net {

struct AdminSurroundings {
  const NetLimits& limits;
  const AdminServe& serve;
};

// One request, one answer, and the connection closes. What `around` refers to outlives it.
boost::asio::awaitable<void> serve_admin(boost::asio::ip::tcp::socket socket, ConnectionSlot slot,
                                         AdminSurroundings around);

}  // namespace sspf::net
