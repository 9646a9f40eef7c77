// SPDX-License-Identifier: Apache-2.0
//
// Bodies: their limits, their encodings on the wire, and what stands between two requests.
#include <gtest/gtest.h>

#include <string>

#include "server/base/limits.h"
#include "tests/support/answered.h"
#include "tests/support/net_server.h"

namespace sspf::test {
namespace {

std::string chunked_head(const std::string& content_type) {
  return "POST /a/B HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\nContent-Type: " +
         content_type + "\r\n\r\n";
}

std::string sized_head(std::size_t size, const std::string& content_type) {
  return "POST /a/B HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(size) +
         "\r\nContent-Type: " + content_type + "\r\n\r\n";
}

std::string chunk(const std::string& text) {
  std::array<char, 16> size{};
  std::snprintf(size.data(), size.size(), "%zx", text.size());
  return std::string(size.data()) + "\r\n" + text + "\r\n";
}

// The server ends the connection after it; nothing was called.
HttpAnswer refusal_of(NetServer& server, const std::string& request) {
  TlsClient client(server.client());
  client.send(request);  // the server may answer before it has read all
  const auto answer = client.read_answer();
  EXPECT_TRUE(answer.has_value());
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(client.ending(), Ending::clean);
  EXPECT_EQ(server.counters().requests, 0U);
  return answer.value_or(HttpAnswer{});
}

TEST(NetBody, LargestBodyArrivesWhole) {
  NetServer server({});
  TlsClient client(server.client());
  std::string body(limits::request_body_bytes_max, 'a');
  body.back() = 'z';
  ASSERT_TRUE(client.send(post(body)));
  auto answer = client.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, body);
  ASSERT_TRUE(client.send(chunked_head("application/proto") + chunk(body) + "0\r\n\r\n"));
  answer = client.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body, body);
}

TEST(NetBody, OneByteOverTheLimitIsRefusedAsConnectSays) {
  NetServer server({});
  const std::string body(limits::request_body_bytes_max + 1, 'a');
  const std::string half = body.substr(0, body.size() / 2);
  const std::string rest = body.substr(body.size() / 2);
  for (const std::string type :
       {"application/proto", "application/json", "application/json; charset=utf-8"}) {
    for (const std::string& request :
         {sized_head(body.size(), type) + body, chunked_head(type) + chunk(body) + "0\r\n\r\n",
          chunked_head(type) + chunk(half) + chunk(rest) + "0\r\n\r\n"}) {
      SCOPED_TRACE(request.substr(0, 150));
      const HttpAnswer answer = refusal_of(server, request);
      EXPECT_EQ(answer.status, 429);
      EXPECT_EQ(answer.headers.at("content-type"), "application/json");
      EXPECT_EQ(answer.body,
                "{\"code\":\"resource_exhausted\",\"message\":\"Meddelandet är större än 262144 "
                "byte. / The message is larger than 262144 bytes.\"}");
    }
  }
}

TEST(NetBody, OversizeOfAnotherTypeIsPlain413) {
  NetServer server({});
  const std::string body(limits::request_body_bytes_max + 1, 'a');
  EXPECT_EQ(refusal_of(server, sized_head(body.size(), "text/plain") + body).status, 413);
}

TEST(NetBody, OversizeOfAStreamIsToldInItsEnd) {
  NetServer server({});
  const std::string body(limits::request_body_bytes_max + 1, 'a');
  for (const std::string type : {"application/connect+proto", "application/connect+json"}) {
    const HttpAnswer answer = refusal_of(server, sized_head(body.size(), type) + body);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("content-type"), type);
    Answered answered;
    read_envelopes(answer.body, answered);
    EXPECT_EQ(answered.code, "resource_exhausted");
  }
}

TEST(NetBody, AnnouncedOversizeIsRefusedWithoutReadingIt) {
  NetServer server({});
  const auto answer = refusal_of(server, sized_head(1ULL << 40U, "application/proto"));
  EXPECT_EQ(answer.status, 429);
}

TEST(NetBody, OneByteChunksArriveWhole) {
  NetServer server({});
  TlsClient client(server.client());
  std::string request = chunked_head("application/proto");
  constexpr std::size_t size = 20'000;
  for (std::size_t i = 0; i < size; ++i) request += "1\r\na\r\n";
  ASSERT_TRUE(client.send(request + "0\r\n\r\n"));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->body, std::string(size, 'a'));
}

TEST(NetBody, ChunkFloodsStopAtTheBuffer) {
  NetServer server({});
  const std::string head = chunked_head("application/proto");
  const std::string flood(64 * 1024, 'x');
  EXPECT_EQ(refusal_of(server, head + "1;" + flood).status, 400);
  EXPECT_EQ(refusal_of(server, head + "0;" + flood).status, 400);
  EXPECT_EQ(refusal_of(server, head + "0\r\nX-A: " + flood).status, 400);
  EXPECT_EQ(refusal_of(server, head + std::string(64 * 1024, '0')).status, 400);
}

