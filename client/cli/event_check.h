// SPDX-License-Identifier: Apache-2.0
//
// What an event must be at its place in the log, as far as one who knows AuditEvent can tell:
// proto/sspf/v1/checkpoint.md, "Offline verification" 3 and "Which basis lets somebody see".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/audit_verify.h"

namespace sspf::cli {

// Where the log goes on after a restore.
struct EpochBegin {
  std::uint64_t sequence = 0;          // of the event that says so: as many were there before
  std::string previous_origin;         // of those
  crypto::Checkpoint last_checkpoint;  // what was known to have been there; not verified
};

// Readable, numbered without gaps from 0, not before the event ahead of it, and what it shows by a
// basis that was in force. The complaint is in the language spoken. One check is for one pass. Each
// new epoch in the log is added to `epochs`, which outlives the check.
crypto::EntryCheck event_check(std::vector<EpochBegin>& epochs);

// Of an event by itself, as in a receipt: readable, and of this number.
crypto::EntryCheck lone_event_check();

}  // namespace sspf::cli
