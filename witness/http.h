// SPDX-License-Identifier: Apache-2.0
//
// A small HTTP/1.1 server for short requests: every limit bounded, one thread, and one request
// handled at a time. With TLS, or plain on a loopback address.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "crypto/secret.h"
#include "server/base/http.h"
#include "server/net/net_limits.h"

namespace sspf::witness {

struct HttpSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  std::string certificate_chain_pem;  // both empty: plain
  std::optional<crypto::Secret> private_key_pem;
  std::size_t body_bytes_max = 0;
  net::NetLimits limits{};
};

// Answers a POST; path and body alone are set.
using Handle = std::function<HttpResponse(const HttpRequest&)>;

class HttpServer {
 public:
  // Throws std::runtime_error when the address cannot be bound, when it is not loopback and there
  // is no TLS, or for wrong TLS material.
  HttpServer(HttpSettings settings, Handle handle);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;
  void run();   // until stop(); what `handle` throws comes out here
  void stop();  // from any thread; open connections are closed

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sspf::witness
