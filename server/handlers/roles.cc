// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/roles.h"

#include <algorithm>

namespace sspf::handlers {
namespace {

bool serves(const store::AgencyRow& agency, const MunicipalityId& municipality) {
  return std::find(agency.municipalities.begin(), agency.municipalities.end(), municipality) !=
         agency.municipalities.end();
}

bool contains(const std::vector<access::RoleGrant>& grants, const access::RoleGrant& wanted) {
  return std::any_of(grants.begin(), grants.end(), [&](const access::RoleGrant& grant) {
    return grant.role == wanted.role && grant.municipality == wanted.municipality;
  });
}

Result<access::RoleGrant> checked_grant(const store::Directory& directory,
                                        const access::Directory& scope,
                                        const store::AgencyRow& agency, const v1::RoleGrant& role) {
  if (role.municipality_code().empty()) {
    if (role.role() == v1::ROLE_COORDINATOR || role.role() == v1::ROLE_MEMBER) {
      return refusal(Reason::missing, "roles.municipality_code");
    }
    if (!scope.is_everything()) return hidden(Reason::other_municipality);
    return access::RoleGrant{role.role(), std::nullopt};
  }
  const auto municipality = directory.municipality(role.municipality_code());
  if (!municipality.ok()) return refusal(Reason::unknown_value, "roles.municipality_code");
  if (!scope.covers(municipality.value())) {
    return Refusal{Reason::unknown_value, Reason::other_municipality, "roles.municipality_code"};
  }
  if (!serves(agency, municipality.value())) {
    return refusal(Reason::unknown_value, "roles.municipality_code");
  }
  return access::RoleGrant{role.role(), municipality.value()};
}

}  // namespace

Result<Done> agency_is_administered(const access::Directory& scope,
                                    const store::AgencyRow& agency) {
  for (const MunicipalityId& municipality : agency.municipalities) {
    if (!scope.covers(municipality)) {
      return Refusal{Reason::unknown_value, Reason::other_municipality, "agency_code"};
    }
  }
  return Done();
}

Result<std::vector<access::RoleGrant>> checked_grants(
    const store::Directory& directory, const access::Directory& scope,
    const store::AgencyRow& agency,
    const google::protobuf::RepeatedPtrField<v1::RoleGrant>& roles) {
  std::vector<access::RoleGrant> grants;
  bool administers = false;
  bool audits = false;
  bool works = false;
  for (const v1::RoleGrant& role : roles) {
    const access::RoleGrant grant = TRY(checked_grant(directory, scope, agency, role));
    if (!contains(grants, grant)) grants.push_back(grant);
    administers = administers || role.role() == v1::ROLE_ADMINISTRATOR;
    audits = audits || role.role() == v1::ROLE_AUDITOR;
    works = works || role.role() == v1::ROLE_COORDINATOR || role.role() == v1::ROLE_MEMBER;
  }
  if (administers + audits + works > 1) return refusal(Reason::roles_conflict);
  return grants;
}

}  // namespace sspf::handlers
