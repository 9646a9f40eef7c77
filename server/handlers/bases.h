// SPDX-License-Identifier: Apache-2.0
//
// RPCs of the catalogue of legal bases, and of what lets a caller see a case.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/basis.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

Result<v1::ListBasesResponse> list_bases(const Permit<Action::list_bases>& permit,
                                         Workspace& workspace, const v1::ListBasesRequest& request);
// ends_before_start; already_there when a row of the code holds on the same days; too_large of an
// age; unexpected below_age of a consent's basis.
Result<v1::AddBasisResponse> add_basis(const Permit<Action::add_basis>& permit,
                                       Workspace& workspace, const v1::AddBasisRequest& request);
// ends_before_start; not_found; already_there when a later row of the code has begun by then.
Result<v1::EndBasisResponse> end_basis(const Permit<Action::end_basis>& permit,
                                       Workspace& workspace, const v1::EndBasisRequest& request);
// in_future of the decision; not_found.
Result<v1::DecideBasisResponse> decide_basis(const Permit<Action::decide_basis>& permit,
                                             Workspace& workspace,
                                             const v1::DecideBasisRequest& request);
Result<v1::ExplainAccessResponse> explain_access(const Permit<Action::explain_access>& permit,
                                                 Workspace& workspace,
                                                 const v1::ExplainAccessRequest& request);

}  // namespace sspf::handlers
