// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "server/store/unit.h"

namespace sspf::store {

struct Founding {
  std::string handle;
  std::string name;
  crypto::Digest code_hash{};
  std::int64_t code_expires_at = 0;
  std::string log_origin;
};

// The first content of a new database: the operating agency, which serves no municipality, and the
// first administrator with an enrolment code, committed with their event. ENSUREs that there is no
// account yet.
void found(Database& database, const Founding& founding, EventDraft event, Instant now);

}  // namespace sspf::store
