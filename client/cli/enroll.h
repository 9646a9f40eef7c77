// SPDX-License-Identifier: Apache-2.0
//
// How a user gets a certificate: once with an enrolment code, and then anew before it expires. The
// private key is made here and never leaves this computer.
#pragma once

#include <optional>
#include <string>

#include "client/cli/session.h"
#include "crypto/bytes.h"

namespace sspf::cli {

// "sspf1-<secret>-<fingerprint>", both in crypto::base32: 16 secret bytes, and SHA-256 of the CA's
// certificate in DER form. Capitals and surrounding space do not matter.
struct EnrolmentCode {
  std::string secret;  // what the server is told
  crypto::Digest ca_fingerprint{};

  static std::optional<EnrolmentCode> parse(const std::string& text);
};

void enroll(const Session& session);
void renew(const Session& session);

}  // namespace sspf::cli
