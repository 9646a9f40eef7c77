// SPDX-License-Identifier: Apache-2.0
//
// Requests that must not reach a call, each over a real socket: the answer, that the connection
// ends, and that nothing was called. A well-formed request is tried beside them, so that no row
// passes because everything is refused.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "server/base/limits.h"
#include "tests/support/net_server.h"

namespace sspf::test {
namespace {

const std::string line = "POST /sspf.v1.TestService/Echo HTTP/1.1\r\n";
const std::string host = "Host: test\r\n";
const std::string empty = "Content-Length: 0\r\n";
const std::string chunked = "Transfer-Encoding: chunked\r\n";
const std::string end = "\r\n";

struct Row {
  std::string name;
  std::string request;
  int status;
};

void expect_refusals(const std::vector<Row>& rows) {
  NetServer server({});
  std::uint64_t refused = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    TlsClient client(server.client());
    ASSERT_TRUE(client.is_established());
    EXPECT_TRUE(client.send(row.request));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, row.status);
    EXPECT_EQ(answer->headers.at("connection"), "close");
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(client.ending(), Ending::clean);
    EXPECT_EQ(server.counters().requests, 0U);
    EXPECT_EQ(server.counters().requests_refused_before_call, ++refused);
  }
}

std::string with_target(const std::string& target) {
  return "POST " + target + " HTTP/1.1\r\n" + host + empty + end;
}

std::string with_method(const std::string& method) {
  return method + " /sspf.v1.TestService/Echo HTTP/1.1\r\n" + host + empty + end;
}

// A complete request whose header, with its last empty line, has this size.
std::string with_header_size(std::size_t size) {
  const std::string start = line + host + empty + "X-Filler: ";
  return start + std::string(size - start.size() - 4, 'x') + "\r\n\r\n";
}

std::string with_field_count(std::size_t count) {
  std::string request = line + host + empty;
  for (std::size_t i = 2; i < count; ++i) request += "X-" + std::to_string(i) + ": 1\r\n";
  return request + end;
}

TEST(NetHeader, GoodRequestsReachTheCall) {
  NetServer server({});
  const std::vector<std::string> good{
      line + host + empty + end,
      line + host + end,
      line + "hOsT: test\r\ncontent-length: 0\r\n" + end,
      line + host + "Transfer-Encoding: Chunked\r\n" + end + "0\r\n\r\n",
      line + host + chunked + end + "3\r\nabc\r\n0\r\n\r\n",
      line + host + chunked + end + "3;name=value\r\nabc\r\n0\r\n\r\n",
      line + host + empty + "X-Tab: a\tb\r\n" + end,
      line + host + empty + "TE: trailers\r\n" + end,
      line + host + empty + "Connect-Protocol-Version: 1\r\nConnect-Timeout-Ms: 5\r\n" + end,
      with_target("/a.b-c_d/E~f"),
      with_header_size(limits::header_bytes_max),
      with_field_count(limits::header_fields_max),
  };
  for (const std::string& request : good) {
    SCOPED_TRACE(request.substr(0, 200));
    TlsClient client(server.client());
    EXPECT_TRUE(client.send(request));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 200);
  }
  EXPECT_EQ(server.counters().requests, good.size());
  EXPECT_EQ(server.counters().requests_refused_before_call, 0U);
}

TEST(NetHeader, SizeAndFieldCountAreRefusedOneOverTheLimit) {
  expect_refusals({
      {"header bytes", with_header_size(limits::header_bytes_max + 1), 431},
      {"no end in sight", std::string(2 * limits::header_bytes_max, 'x'), 431},
      {"fields", with_field_count(limits::header_fields_max + 1), 431},
      {"long target", with_target("/" + std::string(limits::header_bytes_max, 'x')), 431},
  });
}

TEST(NetHeader, FramingThatCanBeReadInTwoWaysIsRefused) {
  expect_refusals({
      {"no host", line + empty + end, 400},
      {"two hosts", line + host + host + empty + end, 400},
      {"empty host", line + "Host: \r\n" + empty + end, 400},
      {"gzip", line + host + "Transfer-Encoding: gzip\r\n" + end, 400},
      {"gzip and length", line + host + "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n" + end,
       400},
      {"chunked, gzip", line + host + "Transfer-Encoding: chunked, gzip\r\n" + end, 400},
      {"gzip, chunked", line + host + "Transfer-Encoding: gzip, chunked\r\n" + end, 400},
      {"chunked twice", line + host + chunked + chunked + end + "0\r\n\r\n", 400},
      {"identity", line + host + "Transfer-Encoding: identity\r\n" + end, 400},
      {"length, chunked", line + host + "Content-Length: 5\r\n" + chunked + end, 400},
      {"chunked, length", line + host + chunked + "Content-Length: 5\r\n" + end, 400},
      {"same length twice", line + host + empty + empty + end, 400},
      {"two lengths", line + host + "Content-Length: 1\r\nContent-Length: 2\r\n" + end, 400},
      {"length list", line + host + "Content-Length: 0, 0\r\n" + end, 400},
      {"signed length", line + host + "Content-Length: +5\r\n" + end, 400},
      {"negative length", line + host + "Content-Length: -1\r\n" + end, 400},
      {"hex length", line + host + "Content-Length: 0x5\r\n" + end, 400},
      {"length over 64 bits", line + host + "Content-Length: 18446744073709551616\r\n" + end, 400},
      {"space before colon", line + host + "Content-Length : 0\r\n" + end, 400},
  });
}

