// SPDX-License-Identifier: Apache-2.0
// Denied: incomplete type .*Signature|undefined template .sspf::rpc::Signature
#include "server/handlers/accounts.h"
#include "server/rpc/method.h"

namespace sspf::rpc {

Result<v1::WhoAmIResponse> no_permit(handlers::Workspace& workspace,
                                     const v1::WhoAmIRequest& request);

#ifndef SSPF_CONTROL
constexpr Method row = method<&no_permit>("/sspf.v1.AccountService/WhoAmI");
#else
constexpr Method row = method<&handlers::who_am_i>("/sspf.v1.AccountService/WhoAmI");
#endif
static_assert(!row.path.empty());

}  // namespace sspf::rpc
