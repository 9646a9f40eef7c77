// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_authority.h"

#include "crypto/certificate.h"
#include "server/base/clock.h"
#include "server/base/ensure.h"

namespace sspf::test {
namespace {

constexpr int days_valid = 90;
constexpr std::int64_t year_seconds = 365LL * 24 * 60 * 60;

std::int64_t now_seconds() { return system_clock()().microseconds / 1'000'000; }

std::string text_of(const crypto::Secret& pem) {
  return std::string(crypto::text_of(pem.reveal()));
}

}  // namespace

TestAuthority::TestAuthority()
    : key_(crypto::generate_private_key()),
      certificate_pem_(crypto::make_ca_certificate(key_, "SSPF test CA",
                                                   now_seconds() - 2 * year_seconds, 3650)) {}

net::TlsMaterial TestAuthority::server_material() const {
  crypto::Secret key = crypto::generate_private_key();
  const std::string certificate = crypto::issue_server_certificate(
      key_, certificate_pem_, key, {"127.0.0.1"}, now_seconds(), days_valid);
  return {certificate + certificate_pem_, std::move(key), certificate_pem_};
}

ClientIdentity TestAuthority::client() const { return client_from(now_seconds()); }

ClientIdentity TestAuthority::expired_client() const {
  return client_from(now_seconds() - year_seconds);
}

ClientIdentity TestAuthority::not_yet_valid_client() const {
  return client_from(now_seconds() + year_seconds);
}

ClientIdentity TestAuthority::server_as_client() const {
  const net::TlsMaterial material = server_material();
  return {material.certificate_chain_pem, text_of(material.private_key_pem)};
}

ClientIdentity TestAuthority::authority_as_client() const {
  return {certificate_pem_, text_of(key_)};
}

ClientIdentity TestAuthority::client_from(std::int64_t now) const {
  const crypto::Secret key = crypto::generate_private_key();
  const auto certificate =
      crypto::issue_client_certificate(key_, certificate_pem_, crypto::make_signing_request(key),
                                       "account-of-the-test", now, days_valid);
  ENSURE(certificate.has_value());
  return {*certificate, text_of(key)};
}

}  // namespace sspf::test
