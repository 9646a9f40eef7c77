// SPDX-License-Identifier: Apache-2.0
#include "client/cli/connection.h"

#include <gtest/gtest.h>

#include "client/cli/failure.h"
#include "client/cli/language.h"
#include "crypto/certificate.h"
#include "tests/unit/client/stub_server.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

using namespace std::chrono_literals;
using test::StubServer;

class Connection : public testing::Test {
 protected:
  Connection() { speak(Language::english); }

  StubServer::Identity identity() {
    return {certificate_, authority_.pem(), server_key_, TLS1_3_VERSION, ""};
  }
  static StubServer::Answer always(const std::string& response) {
    return [response](const test::Received&) { return response; };
  }
  static std::string call(const StubServer& server, const Trust& trust) {
    return call_unary(ServerAddress::parse(server.address()).value(), trust,
                      {"/sspf.v1.S/M", "request", 5s, {}});
  }
  static Problem refusal(const StubServer& server, const Trust& trust) {
    try {
      call(server, trust);
    } catch (const Failure& failure) {
      return failure.problem();
    }
    return {Exit::ok, "", "", "", ""};
  }
  static std::vector<std::string> streamed(const StubServer& server, const Trust& trust) {
    std::vector<std::string> messages;
    call_stream(ServerAddress::parse(server.address()).value(), trust,
                {"/sspf.v1.S/M", "request", 5s, {}},
                [&](const std::string& message) { messages.push_back(message); });
    return messages;
  }

  Trust by_ca() const { return {authority_.pem(), std::nullopt, "", nullptr}; }
  Trust by_fingerprint() const { return {"", authority_.fingerprint(), "", nullptr}; }

  test::Authority authority_;
  crypto::Secret server_key_ = crypto::generate_private_key();
  std::string certificate_ = authority_.server_certificate(server_key_, "127.0.0.1");
};

TEST_F(Connection, AUnaryCallIsConnect) {
  const StubServer server(identity(), always(test::unary_response("response")));
  EXPECT_EQ(call(server, by_ca()), "response");
  const auto received = server.received().at(0);
  EXPECT_EQ(received.path, "/sspf.v1.S/M");
  EXPECT_EQ(received.body, "request");
  for (const char* const line : {"Content-Type: application/proto", "Connect-Protocol-Version: 1",
                                 "Connect-Timeout-Ms: 5000", "User-Agent: sspf/"}) {
    EXPECT_NE(received.head.find(line), std::string::npos) << line;
  }
}

TEST_F(Connection, AtFirstContactTheFingerprintPicksTheAuthority) {
  const StubServer server(identity(), always(test::unary_response("response")));
  EXPECT_EQ(call(server, by_fingerprint()), "response");
}

TEST_F(Connection, AWrongFingerprintIsRefusedBeforeAnythingIsSent) {
  const StubServer server(identity(), always(test::unary_response("response")));
  const test::Authority other;
  EXPECT_EQ(refusal(server, {"", other.fingerprint(), "", nullptr}).exit,
            Exit::verification_failed);
  EXPECT_TRUE(server.received().empty());
}

// An impostor who shows the right CA in the chain, and a certificate that it did not sign.
TEST_F(Connection, TheRightAuthorityDoesNotHelpAnImpostor) {
  const test::Authority other;
  const StubServer server({other.server_certificate(server_key_, "127.0.0.1"), authority_.pem(),
                           server_key_, TLS1_3_VERSION, ""},
                          always(test::unary_response("response")));
  EXPECT_EQ(refusal(server, by_fingerprint()).exit, Exit::verification_failed);
  EXPECT_EQ(refusal(server, by_ca()).exit, Exit::verification_failed);
  EXPECT_TRUE(server.received().empty());
}

TEST_F(Connection, AServerOfAnotherAuthorityIsRefused) {
  const StubServer server(identity(), always(test::unary_response("response")));
  const test::Authority other;
  EXPECT_EQ(refusal(server, {other.pem(), std::nullopt, "", nullptr}).exit,
            Exit::verification_failed);
  EXPECT_TRUE(server.received().empty());
}

TEST_F(Connection, ACertificateForAnotherAddressIsRefused) {
  const StubServer server({authority_.server_certificate(server_key_, "127.0.0.2"),
                           authority_.pem(), server_key_, TLS1_3_VERSION, ""},
                          always(test::unary_response("response")));
  const Problem problem = refusal(server, by_ca());
  EXPECT_EQ(problem.exit, Exit::verification_failed);
  EXPECT_NE(problem.message.find("another address"), std::string::npos);
  EXPECT_EQ(refusal(server, by_fingerprint()).exit, Exit::verification_failed);
}

// A client certificate is signed by the same CA, but is not a server's.
TEST_F(Connection, AnotherClientCannotPlayTheServer) {
  const StubServer server({authority_.client_certificate(server_key_, 30), authority_.pem(),
                           server_key_, TLS1_3_VERSION, ""},
                          always(test::unary_response("response")));
  EXPECT_EQ(refusal(server, by_ca()).exit, Exit::verification_failed);
  EXPECT_EQ(refusal(server, by_fingerprint()).exit, Exit::verification_failed);
}