TEST(NetHeader, OddBytesAreRefused) {
  const std::string nul("X-Nul: a\0b\r\n", 12);
  expect_refusals({
      {"folded with space", line + host + empty + "X-Folded: a\r\n b\r\n" + end, 400},
      {"folded with tab", line + host + empty + "X-Folded: a\r\n\tb\r\n" + end, 400},
      {"folded first line", " " + line + host + empty + end, 400},
      {"bare LF", line + "Host: test\n" + empty + end, 400},
      {"bare CR", line + host + empty + "X-A: a\rb\r\n" + end, 400},
      {"NUL", line + host + empty + nul + end, 400},
      {"8-bit", line + host + empty + "X-A: \xC3\xA5\r\n" + end, 400},
      {"DEL", line + host + empty + "X-A: \x7F\r\n" + end, 400},
      {"no name", line + host + empty + ": a\r\n" + end, 400},
      {"not HTTP", "hello\r\n\r\n", 400},
      {"two spaces", "POST  /a HTTP/1.1\r\n" + host + empty + end, 400},
      {"empty lines first", "\r\n\r\n" + line + host + empty + end, 400},
  });
}

TEST(NetHeader, OtherVersionsAreRefused) {
  expect_refusals({
      {"1.0", "POST /a HTTP/1.0\r\n" + host + empty + end, 505},
      {"1.0, chunked", "POST /a HTTP/1.0\r\n" + host + chunked + end, 505},
      {"2.0", "POST /a HTTP/2.0\r\n" + host + empty + end, 505},
      {"1.2", "POST /a HTTP/1.2\r\n" + host + empty + end, 505},
      {"0.9", "POST /a HTTP/0.9\r\n" + host + empty + end, 505},
      {"no version", "POST /a\r\n" + host + empty + end, 400},
  });
}

TEST(NetHeader, RepeatedFieldsThatCallsUseAreRefused) {
  expect_refusals({
      {"type", line + host + empty + "Content-Type: a/b\r\ncontent-type: a/b\r\n" + end, 400},
      {"encoding", line + host + empty + "Content-Encoding: a\r\nContent-Encoding: a\r\n" + end,
       400},
      {"connect", line + host + empty + "Connect-Timeout-Ms: 1\r\nconnect-timeout-ms: 1\r\n" + end,
       400},
      {"unknown connect", line + host + empty + "Connect-New: 1\r\nCONNECT-NEW: 1\r\n" + end, 400},
      {"agent", line + host + empty + "User-Agent: a\r\nUser-Agent: b\r\n" + end, 400},
      {"expect", line + host + empty + "Expect: 100-continue\r\nExpect: 100-continue\r\n" + end,
       400},
  });
}

TEST(NetHeader, UnsupportedFieldsAreRefused) {
  expect_refusals({
      {"upgrade", line + host + empty + "Connection: Upgrade\r\nUpgrade: h2c\r\n" + end, 400},
      {"trailer", line + host + chunked + "Trailer: X-A\r\n" + end, 400},
      {"expect", line + host + empty + "Expect: 200-ok\r\n" + end, 417},
      {"empty expect", line + host + empty + "Expect:\r\n" + end, 417},
  });
}

TEST(NetHeader, MethodsOtherThanPostAreRefused) {
  expect_refusals({
      {"GET", with_method("GET"), 405},
      {"GET with query", "GET /a/B?connect=v1&message=x HTTP/1.1\r\n" + host + end, 405},
      {"HEAD", with_method("HEAD"), 405},
      {"PUT", with_method("PUT"), 405},
      {"OPTIONS", with_method("OPTIONS"), 405},
      {"TRACE", with_method("TRACE"), 405},
      {"lower case", with_method("post"), 405},
      {"unknown", with_method("BREW"), 405},
      {"CONNECT", "CONNECT other:443 HTTP/1.1\r\n" + host + empty + end, 400},
  });
}

TEST(NetHeader, RefusedMethodsSayWhatIsAllowed) {
  NetServer server({});
  TlsClient client(server.client());
  EXPECT_TRUE(client.send(with_method("GET")));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->headers.at("allow"), "POST");
}

TEST(NetHeader, TargetsOtherThanAPlainPathAreRefused) {
  std::vector<Row> rows;
  const std::vector<std::string> targets{"*",
                                         "a/B",
                                         "http://test/a/B",
                                         "https://test/a/B",
                                         "test:443",
                                         "//a/B",
                                         "/a//B",
                                         "/a/../B",
                                         "/..",
                                         "/a/B?x=1",
                                         "/a/B?",
                                         "/a/B#x",
                                         "/a%2fB",
                                         "/a/%2e%2e/B",
                                         "/a\\B"};
  for (const std::string& target : targets) rows.push_back({target, with_target(target), 400});
  expect_refusals(rows);
}

}  // namespace
}  // namespace sspf::test
