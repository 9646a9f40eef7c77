// SPDX-License-Identifier: Apache-2.0
//
// Which roles an account may be given, and by whom (trust.md 2).
#pragma once

#include <vector>

#include "server/access/caller.h"
#include "server/access/scopes.h"
#include "server/base/result.h"
#include "server/store/directory.h"

namespace sspf::handlers {

// Refuses (other_municipality, as not_found) unless every municipality that the agency serves lies
// in the scope: an administrator of one municipality does not make accounts of an agency that it
// shares.
Result<Done> agency_is_administered(const access::Directory& scope, const store::AgencyRow& agency);

// Refuses:
//   unknown_value      a role or municipality that is not there
//   missing            a coordinator or member without a municipality
//   roles_conflict     more than one of: administrator; auditor; coordinator or member
//   other_municipality a grant outside the scope of who gives it (as not_found), or one in a
//   municipality
//                      that the account's agency does not serve (as unknown_value)
Result<std::vector<access::RoleGrant>> checked_grants(
    const store::Directory& directory, const access::Directory& scope,
    const store::AgencyRow& agency, const google::protobuf::RepeatedPtrField<v1::RoleGrant>& roles);

}  // namespace sspf::handlers
