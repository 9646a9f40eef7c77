// SPDX-License-Identifier: Apache-2.0
//
// SQL of alerts as auditors meet them: what was raised, by which rules, and which cases are decoys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/review_access.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/alert.pb.h"

namespace sspf::store {

struct AlertRow {
  ItemId id;
  std::optional<MunicipalityId> municipality;
  std::optional<AccountId> account;
  v1::Alert shown;
};

class Alerts {
 public:
  explicit Alerts(Connection& connection) : connection_(&connection) {}

  // Of the municipalities in which this account is auditor, as long as its agency serves them; all,
  // without one.
  using Grants = std::optional<AccountId>;

  // The newest first, at most a page, from before the row that the cursor names.
  struct Listed {
    std::vector<v1::Alert> rows;
    std::string next_cursor;
  };
  Listed list(const Grants& within_grants_of, bool unacknowledged, const std::string& cursor) const;
  // Hidden when it is not among those that list() would show.
  Result<AlertRow> find(const Grants& within_grants_of, const std::string& ref) const;
  // Refuses with acknowledged_already.
  Result<Done> acknowledge(const AlertRow& row, const Authorship& by);

  // What the municipality has decided; kinds that it has not decided about are not among them.
  std::vector<v1::AlertRuleSetting> rules(const access::ReviewAccess& in) const;
  void set_rule(const access::ReviewAccess& in, const v1::AlertRuleSetting& setting,
                const Authorship& by);

  // The oldest first.
  std::vector<v1::Decoy> decoys(const access::ReviewAccess& in) const;
  // Hidden when no case of the municipality has this id. Refuses with already_there and
  // too_many_decoys.
  Result<Done> add_decoy(const access::ReviewAccess& in, const CaseId& id, const Authorship& by);
  // Hidden when it is none of the municipality's decoys.
  Result<Done> remove_decoy(const access::ReviewAccess& in, const CaseId& id, const Authorship& by);

 private:
  Connection* connection_;
};

}  // namespace sspf::store
