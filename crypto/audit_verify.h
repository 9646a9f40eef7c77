// SPDX-License-Identifier: Apache-2.0
//
// Judges an exported audit log without a server: what proto/sspf/v1/checkpoint.md calls "Offline
// verification". It does not know what an event says; the caller's check does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/note.h"
#include "crypto/policy.h"
#include "crypto/receipt.h"

namespace sspf::crypto {

enum class VerifyOutcome {
  ok,           // the events are those of the signed checkpoint and of every earlier one given
  tampered,     // they are not, or an event is not what it must be at its place
  cannot_tell,  // no trustworthy checkpoint was there to compare with, or the file could not be
                // read
};

struct VerifyFinding {
  // The number of the first event that is bad or may be bad, counted from 0; nothing when the
  // finding is not about an event.
  std::optional<std::uint64_t> event;
  std::string text;  // for a person; holds no byte of an event
};

struct VerifyReport {
  VerifyOutcome outcome = VerifyOutcome::cannot_tell;
  std::uint64_t event_count = 0;         // events read from the file
  std::optional<Checkpoint> checkpoint;  // the file's, once its signature verified
  std::vector<VerifyFinding> findings;   // empty exactly when the outcome is ok; the first leads
};

// Says what is wrong with event number `index` (from 0), or nothing. After its first complaint it
// is not asked again: what follows a missing event is out of place too.
using EntryCheck = std::function<std::optional<std::string>(std::uint64_t index, ByteView entry)>;

// What a log is held against. It comes from elsewhere than the log.
struct VerifyGrounds {
  NoteVerifier log;
  // Signed checkpoints of the same log that someone kept, in any order.
  std::vector<std::string> earlier_notes;
  // Whose cosignatures the log's own checkpoint needs; null for none.
  const Policy* policy = nullptr;
};

VerifyReport verify_audit_export(std::istream& file, const VerifyGrounds& grounds,
                                 const EntryCheck& check);

// Of a folder of tiles. Throws std::system_error when it cannot be read.
VerifyReport verify_audit_tiles(const std::filesystem::path& folder, const VerifyGrounds& grounds,
                                const EntryCheck& check);

// Of one event; `check` is asked about it alone, and the report counts one event.
VerifyReport verify_receipt(const Receipt& receipt, const VerifyGrounds& grounds,
                            const EntryCheck& check);

}  // namespace sspf::crypto
