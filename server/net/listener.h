// SPDX-License-Identifier: Apache-2.0
//
// The network side as a whole: TLS listeners for calls, and a plain one on loopback for whoever
// watches over the server. Everything runs on the thread that calls run().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/http.h"
#include "server/net/counters.h"
#include "server/net/net_limits.h"
#include "server/net/tls.h"

namespace sspf::net {

struct Endpoint {
  std::string address;     // numeric
  std::uint16_t port = 0;  // 0: any free one
};

struct ServerSettings {
  std::vector<Endpoint> endpoints;  // TLS
  std::optional<Endpoint> admin;    // plain HTTP, loopback only
  NetLimits limits{};
};

struct AdminAnswer {
  int status = 200;
  std::string content_type;
  std::string body;
};

// Asked for "/livez", "/readyz" and "/metrics", on the network thread, so it must be quick.
using AdminServe = std::function<AdminAnswer(std::string_view path)>;

struct Services {
  Serve serve;
  AdminServe admin;
};

class Server {
 public:
  // Binds everything; nothing is accepted before run(). Throws std::runtime_error when an address
  // cannot be bound, when the admin address is not loopback, or for wrong TLS material.
  Server(const ServerSettings& settings, const TlsMaterial& tls, Services services,
         NetCounters& counters);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  // Not while run() runs. Replies that come later are dropped.
  ~Server();

  std::vector<std::uint16_t> ports() const;  // as bound, in the order of the endpoints
  std::uint16_t admin_port() const;          // only when there is an admin endpoint

  // Serves until stop(). Once.
  void run();

  // From any thread, at any time, repeatedly; not from a signal handler. Closes the listeners and
  // the idle connections at once; run() returns when the running calls are answered, or when
  // limits.shutdown_time_max has passed.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sspf::net
