// SPDX-License-Identifier: Apache-2.0
//
// Who may be given a part in the work of a municipality: in a case by assignment, in a meeting by
// invitation.
#pragma once

#include <string>

#include "server/base/result.h"
#include "server/handlers/workspace.h"

namespace sspf::handlers {

// The account that a request names in `handle`: member or coordinator in this municipality, of an
// agency that serves it, and not suspended. Every other one, there or not, is refused alike with
// unknown_value, or the answers would tell of accounts elsewhere; the cause is for the audit log.
Result<AccountId> colleague(const Workspace& workspace, const MunicipalityId& municipality,
                            const std::string& handle);

}  // namespace sspf::handlers
