// SPDX-License-Identifier: Apache-2.0
//
// The user's side of the access log's promise: every checkpoint that is shown is verified and
// compared with the newest one seen before, and an exported log is judged without the server.
#pragma once

#include <string>

#include "client/cli/session.h"
#include "crypto/audit_verify.h"
#include "crypto/note.h"

namespace sspf::cli {

void show_checkpoint(const Session& session);
void export_log(const Session& session);
void verify_log(const Session& session);

// Verifies a signed checkpoint of the context's log and remembers it when it is the newest. Throws
// a verification Failure when the signature does not hold, when it covers fewer events than the one
// remembered, and when it has another root at the same size: then the log was cut or forked.
crypto::Checkpoint accept_checkpoint(const ContextStore& store, const Context& context,
                                     const std::string& note);

// What an event must be at its place: readable, numbered without gaps from 0, and not before the
// event ahead of it. The complaint is in the language spoken. One check is for one pass.
crypto::EntryCheck event_check();

}  // namespace sspf::cli
