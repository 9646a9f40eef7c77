// SPDX-License-Identifier: Apache-2.0
//
// Leave to open what lies beside the events of the log, and to destroy a month of it.
#include "server/policy/authority.h"

namespace sspf::policy {

Result<access::LogDetails> Authority::resolve(For<access::LogDetails>, Requirement requirement,
                                              const Caller& caller, const Named& named,
                                              Scope& scope) const {
  store::Unit& unit = scope.unit;
  return access::LogDetails(
      TRY(resolve(For<access::LogAccess>{}, requirement, caller, named, scope)),
      [&unit](const KeyId& id) { return unit.find_key(id); });
}

// Of the events without a municipality only an auditor of the installation knows.
Result<access::DetailsErasure> Authority::resolve(For<access::DetailsErasure>,
                                                  Requirement requirement, const Caller& caller,
                                                  const Named& named, Scope& scope) const {
  std::optional<MunicipalityId> municipality;
  if (named.municipality_code.empty()) {
    TRY(resolve(For<access::LogAccess>{}, Requirement::installation_auditor, caller, named, scope));
  } else {
    const auto in =
        TRY(resolve(For<access::MunicipalityAccess>{}, requirement, caller, named, scope));
    municipality = in.municipality();
  }
  store::Unit& unit = scope.unit;
  return access::DetailsErasure(municipality,
                                {[&unit, municipality](const std::string& month) {
                                   return unit.find_details_key(municipality, month);
                                 },
                                 [&unit](const KeyId& id) { return unit.destroy_key(id); }},
                                scope.tally);
}

}  // namespace sspf::policy
