// SPDX-License-Identifier: Apache-2.0
//
// What begins a new epoch of the log after a restore.
#pragma once

#include <string>

#include "server/store/unit.h"

namespace sspf::store {

// From here on the log has this origin: recorded together with the event that says so, in one
// transaction. Throws CommitUnknown, or Fault when nothing was changed.
void begin_log_epoch(Database& database, const std::string& origin, EventDraft event, Instant now);

}  // namespace sspf::store
