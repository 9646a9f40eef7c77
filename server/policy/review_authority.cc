// SPDX-License-Identifier: Apache-2.0
//
// Leave to review the log of a municipality, to draw a sample from it, and to answer what one is
// asked.
#include <map>
#include <memory>

#include "server/base/months.h"
#include "server/base/surname.h"
#include "server/policy/authority.h"

namespace sspf::policy {

access::ReviewTexts Authority::review_texts(Scope& scope) {
  store::Unit& unit = scope.unit;
  return {{[&unit, month = month_of(scope.today)](const MunicipalityId& municipality) {
             return unit.details_key(municipality, month);
           },
           [&unit](const KeyId& id) { return unit.find_key(id); }},
          scope.tally};
}

std::string Authority::surname_in(const std::string& case_number, Scope& scope) const {
  const auto row = scope.unit.facts().case_of(case_number);
  if (!row || row->facts.kind == v1::CASE_KIND_GROUP) return {};
  const auto access = unlock(*row, scope);
  if (!access) return {};
  return folded_surname(access->open_title(scope.unit.tables().cases.record(*access).subject));
}

Result<access::ReviewAccess> Authority::resolve(For<access::ReviewAccess>, Requirement requirement,
                                                const Caller& caller, const Named& named,
                                                Scope& scope) const {
  const auto municipality =
      TRY(resolve(For<access::MunicipalityAccess>{}, requirement, caller, named, scope));
  access::ReviewAccess review(review_texts(scope));
  review.municipality_ = municipality.municipality();
  review.code_ = municipality.code();
  review.reviewer_ = caller.account();
  return review;
}

Result<access::Sampling> Authority::resolve(For<access::Sampling>, Requirement requirement,
                                            const Caller& caller, const Named& named,
                                            Scope& scope) const {
  auto review = TRY(resolve(For<access::ReviewAccess>{}, requirement, caller, named, scope));
  // Each case is opened once, however many have looked at it.
  const auto opened = std::make_shared<std::map<std::string, std::string>>();
  return access::Sampling(std::move(review), [this, &scope, opened](const std::string& case_number,
                                                                    const std::string& name) {
    const std::string surname = folded_surname(name);
    if (surname.empty()) return false;
    const auto [found, is_new] = opened->try_emplace(case_number);
    if (is_new) found->second = surname_in(case_number, scope);
    return found->second == surname;
  });
}

Result<access::OwnEnquiries> Authority::resolve(For<access::OwnEnquiries>, Requirement requirement,
                                                const Caller& caller, const Named& /*named*/,
                                                Scope& scope) const {
  ENSURE(requirement == Requirement::account);
  return access::OwnEnquiries(caller.account(), review_texts(scope));
}

}  // namespace sspf::policy
