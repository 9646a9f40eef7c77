// SPDX-License-Identifier: Apache-2.0
//
// What a handler gets beside its permit and its request: tables, time, and the installation's own
// means.
#pragma once

#include <cstdint>
#include <string>

#include "crypto/secret.h"
#include "server/access/pseudonym.h"
#include "server/base/clock.h"
#include "server/store/tables.h"

namespace sspf::handlers {

// Made once, at start.
struct Installation {
  crypto::Secret ca_private_key_pem;
  std::string ca_certificate_pem;
  std::string ca_fingerprint_base32;  // of the DER form; the second part of an enrolment code
  std::string log_verifier_key;       // c2sp.org/signed-note
  int client_certificate_days = 90;
  std::uint32_t small_cell_min = 5;  // smaller counts are not shown in reports
  access::Pseudonyms pseudonyms;
};

struct Workspace {
  store::Tables& tables;
  access::Tally& tally;
  const Installation& installation;
  Instant now;
  std::string today;  // in Europe/Stockholm
};

// One piece of a server stream; the stream goes on while `next_cursor` is not empty.
template <typename Response>
struct Piece {
  Response message;
  std::string next_cursor;
};

}  // namespace sspf::handlers
