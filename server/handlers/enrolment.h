// SPDX-License-Identifier: Apache-2.0
//
// Enrolment codes: "sspf1-<secret>-<fingerprint of the CA>", both in base32.
#pragma once

#include <string>

#include "crypto/bytes.h"
#include "server/handlers/workspace.h"

namespace sspf::handlers {

struct EnrolmentCode {
  std::string text;             // shown once
  crypto::Digest hash{};        // stored
  std::int64_t expires_at = 0;  // microseconds since 1970: 24 hours on
};

EnrolmentCode make_enrolment_code(const std::string& ca_fingerprint_base32, Instant now);

}  // namespace sspf::handlers
