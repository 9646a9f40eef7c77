// SPDX-License-Identifier: Apache-2.0
//
// One change of a case's state, kept in its history with the reason sealed.
#pragma once

#include <string>

#include "server/access/caller.h"
#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"

namespace sspf::handlers {

struct NewState {
  v1::CaseState state;
  std::string reason;  // may be empty
};

// Stores the state and returns the next version. Whether the state follows is the caller's to check
// (case_flow.h). Refuses with stale_version when the case has changed since the permit was made.
Result<std::uint64_t> change_state(const access::CaseAccess& access, const access::Caller& caller,
                                   Workspace& workspace, const NewState& to);

}  // namespace sspf::handlers
