// SPDX-License-Identifier: Apache-2.0
//
// Consents of individual cases. One function for each RPC of consent.proto; what each refuses
// stands beside it, what every call refuses is in rpc/.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/consent.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// case_closed; group_needs_no_consent; ends_before_start; in_future of a signature; unknown_value
// of an agency that does not serve the municipality; case_full. A signature that is missing is no
// refusal: the consent is recorded and not in force, and a warning says why.
Result<v1::RecordConsentResponse> record_consent(const Permit<Action::record_consent>& permit,
                                                 Workspace& workspace,
                                                 const v1::RecordConsentRequest& request);
Result<v1::ListConsentsResponse> list_consents(const Permit<Action::list_consents>& permit,
                                               Workspace& workspace,
                                               const v1::ListConsentsRequest& request);
// revoked_already; not_found. Possible after the end of the case (R6). When it was the last one in
// force, a case that rests on consent ends as ConsentRevoked.
Result<v1::RevokeConsentResponse> revoke_consent(const Permit<Action::revoke_consent>& permit,
                                                 Workspace& workspace,
                                                 const v1::RevokeConsentRequest& request);

}  // namespace sspf::handlers
