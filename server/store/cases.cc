// SPDX-License-Identifier: Apache-2.0
#include "server/store/cases.h"

#include <fmt/format.h>

#include "server/base/limits.h"

namespace sspf::store {
namespace {

std::optional<Blob> blob_of(const std::optional<access::Sealed>& sealed) {
  if (!sealed) return std::nullopt;
  return Blob{sealed->bytes};
}

}  // namespace

std::string Cases::next_number(const access::MunicipalityAccess& municipality, int year) {
  Query query(*connection_,
              "INSERT INTO case_counter (municipality_id, year, last) VALUES (?1, ?2, 1) "
              "ON CONFLICT (municipality_id, year) DO UPDATE SET last = case_counter.last + 1 "
              "RETURNING last",
              municipality.municipality(), year);
  if (!query.step()) throw Fault("a counter gives no number");
  return fmt::format("{}-{}-{:04}", municipality.code(), year, query.integer(0));
}

void Cases::add(const access::CaseAccess& founded, const NewCase& row) {
  Query(*connection_,
        "INSERT INTO case_file (case_id, municipality_id, number, kind, state, "
        "coordinating_agency_id, referring_agency_id, referred_on, sealed_subject, "
        "sealed_birth_date, number_index, version) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        founded.case_id(), founded.municipality(), founded.number(),
        static_cast<int>(founded.facts().kind), static_cast<int>(founded.state()),
        founded.facts().coordinating_agency, row.referring_agency, row.referred_on,
        Blob{row.subject.bytes}, blob_of(row.birth_date), row.number_index, founded.version())
      .run();
  add_state(founded, {0, founded.state(), std::nullopt, row.account, row.now});
}

CaseRecord Cases::record(const access::CaseAccess& access) const {
  Query query(*connection_,
              "SELECT g.code, f.referred_on, f.sealed_subject FROM case_file f "
              "JOIN agency g ON g.agency_id = f.referring_agency_id "
              "WHERE f.case_id = ?1",
              access.case_id());
  if (!query.step()) throw Fault("a permit names a case that is not there");
  return {query.text(0), query.text(1), {query.blob(2)}};
}

void Cases::add_state(const access::CaseAccess& access, const StateChange& change) {
  Query(*connection_,
        "INSERT INTO case_state_change (case_id, version, state, sealed_reason, account_id, "
        "changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        access.case_id(), change.version_seen + 1, static_cast<int>(change.state),
        blob_of(change.reason), change.account, change.now.microseconds)
      .run();
}

Result<std::uint64_t> Cases::change_state(const access::CaseAccess& access,
                                          const StateChange& change) {
  const int changed = Query(*connection_,
                            "UPDATE case_file SET state = ?1, version = version + 1 "
                            "WHERE case_id = ?2 AND version = ?3",
                            static_cast<int>(change.state), access.case_id(), change.version_seen)
                          .run();
  if (changed == 0) return refusal(Reason::stale_version);
  add_state(access, change);
  return change.version_seen + 1;
}

Result<Done> Cases::assign(const access::CaseAccess& access, const AssignmentRow& row) {
  {
    Query overlapping(*connection_,
                      "SELECT 1 FROM assignment WHERE case_id = ?1 AND account_id = ?2 "
                      "AND ended_at IS NULL AND (to_date IS NULL OR to_date >= ?3) "
                      "AND (?4 IS NULL OR from_date <= ?4)",
                      access.case_id(), row.account, row.from_date, row.to_date);
    if (overlapping.step()) return refusal(Reason::assigned_already, "handle");
  }
  {
    Query stored(*connection_, "SELECT count(*) FROM assignment WHERE case_id = ?1",
                 access.case_id());
    if (stored.step() && stored.integer(0) >= limits::records_per_case_max) {
      return refusal(Reason::case_full);
    }
  }
  Query(*connection_,
        "INSERT INTO assignment (assignment_id, case_id, account_id, from_date, to_date) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        row.id, access.case_id(), row.account, row.from_date, row.to_date)
      .run();
  return Done();
}

Result<Done> Cases::unassign(const access::CaseAccess& access, const AccountId& account,
                             Instant now) {
  const int ended = Query(*connection_,
                          "UPDATE assignment SET ended_at = ?1 WHERE case_id = ?2 "
                          "AND account_id = ?3 AND ended_at IS NULL "
                          "AND (to_date IS NULL OR to_date >= ?4)",
                          now.microseconds, access.case_id(), account, date_of(now))
                        .run();
  if (ended == 0) return hidden(Reason::not_found);
  return Done();
}

std::vector<v1::Assignment> Cases::list_assignments(const access::CaseAccess& access) const {
  std::vector<v1::Assignment> rows;
  Query query(*connection_,
              "SELECT a.handle, g.code, s.from_date, s.to_date FROM assignment s "
              "JOIN account a ON a.account_id = s.account_id "
              "JOIN agency g ON g.agency_id = a.agency_id "
              "WHERE s.case_id = ?1 AND s.ended_at IS NULL ORDER BY a.handle, s.from_date",
              access.case_id());
  while (query.step()) {
    v1::Assignment& row = rows.emplace_back();
    row.set_handle(query.text(0));
    row.set_agency_code(query.text(1));
    row.set_from_date(query.text(2));
    row.set_to_date(query.text(3));
  }
  return rows;
}

}  // namespace sspf::store
