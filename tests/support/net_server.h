// SPDX-License-Identifier: Apache-2.0
//
// The network side of the server on a free port of 127.0.0.1, with a stand-in for the calls behind
// a real StoreThread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "server/base/http.h"
#include "server/net/listener.h"
#include "server/net/store_thread.h"
#include "tests/support/test_authority.h"
#include "tests/support/tls_client.h"

namespace sspf::test {

using Answer = std::function<HttpResponse(const HttpRequest&)>;

// 200, with the request's body.
HttpResponse echo(const HttpRequest& request);

struct NetServerSettings {
  net::NetLimits limits{};
  Answer answer = echo;
  std::size_t queued_calls_max = limits::queued_calls_max;
};

class NetServer {
 public:
  explicit NetServer(const NetServerSettings& settings);
  NetServer(const NetServer&) = delete;
  NetServer& operator=(const NetServer&) = delete;
  ~NetServer();

  std::uint16_t port() const { return server_->ports().front(); }
  std::uint16_t admin_port() const { return server_->admin_port(); }
  const TestAuthority& authority() const { return authority_; }
  const net::NetCounters& counters() const { return counters_; }
  TlsClientSettings client() const;  // without a certificate

  void stop() { server_->stop(); }
  void wait_until_stopped();

 private:
  TestAuthority authority_;
  net::NetCounters counters_;
  net::StoreThread store_;
  std::optional<net::Server> server_;
  std::thread network_;
};

// True as soon as `condition` is; false when it still is not after ten seconds.
bool eventually(const std::function<bool()>& condition);

// "POST /sspf.v1.TestService/Echo" with this body.
std::string post(const std::string& body);

}  // namespace sspf::test
