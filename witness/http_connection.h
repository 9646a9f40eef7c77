// SPDX-License-Identifier: Apache-2.0
//
// One connection of the small HTTP server, over any stream of bytes.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <chrono>
#include <functional>
#include <string>

#include "witness/http.h"

namespace sspf::witness {

// A TCP connection, with or without TLS around it.
struct ByteStream {
  // Zero bytes: it has ended.
  std::function<boost::asio::awaitable<std::size_t>(boost::asio::mutable_buffer)> read;
  std::function<boost::asio::awaitable<void>(const std::string&)> write;
  std::function<void(std::chrono::milliseconds)> expires_after;
};

struct HttpSurroundings {
  const net::NetLimits& limits;
  std::size_t body_bytes_max;
  const Handle& handle;
};

// Reads requests and answers them until the connection or its requests are over. Throws
// boost::system::system_error when the connection fails or is too slow, and what `handle` throws.
// What it is given outlives it.
boost::asio::awaitable<void> serve_connection(const ByteStream& stream,
                                              const HttpSurroundings& around);

}  // namespace sspf::witness
