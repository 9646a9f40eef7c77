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
inline constexpr std::string_view consent_not_begun = "consent_not_begun";
inline constexpr std::string_view consent_past = "consent_past";
inline constexpr std::string_view consent_revoked = "consent_revoked";
}  // namespace warning

using Warnings = google::protobuf::RepeatedPtrField<std::string>;

// When no consent is in force today: that, and whose signatures are missing. None for a group, and
// none once the case has ended.
Warnings case_warnings(const access::CaseAccess& access, const Workspace& workspace,
                       const std::optional<std::string>& birth_date);

// What keeps a consent from being in force today: that it is revoked or past, and then nothing
// else; that it has not begun; signatures missing today or, when it has not begun, on its first
// day. And that a guardian's alone will not do after the fifteenth birthday.
Warnings consent_warnings(const store::ConsentRow& consent,
                          const std::optional<std::string>& birth_date, const std::string& today);

}  // namespace sspf::handlers