TEST(NetBody, AnyTrailerIsRefused) {
  NetServer server({});
  const std::string head = chunked_head("application/proto");
  for (const std::string trailer :
       {"X-A: 1\r\n", "Host: other\r\n", "Content-Length: 5\r\n", "Content-Type: a/b\r\n",
        "Connection: close\r\n", "Transfer-Encoding: chunked\r\n"}) {
    SCOPED_TRACE(trailer);
    EXPECT_EQ(refusal_of(server, head + "1\r\na\r\n0\r\n" + trailer + "\r\n").status, 400);
  }
}

TEST(NetBody, BadChunksAreRefused) {
  NetServer server({});
  const std::string head = chunked_head("application/proto");
  for (const std::string body : {"x\r\na\r\n", "-1\r\na\r\n", "1\r\nab\r\n0\r\n\r\n",
                                 "1 \r\na\r\n0\r\n\r\n", "\r\n\r\n", "1\na\r\n0\r\n\r\n"}) {
    SCOPED_TRACE(body);
    EXPECT_EQ(refusal_of(server, head + body).status, 400);
  }
  EXPECT_EQ(refusal_of(server, head + "fffffffffffffffff\r\n").status, 400);
  EXPECT_EQ(refusal_of(server, head + "ffffffffffffffff\r\n").status, 429);
}

TEST(NetBody, PipelinedRequestsAreAnsweredInOrder) {
  NetServer server({});
  TlsClient client(server.client());
  std::string requests;
  constexpr int count = 300;
  for (int i = 0; i < count; ++i) requests += post(std::to_string(i));
  ASSERT_TRUE(client.send(requests));
  for (int i = 0; i < count; ++i) {
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->body, std::to_string(i));
  }
}

TEST(NetBody, RefusalEndsAPipeline) {
  NetServer server({});
  TlsClient client(server.client());
  ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n" + post("never")));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 405);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(server.counters().requests, 0U);
}

TEST(NetBody, ClientThatExpectsAnInvitationGetsOne) {
  NetServer server({});
  TlsClient client(server.client());
  const std::string head =
      "POST /a/B HTTP/1.1\r\nHost: test\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n";
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(client.send(head));
    auto answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 100);
    ASSERT_TRUE(client.send("abc"));
    answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "abc");
  }
}

TEST(NetBody, RefusedRequestGetsNoInvitation) {
  NetServer server({});
  const std::string size = std::to_string(limits::request_body_bytes_max + 1);
  const auto answer =
      refusal_of(server,
                 "POST /a/B HTTP/1.1\r\nHost: test\r\nContent-Type: application/proto\r\nExpect: "
                 "100-continue\r\nContent-Length: " +
                     size + "\r\n\r\n");
  EXPECT_EQ(answer.status, 429);
}

TEST(NetBody, CallGetsWhatWasSent) {
  HttpRequest seen;
  NetServer server({.answer = [&seen](const HttpRequest& request) {
    seen = request;
    return echo(request);
  }});
  TlsClient client(server.client());
  ASSERT_TRUE(client.send(
      "POST /sspf.v1.A/B HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
      "Content-Encoding: gzip\r\nConnect-Content-Encoding: br\r\nConnect-Protocol-Version: 1\r\n"
      "Connect-Timeout-Ms: 1500\r\nUser-Agent: tester/1\r\nStream-Cursor: forged\r\n"
      "Content-Length: 2\r\n\r\n{}"));
  ASSERT_TRUE(client.read_answer().has_value());
  EXPECT_EQ(seen.path, "/sspf.v1.A/B");
  EXPECT_EQ(seen.content_type, "application/json");
  EXPECT_EQ(seen.content_encoding, "gzip");
  EXPECT_EQ(seen.connect_content_encoding, "br");
  EXPECT_EQ(seen.connect_protocol_version, "1");
  EXPECT_EQ(seen.connect_timeout_ms, "1500");
  EXPECT_EQ(seen.user_agent, "tester/1");
  EXPECT_EQ(seen.body, "{}");
  EXPECT_EQ(seen.peer_address, "127.0.0.1");
  EXPECT_EQ(seen.peer_source, std::string("\x7F\x00\x00\x01", 4));
  EXPECT_FALSE(seen.certificate.has_value());
  EXPECT_EQ(seen.stream_cursor, "");
}

TEST(NetBody, AnswerCarriesStatusAndHeaders) {
  NetServer server({.answer = [](const HttpRequest&) {
    HttpResponse response;
    response.status = 404;
    response.content_type = "application/json";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = "{}";
    return response;
  }});
  TlsClient client(server.client());
  ASSERT_TRUE(client.send(post("")));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->headers.at("content-type"), "application/json");
  EXPECT_EQ(answer->headers.at("cache-control"), "no-store");
  EXPECT_FALSE(answer->headers.contains("connection"));
}

}  // namespace
}  // namespace sspf::test
