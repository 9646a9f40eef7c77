// SPDX-License-Identifier: Apache-2.0
//
// The user's side of the access log's promise: every checkpoint that is shown is verified and
// compared with the newest one seen before, and an exported log is judged without the server.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/cli/session.h"
#include "crypto/audit_verify.h"
#include "crypto/note.h"
#include "crypto/receipt.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {

void show_checkpoint(const Session& session);
void export_log(const Session& session);
void verify_log(const Session& session);
void fetch_receipt(const Session& session);
void forward_log(const Session& session);

// An event, as the server proves it to be in the log.
crypto::Receipt receipt_of(std::uint64_t sequence, const v1::GetInclusionProofResponse& answer);

// The hashes of a proof; throws a Failure when one is no hash.
std::vector<crypto::Digest> hashes_of(const google::protobuf::RepeatedPtrField<std::string>& field);

// Once an hour of use: asks for the newest checkpoint and for the proof that it continues the one
// remembered. So a log that was cut or forked is noticed by every user. Throws a verification
// Failure then. A server that does not answer this after it once has is warned of, and so is a
// checkpoint that cannot be remembered here.
void watch_log(const SignedIn& user, const Session& session);

// A checkpoint that the server has shown, and how it continues the one remembered.
struct ShownCheckpoint {
  std::string note;
  // RFC 6962 2.1.2; nothing when every event was read and held against the one remembered.
  std::optional<std::vector<crypto::Digest>> consistency_proof;
};

// What the server shows of a log that goes on under another name and key.
struct NewEpoch {
  std::string note;                 // its newest checkpoint
  std::uint64_t proved_events = 0;  // so many are proved to be those that were shown before
};

// Asked before the context has the new key. Throws a verification Failure unless `log` has signed
// the checkpoint, and, unless events were lost, unless it continues the one remembered of the log
// before (RFC 6962 2.1.2).
NewEpoch ask_for_new_epoch(const SignedIn& user, const ContextStore& store,
                           const crypto::NoteVerifier& log, bool were_events_lost);

// The checkpoint in a note. Throws a verification Failure unless the context's log has signed it.
crypto::Checkpoint verified_checkpoint(const Context& context, const std::string& note);

// Verifies a signed checkpoint of the context's log and remembers it. Throws a verification Failure
// when the signature does not hold, when it covers fewer events than the one remembered, when it
// has another root at the same size, and when it is not shown to continue it: the log was cut or
// forked.
crypto::Checkpoint accept_checkpoint(const ContextStore& store, const Context& context,
                                     const ShownCheckpoint& shown);

}  // namespace sspf::cli
