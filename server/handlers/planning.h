// SPDX-License-Identifier: Apache-2.0
//
// In which states of a case its plan and its commitments can be written.
#pragma once

#include "server/access/case_access.h"
#include "server/base/result.h"

namespace sspf::handlers {

// Refuses with case_closed once the case is closed or left by another exit: commitments included,
// it is then frozen (R6).
Result<Done> case_is_open(const access::CaseAccess& in);

// Also refuses with case_not_in_planning before the mapping: consent comes first (domain.md 1).
Result<Done> case_is_planned(const access::CaseAccess& in);

}  // namespace sspf::handlers
