// SPDX-License-Identifier: Apache-2.0
//
// The verdict on an exported log, judged and told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/cli/event_check.h"
#include "client/cli/session.h"
#include "crypto/audit_verify.h"
#include "crypto/policy.h"

namespace sspf::cli {

struct Verdict {
  crypto::VerifyReport report;
  bool is_of_one_event = false;  // a receipt
  std::vector<EpochBegin> epochs;
  std::string complaint;  // what our own check said of an event, in the language spoken
};

// The keys to try, and what somebody kept, as --key, --policy and --checkpoint give them; else what
// the context knows.
struct Grounds {
  std::vector<crypto::NoteVerifier> keys;
  std::vector<std::string> kept_notes;
  std::optional<crypto::Policy> policy;
};
Grounds grounds_of(const Session& session);

// Reads an exported file, a folder of tiles or a receipt once. Throws a local Failure when it
// cannot be read.
Verdict judged(const std::string& path, const crypto::VerifyGrounds& grounds, Terminal& terminal);

// Writes what was found. Throws a Failure unless all is well: of verification when the log was
// changed, a local one when nothing could be told.
void report_verification(const Session& session, const Verdict& verdict);

}  // namespace sspf::cli
