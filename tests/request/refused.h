// SPDX-License-Identifier: Apache-2.0
//
// Refusals that many tests expect, in the words in which what they share tells them.
#pragma once

namespace sspf::test {

// As an outcome: the answer, and the private cause in the event.
namespace refused {

inline constexpr auto no_certificate = "refused unauthenticated/no_certificate for no_certificate";
inline constexpr auto suspended =
    "refused unauthenticated/unknown_certificate for account_suspended";
inline constexpr auto role_missing = "refused permission_denied/role_missing for role_missing";
inline constexpr auto not_found = "refused not_found/not_found for not_found";
inline constexpr auto not_assigned = "refused not_found/not_found for not_assigned";
inline constexpr auto other_municipality = "refused not_found/not_found for other_municipality";
inline constexpr auto stale_version = "refused aborted/stale_version for stale_version";
inline constexpr auto meeting_not_open =
    "refused failed_precondition/meeting_not_open for meeting_not_open";

}  // namespace refused

// As the summary of an answer.
namespace told {

inline constexpr auto hidden = "not_found/not_found";
inline constexpr auto no_role = "permission_denied/role_missing";

}  // namespace told

}  // namespace sspf::test
