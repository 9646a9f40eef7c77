// SPDX-License-Identifier: Apache-2.0
//
// RPCs of a municipality's rules of who must sign a consent at which age (R5).
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/consent.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// too_many_items; rules_not_in_order; adult_signs_alone unless the youth alone signs from 18 on,
// and a guardian before.
Result<v1::SetSignatureRulesResponse> set_signature_rules(
    const Permit<Action::set_signature_rules>& permit, Workspace& workspace,
    const v1::SetSignatureRulesRequest& request);
Result<v1::ListSignatureRulesResponse> list_signature_rules(
    const Permit<Action::list_signature_rules>& permit, Workspace& workspace,
    const v1::ListSignatureRulesRequest& request);

}  // namespace sspf::handlers
