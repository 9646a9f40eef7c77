// SPDX-License-Identifier: Apache-2.0
//
// The name of a guest, which tells whose case a meeting is about when a guardian comes: sealed
// under the key of the case for which the guest comes, or under the meeting's when for none.
#pragma once

#include <optional>
#include <string>

#include "server/access/meeting_access.h"

namespace sspf::store {

// Of a case that the caller may enter.
struct Guest {
  ItemId participant;
  std::optional<CaseId> case_id;
};

access::Sealed seal_guest_name(const access::MeetingAccess& meeting, const Guest& guest,
                               const std::string& name);

// Empty when the caller may enter the case and not see whom it is about.
std::string open_guest_name(const access::MeetingAccess& meeting, const Guest& guest,
                            const access::Sealed& name);

}  // namespace sspf::store
