// SPDX-License-Identifier: Apache-2.0
//
// Streams: each piece passes through the whole path again, and a stream that cannot end as it
// should ends visibly.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

#include "tests/support/gate.h"
#include "tests/support/net_server.h"

namespace sspf::test {
namespace {

using namespace std::chrono_literals;

HttpResponse piece(const std::string& body, const std::string& next_cursor) {
  HttpResponse response;
  response.content_type = "application/connect+proto";
  response.body = body;
  response.is_stream = true;
  response.next_cursor = next_cursor;
  return response;
}

// Pieces "0", "1", ... as many as the request's body says.
HttpResponse count_up(const HttpRequest& request) {
  const int index = request.stream_cursor.empty() ? 0 : std::stoi(request.stream_cursor);
  const int count = std::stoi(request.body);
  return piece(std::to_string(index), index + 1 < count ? std::to_string(index + 1) : "");
}

TEST(NetStream, PiecesComeAsChunksAndTheConnectionStays) {
  NetServer server({.answer = count_up});
  TlsClient client(server.client());
  for (const std::string count : {"1", "2", "5"}) {
    ASSERT_TRUE(client.send(post(count)));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->headers.at("content-type"), "application/connect+proto");
    EXPECT_FALSE(answer->headers.contains("content-length"));
    EXPECT_EQ(answer->chunks.size(), std::stoul(count));
    EXPECT_EQ(answer->body, std::string("01234").substr(0, std::stoul(count)));
  }
  EXPECT_EQ(server.counters().requests, 3U);
  EXPECT_EQ(server.counters().streams_broken, 0U);
}

TEST(NetStream, EveryPieceIsAskedForWithTheWholeRequest) {
  std::vector<HttpRequest> seen;
  NetServer server({.answer = [&seen](const HttpRequest& request) {
    seen.push_back(request);
    return count_up(request);
  }});
  TlsClientSettings settings = server.client();
  settings.identity = server.authority().client();
  TlsClient client(settings);
  ASSERT_TRUE(client.send(post("3")));
  ASSERT_TRUE(client.read_answer().has_value());
  ASSERT_EQ(seen.size(), 3U);
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_EQ(seen[i].body, "3");
    EXPECT_EQ(seen[i].path, "/sspf.v1.TestService/Echo");
    EXPECT_EQ(seen[i].peer_address, "127.0.0.1");
    EXPECT_TRUE(seen[i].certificate.has_value());
    EXPECT_EQ(seen[i].stream_cursor, i == 0 ? "" : std::to_string(i));
  }
}

TEST(NetStream, EmptyPieceDoesNotEndIt) {
  NetServer server({.answer = [](const HttpRequest& request) {
    if (request.stream_cursor.empty()) return piece("", "1");
    if (request.stream_cursor == "1") return piece("", "2");
    if (request.stream_cursor == "2") return piece("x", "3");
    return piece("", "");
  }});
  TlsClient client(server.client());
  ASSERT_TRUE(client.send(post("")));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->chunks, std::vector<std::string>{"x"});
}

TEST(NetStream, ConnectionCloseIsHonoured) {
  NetServer server({.answer = count_up});
  TlsClient client(server.client());
  ASSERT_TRUE(client.send(
      "POST /a HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 1\r\n\r\n3"));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->headers.at("connection"), "close");
  EXPECT_EQ(answer->body, "012");
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(client.ending(), Ending::clean);
}

TEST(NetStream, PieceThatFailsLeavesTheBodyWithoutItsEnd) {
  NetServer server({.answer = [](const HttpRequest& request) {
    if (request.stream_cursor.empty()) return piece("secret-free", "1");
    HttpResponse failure;
    failure.status = 503;
    failure.body = "must not be seen";
    return failure;
  }});
  TlsClient client(server.client());
  ASSERT_TRUE(client.send(post("")));
  EXPECT_FALSE(client.read_answer().has_value());
  EXPECT_EQ(client.ending(), Ending::reset);  // not a clean end of the TLS connection either
  EXPECT_EQ(client.read_to_end().find("must not be seen"), std::string::npos);
  EXPECT_TRUE(eventually([&] { return server.counters().streams_broken == 1; }));
}

TEST(NetStream, ClientThatDisappearsEndsIt) {
  std::atomic<int> pieces{0};
  NetServer server({.answer = [&pieces](const HttpRequest&) {
    ++pieces;
    return piece(std::string(1024, 'a'), "more");
  }});
  TlsClient client(server.client());
  ASSERT_TRUE(client.send(post("")));
  ASSERT_TRUE(eventually([&] { return pieces > 10; }));
  client.disappear();
  ASSERT_TRUE(eventually([&] { return server.counters().streams_broken == 1; }));
  EXPECT_TRUE(eventually([&] { return server.counters().connections_open == 0; }));
  const int before = pieces;
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(pieces, before);
}

TEST(NetStream, ClientThatStopsReadingEndsIt) {
  NetServer server({.limits = {.write_time_max = 300ms}, .answer = [](const HttpRequest&) {
                      return piece(std::string(256UL * 1024, 'a'), "more");
                    }});
  TlsClient client(server.client());
  ASSERT_TRUE(client.send(post("")));
  ASSERT_TRUE(eventually([&] { return server.counters().streams_broken == 1; }));
  EXPECT_EQ(server.counters().connections_timed_out, 1U);
}

TEST(NetStream, ClientThatDisappearsBeforeItsAnswerEndsOnlyItsOwnConnection) {
  Gate gate;
  NetServer server({.answer = [&gate](const HttpRequest& request) {
    gate.pass();
    return echo(request);
  }});
  const OpensAtEnd opens_at_end(gate);
  TlsClient gone(server.client());
  TlsClient stays(server.client());
  ASSERT_TRUE(gone.send(post("x")));
  gate.wait_for_arrival();
  ASSERT_TRUE(stays.send(post("y")));
  gone.disappear();
  gate.open();
  const auto answer = stays.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body, "y");
  EXPECT_TRUE(eventually([&] { return server.counters().connections_open == 1; }));
}

}  // namespace
}  // namespace sspf::test
