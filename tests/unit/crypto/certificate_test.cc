// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509_vfy.h>

#include <set>
#include <stdexcept>

#include "crypto/openssl.h"
#include "crypto/pem.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

constexpr std::int64_t now = 1'800'000'000;  // 2027-01-15
constexpr std::int64_t day = 86400;

struct Authority {
  Secret key = generate_private_key();
  std::string certificate = make_ca_certificate(key, "Test CA", now, 3650);
};

const Authority& authority() {
  static const Authority authority;
  return authority;
}

std::string client_certificate(const std::string& request) {
  return issue_client_certificate(authority().key, authority().certificate, request, "a17", now, 90)
      .value();
}

std::string server_certificate(const std::vector<std::string>& hosts) {
  return issue_server_certificate(authority().key, authority().certificate, generate_private_key(),
                                  hosts, now, 90);
}

openssl::Certificate parse(const std::string& pem) {
  const Secret der = pem::read(pem, PEM_STRING_X509).value();
  const std::uint8_t* position = der.reveal().data();
  return openssl::Certificate(d2i_X509(nullptr, &position, static_cast<long>(der.size())));
}

// As a TLS peer would: strictly, at this time, for this purpose, trusting this CA alone.
int verify_error(const std::string& ca, const std::string& leaf, int purpose, std::int64_t time) {
  const openssl::Owned<X509_STORE, X509_STORE_free> store(X509_STORE_new());
  const openssl::Certificate trusted = parse(ca);
  const openssl::Certificate presented = parse(leaf);
  EXPECT_EQ(X509_STORE_add_cert(store.get(), trusted.get()), 1);
  const openssl::Owned<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
  EXPECT_EQ(X509_STORE_CTX_init(context.get(), store.get(), presented.get(), nullptr), 1);
  X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
  X509_STORE_CTX_set_time(context.get(), 0, time);
  EXPECT_EQ(X509_STORE_CTX_set_purpose(context.get(), purpose), 1);
  const openssl::ExpectNo expect_no;
  return X509_verify_cert(context.get()) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context.get());
}

