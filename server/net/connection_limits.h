// SPDX-License-Identifier: Apache-2.0
//
// How many connections are open, in all and per address. Used by the network thread only.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "server/net/counters.h"
#include "server/net/net_limits.h"

namespace sspf::net {

class ConnectionLimits;

// One open connection's place under the caps; giving it up is its destruction.
class ConnectionSlot {
 public:
  ConnectionSlot(ConnectionSlot&& other) noexcept;
  ConnectionSlot& operator=(ConnectionSlot&& other) = delete;
  ConnectionSlot(const ConnectionSlot&) = delete;
  ConnectionSlot& operator=(const ConnectionSlot&) = delete;
  ~ConnectionSlot();

 private:
  friend class ConnectionLimits;
  ConnectionSlot(ConnectionLimits& limits, std::string source);

  ConnectionLimits* limits_;  // null when moved from
  std::string source_;
};

class ConnectionLimits {
 public:
  ConnectionLimits(const NetLimits& limits, NetCounters& counters);

  // Nothing when a cap is reached; the refusal is counted. The slot must not outlive this object.
  std::optional<ConnectionSlot> enter(const boost::asio::ip::address& address);

 private:
  friend class ConnectionSlot;
  void leave(const std::string& source);

  const std::size_t connections_max_;
  const std::size_t connections_per_address_max_;
  NetCounters& counters_;
  std::size_t open_ = 0;
  std::map<std::string, std::size_t> open_by_source_;
};

}  // namespace sspf::net
