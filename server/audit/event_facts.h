// SPDX-License-Identifier: Apache-2.0
//
// What an event says, as both the review of the log and its alerts understand it.
#pragma once

#include <string_view>

#include "sspf/v1/audit.pb.h"

namespace sspf::audit {

inline constexpr std::string_view opening_rpc = "sspf.v1.EmergencyService/OpenInEmergency";

// Refused, for a private cause that says that the thing was there and not the account's.
bool is_denied_what_exists(const v1::AuditEvent& event);

// Likewise, or for a cause that says that it is not there.
bool is_denied_or_absent(const v1::AuditEvent& event);

// A look-up of a person by number that was answered, and found nobody.
bool has_found_nobody(const v1::AuditEvent& event);

}  // namespace sspf::audit
