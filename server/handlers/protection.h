// SPDX-License-Identifier: Apache-2.0
//
// RPCs of what keeps people out of a case above every role: protected identity and blocks.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/protection.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// unexpected for a group; protected_already; unknown_value of a handler who does not work in the
// municipality.
Result<v1::ProtectIdentityResponse> protect_identity(const Permit<Action::protect_identity>& permit,
                                                     Workspace& workspace,
                                                     const v1::ProtectIdentityRequest& request);
// not_protected.
Result<v1::UnprotectIdentityResponse> unprotect_identity(
    const Permit<Action::unprotect_identity>& permit, Workspace& workspace,
    const v1::UnprotectIdentityRequest& request);
// not_protected; unknown_value; already_there.
Result<v1::AddHandlerResponse> add_handler(const Permit<Action::add_handler>& permit,
                                           Workspace& workspace,
                                           const v1::AddHandlerRequest& request);
// not_protected; not_found; last_handler: somebody who coordinates always remains.
Result<v1::RemoveHandlerResponse> remove_handler(const Permit<Action::remove_handler>& permit,
                                                 Workspace& workspace,
                                                 const v1::RemoveHandlerRequest& request);
Result<v1::GetProtectionResponse> get_protection(const Permit<Action::get_protection>& permit,
                                                 Workspace& workspace,
                                                 const v1::GetProtectionRequest& request);

// unknown_value; already_there; own_act of the own account, which would leave nobody to lift it.
Result<v1::BlockAccountResponse> block_account(const Permit<Action::block_account>& permit,
                                               Workspace& workspace,
                                               const v1::BlockAccountRequest& request);
// not_found.
Result<v1::UnblockAccountResponse> unblock_account(const Permit<Action::unblock_account>& permit,
                                                   Workspace& workspace,
                                                   const v1::UnblockAccountRequest& request);
Result<v1::ListBlocksResponse> list_blocks(const Permit<Action::list_blocks>& permit,
                                           Workspace& workspace,
                                           const v1::ListBlocksRequest& request);

}  // namespace sspf::handlers
