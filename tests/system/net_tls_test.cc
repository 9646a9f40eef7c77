// SPDX-License-Identifier: Apache-2.0
//
// What the handshake takes and refuses. A refused client certificate shows on the client only when
// it reads, since in TLS 1.3 the client is done first.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "crypto/certificate.h"
#include "tests/support/net_server.h"

namespace sspf::test {
namespace {

bool gets_an_answer(TlsClient& client) {
  if (!client.is_established()) return false;
  client.send(post("hello"));
  const auto answer = client.read_answer();
  return answer.has_value() && answer->status == 200;
}

TEST(NetTls, SpeaksTls13AndSendsItsAuthority) {
  NetServer server({});
  const TlsClient client(server.client());
  ASSERT_TRUE(client.is_established());
  EXPECT_EQ(client.protocol(), "TLSv1.3");
  EXPECT_EQ(client.group(), "X25519");
  const auto chain = client.server_chain();
  ASSERT_EQ(chain.size(), 2U);
  const auto authority = crypto::read_certificate(server.authority().certificate_pem());
  ASSERT_TRUE(authority.has_value());
  EXPECT_EQ(chain.back(), authority->fingerprint);
}

TEST(NetTls, RefusesTls12) {
  NetServer server({});
  TlsClientSettings settings = server.client();
  settings.version_max = TlsVersion::v1_2;
  const TlsClient client(settings);
  EXPECT_FALSE(client.is_established());
  EXPECT_TRUE(eventually([&] { return server.counters().handshakes_failed == 1; }));
}

TEST(NetTls, TakesP256ButNoOtherGroup) {
  NetServer server({});
  TlsClientSettings settings = server.client();
  settings.groups = "P-256";
  EXPECT_TRUE(TlsClient(settings).is_established());
  settings.groups = "P-521";
  EXPECT_FALSE(TlsClient(settings).is_established());
}

TEST(NetTls, CallSeesTheFingerprintOfTheClientCertificate) {
  std::optional<PeerCertificate> seen;
  NetServer server({.answer = [&seen](const HttpRequest& request) {
    seen = request.certificate;
    return echo(request);
  }});
  TlsClientSettings settings = server.client();
  settings.identity = server.authority().client();
  TlsClient client(settings);
  ASSERT_TRUE(gets_an_answer(client));
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->fingerprint,
            crypto::read_certificate(settings.identity->certificate_pem)->fingerprint);
}

TEST(NetTls, ClientWithoutCertificateIsLetIn) {
  std::optional<PeerCertificate> seen = PeerCertificate{};
  NetServer server({.answer = [&seen](const HttpRequest& request) {
    seen = request.certificate;
    return echo(request);
  }});
  TlsClient client(server.client());
  ASSERT_TRUE(gets_an_answer(client));
  EXPECT_FALSE(seen.has_value());
}

TEST(NetTls, RefusesWrongClientCertificates) {
  NetServer server({});
  const TestAuthority other;
  struct Row {
    std::string name;
    ClientIdentity identity;
  };
  const std::vector<Row> rows{
      {"another authority's", other.client()},
      {"self-signed", other.authority_as_client()},
      {"expired", server.authority().expired_client()},
      {"not yet valid", server.authority().not_yet_valid_client()},
      {"for servers", server.authority().server_as_client()},
      {"without a purpose", server.authority().authority_as_client()},
  };
  std::uint64_t failed = 0;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    TlsClientSettings settings = server.client();
    settings.identity = row.identity;
    TlsClient client(settings);
    EXPECT_FALSE(gets_an_answer(client));
    ++failed;
    EXPECT_TRUE(eventually([&] { return server.counters().handshakes_failed == failed; }));
  }
  EXPECT_EQ(server.counters().requests, 0U);
}

TEST(NetTls, NoSessionCanBeResumed) {
  NetServer server({});
  TlsClientSettings settings = server.client();
  settings.identity = server.authority().client();
  TlsClient first(settings);
  ASSERT_TRUE(gets_an_answer(first));
  EXPECT_EQ(first.tickets_received(), 0);
  const TlsSession session = first.session();
  settings.resumed = session.get();
  TlsClient second(settings);
  EXPECT_TRUE(gets_an_answer(second));
  EXPECT_FALSE(second.was_resumed());
}

TEST(NetTls, RefusesPlainHttpAndGarbage) {
  NetServer server({});
  std::uint64_t failed = 0;
  for (const std::string& bytes : {post("hello"), std::string(4096, '\xFF')}) {
    TcpClient client(server.port(), "127.0.0.1");
    EXPECT_TRUE(client.send(bytes));
    const std::string answer = client.read_to_end();
    EXPECT_NE(client.ending(), Ending::none);
    EXPECT_EQ(answer.find("HTTP"), std::string::npos);
    ++failed;
    EXPECT_TRUE(eventually([&] { return server.counters().handshakes_failed == failed; }));
  }
}

TEST(NetTls, WrongMaterialIsRefusedAtStart) {
  const TestAuthority authority;
  const auto broken = [&authority](int which) {
    net::TlsMaterial material = authority.server_material();
    if (which == 0) material.certificate_chain_pem = "not PEM";
    if (which == 1) material.client_ca_pem.clear();
    if (which == 2) material.private_key_pem = crypto::generate_private_key();
    if (which == 3) material.private_key_pem = crypto::Secret(crypto::view_of("not PEM"));
    return material;
  };
  for (int which = 0; which < 4; ++which) {
    EXPECT_THROW(net::make_tls_context(broken(which)), std::runtime_error) << which;
  }
  EXPECT_NE(net::make_tls_context(authority.server_material()), nullptr);
}

}  // namespace
}  // namespace sspf::test
