// SPDX-License-Identifier: Apache-2.0
//
// The queue to the store, and the caps on connections, without a socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "server/base/limits.h"
#include "server/net/connection_limits.h"
#include "server/net/store_thread.h"
#include "tests/support/gate.h"
#include "tests/support/net_server.h"

namespace sspf::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

HttpRequest request_named(const std::string& path) {
  HttpRequest request;
  request.path = path;
  return request;
}

// What happened, in order; written by the store thread.
class Diary {
 public:
  void write(const std::string& entry) {
    const std::lock_guard lock(mutex_);
    entries_.push_back(entry);
  }
  std::vector<std::string> entries() {
    const std::lock_guard lock(mutex_);
    return entries_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> entries_;
};

class StoreThreadTest : public testing::Test {
 protected:
  net::StoreWork work() {
    net::StoreWork work;
    work.serve = [this](std::vector<HttpRequest>& requests) { return serve(requests); };
    work.on_idle = [] {};
    work.idle_every = 1h;
    work.on_fatal = [this](const std::exception_ptr&) { diary_.write("fatal"); };
    return work;
  }

  Reply reply(const std::string& name) {
    return [this, name](const HttpResponse& response) {
      diary_.write("reply " + name + " " + response.body);
    };
  }

  // The first batch waits at the gate, so that what comes meanwhile becomes one batch.
  std::vector<HttpResponse> serve(std::vector<HttpRequest>& requests) {
    std::string batch = "batch";
    std::vector<HttpResponse> responses;
    for (const HttpRequest& request : requests) {
      batch += " " + request.path;
      responses.emplace_back().body = "to " + request.path;
    }
    diary_.write(batch);
    batch_sizes_.push_back(requests.size());
    gate_.pass();
    if (requests.front().path == "fails") throw std::runtime_error("disk");
    return responses;
  }

  Diary diary_;
  Gate gate_;
  std::vector<std::size_t> batch_sizes_;  // of the store thread until it has stopped
};

TEST_F(StoreThreadTest, WhatWaitsBecomesOneBatchAndIsRepliedToInOrder) {
  net::StoreThread thread(work());
  ASSERT_TRUE(thread.submit(request_named("a"), reply("a")));
  gate_.wait_for_arrival();
  for (const std::string name : {"b", "c", "d"}) {
    ASSERT_TRUE(thread.submit(request_named(name), reply(name)));
  }
  gate_.open();
  thread.stop();
  EXPECT_THAT(diary_.entries(), ElementsAre("batch a", "reply a to a", "batch b c d",
                                            "reply b to b", "reply c to c", "reply d to d"));
}

TEST_F(StoreThreadTest, QueueTakesItsLimitAndNotOneMore) {
  net::StoreThread thread(work());
  ASSERT_TRUE(thread.submit(request_named("first"), reply("first")));
  gate_.wait_for_arrival();
  std::atomic<std::size_t> replies{0};
  const Reply count = [&replies](const HttpResponse&) { ++replies; };
  for (std::size_t i = 0; i < limits::queued_calls_max; ++i) {
    ASSERT_TRUE(thread.submit(request_named("x"), count));
  }
  EXPECT_FALSE(thread.submit(request_named("x"), count));
  gate_.open();
  thread.stop();
  EXPECT_EQ(replies, limits::queued_calls_max);
  EXPECT_EQ(batch_sizes_.size(), 1 + (limits::queued_calls_max + limits::calls_per_batch_max - 1) /
                                         limits::calls_per_batch_max);
  for (std::size_t i = 1; i < batch_sizes_.size(); ++i) {
    EXPECT_LE(batch_sizes_[i], limits::calls_per_batch_max);
  }
}

TEST_F(StoreThreadTest, StopFinishesWhatWaitsAndTakesNoMore) {
  net::StoreThread thread(work());
  ASSERT_TRUE(thread.submit(request_named("a"), reply("a")));
  gate_.wait_for_arrival();
  ASSERT_TRUE(thread.submit(request_named("b"), reply("b")));
  std::thread stopper([&thread] { thread.stop(); });
  const Reply ignore = [](const HttpResponse&) {};
  EXPECT_TRUE(eventually([&] { return !thread.submit(request_named("c"), ignore); }));
  gate_.open();
  stopper.join();
  thread.stop();
  EXPECT_EQ(diary_.entries().back(), "reply b to b");
}

TEST_F(StoreThreadTest, FailedBatchIsFatalAndRepliedToByNobody) {
  net::StoreThread thread(work());
  ASSERT_TRUE(thread.submit(request_named("fails"), reply("fails")));
  gate_.wait_for_arrival();
  ASSERT_TRUE(thread.submit(request_named("behind"), reply("behind")));
  gate_.open();
  EXPECT_TRUE(eventually([&] { return diary_.entries().back() == "fatal"; }));
  EXPECT_FALSE(thread.submit(request_named("later"), reply("later")));
  thread.stop();
  EXPECT_THAT(diary_.entries(), ElementsAre("batch fails", "fatal"));
}

TEST_F(StoreThreadTest, FailedHousekeepingIsFatal) {
  net::StoreWork failing = work();
  failing.idle_every = 1ms;
  failing.on_idle = [] { throw std::runtime_error("disk"); };
  net::StoreThread thread(failing);
  EXPECT_TRUE(eventually([&] { return diary_.entries() == std::vector<std::string>{"fatal"}; }));
}

TEST_F(StoreThreadTest, HousekeepingComesWhenIdle) {
  std::atomic<int> count{0};
  net::StoreWork often = work();
  often.idle_every = 5ms;
  often.on_idle = [&count] { ++count; };
  net::StoreThread thread(often);
  EXPECT_TRUE(eventually([&] { return count >= 3; }));
}

TEST_F(StoreThreadTest, HousekeepingComesBetweenBatchesToo) {
  gate_.open();
  std::atomic<int> count{0};
  net::StoreWork often = work();
  often.idle_every = 5ms;
  often.on_idle = [&count] { ++count; };
  net::StoreThread thread(often);
  // Each reply submits the next call, so the queue is never empty when a batch ends.
  std::atomic<bool> is_enough{false};
  Reply again = [&](const HttpResponse&) {
    if (!is_enough) thread.submit(request_named("x"), again);
  };
  ASSERT_TRUE(thread.submit(request_named("x"), again));
  ASSERT_TRUE(thread.submit(request_named("x"), again));
  EXPECT_TRUE(eventually([&] { return count >= 3; }));
  is_enough = true;
  thread.stop();
}

TEST(ConnectionLimits, AnIpv6NetworkCountsAsOneAddress) {
  net::NetCounters counters;
  net::ConnectionLimits limits({.connections_per_address_max = 1}, counters);
  const auto enter = [&limits](const char* address) {
    return limits.enter(boost::asio::ip::make_address(address));
  };
  const auto first = enter("2001:db8:0:1::1");
  EXPECT_TRUE(first.has_value());
  EXPECT_FALSE(enter("2001:db8:0:1:ffff::2").has_value());
  EXPECT_TRUE(enter("2001:db8:0:2::1").has_value());
  const auto mapped = enter("::ffff:192.0.2.1");
  EXPECT_TRUE(mapped.has_value());
  EXPECT_FALSE(enter("192.0.2.1").has_value());
  EXPECT_TRUE(enter("::ffff:192.0.2.2").has_value());
  EXPECT_EQ(counters.connections_open, 2);
  EXPECT_EQ(counters.connections_refused, 2U);
}

}  // namespace
}  // namespace sspf::test