std::string print(const std::string& pem) {
  const openssl::Bio memory = pem::new_memory();
  EXPECT_EQ(X509_print(memory.get(), parse(pem).get()), 1);
  return pem::text_in(memory);
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A request, or a key, of a kind that is refused.
std::string request_by(EVP_PKEY* key) {
  const openssl::Owned<X509_REQ, X509_REQ_free> request(X509_REQ_new());
  EXPECT_EQ(X509_REQ_set_pubkey(request.get(), key), 1);
  EXPECT_GT(X509_REQ_sign(request.get(), key, EVP_sha256()), 0);
  const openssl::Bio memory = pem::new_memory();
  EXPECT_EQ(PEM_write_bio_X509_REQ(memory.get(), request.get()), 1);
  return pem::text_in(memory);
}

TEST(Certificate, AClientsChainVerifiesForClientsOnly) {
  const std::string leaf = client_certificate(make_signing_request(generate_private_key()));
  const std::string& ca = authority().certificate;
  EXPECT_EQ(verify_error(ca, leaf, X509_PURPOSE_SSL_CLIENT, now), X509_V_OK);
  EXPECT_EQ(verify_error(ca, leaf, X509_PURPOSE_SSL_SERVER, now), X509_V_ERR_INVALID_PURPOSE);
  const std::string text = print(leaf);
  EXPECT_TRUE(holds(text, "Version: 3"));
  EXPECT_TRUE(holds(text, "URI:sspf:account/a17\n"));
  EXPECT_TRUE(holds(text, "X509v3 Basic Constraints: critical\n                CA:FALSE\n"));
  EXPECT_TRUE(holds(text, "X509v3 Key Usage: critical\n                Digital Signature\n"));
  EXPECT_TRUE(holds(text, "TLS Web Client Authentication\n"));
  EXPECT_TRUE(holds(text, "Signature Algorithm: ecdsa-with-SHA256"));
}

TEST(Certificate, AServersChainVerifiesForServersAndItsHosts) {
  const std::string leaf = server_certificate({"sspf.example", "127.0.0.1", "::1"});
  const std::string& ca = authority().certificate;
  EXPECT_EQ(verify_error(ca, leaf, X509_PURPOSE_SSL_SERVER, now), X509_V_OK);
  EXPECT_EQ(verify_error(ca, leaf, X509_PURPOSE_SSL_CLIENT, now), X509_V_ERR_INVALID_PURPOSE);
  const openssl::Certificate certificate = parse(leaf);
  EXPECT_EQ(X509_check_host(certificate.get(), "sspf.example", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate.get(), "other.example", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "127.0.0.1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "::1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "127.0.0.2", 0), 0);
}

TEST(Certificate, ALongHostIsAnAlternativeNameOnly) {
  const std::string host = std::string(60, 'a') + "." + std::string(60, 'b') + ".example";
  const std::string leaf = server_certificate({host});
  EXPECT_EQ(X509_check_host(parse(leaf).get(), host.c_str(), 0, 0, nullptr), 1);
  EXPECT_EQ(read_certificate(leaf)->common_name, "server");
}

TEST(Certificate, AnotherAuthorityOrTimeDoesNotVerify) {
  const std::string leaf = client_certificate(make_signing_request(generate_private_key()));
  const std::string& ca = authority().certificate;
  const Authority other;
  EXPECT_NE(verify_error(other.certificate, leaf, X509_PURPOSE_SSL_CLIENT, now), X509_V_OK);
  EXPECT_EQ(verify_error(ca, leaf, X509_PURPOSE_SSL_CLIENT, now - 300), X509_V_OK);
  EXPECT_NE(verify_error(ca, leaf, X509_PURPOSE_SSL_CLIENT, now - 301), X509_V_OK);
  EXPECT_EQ(verify_error(ca, leaf, X509_PURPOSE_SSL_CLIENT, now + 90 * day - 1), X509_V_OK);
  EXPECT_EQ(verify_error(ca, leaf, X509_PURPOSE_SSL_CLIENT, now + 90 * day + 1),
            X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST(Certificate, ALeafCannotIssue) {
  const Secret key = generate_private_key();
  const std::string leaf = client_certificate(make_signing_request(key));
  const std::string below =
      issue_client_certificate(key, leaf, make_signing_request(key), "b", now, 1).value();
  EXPECT_NE(verify_error(leaf, below, X509_PURPOSE_SSL_CLIENT, now), X509_V_OK);
}

TEST(Certificate, TheAuthorityIsOneAndNothingElse) {
  const std::string text = print(authority().certificate);
  EXPECT_TRUE(holds(text, "CA:TRUE, pathlen:0\n"));
  EXPECT_TRUE(
      holds(text, "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign"));
  const auto facts = read_certificate(authority().certificate);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->common_name, "Test CA");
  EXPECT_EQ(facts->not_after_seconds, now + 3650 * day);
}

TEST(Certificate, FactsAreThoseOfTheCertificate) {
  const std::string leaf = client_certificate(make_signing_request(generate_private_key()));
  const auto facts = read_certificate(leaf);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->common_name, "a17");
  EXPECT_EQ(facts->not_before_seconds, now - 300);
  EXPECT_EQ(facts->not_after_seconds, now + 90 * day);
  Digest fingerprint{};
  EXPECT_EQ(X509_digest(parse(leaf).get(), EVP_sha256(), fingerprint.data(), nullptr), 1);
  EXPECT_EQ(facts->fingerprint, fingerprint);
}

TEST(Certificate, SerialsArePositive128BitsAndDiffer) {
  const std::string request = make_signing_request(generate_private_key());
  std::set<std::string> serials;
  for (int i = 0; i < 20; ++i) {
    const std::string serial = read_certificate(client_certificate(request))->serial;
    EXPECT_EQ(serial.size(), 32U);
    EXPECT_TRUE(serial[0] >= '4' && serial[0] <= '7') << serial;
    EXPECT_TRUE(from_hex(serial));
    EXPECT_TRUE(serials.insert(serial).second);
  }
}

TEST(Certificate, ReadingTakesExactlyOneCertificate) {
  const std::string leaf = client_certificate(make_signing_request(generate_private_key()));
  const std::string der(text_of(pem::read(leaf, PEM_STRING_X509)->reveal()));
  const std::string begin = "-----BEGIN CERTIFICATE-----\n";
  const std::string end = "-----END CERTIFICATE-----\n";
  const std::vector<std::string> refused = {
      "",
      "\n" + leaf,
      "preamble\n" + leaf,
      leaf + "\n",
      leaf + "trailing",
      leaf + leaf,
      leaf.substr(0, leaf.size() / 2),
      begin + base64(view_of(der + "x")) + "\n" + end,
      begin + base64(view_of(der.substr(0, der.size() - 1))) + "\n" + end,
      begin + end,
      make_signing_request(generate_private_key()),
      std::string(text_of(generate_private_key().reveal()))};
  for (const std::string& text : refused) EXPECT_FALSE(read_certificate(text)) << text;
  EXPECT_TRUE(read_certificate(leaf));
}

TEST(Certificate, ARequestThatDoesNotParseOrVerifyIsRefused) {
  const std::string good = make_signing_request(generate_private_key());
  Secret der = *pem::read(good, PEM_STRING_X509_REQ);
  der.writable().back() ^= 1;  // in the signature
  const std::string tampered = "-----BEGIN CERTIFICATE REQUEST-----\n" + base64(der.reveal()) +
                               "\n-----END CERTIFICATE REQUEST-----\n";
  for (const std::string& request :
       {std::string(), good + good, good.substr(1), authority().certificate, tampered}) {
    EXPECT_FALSE(issue_client_certificate(authority().key, authority().certificate, request, "a17",
                                          now, 90));
  }
}

TEST(Certificate, ARequestWithAnotherKindOfKeyIsRefused) {
  const openssl::Key p384(EVP_EC_gen("P-384"));
  const openssl::Key k256(EVP_EC_gen("secp256k1"));
  const openssl::Key rsa(EVP_RSA_gen(2048));
  for (EVP_PKEY* const key : {p384.get(), k256.get(), rsa.get()}) {
    EXPECT_FALSE(issue_client_certificate(authority().key, authority().certificate, request_by(key),
                                          "a17", now, 90));
  }
  const openssl::Key p256(EVP_EC_gen("P-256"));
  EXPECT_TRUE(issue_client_certificate(authority().key, authority().certificate,
                                       request_by(p256.get()), "a17", now, 90));
}

TEST(Certificate, NamesThatCouldMeanSomethingElseAreRefused) {
  const std::string request = make_signing_request(generate_private_key());
  for (const std::string& id :
       {std::string(), std::string("a,URI:sspf:account/b"), std::string("a/b"), std::string("a b"),
        std::string("a\0b", 3), std::string(65, 'a')}) {
    EXPECT_THROW(
        issue_client_certificate(authority().key, authority().certificate, request, id, now, 90),
        std::invalid_argument);
  }
  for (const std::string& host : {std::string(), std::string("a,DNS:b"), std::string("a b"),
                                  std::string("a\0b", 3), std::string(254, 'a')}) {
    EXPECT_THROW(server_certificate({host}), std::invalid_argument);
  }
  EXPECT_THROW(server_certificate({}), std::invalid_argument);
}

TEST(Certificate, AnAuthorityWithAnothersKeyIssuesNothing) {
  const std::string request = make_signing_request(generate_private_key());
  EXPECT_THROW(issue_client_certificate(generate_private_key(), authority().certificate, request,
                                        "a17", now, 90),
               std::invalid_argument);
  EXPECT_THROW(
      issue_client_certificate(Secret(view_of("x")), authority().certificate, request, "a", now, 1),
      std::invalid_argument);
}

TEST(Certificate, NoErrorIsLeftBehindForTheNextCaller) {
  EXPECT_FALSE(read_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
  EXPECT_FALSE(
      issue_client_certificate(authority().key, authority().certificate, "no", "a", now, 1));
  static_cast<void>(server_certificate({"sspf.example"}));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

}  // namespace
}  // namespace sspf::crypto
