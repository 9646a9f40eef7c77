// SPDX-License-Identifier: Apache-2.0
#include "server/rpc/wire.h"

#include <gtest/gtest.h>

#include "server/base/limits.h"

namespace sspf::test {
namespace {

std::string outcome(const HttpRequest& http) {
  const auto framing = rpc::read_framing(http);
  if (!framing.ok()) return std::string(name_of(framing.refusal().told));
  const auto headers = rpc::check_headers(http, framing.value());
  if (!headers.ok()) return std::string(name_of(headers.refusal().told));
  const auto timeout = rpc::read_timeout_ms(http);
  return timeout.ok() ? "ok" : std::string(name_of(timeout.refusal().told));
}

HttpRequest proto() {
  HttpRequest http;
  http.content_type = "application/proto";
  return http;
}

TEST(Framing, KnowsFourContentTypes) {
  for (const char* type : {"application/proto", "application/json", "application/connect+proto",
                           "application/connect+json", "application/json; charset=utf-8",
                           "Application/JSON;charset=UTF-8"}) {
    HttpRequest http;
    http.content_type = type;
    EXPECT_EQ(outcome(http), "ok") << type;
  }
  for (const char* type : {"", "text/plain", "application/grpc", "application/protobuf",
                           "application/json; charset=latin1"}) {
    HttpRequest http;
    http.content_type = type;
    EXPECT_EQ(outcome(http), "wrong_content_type") << type;
  }
}

TEST(Framing, TakesNoCompression) {
  HttpRequest http = proto();
  http.content_encoding = "identity";
  EXPECT_EQ(outcome(http), "ok");
  http.content_encoding = "gzip";
  EXPECT_EQ(outcome(http), "wrong_encoding");
  http.content_type = "application/connect+proto";
  EXPECT_EQ(outcome(http), "ok");  // of a stream, the other header counts
  http.connect_content_encoding = "gzip";
  EXPECT_EQ(outcome(http), "wrong_encoding");
}

TEST(Framing, ReadsTheTimeout) {
  HttpRequest http = proto();
  http.connect_timeout_ms = std::string(limits::timeout_digits_max, '9');
  EXPECT_EQ(outcome(http), "ok");
  http.connect_timeout_ms += "9";
  EXPECT_EQ(outcome(http), "wrong_timeout");
  for (const char* timeout : {"-1", "1e3", " 1", "0x10"}) {
    http.connect_timeout_ms = timeout;
    EXPECT_EQ(outcome(http), "wrong_timeout") << timeout;
  }
}

TEST(Framing, WantsVersionOne) {
  HttpRequest http = proto();
  http.connect_protocol_version = "1";
  EXPECT_EQ(outcome(http), "ok");
  http.connect_protocol_version = "2";
  EXPECT_EQ(outcome(http), "wrong_protocol_version");
}

}  // namespace
}  // namespace sspf::test
