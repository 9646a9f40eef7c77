// SPDX-License-Identifier: Apache-2.0
//
// The real sspf-witness: what it takes over a socket, and that what it has answered it never takes
// back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "crypto/certificate.h"
#include "server/base/limits.h"
#include "server/net/post.h"
#include "tests/support/fake_log.h"
#include "tests/support/net_server.h"
#include "tests/support/site.h"
#include "tests/support/test_authority.h"
#include "tests/support/witness_site.h"
#include "witness/request.h"

namespace sspf::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct WitnessProgram : testing::Test {
  WitnessProgram() {
    witness.add_log(log.verifier());
    log.grow_to(400);
    witness.start();
  }

  // Sends bytes as they stand; all that comes back until the connection ends.
  std::string raw(const std::string& bytes) const {
    TcpClient client(witness.port(), "127.0.0.1");
    client.set_patience(std::chrono::seconds(8));
    client.send(bytes);
    return client.read_to_end();
  }
  static std::string framed(const std::string& body, const std::string& fields = "") {
    return "POST /add-checkpoint HTTP/1.1\r\nHost: witness\r\n" + fields +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  std::uint64_t size_seen() const {
    const auto answer = witness.ask(log.request(0, log.size()));
    if (!answer || answer->status != 409) throw std::runtime_error("no size");
    return std::stoull(answer->body);
  }

  FakeLog log;
  WitnessSite witness{"polisen.example/vittne"};
};

TEST_F(WitnessProgram, AnswersOnAKeptConnection) {
  const std::string answers = raw(framed(log.request(0, 3)) + framed(log.request(3, 5)) +
                                  framed(log.request(5, 9), "Connection: close\r\n"));
  std::size_t count = 0;
  for (auto at = answers.find("HTTP/1.1 200 "); at != std::string::npos;
       at = answers.find("HTTP/1.1 200 ", at + 1)) {
    ++count;
  }
  EXPECT_EQ(count, 3U) << answers;
  EXPECT_EQ(size_seen(), 9U);
  EXPECT_EQ(witness.stop(), 0);
}

TEST_F(WitnessProgram, RefusesGarbageAndGoesOn) {
  const std::string good = log.request(0, 3);
  const std::string head = "POST /add-checkpoint HTTP/1.1\r\nHost: witness\r\n";
  const std::string long_body(witness::request_bytes_max + 1, 'x');
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"GET /add-checkpoint HTTP/1.1\r\nHost: witness\r\n\r\n", "HTTP/1.1 405 "},
      {"POST / HTTP/1.1\r\nHost: w\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
       "HTTP/1.1 404 "},
      {"POST /add-checkpoint HTTP/1.0\r\nHost: w\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 505 "},
      {"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 400 "},
      {head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", "HTTP/1.1 400 "},
      {head + "Content-Length: +5\r\n\r\nxxxxx", "HTTP/1.1 400 "},
      {head + "Content-Length: 99999999999999999999\r\n\r\n", "HTTP/1.1 400 "},
      {head + "Content-Length: " + std::to_string(witness::request_bytes_max + 1) + "\r\n\r\n",
       "HTTP/1.1 413 "},
      {head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "HTTP/1.1 411 "},
      {head + "Transfer-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 400 "},
      {head + " folded\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 400 "},
      {head + "X: " + std::string(limits::header_bytes_max, 'x') + "\r\n\r\n", "HTTP/1.1 431 "},
      {std::string(3 * limits::header_bytes_max, 'x'), "HTTP/1.1 431 "},
      {std::string("\0\1\2\r\n\r\n", 7), "HTTP/1.1 400 "},
      {"\x16\x03\x01\x02\x03\x01\xfc\x03\x03\r\n\r\n", "HTTP/1.1 400 "},  // as TLS begins
      {framed("", "Connection: close\r\n"), "HTTP/1.1 400 "},
      {framed(std::string(witness::request_bytes_max, '\n'), "Connection: close\r\n"),
       "HTTP/1.1 400 "},
      {framed("old 0\n\n" + std::string(1000, '\xff'), "Connection: close\r\n"), "HTTP/1.1 400 "},
  };
  for (const auto& [bytes, wanted] : cases) {
    EXPECT_THAT(raw(bytes), StartsWith(wanted)) << bytes.substr(0, 200);
  }
  for (std::size_t cut = 1; cut < good.size(); cut += 37) {
    TcpClient client(witness.port(), "127.0.0.1");
    client.send(framed(good).substr(0, cut));
    client.disappear();
  }
  EXPECT_EQ(witness.ask(good).value().status, 200);
  EXPECT_EQ(witness.stop(), 0);
}

TEST_F(WitnessProgram, AWaitingHeaderEndsAndDoesNotStandInTheWay) {
  TcpClient slow(witness.port(), "127.0.0.1");
  slow.send("POST /add-checkpoint HTTP/1.1\r\n");
  EXPECT_EQ(witness.ask(log.request(0, 3)).value().status, 200);
  slow.set_patience(std::chrono::seconds(9));
  EXPECT_EQ(slow.read_to_end(), "");
  EXPECT_NE(slow.ending(), Ending::none);
}

