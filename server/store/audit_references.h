// SPDX-License-Identifier: Apache-2.0
//
// The rows beside an event of the log by which lists find it.
#pragma once

#include <optional>

#include "server/base/ids.h"
#include "server/store/sqlite.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::store {

std::optional<MunicipalityId> municipality_of(const v1::AuditEvent& event);

// Which accounts an event is of, and which municipalities it concerns: that of its target and of
// every case it showed; those of the account it was done to; and when these are none, those of
// whoever called.
void append_references(Connection& connection, const v1::AuditEvent& event);

}  // namespace sspf::store
