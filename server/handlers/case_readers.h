// SPDX-License-Identifier: Apache-2.0
//
// Who has looked at a case, for those who coordinate it.
#pragma once

#include <string>

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/review.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// The cursor is the number of the event to go on with.
Result<Piece<v1::ListCaseReadersResponse>> list_case_readers(
    const Permit<Action::list_case_readers>& permit, Workspace& workspace,
    const v1::ListCaseReadersRequest& request, const std::string& cursor);

}  // namespace sspf::handlers
