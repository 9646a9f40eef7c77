// SPDX-License-Identifier: Apache-2.0
#include "server/net/connection_limits.h"

#include <utility>

#include "server/base/ensure.h"

namespace sspf::net {
namespace {

// What counts as one address: an IPv4 address, also in its mapped form, or an IPv6 /64, since one
// subscriber has all of it.
std::string source_of(const boost::asio::ip::address& address) {
  if (address.is_v4()) {
    const auto bytes = address.to_v4().to_bytes();
    return {bytes.begin(), bytes.end()};
  }
  const auto bytes = address.to_v6().to_bytes();
  if (address.to_v6().is_v4_mapped()) return {bytes.begin() + 12, bytes.end()};
  return {bytes.begin(), bytes.begin() + 8};
}

}  // namespace

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
