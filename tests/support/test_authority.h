// SPDX-License-Identifier: Apache-2.0
//
// A certificate authority for tests, with the certificates that it issues: good ones and bad ones.
#pragma once

#include <string>

#include "crypto/secret.h"
#include "server/net/tls.h"
#include "tests/support/tls_client.h"

namespace sspf::test {

class TestAuthority {
 public:
  TestAuthority();

  net::TlsMaterial server_material() const;
  ClientIdentity client() const;
  ClientIdentity expired_client() const;
  ClientIdentity not_yet_valid_client() const;
  ClientIdentity server_as_client() const;     // marked for serverAuth only
  ClientIdentity authority_as_client() const;  // not marked for anything

  const std::string& certificate_pem() const { return certificate_pem_; }

 private:
  ClientIdentity client_from(std::int64_t now_seconds) const;

  crypto::Secret key_;
  std::string certificate_pem_;
};

}  // namespace sspf::test
