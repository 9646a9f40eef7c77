// SPDX-License-Identifier: Apache-2.0
//
// Limits of time and number, each exceeded over a real socket. Times are lowered so that a test
// does not wait a minute; what the server runs with is checked to be base/limits.h.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/base/limits.h"
#include "tests/support/gate.h"
#include "tests/support/net_server.h"

namespace sspf::test {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr auto short_time = 300ms;

// Long enough that only the lowered limit can have ended the connection.
constexpr auto long_before_default = 4s;

std::unique_ptr<TlsClient> connect(const NetServer& server) {
  return std::make_unique<TlsClient>(server.client());
}

bool answers(TlsClient& client) {
  client.send(post("x"));
  const auto answer = client.read_answer();
  return answer.has_value() && answer->status == 200;
}

TEST(NetLimits, AreThoseOfTheProgram) {
  const net::NetLimits limits;
  EXPECT_EQ(limits.connections_max, limits::connections_max);
  EXPECT_EQ(limits.connections_per_address_max, limits::connections_per_address_max);
  EXPECT_EQ(limits.requests_per_connection_max, limits::requests_per_connection_max);
  EXPECT_EQ(limits.handshake_time_max, limits::handshake_time_max);
  EXPECT_EQ(limits.header_time_max, limits::header_time_max);
  EXPECT_EQ(limits.body_time_max, limits::body_time_max);
  EXPECT_EQ(limits.write_time_max, limits::write_time_max);
  EXPECT_EQ(limits.idle_time_max, limits::idle_time_max);
  EXPECT_EQ(limits.shutdown_time_max, limits::shutdown_time_max);
}

TEST(NetLimits, OneConnectionMoreThanAnAddressMayHaveIsClosedAtOnce) {
  NetServer server({});
  std::vector<std::unique_ptr<TlsClient>> clients;
  for (std::size_t i = 0; i < limits::connections_per_address_max; ++i) {
    clients.push_back(connect(server));
    ASSERT_TRUE(clients.back()->is_established());
  }
  EXPECT_FALSE(connect(server)->is_established());
  EXPECT_EQ(server.counters().connections_refused, 1U);
  EXPECT_EQ(server.counters().connections_open,
            static_cast<std::int64_t>(limits::connections_per_address_max));

  TlsClientSettings elsewhere = server.client();
  elsewhere.source_address = "127.0.0.2";
  TlsClient other(elsewhere);
  EXPECT_TRUE(answers(other));

  clients.pop_back();
  EXPECT_TRUE(eventually([&] { return connect(server)->is_established(); }));
}

TEST(NetLimits, OneConnectionMoreThanTheServerTakesIsClosedAtOnce) {
  NetServer server({.limits = {.connections_max = 2}});
  const auto first = connect(server);
  auto second = connect(server);
  EXPECT_TRUE(first->is_established());
  EXPECT_TRUE(second->is_established());
  TlsClientSettings elsewhere = server.client();
  elsewhere.source_address = "127.0.0.2";
  EXPECT_FALSE(TlsClient(elsewhere).is_established());
  second.reset();
  EXPECT_TRUE(eventually([&] { return TlsClient(elsewhere).is_established(); }));
}

TEST(NetLimits, LastRequestOfAConnectionSaysSo) {
  NetServer server({});
  const auto client = connect(server);
  for (std::size_t i = 1; i <= limits::requests_per_connection_max; ++i) {
    ASSERT_TRUE(client->send(post("x")));
    const auto answer = client->read_answer();
    ASSERT_TRUE(answer.has_value()) << i;
    ASSERT_EQ(answer->status, 200);
    ASSERT_EQ(answer->headers.contains("connection"), i == limits::requests_per_connection_max)
        << i;
  }
  client->send(post("one more"));
  EXPECT_FALSE(client->read_answer().has_value());
  EXPECT_EQ(client->ending(), Ending::clean);
  EXPECT_EQ(server.counters().requests, limits::requests_per_connection_max);
}

TEST(NetLimits, ConnectionCloseIsHonoured) {
  NetServer server({});
  for (const std::string value : {"close", "Close", "keep-alive, close", "x, close"}) {
    SCOPED_TRACE(value);
    const auto client = connect(server);
    ASSERT_TRUE(client->send("POST /a HTTP/1.1\r\nHost: test\r\nConnection: " + value + "\r\n\r\n" +
                             post("never")));
    const auto answer = client->read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->headers.at("connection"), "close");
    EXPECT_EQ(client->read_to_end(), "");
    EXPECT_EQ(client->ending(), Ending::clean);
  }
  EXPECT_EQ(server.counters().requests, 4U);
}

TEST(NetLimits, ConnectionStaysOpenOtherwise) {
  NetServer server({});
  const auto client = connect(server);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client->send(post("x")));
    const auto answer = client->read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_FALSE(answer->headers.contains("connection"));
  }
  client->set_patience(short_time);
  EXPECT_EQ(client->read_to_end(), "");
  EXPECT_EQ(client->ending(), Ending::none);
}

TEST(NetLimits, StalledHandshakeIsClosed) {
  NetServer server({.limits = {.handshake_time_max = short_time}});
  for (const std::string bytes : {"", "\x16\x03\x01"}) {
    TcpClient client(server.port(), "127.0.0.1");
    const auto start = SteadyClock::now();
    EXPECT_TRUE(client.send(bytes));
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_NE(client.ending(), Ending::none);
    EXPECT_LT(SteadyClock::now() - start, long_before_default);
    EXPECT_GE(SteadyClock::now() - start, short_time - 50ms);
  }
  EXPECT_TRUE(eventually([&] { return server.counters().handshakes_failed == 2; }));
}

