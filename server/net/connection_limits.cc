// SPDX-License-Identifier: Apache-2.0
#include "server/net/connection_limits.h"

#include <utility>

#include "server/base/ensure.h"
#include "server/net/source.h"

namespace sspf::net {

ConnectionSlot::ConnectionSlot(ConnectionLimits& limits, std::string source)
    : limits_(&limits), source_(std::move(source)) {}

ConnectionSlot::ConnectionSlot(ConnectionSlot&& other) noexcept
    : limits_(std::exchange(other.limits_, nullptr)), source_(std::move(other.source_)) {}

ConnectionSlot::~ConnectionSlot() {
  if (limits_ != nullptr) limits_->leave(source_);
}

ConnectionLimits::ConnectionLimits(const NetLimits& limits, NetCounters& counters)
    : connections_max_(limits.connections_max),
      connections_per_address_max_(limits.connections_per_address_max),
      counters_(counters) {}

std::optional<ConnectionSlot> ConnectionLimits::enter(const boost::asio::ip::address& address) {
  std::string source = source_of(address);
  const auto known = open_by_source_.find(source);
  const std::size_t open_here = known == open_by_source_.end() ? 0 : known->second;
  if (open_ >= connections_max_ || open_here >= connections_per_address_max_) {
    ++counters_.connections_refused;
    return std::nullopt;
  }
  ++open_;
  ++open_by_source_[source];
  ++counters_.connections_open;
  return ConnectionSlot(*this, std::move(source));
}

void ConnectionLimits::leave(const std::string& source) {
  const auto known = open_by_source_.find(source);
  ENSURE(known != open_by_source_.end() && open_ > 0);
  --open_;
  --counters_.connections_open;
  if (--known->second == 0) open_by_source_.erase(known);
}

}  // namespace sspf::net
