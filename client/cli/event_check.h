// SPDX-License-Identifier: Apache-2.0
//
// What an event must be at its place in the log, as far as one who knows AuditEvent can tell:
// proto/sspf/v1/checkpoint.md, "Offline verification" 3 and "Which basis lets somebody see".
#pragma once

#include "crypto/audit_verify.h"

namespace sspf::cli {

// Readable, numbered without gaps from 0, not before the event ahead of it, and what it shows by a
// basis that was in force. The complaint is in the language spoken. One check is for one pass.
crypto::EntryCheck event_check();

// Of an event by itself, as in a receipt: readable, and of this number.
crypto::EntryCheck lone_event_check();

}  // namespace sspf::cli