TEST(NetLimits, IdleConnectionIsClosed) {
  NetServer server({.limits = {.idle_time_max = short_time}});
  const auto fresh = connect(server);
  EXPECT_EQ(fresh->read_to_end(), "");
  EXPECT_NE(fresh->ending(), Ending::none);
  const auto used = connect(server);
  EXPECT_TRUE(answers(*used));
  EXPECT_EQ(used->read_to_end(), "");
  EXPECT_NE(used->ending(), Ending::none);
  EXPECT_TRUE(eventually([&] { return server.counters().connections_timed_out == 2; }));
}

// Sends a byte at a time, so that only an absolute deadline can end it; the time it took.
std::chrono::milliseconds drip(TlsClient& client, const std::string& text) {
  const auto start = SteadyClock::now();
  client.set_patience(20ms);
  for (std::size_t i = 0; SteadyClock::now() - start < long_before_default; ++i) {
    if (!client.send(text.substr(i % text.size(), 1))) break;
    client.read_to_end();
    if (client.ending() != Ending::none) break;
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - start);
}

TEST(NetLimits, SlowHeaderIsClosed) {
  NetServer server({.limits = {.header_time_max = short_time}});
  const auto client = connect(server);
  const auto took = drip(*client, "POST /" + std::string(1000, 'a'));
  EXPECT_LT(took, long_before_default);
  EXPECT_GE(took, short_time - 50ms);
  EXPECT_TRUE(eventually([&] { return server.counters().connections_timed_out == 1; }));
}

TEST(NetLimits, SlowBodyIsClosed) {
  NetServer server({.limits = {.body_time_max = short_time}});
  const auto client = connect(server);
  ASSERT_TRUE(client->send("POST /a HTTP/1.1\r\nHost: test\r\nContent-Length: 10000\r\n\r\n"));
  const auto took = drip(*client, "a");
  EXPECT_LT(took, long_before_default);
  EXPECT_GE(took, short_time - 50ms);
  EXPECT_TRUE(eventually([&] { return server.counters().connections_timed_out == 1; }));
  EXPECT_EQ(server.counters().requests, 0U);
}

TEST(NetLimits, ClientThatNeverReadsIsClosed) {
  NetServer server({.limits = {.write_time_max = short_time}, .answer = [](const HttpRequest&) {
                      HttpResponse response;
                      response.body = std::string(16UL * 1024 * 1024, 'a');
                      return response;
                    }});
  const auto client = connect(server);
  ASSERT_TRUE(client->send(post("x")));
  EXPECT_TRUE(eventually([&] { return server.counters().connections_timed_out == 1; }));
  EXPECT_TRUE(eventually([&] { return server.counters().connections_open == 0; }));
}

TEST(NetLimits, CallThatTheQueueDoesNotTakeIsUnavailable) {
  Gate gate;
  NetServer server({.answer =
                        [&gate](const HttpRequest& request) {
                          gate.pass();
                          return echo(request);
                        },
                    .queued_calls_max = 2});
  const OpensAtEnd opens_at_end(gate);
  std::vector<std::unique_ptr<TlsClient>> taken;
  for (int i = 0; i < 3; ++i) {  // one is served, two wait
    taken.push_back(connect(server));
    ASSERT_TRUE(taken.back()->send(post("x")));
    gate.wait_for_arrival();
  }
  ASSERT_TRUE(eventually([&] { return server.counters().requests == 3; }));
  const auto client = connect(server);
  ASSERT_TRUE(client->send(post("x")));
  auto answer = client->read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->headers.at("content-type"), "application/json");
  EXPECT_EQ(answer->body,
            "{\"code\":\"unavailable\",\"message\":\"Servern är upptagen. Försök igen om en stund. "
            "/ The server is busy. Try again in a while.\"}");
  gate.open();
  for (const auto& waiting : taken) EXPECT_TRUE(waiting->read_answer().has_value());
  EXPECT_TRUE(answers(*client));
}

// The compilers say it differently.
#if defined(__has_feature)
constexpr bool checks_addresses = __has_feature(address_sanitizer);
#elif defined(__SANITIZE_ADDRESS__)
constexpr bool checks_addresses = true;
#else
constexpr bool checks_addresses = false;
#endif

TEST(NetLimits, ServerWithoutDescriptorsWaitsInsteadOfSpinning) {
  if (checks_addresses) {
    GTEST_SKIP() << "the sanitizer's own check of types needs a descriptor, and there is none here";
  }
  NetServer server({});
  const auto established = connect(server);
  TcpClient waiting_later(server.port(), "127.0.0.1");  // its descriptor is taken beforehand
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_GE(descriptor, 0);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{static_cast<rlim_t>(3), before.rlim_max};
  ASSERT_TRUE(eventually([&] { return server.counters().connections_open == 2; }));
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  ASSERT_EQ(getpeername(waiting_later.descriptor(), reinterpret_cast<sockaddr*>(&address), &size),
            0);
  ASSERT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), size), 0);
  std::this_thread::sleep_for(1s);
  EXPECT_TRUE(answers(*established));
  const std::uint64_t failures = server.counters().accepts_failed;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_GE(failures, 1U);
  EXPECT_LE(failures, 20U);
  EXPECT_TRUE(eventually([&] { return server.counters().connections_open == 3; }));
  ::close(descriptor);
}

}  // namespace
}  // namespace sspf::test
