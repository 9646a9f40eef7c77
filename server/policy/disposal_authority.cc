// SPDX-License-Identifier: Apache-2.0
//
// Leave to make a list of disposal, and to execute one.
#include "server/policy/authority.h"

namespace sspf::policy {
namespace {

// No rule of retention is shorter than a year.
constexpr std::int64_t quiet_days = 365;
constexpr std::int64_t day_microseconds = 24LL * 3600 * 1'000'000;

}  // namespace

Result<access::QuietCases> Authority::resolve(For<access::QuietCases>, Requirement requirement,
                                              const Caller& caller, const Named& named,
                                              Scope& scope) const {
  access::QuietCases quiet(
      TRY(resolve(For<access::MunicipalityAccess>{}, requirement, caller, named, scope)));
  const Instant since{scope.now.microseconds - quiet_days * day_microseconds};
  for (const std::string& number :
       scope.unit.tables().retention.quiet_cases(quiet.municipality().municipality(), since)) {
    const auto row = scope.unit.facts().case_of(number);
    if (!row) continue;
    auto access = enter(*row, caller, scope);
    if (access.ok()) quiet.cases_.push_back(std::move(access).value());
  }
  return quiet;
}

Result<access::Destruction> Authority::resolve(For<access::Destruction>, Requirement requirement,
                                               const Caller& caller, const Named& named,
                                               Scope& scope) const {
  store::Unit& unit = scope.unit;
  return access::Destruction(
      TRY(resolve(For<access::MunicipalityAccess>{}, requirement, caller, named, scope)),
      [&unit](const KeyId& id) { return unit.destroy_key(id); }, scope.tally);
}

}  // namespace sspf::policy
