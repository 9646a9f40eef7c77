// SPDX-License-Identifier: Apache-2.0
//
// Caller: who calls, for which agency and with which roles, as the database says at this call. Made
// by policy::Authority alone.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "server/base/ids.h"
#include "sspf/v1/account.pb.h"

namespace sspf::policy {
class Authority;
}

namespace sspf::access {

// No municipality means the whole installation (administrators and auditors only).
struct RoleGrant {
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::optional<MunicipalityId> municipality;
};

class Caller {
 public:
  AccountId account() const { return account_; }
  AgencyId agency() const { return agency_; }
  v1::AgencyKind agency_kind() const { return agency_kind_; }
  const crypto::Digest& certificate() const { return certificate_; }
  const std::vector<RoleGrant>& grants() const { return grants_; }

  bool has_role(v1::Role role) const {
    return std::any_of(grants_.begin(), grants_.end(),
                       [&](const RoleGrant& grant) { return grant.role == role; });
  }
  // In this municipality, or in the whole installation.
  bool has_role_in(v1::Role role, const MunicipalityId& municipality) const {
    return std::any_of(grants_.begin(), grants_.end(), [&](const RoleGrant& grant) {
      return grant.role == role && (!grant.municipality || *grant.municipality == municipality);
    });
  }
  bool has_role_everywhere(v1::Role role) const {
    return std::any_of(grants_.begin(), grants_.end(), [&](const RoleGrant& grant) {
      return grant.role == role && !grant.municipality;
    });
  }

 private:
  friend class policy::Authority;
  Caller() = default;

  AccountId account_;
  AgencyId agency_;
  v1::AgencyKind agency_kind_ = v1::AGENCY_KIND_UNSPECIFIED;
  crypto::Digest certificate_{};
  std::vector<RoleGrant> grants_;
};

}  // namespace sspf::access
