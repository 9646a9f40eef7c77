// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string>

namespace sspf::net {

// What limits for each address count as one: an IPv4 address, also in its mapped form, or an IPv6
// /64, since one subscriber has all of it. Bytes, not text.
std::string source_of(const boost::asio::ip::address& address);

}  // namespace sspf::net
