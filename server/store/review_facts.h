// SPDX-License-Identifier: Apache-2.0
//
// SQL of what a draw has to know: which events of a period concern a municipality, and how the
// accounts and cases in them stood to each other. Every query runs over an index.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/store/audit_log.h"
#include "server/store/sqlite.h"
#include "sspf/v1/case.pb.h"

namespace sspf::store {

// Of events, the end exclusive.
struct Sequences {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
};

// One case of the municipality, as the rules of a review see it. Nothing of its content.
struct ReviewedCase {
  struct StateFrom {
    std::int64_t at_us = 0;
    v1::CaseState state = v1::CASE_STATE_UNSPECIFIED;
  };
  struct Assigned {
    AccountId account;
    std::string from_date;
    std::optional<std::string> to_date;
    std::optional<std::int64_t> ended_at_us;
  };
  std::string number;
  bool is_protected = false;
  std::vector<StateFrom> states;  // oldest first
  std::vector<Assigned> assignments;
  std::set<BasisId> openings;  // in an emergency
};

class ReviewFacts {
 public:
  explicit ReviewFacts(Connection& connection) : connection_(&connection) {}

  // The first event at or after this time, or the size of the log: times never go back, so it is
  // found by halving.
  std::uint64_t first_from(Instant time) const;
  // How many of them concern the municipality.
  std::uint64_t count(const MunicipalityId& municipality, const Sequences& range) const;
  // In order.
  std::vector<LogEntry> entries(const MunicipalityId& municipality, const Sequences& range) const;

  // Nothing when it is of another municipality.
  std::optional<ReviewedCase> reviewed_case(const MunicipalityId& municipality,
                                            const CaseId& id) const;
  bool is_case_of(const MunicipalityId& municipality, const CaseId& id) const;
  // Whether the account is coordinator there today: a list names no role.
  bool coordinates(const MunicipalityId& municipality, const AccountId& account) const;
  // Empty when there is no such account.
  std::string account_name(const AccountId& id) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