TEST_F(WitnessProgram, ManyAtOnceNeverTakeItBack) {
  ASSERT_EQ(witness.ask(log.request(0, 1)).value().status, 200);
  std::atomic<std::uint64_t> cosigned = 1;
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&, i] {
      std::uint64_t from = 1;
      for (std::uint64_t to = 2 + static_cast<std::uint64_t>(i); to <= 200; to += 3) {
        const auto answer = witness.ask(log.request(std::min(from, to), to));
        if (!answer) continue;
        if (answer->status == 200) {
          // What is acknowledged is larger than all that was acknowledged before it was asked.
          std::uint64_t before = cosigned.load();
          while (before < to && !cosigned.compare_exchange_weak(before, to)) {
          }
          from = to;
        } else if (answer->status == 409) {
          from = std::stoull(answer->body);
        }
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(size_seen(), cosigned.load());
  EXPECT_GT(cosigned.load(), 100U);
}

TEST_F(WitnessProgram, WhatItHasAnsweredIsThereAfterAKill) {
  std::uint64_t acknowledged = 0;
  std::uint64_t to = 1;
  for (int round = 0; round < 25; ++round) {
    std::atomic<bool> is_killed = false;
    std::thread killer([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(1500 * round));
      witness.kill();
      is_killed = true;
    });
    std::uint64_t from = acknowledged;
    while (!is_killed && to < log.size()) {
      const auto answer = witness.ask(log.request(from, to));
      if (!answer) break;
      if (answer->status == 409) {
        from = std::stoull(answer->body);
        to = std::max(to, from + 1);
        continue;
      }
      ASSERT_EQ(answer->status, 200);
      acknowledged = to;
      from = to++;
    }
    killer.join();
    witness.start();
    const std::uint64_t seen =
        acknowledged == 0 && witness.ask(log.request(0, 0))->status == 200 ? 0 : size_seen();
    ASSERT_GE(seen, acknowledged);
    acknowledged = std::max(acknowledged, seen);
  }
  EXPECT_GT(acknowledged, 5U);
}

TEST_F(WitnessProgram, CommandsSayWhatIsWrong) {
  EXPECT_EQ(witness.run_command({"show"}).exit_code, 2);  // it has the folder alone
  EXPECT_EQ(witness.stop(), 0);
  EXPECT_THAT(witness.run_command({"show"}).out,
              HasSubstr(witness.key().text() + "\n" + log.verifier().name + ": 0 events\n"));
  EXPECT_EQ(witness.run_command({"add-log", "no key"}).exit_code, 1);
  EXPECT_EQ(witness.run_command({"add-log", witness.key().text()}).exit_code, 1);
  EXPECT_EQ(witness.run_command({"add-log", log.verifier().text()}).exit_code, 2);
  EXPECT_EQ(witness.run_command({"init", "--name", "again"}).exit_code, 2);
  EXPECT_EQ(witness.run_command({}).exit_code, 1);
  EXPECT_EQ(witness.run_command({"sreve"}).exit_code, 1);
  const Ended open = witness.run_command({"serve", "--address", "0.0.0.0", "--port", "0"});
  EXPECT_EQ(open.exit_code, 7);
  EXPECT_THAT(open.err, HasSubstr("without TLS only a loopback address is served"));
  EXPECT_EQ(witness.run_command({"serve", "--tls-key", "/dev/null"}).exit_code, 1);
  const auto file = witness.state() / "witness.pub";
  write_private(file, "damaged\n");
  const Ended damaged = witness.run_command({"serve", "--port", "0"});
  EXPECT_EQ(damaged.exit_code, 3);
  EXPECT_THAT(damaged.err, HasSubstr("witness.pub does not parse"));
}

TEST_F(WitnessProgram, SpeaksTlsWithACertificateThatTheClientDemands) {
  EXPECT_EQ(witness.stop(), 0);
  const TestAuthority authority;
  const net::TlsMaterial material = authority.server_material();
  const auto chain = witness.state() / "chain.pem";
  const auto key = witness.state() / "key.pem";
  write_private(chain, material.certificate_chain_pem);
  write_private(key, std::string(crypto::text_of(material.private_key_pem.reveal())));
  witness.start({"--tls-certificate", chain.string(), "--tls-key", key.string()});
  const auto ask = [&](const std::string& host, const std::string& ca) {
    return net::post({{true, host, std::to_string(witness.port()), ""}, ca},
                     {"/add-checkpoint", log.request(0, 3), std::chrono::seconds(5)});
  };
  const auto good = ask("127.0.0.1", authority.certificate_pem());
  ASSERT_TRUE(good);
  EXPECT_EQ(good->status, 200);
  EXPECT_FALSE(ask("localhost", authority.certificate_pem()));  // not the name it certifies
  EXPECT_FALSE(ask("127.0.0.1", TestAuthority().certificate_pem()));
  EXPECT_FALSE(ask("127.0.0.1", ""));
  EXPECT_FALSE(witness.ask(log.request(0, 3)));  // in plain
}

}  // namespace
}  // namespace sspf::test
