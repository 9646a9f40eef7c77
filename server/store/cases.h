// SPDX-License-Identifier: Apache-2.0
//
// SQL of cases, their states and who is assigned to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/access/scopes.h"
#include "server/base/clock.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"
#include "sspf/v1/case.pb.h"

namespace sspf::store {

struct NewCase {
  AgencyId referring_agency;
  std::string referred_on;
  access::Sealed subject;
  std::optional<access::Sealed> birth_date;
  std::optional<crypto::Bytes> number_index;
  AccountId account;
  Instant now;
};

struct CaseRecord {
  std::string referring_agency_code;
  std::string referred_on;
  access::Sealed subject;
};

struct StateChange {
  std::uint64_t version_seen = 0;
  v1::CaseState state = v1::CASE_STATE_UNSPECIFIED;
  std::optional<access::Sealed> reason;
  AccountId account;
  Instant now;
};

// Days are inclusive; no `to_date` is until further notice.
struct AssignmentRow {
  ItemId id;
  AccountId account;
  std::string from_date;
  std::optional<std::string> to_date;
};

class Cases {
 public:
  explicit Cases(Connection& connection) : connection_(&connection) {}

  // The next "TYR-2026-0007" of the municipality and the year; four digits at least.
  std::string next_number(const access::MunicipalityAccess& municipality, int year);
  // The founded case, in the state and version that its access has.
  void add(const access::CaseAccess& founded, const NewCase& row);
  CaseRecord record(const access::CaseAccess& access) const;

  // Stores the state and the next version, which it returns. Refuses with stale_version unless the
  // version seen is the stored one.
  Result<std::uint64_t> change_state(const access::CaseAccess& access, const StateChange& change);

  // Refuses with assigned_already when the account is assigned on one of these days, and case_full.
  Result<Done> assign(const access::CaseAccess& access, const AssignmentRow& row);
  // Ends every assignment of the account that lasts today or later; hidden when there is none.
  Result<Done> unassign(const access::CaseAccess& access, const AccountId& account, Instant now);
  // Those that were not ended, by handle.
  std::vector<v1::Assignment> list_assignments(const access::CaseAccess& access) const;

 private:
  void add_state(const access::CaseAccess& access, const StateChange& change);

  Connection* connection_;
};

}  // namespace sspf::store
