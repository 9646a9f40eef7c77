// SPDX-License-Identifier: Apache-2.0
//
// SQL of consents. What is in force is decided by access_facts.cc; here are the records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/clock.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"
#include "sspf/v1/consent.pb.h"

namespace sspf::store {

// Calendar days, both inclusive.
struct Days {
  std::string from_date;
  std::string to_date;
  bool include(const std::string& day) const { return from_date <= day && day <= to_date; }
};

struct Signatures {
  bool by_guardian = false;
  bool by_youth = false;
};

struct ConsentRow {
  ItemId id;
  std::string ref;
  access::Sealed signatories;
  Signatures signatures;
  Days term;
  // The days of the term on which the needed signatures are there; nothing when there are none.
  std::optional<Days> effective;
  std::optional<std::int64_t> revoked_at;  // microseconds since 1970

  bool is_in_force(const std::string& today) const {
    return !revoked_at && effective && effective->include(today);
  }
};

struct Recording {
  std::vector<AgencyId> agencies;
  std::vector<v1::InformationKind> kinds;
  AccountId account;
  Instant now;
};

// What a consent covers.
struct ConsentScope {
  std::vector<std::string> agency_codes;
  std::vector<v1::InformationKind> kinds;
};

class Consents {
 public:
  explicit Consents(Connection& connection) : connection_(&connection) {}

  // An agency or kind that is named twice counts once. Refuses with case_full.
  Result<Done> add(const access::CaseAccess& access, const ConsentRow& row,
                   const Recording& recording);
  // In the order in which they were recorded.
  std::vector<ConsentRow> list(const access::CaseAccess& access) const;
  // Those that are not revoked and whose term includes the day, in force or not.
  std::vector<ConsentRow> list_running(const access::CaseAccess& access,
                                       const std::string& day) const;
  ConsentScope scope(const access::CaseAccess& access, const ConsentRow& row) const;
  // Refuses with revoked_already; hidden when the case has no such consent.
  Result<ItemId> revoke(const access::CaseAccess& access, const std::string& ref, Instant now);

 private:
  void add_scope(const ItemId& consent, const Recording& recording);

  Connection* connection_;
};

}  // namespace sspf::store