TEST_F(Connection, TLS12IsRefused) {
  auto old = identity();
  old.version_max = TLS1_2_VERSION;
  const StubServer server(old, always(test::unary_response("response")));
  EXPECT_EQ(refusal(server, by_ca()).exit, Exit::server_or_transport);
  EXPECT_TRUE(server.received().empty());
}

TEST_F(Connection, TheClientShowsItsCertificate) {
  auto demanding = identity();
  demanding.client_ca_pem = authority_.pem();
  const StubServer server(demanding, always(test::unary_response("response")));
  const crypto::Secret key = crypto::generate_private_key();
  Trust trust = by_ca();
  EXPECT_EQ(refusal(server, trust).exit, Exit::not_signed_in);
  trust.certificate_pem = authority_.client_certificate(key, 30);
  trust.private_key_pem = &key;
  EXPECT_EQ(call(server, trust), "response");
  trust.certificate_pem = authority_.client_certificate(key, -2);
  EXPECT_EQ(refusal(server, trust).exit, Exit::not_signed_in);
}

TEST_F(Connection, AnErrorOfTheServerIsTold) {
  const StubServer server(
      identity(), always(test::error_response(404, R"({"code":"not_found","message":"m"})")));
  EXPECT_EQ(refusal(server, by_ca()).exit, Exit::not_found);
}

TEST_F(Connection, AnAnswerOfAnotherKindIsRefused) {
  const StubServer page(identity(), always(test::ok_response("text/html", "<html>")));
  EXPECT_EQ(refusal(page, by_ca()).code, "transport");
  const StubServer cut(identity(), always("HTTP/1.1 200 OK\r\nContent-Type: application/proto\r\n"
                                          "Content-Length: 100\r\n\r\nshort"));
  EXPECT_EQ(refusal(cut, by_ca()).code, "transport");
  const StubServer silent(identity(), always(""));
  EXPECT_EQ(refusal(silent, by_ca()).code, "transport");
}

TEST_F(Connection, AStreamIsReadToItsEnd) {
  const StubServer server(identity(), always(test::stream_response({"one", "", "three"}, "{}")));
  EXPECT_EQ(streamed(server, by_ca()), (std::vector<std::string>{"one", "", "three"}));
  const auto received = server.received().at(0);
  EXPECT_NE(received.head.find("Content-Type: application/connect+proto"), std::string::npos);
  EXPECT_EQ(received.body, std::string("\0\0\0\0\x07request", 12));
}

TEST_F(Connection, ALongStreamIsReadWhole) {
  const std::vector<std::string> messages(50, std::string(40000, 'x'));
  const StubServer server(identity(), always(test::stream_response(messages, "{}")));
  EXPECT_EQ(streamed(server, by_ca()), messages);
}

TEST_F(Connection, AStreamThatEndsWithAnErrorFails) {
  const StubServer server(
      identity(), always(test::stream_response({"one"}, R"({"error":{"code":"unavailable"}})")));
  EXPECT_THROW(streamed(server, by_ca()), Failure);
}

TEST_F(Connection, AStreamWithoutItsEndIsNotTakenForWhole) {
  const StubServer server(identity(), always(test::ok_response("application/connect+proto",
                                                               std::string("\0\0\0\0\x03one", 8))));
  EXPECT_THROW(streamed(server, by_ca()), Failure);
}

TEST_F(Connection, NobodyThereIsATransportProblem) {
  std::string address;
  {
    const StubServer server(identity(), always(""));
    address = server.address();
  }
  try {
    call_unary(ServerAddress::parse(address).value(), by_ca(), {"/x", "", 5s, {}});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().exit, Exit::server_or_transport);
  }
}

TEST_F(Connection, ASlowServerIsGivenUp) {
  const StubServer server(identity(), [](const test::Received&) {
    std::this_thread::sleep_for(1500ms);
    return std::string();
  });
  int waits = 0;
  try {
    call_unary(ServerAddress::parse(server.address()).value(), by_ca(),
               {"/x", "", 1s, [&waits] { ++waits; }});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().message, "The server did not answer in time.");
  }
  EXPECT_GE(waits, 2);
}

TEST(Address, HostAndPort) {
  EXPECT_EQ(ServerAddress::parse("sspf.example:8443")->host, "sspf.example");
  EXPECT_EQ(ServerAddress::parse("[::1]:8443")->host, "::1");
  EXPECT_EQ(ServerAddress::parse("[::1]:8443")->text(), "[::1]:8443");
  for (const char* const text : {"", "host", ":1", "host:", "host:x", "::1:8443", "a b:1",
                                 "http://x:1", "host:123456", "[]:1", "host:1/x"}) {
    EXPECT_FALSE(ServerAddress::parse(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace sspf::cli
