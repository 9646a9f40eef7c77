// SPDX-License-Identifier: Apache-2.0
#include "server/store/review_facts.h"

namespace sspf::store {
namespace {

void add_states(Connection& connection, const CaseId& id, ReviewedCase& found) {
  Query query(connection,
              "SELECT changed_at, state FROM case_state_change WHERE case_id = ?1 "
              "ORDER BY version",
              id);
  while (query.step()) {
    found.states.push_back({query.integer(0), query.enumerator<v1::CaseState>(1)});
  }
}

void add_assignments(Connection& connection, const CaseId& id, ReviewedCase& found) {
  Query query(connection,
              "SELECT account_id, from_date, to_date, ended_at FROM assignment WHERE case_id = ?1",
              id);
  while (query.step()) {
    ReviewedCase::Assigned& assigned = found.assignments.emplace_back();
    assigned.account = query.id<AccountId>(0);
    assigned.from_date = query.text(1);
    if (!query.is_null(2)) assigned.to_date = query.text(2);
    if (!query.is_null(3)) assigned.ended_at_us = query.integer(3);
  }
}

void add_openings(Connection& connection, const CaseId& id, ReviewedCase& found) {
  Query query(connection, "SELECT opening_id FROM emergency_opening WHERE case_id = ?1", id);
  while (query.step()) found.openings.insert(query.id<BasisId>(0));
}

}  // namespace

std::uint64_t ReviewFacts::first_from(Instant time) const {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  {
    Query query(*connection_, "SELECT coalesce(max(sequence) + 1, 0) FROM audit_event");
    if (query.step()) end = static_cast<std::uint64_t>(query.integer(0));
  }
  while (first < end) {
    const std::uint64_t middle = first + (end - first) / 2;
    Query query(*connection_, "SELECT time_us FROM audit_event WHERE sequence = ?1", middle);
    if (!query.step()) throw Fault("an event of the log is missing");
    if (query.integer(0) < time.microseconds) {
      first = middle + 1;
    } else {
      end = middle;
    }
  }
  return first;
}

std::uint64_t ReviewFacts::count(const MunicipalityId& municipality, const Sequences& range) const {
  Query query(*connection_,
              "SELECT count(*) FROM audit_event_municipality "
              "WHERE municipality_id = ?1 AND sequence >= ?2 AND sequence < ?3",
              municipality, range.first, range.end);
  return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
}

std::vector<LogEntry> ReviewFacts::entries(const MunicipalityId& municipality,
                                           const Sequences& range) const {
  std::vector<LogEntry> entries;
  Query query(*connection_,
              "SELECT m.sequence, e.event FROM audit_event_municipality m "
              "JOIN audit_event e ON e.sequence = m.sequence "
              "WHERE m.municipality_id = ?1 AND m.sequence >= ?2 AND m.sequence < ?3 "
              "ORDER BY m.sequence",
              municipality, range.first, range.end);
  while (query.step()) {
    entries.push_back({static_cast<std::uint64_t>(query.integer(0)), query.blob(1)});
  }
  return entries;
}

std::optional<ReviewedCase> ReviewFacts::reviewed_case(const MunicipalityId& municipality,
                                                       const CaseId& id) const {
  ReviewedCase found;
  {
    Query query(*connection_,
                "SELECT f.number, EXISTS (SELECT 1 FROM case_protection p "
                "WHERE p.case_id = f.case_id) FROM case_file f "
                "WHERE f.case_id = ?1 AND f.municipality_id = ?2",
                id, municipality);
    if (!query.step()) return std::nullopt;
    found.number = query.text(0);
    found.is_protected = query.integer(1) != 0;
  }
  add_states(*connection_, id, found);
  add_assignments(*connection_, id, found);
  add_openings(*connection_, id, found);
  return found;
}

bool ReviewFacts::is_case_of(const MunicipalityId& municipality, const CaseId& id) const {
  return Query(*connection_, "SELECT 1 FROM case_file WHERE case_id = ?1 AND municipality_id = ?2",
               id, municipality)
      .step();
}

bool ReviewFacts::coordinates(const MunicipalityId& municipality, const AccountId& account) const {
  return Query(*connection_,
               "SELECT 1 FROM role_grant WHERE account_id = ?1 AND role = ?2 "
               "AND municipality_id = ?3",
               account, static_cast<int>(v1::ROLE_COORDINATOR), municipality)
      .step();
}

std::string ReviewFacts::account_name(const AccountId& id) const {
  Query query(*connection_, "SELECT name FROM account WHERE account_id = ?1", id);
  return query.step() ? query.text(0) : std::string();
}

}  // namespace sspf::store
