// SPDX-License-Identifier: Apache-2.0
#include "client/cli/connect.h"

#include <gtest/gtest.h>

#include "client/cli/language.h"
#include "crypto/encoding.h"
#include "sspf/v1/options.pb.h"

namespace sspf::cli {
namespace {

std::string with_info(const std::string& code) {
  v1::ErrorInfo info;
  info.set_reason("stale_version");
  info.set_field("version");
  info.set_text_swedish("Någon annan har ändrat detta.");
  info.set_text_english("Somebody else has changed this.");
  const std::string value = crypto::base64_unpadded(crypto::view_of(info.SerializeAsString()));
  return R"({"code":")" + code + R"(","message":"m","details":[{"type":"other","value":"AA"},)" +
         R"({"type":"sspf.v1.ErrorInfo","value":")" + value + R"("}]})";
}

TEST(Connect, EveryCodeHasItsExitCode) {
  const std::vector<std::pair<std::string, Exit>> expected{
      {"invalid_argument", Exit::usage_or_local},
      {"failed_precondition", Exit::conflict},
      {"unauthenticated", Exit::not_signed_in},
      {"permission_denied", Exit::denied},
      {"not_found", Exit::not_found},
      {"already_exists", Exit::conflict},
      {"aborted", Exit::conflict},
      {"resource_exhausted", Exit::server_or_transport},
      {"unimplemented", Exit::server_or_transport},
      {"unavailable", Exit::server_or_transport},
      {"deadline_exceeded", Exit::server_or_transport},
      {"internal", Exit::server_or_transport},
      {"a_code_of_tomorrow", Exit::server_or_transport},
  };
  for (const auto& [code, exit] : expected) {
    const Failure failure = refused(R"({"code":")" + code + R"("})");
    EXPECT_EQ(failure.problem().exit, exit) << code;
    EXPECT_EQ(failure.problem().code, code);
    EXPECT_FALSE(failure.problem().message.empty());
  }
}

TEST(Connect, TheServersTextIsInTheLanguageSpoken) {
  speak(Language::english);
  const Problem english = refused(with_info("aborted")).problem();
  EXPECT_EQ(english.message, "Somebody else has changed this.");
  EXPECT_EQ(english.reason, "stale_version");
  EXPECT_EQ(english.field, "version");
  ASSERT_TRUE(speak(Language::swedish));
  EXPECT_EQ(refused(with_info("aborted")).problem().message, "Någon annan har ändrat detta.");
}

TEST(Connect, WhatIsNoErrorOfTheProtocolIsATransportProblem) {
  for (const char* const json : {"", "{", "[]", "null", "{}", R"({"code":7})"}) {
    EXPECT_EQ(refused(json).problem().code, "transport") << json;
  }
  EXPECT_EQ(refused(R"({"code":"not_found","details":[{"type":"sspf.v1.ErrorInfo","value":"%"}]})")
                .problem()
                .exit,
            Exit::not_found);
  EXPECT_EQ(refused_by_status(503).problem().code, "unavailable");
  EXPECT_EQ(refused_by_status(404).problem().code, "unimplemented");
  EXPECT_EQ(refused_by_status(401).problem().exit, Exit::not_signed_in);
  EXPECT_EQ(refused_by_status(302).problem().code, "transport");
}

TEST(Connect, AStreamIsTakenApartWhereverItIsCut) {
  std::string bytes = envelope("one") + envelope("") + envelope("{}");
  bytes[bytes.size() - 7] = 2;  // the last piece ends the stream
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    EnvelopeReader reader;
    std::vector<std::string> bodies;
    bool has_ended = false;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      reader.add(std::string_view(bytes).substr(at, step));
      while (const auto piece = reader.next()) {
        bodies.push_back(piece->body);
        has_ended = piece->is_end;
      }
    }
    EXPECT_EQ(bodies, (std::vector<std::string>{"one", "", "{}"})) << step;
    EXPECT_TRUE(has_ended);
  }
}

TEST(Connect, APieceThatIsCompressedOrTooLargeIsRefused) {
  EnvelopeReader compressed;
  compressed.add(std::string("\x01\0\0\0\0", 5));
  EXPECT_THROW(compressed.next(), Failure);
  EnvelopeReader large;
  large.add(std::string("\0\x01\0\0\x01", 5));  // 16 MiB and one byte
  EXPECT_THROW(large.next(), Failure);
}

TEST(Connect, AStreamEndsWellOrWithAnError) {
  EXPECT_FALSE(end_of_stream("{}").has_value());
  EXPECT_FALSE(end_of_stream(R"({"metadata":{}})").has_value());
  EXPECT_EQ(end_of_stream(R"({"error":{"code":"unauthenticated"}})")->problem().exit,
            Exit::not_signed_in);
  EXPECT_EQ(end_of_stream("nonsense")->problem().code, "transport");
}

}  // namespace
}  // namespace sspf::cli
