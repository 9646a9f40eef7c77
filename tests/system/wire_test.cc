// SPDX-License-Identifier: Apache-2.0
//
// Runs the table of wire_cases.h against the real server, and checks that each call left exactly
// one event in the log, whatever came of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/support/caller.h"
#include "tests/support/site.h"
#include "tests/system/wire_cases.h"

namespace sspf::test {
namespace {

using std::chrono::steady_clock;

std::string http_of(const WireCase& wanted) {
  std::string head = wanted.verb + " " + wanted.path + " HTTP/1.1\r\nHost: localhost\r\n";
  if (!wanted.content_type.empty()) head += "Content-Type: " + wanted.content_type + "\r\n";
  for (const std::string& line : wanted.headers) head += line + "\r\n";
  return head + "Content-Length: " + std::to_string(wanted.body.size()) + "\r\n\r\n" + wanted.body;
}

bool is_stream(const std::string& content_type) {
  return content_type.starts_with("application/connect+");
}

struct Wire : testing::Test {
  Site site;
  SiteServer server{site};
  ClientIdentity identity = enroll(server.port(), site.code());

  std::optional<HttpAnswer> answer_to(const std::string& request) {
    TlsClientSettings settings;
    settings.port = server.port();
    settings.identity = identity;
    TlsClient client(settings);
    client.send(request);
    return client.read_answer();
  }
};

void expect_answer(const WireCase& wanted, const HttpAnswer& answer) {
  Answered answered;
  const bool ends_a_stream = is_stream(wanted.content_type) && wanted.status == 200;
  if (ends_a_stream) {
    EXPECT_EQ(answer.headers.at("content-type"), wanted.content_type);
    EXPECT_EQ(answer.headers.count("transfer-encoding"), 1U);
    read_envelopes(answer.body, answered);
  } else {
    const bool is_proto = wanted.status == 200 && wanted.content_type == "application/proto";
    EXPECT_EQ(answer.headers.at("content-type"),
              is_proto ? "application/proto" : "application/json");
    read_unary(answer.status, answer.body, answered);
  }
  EXPECT_EQ(answered.summary(), wanted.outcome) << answer.body;
  EXPECT_EQ(answer.headers.count("content-encoding"), 0U);
  EXPECT_EQ(answer.headers.count("connect-content-encoding"), 0U);
  if (wanted.status == 415) {
    EXPECT_EQ(answer.headers.count("accept-post"), 1U);
  }
  if (wanted.status == 501) {
    EXPECT_EQ(answer.headers.at("accept-encoding"), "identity");
  }
}

TEST_F(Wire, EveryCaseIsAnsweredAsTheProtocolSaysAndLeavesOneEvent) {
  const auto started = steady_clock::now();
  for (const WireCase& wanted : wire_cases()) {
    SCOPED_TRACE(wanted.name);
    const std::uint64_t events = server.metric("sspf_audit_log_events");
    const std::uint64_t refused = server.metric("sspf_requests_refused_before_call_total");
    const auto answer = answer_to(http_of(wanted));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, wanted.status) << answer->body;
    const bool is_call = !wanted.outcome.empty();
    // The sum of what was refused without a call is the server's own event, once a minute.
    const std::uint64_t own = steady_clock::now() - started >= std::chrono::seconds(50) ? 1 : 0;
    EXPECT_THAT(
        server.metric("sspf_audit_log_events") - events,
        testing::AllOf(testing::Ge(is_call ? 1U : 0U), testing::Le((is_call ? 1U : 0U) + own)));
    EXPECT_EQ(server.metric("sspf_requests_refused_before_call_total") - refused,
              is_call ? 0U : 1U);
    if (is_call) expect_answer(wanted, *answer);
    if (wanted.status == 405) {
      EXPECT_EQ(answer->headers.at("allow"), "POST");
    }
    if (is_call || (wanted.status != 429 && wanted.status != 200)) continue;
    EXPECT_THAT(answer->body, testing::HasSubstr("\"resource_exhausted\""));
  }
}

TEST_F(Wire, ARequestMayComeInChunks) {
  const auto answer = answer_to(
      "POST /sspf.v1.AccountService/WhoAmI HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
      "application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

}  // namespace
}  // namespace sspf::test
