// SPDX-License-Identifier: Apache-2.0
//
// The admin listener: three paths, loopback only, and no way to a call.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "server/base/limits.h"
#include "tests/support/net_server.h"

namespace sspf::test {
namespace {

std::string answer_to(const NetServer& server, const std::string& request) {
  TcpClient client(server.admin_port(), "127.0.0.1");
  client.send(request);
  std::string answer = client.read_to_end();
  EXPECT_NE(client.ending(), Ending::none);
  return answer;
}

std::string get(const std::string& path) { return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"; }

TEST(NetAdmin, AnswersItsThreePaths) {
  NetServer server({});
  for (const std::string path : {"/livez", "/metrics"}) {
    const std::string answer = answer_to(server, get(path));
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n" + path)) << answer;
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
  }
  EXPECT_TRUE(answer_to(server, get("/readyz")).starts_with("HTTP/1.1 503 "));
}

TEST(NetAdmin, AnythingElseIsRefused) {
  NetServer server({});
  for (const std::string path : {"/", "/livez/", "/livez?x", "/sspf.v1.TestService/Echo", "*"}) {
    EXPECT_TRUE(answer_to(server, get(path)).starts_with("HTTP/1.1 404 ")) << path;
  }
  for (const std::string method : {"POST", "HEAD", "PUT", "DELETE", "OPTIONS", "get"}) {
    const std::string answer = answer_to(server, method + " /livez HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 405 ")) << method;
    EXPECT_NE(answer.find("Allow: GET\r\n"), std::string::npos);
  }
  EXPECT_EQ(answer_to(server, "hello\r\n\r\n"), "");
  EXPECT_EQ(answer_to(server, get("/" + std::string(limits::header_bytes_max, 'x'))), "");
  EXPECT_EQ(server.counters().requests, 0U);
}

TEST(NetAdmin, SlowClientIsClosed) {
  NetServer server({.limits = {.header_time_max = std::chrono::milliseconds(200)}});
  EXPECT_EQ(answer_to(server, "GET /li"), "");
}

net::ServerSettings bound_to(const net::Endpoint& endpoint, const net::Endpoint& admin) {
  return {{endpoint}, admin, {}};
}

TEST(NetAdmin, RefusesAddressesThatAreNotLoopback) {
  const TestAuthority authority;
  net::NetCounters counters;
  const net::Endpoint any{"127.0.0.1", 0};
  const auto start = [&](const net::ServerSettings& settings) {
    const net::Server server(settings, authority.server_material(), {}, counters);
  };
  for (const std::string address : {"0.0.0.0", "::", "192.0.2.1", "localhost", ""}) {
    EXPECT_THROW(start(bound_to(any, {address, 0})), std::runtime_error) << address;
  }
  EXPECT_NO_THROW(start(bound_to(any, any)));
}

TEST(NetAdmin, AddressThatCannotBeBoundStopsTheStart) {
  const NetServer taken({});
  const TestAuthority authority;
  net::NetCounters counters;
  const auto start = [&](const net::Endpoint& endpoint) {
    const net::Server server({{endpoint}, std::nullopt, {}}, authority.server_material(), {},
                             counters);
  };
  EXPECT_THROW(start({"127.0.0.1", taken.port()}), std::runtime_error);
  EXPECT_THROW(start({"example.org", 0}), std::runtime_error);
}

}  // namespace
}  // namespace sspf::test
