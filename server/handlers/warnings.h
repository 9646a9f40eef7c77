// SPDX-License-Identifier: Apache-2.0
//
// What the coordinator must know before sharing: stable codes that a client puts into words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/access/case_access.h"
#include "server/handlers/workspace.h"

namespace sspf::handlers {

namespace warning {
inline constexpr std::string_view no_consent_in_force = "no_consent_in_force";
inline constexpr std::string_view guardian_signature_missing = "guardian_signature_missing";
inline constexpr std::string_view youth_signature_missing = "youth_signature_missing";
inline constexpr std::string_view youth_signature_needed_at_15 = "youth_signature_needed_at_15";
}  // namespace warning

using Warnings = google::protobuf::RepeatedPtrField<std::string>;

// When no consent is in force today: that, and whose signatures are missing. None for a group, and
// none once the case has ended.
Warnings case_warnings(const access::CaseAccess& access, const Workspace& workspace,
                       const std::optional<std::string>& birth_date);

// Those of the case, and before them what is wanting in a consent that was just recorded:
// signatures missing today or, when it has not begun, on its first day; and that a guardian's alone
// will not do after the fifteenth birthday.
Warnings consent_warnings(const access::CaseAccess& access, const Workspace& workspace,
                          const std::optional<std::string>& birth_date,
                          const store::ConsentRow& recorded);

}  // namespace sspf::handlers
