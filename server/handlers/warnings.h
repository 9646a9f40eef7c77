// SPDX-License-Identifier: Apache-2.0
//
// What the coordinator must know before sharing: stable codes that a client puts into words.
#pragma once

#include <string>
#include <string_view>

#include "server/access/case_access.h"
#include "server/handlers/workspace.h"

namespace sspf::handlers {

namespace warning {
inline constexpr std::string_view no_consent_in_force = "no_consent_in_force";
inline constexpr std::string_view guardian_signature_missing = "guardian_signature_missing";
inline constexpr std::string_view youth_signature_missing = "youth_signature_missing";
inline constexpr std::string_view signature_needed_at_birthday = "signature_needed_at_birthday";
inline constexpr std::string_view secrecy_basis_not_in_force = "secrecy_basis_not_in_force";
inline constexpr std::string_view youth_view_missing = "youth_view_missing";
inline constexpr std::string_view emergency_not_reviewed = "emergency_opening_not_reviewed";
inline constexpr std::string_view consent_not_begun = "consent_not_begun";
inline constexpr std::string_view consent_past = "consent_past";
inline constexpr std::string_view consent_revoked = "consent_revoked";
inline constexpr std::string_view recreation_may_lack_secrecy = "recreation_may_lack_secrecy";
}  // namespace warning

using Warnings = google::protobuf::RepeatedPtrField<std::string>;

// When no consent is in force today: that, and whose signatures are missing; not for a group, nor
// once the case has ended. And that an emergency opening waits for its review.
Warnings case_warnings(const access::CaseAccess& access, const Workspace& workspace);

// What keeps a consent from being in force today: that it is revoked or past, and then nothing
// else; that it has not begun, or that its basis is not in force; signatures missing today or, when
// it has not begun, on its first day. And that a birthday within its term will ask for one more.
Warnings consent_warnings(const access::CaseAccess& access, const store::ConsentRow& consent,
                          const std::string& today);

}  // namespace sspf::handlers
