// SPDX-License-Identifier: Apache-2.0
//
// SQL of retention: rules, the last activity in a case, and legal holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/access/scopes.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/disposal.pb.h"

namespace sspf::store {

struct RetentionRuleRow {
  std::optional<ItemId> id;  // nothing for the default
  std::string ref;
  v1::DocumentCategory category = v1::DOCUMENT_CATEGORY_CASE;
  std::string valid_from;
  std::uint32_t years = 0;
  bool preserves_everything = false;
  std::uint32_t preserved_birth_days = 0;  // bit d is day d
};

struct NewHold {
  ItemId id;
  std::string ref;
  access::Sealed reason;
  Authorship set;
};

struct HoldRow {
  ItemId id;
  v1::LegalHold shown;  // all but the reason
  access::Sealed reason;
};

class Retention {
 public:
  explicit Retention(Connection& connection) : connection_(&connection) {}

  // Refuses with too_many_rules.
  Result<Done> add_rule(const access::MunicipalityAccess& municipality,
                        const RetentionRuleRow& rule, const Authorship& set);
  // The newest valid on that day; `undecided` when the municipality has none.
  RetentionRuleRow rule_on(const MunicipalityId& municipality, const std::string& day,
                           const RetentionRuleRow& undecided) const;
  // By category and first day, without saying which is in force.
  std::vector<v1::RetentionRule> list_rules(const access::MunicipalityAccess& municipality) const;

  // Numbers of the municipality's cases whose state has not changed since; disposed ones are not
  // among them.
  std::vector<std::string> quiet_cases(const MunicipalityId& municipality, Instant since) const;
  // When something was last written of the case: its state, notes, consents, plan, commitments,
  // minutes, attendance.
  Instant last_activity(const CaseId& id) const;

  // Refuses with case_full.
  Result<Done> add_hold(const access::CaseAccess& access, const NewHold& hold);
  // Hidden when there is no such hold; refuses with hold_lifted.
  Result<ItemId> lift_hold(const access::CaseAccess& access, const std::string& ref,
                           const Authorship& lifted);
  std::vector<HoldRow> list_holds(const access::CaseAccess& access) const;
  // By a legal hold, or by an extract that is being prepared for the person.
  bool is_on_hold(const CaseId& id) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
