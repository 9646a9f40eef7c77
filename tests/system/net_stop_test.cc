// SPDX-License-Identifier: Apache-2.0
//
// Stopping: idle connections close at once, running calls are answered, nothing waits for ever.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/gate.h"
#include "tests/support/net_server.h"

namespace sspf::test {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

TEST(NetStop, IdleConnectionsCloseAtOnce) {
  NetServer server({});
  TlsClient fresh(server.client());
  TlsClient used(server.client());
  ASSERT_TRUE(used.send(post("x")));
  ASSERT_TRUE(used.read_answer().has_value());
  TlsClient halfway(server.client());
  ASSERT_TRUE(halfway.send("POST /a HT"));
  TcpClient silent(server.port(), "127.0.0.1");
  ASSERT_TRUE(eventually([&] { return server.counters().connections_open == 4; }));
  const auto start = SteadyClock::now();
  server.stop();
  EXPECT_EQ(fresh.read_to_end(), "");
  EXPECT_EQ(fresh.ending(), Ending::clean);
  EXPECT_EQ(used.read_to_end(), "");
  EXPECT_EQ(used.ending(), Ending::clean);
  EXPECT_EQ(halfway.read_to_end(), "");
  EXPECT_EQ(silent.read_to_end(), "");
  server.wait_until_stopped();
  EXPECT_LT(SteadyClock::now() - start, 2s);
  EXPECT_EQ(server.counters().connections_open, 0);
  EXPECT_FALSE(TlsClient(server.client()).is_established());
}

TEST(NetStop, RunningCallIsAnsweredAndThenItsConnectionCloses) {
  Gate gate;
  NetServer server({.answer = [&gate](const HttpRequest& request) {
    gate.pass();
    return echo(request);
  }});
  const OpensAtEnd opens_at_end(gate);
  TlsClient running(server.client());
  TlsClient idle(server.client());
  ASSERT_TRUE(running.send(post("finish me")));
  gate.wait_for_arrival();
  server.stop();
  EXPECT_EQ(idle.read_to_end(), "");  // closed while the call still runs
  EXPECT_EQ(idle.ending(), Ending::clean);
  gate.open();
  const auto answer = running.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body, "finish me");
  EXPECT_EQ(answer->headers.at("connection"), "close");
  EXPECT_EQ(running.read_to_end(), "");
  EXPECT_EQ(running.ending(), Ending::clean);
  server.wait_until_stopped();
}

TEST(NetStop, CallThatTakesTooLongIsLeft) {
  Gate gate;
  NetServer server(
      {.limits = {.shutdown_time_max = 300ms}, .answer = [&gate](const HttpRequest& request) {
         gate.pass();
         return echo(request);
       }});
  const OpensAtEnd opens_at_end(gate);
  TlsClient client(server.client());
  ASSERT_TRUE(client.send(post("x")));
  gate.wait_for_arrival();
  const auto start = SteadyClock::now();
  server.stop();
  server.wait_until_stopped();
  EXPECT_GE(SteadyClock::now() - start, 250ms);
  EXPECT_LT(SteadyClock::now() - start, 3s);
}

// A server whose calls are kept by the test, which replies when it likes.
class KeptReplies {
 public:
  Serve serve() {
    return [this](const HttpRequest&, Reply reply) {
      const std::lock_guard lock(mutex_);
      replies_.push_back(std::move(reply));
    };
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return replies_.size();
  }
  void reply_to_all() {
    const std::lock_guard lock(mutex_);
    for (const Reply& reply : replies_) reply({});
  }

 private:
  std::mutex mutex_;
  std::vector<Reply> replies_;
};

net::ServerSettings short_shutdown() {
  net::ServerSettings settings{{{"127.0.0.1", 0}}, std::nullopt, {}};
  settings.limits.shutdown_time_max = 50ms;
  return settings;
}

TEST(NetStop, ReplyAfterTheServerIsGoneIsDropped) {
  const TestAuthority authority;
  net::NetCounters counters;
  KeptReplies kept;
  std::optional<net::Server> server;
  server.emplace(short_shutdown(), authority.server_material(), net::Services{kept.serve(), {}},
                 counters);
  std::thread network([&server] { server->run(); });
  TlsClientSettings settings;
  settings.port = server->ports().front();
  TlsClient client(settings);
  EXPECT_TRUE(client.send(post("x")));
  EXPECT_TRUE(eventually([&] { return kept.count() == 1; }));
  server->stop();
  network.join();
  kept.reply_to_all();  // the loop has ended, the server is still there
  server.reset();
  kept.reply_to_all();
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(counters.connections_open, 0);
}

TEST(NetStop, StopBeforeRunEndsRun) {
  const TestAuthority authority;
  net::NetCounters counters;
  net::Server server({{{"127.0.0.1", 0}}, std::nullopt, {}}, authority.server_material(),
                     net::Services{[](const HttpRequest&, const Reply&) {}, {}}, counters);
  server.stop();
  server.stop();
  server.run();
  SUCCEED();
}

}  // namespace
}  // namespace sspf::test
