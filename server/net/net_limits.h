// SPDX-License-Identifier: Apache-2.0
//
// The limits that a test lowers, because it can neither wait a minute nor open four thousand
// connections. The server itself takes them as they stand in base/limits.h.
#pragma once

#include <chrono>
#include <cstddef>

#include "server/base/limits.h"

namespace sspf::net {

struct NetLimits {
  std::size_t connections_max = limits::connections_max;
  std::size_t connections_per_address_max = limits::connections_per_address_max;
  std::size_t requests_per_connection_max = limits::requests_per_connection_max;
  std::chrono::milliseconds handshake_time_max = limits::handshake_time_max;
  std::chrono::milliseconds header_time_max = limits::header_time_max;
  std::chrono::milliseconds body_time_max = limits::body_time_max;
  std::chrono::milliseconds write_time_max = limits::write_time_max;
  std::chrono::milliseconds idle_time_max = limits::idle_time_max;
  std::chrono::milliseconds shutdown_time_max = limits::shutdown_time_max;
};

}  // namespace sspf::net
