// SPDX-License-Identifier: Apache-2.0
//
// One event of the audit log as an auditor reads it: handles, codes and references in the place of
// ids. Made from the stored bytes alone, never from the columns beside them.
#pragma once

#include "server/store/tables.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::handlers {

// Throws Fault when the bytes are not an event.
v1::EventView event_view(const store::Tables& tables, const store::LogEntry& entry);

}  // namespace sspf::handlers
