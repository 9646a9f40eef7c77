// SPDX-License-Identifier: Apache-2.0
#include "server/store/audit_references.h"

namespace sspf::store {
namespace {

// These answer how many municipalities they have added.
int append_municipality(Connection& connection, std::uint64_t sequence,
                        const MunicipalityId& municipality) {
  return Query(connection,
               "INSERT INTO audit_event_municipality (municipality_id, sequence) VALUES (?1, ?2) "
               "ON CONFLICT (municipality_id, sequence) DO NOTHING",
               municipality, sequence)
      .run();
}

void append_account(Connection& connection, std::uint64_t sequence, const std::string& account_id) {
  if (account_id.empty()) return;
  Query(connection,
        "INSERT INTO audit_event_account (account_id, sequence) VALUES (?1, ?2) "
        "ON CONFLICT (account_id, sequence) DO NOTHING",
        Blob{account_id}, sequence)
      .run();
}

int append_case(Connection& connection, std::uint64_t sequence, const std::string& case_id) {
  Query(connection,
        "INSERT INTO audit_event_case (case_id, sequence) VALUES (?1, ?2) "
        "ON CONFLICT (case_id, sequence) DO NOTHING",
        Blob{case_id}, sequence)
      .run();
  return Query(connection,
               "INSERT INTO audit_event_municipality (municipality_id, sequence) "
               "SELECT municipality_id, ?2 FROM case_file WHERE case_id = ?1 "
               "ON CONFLICT (municipality_id, sequence) DO NOTHING",
               Blob{case_id}, sequence)
      .run();
}

int append_municipalities_of(Connection& connection, std::uint64_t sequence,
                             const std::string& account_id) {
  return Query(connection,
               "INSERT INTO audit_event_municipality (municipality_id, sequence) "
               "SELECT s.municipality_id, ?2 FROM account a "
               "JOIN agency_municipality s ON s.agency_id = a.agency_id WHERE a.account_id = ?1 "
               "ON CONFLICT (municipality_id, sequence) DO NOTHING",
               Blob{account_id}, sequence)
      .run();
}

// Every municipality has lost what a restored database lacks.
void append_new_epoch(Connection& connection, const v1::AuditEvent& event) {
  for (const std::string& approver : event.new_epoch().approver_ids()) {
    append_account(connection, event.sequence(), approver);
  }
  Query(connection,
        "INSERT INTO audit_event_municipality (municipality_id, sequence) "
        "SELECT municipality_id, ?1 FROM municipality",
        event.sequence())
      .run();
}

}  // namespace

std::optional<MunicipalityId> municipality_of(const v1::AuditEvent& event) {
  if (event.municipality_id().empty()) return std::nullopt;
  return MunicipalityId::of(crypto::view_of(event.municipality_id()));
}

void append_references(Connection& connection, const v1::AuditEvent& event) {
  const std::uint64_t sequence = event.sequence();
  append_account(connection, sequence, event.account_id());
  append_account(connection, sequence, event.subject_account_id());
  if (event.has_new_epoch()) return append_new_epoch(connection, event);
  int added = 0;
  const auto municipality = municipality_of(event);
  if (municipality) added += append_municipality(connection, sequence, *municipality);
  if (!event.case_id().empty()) added += append_case(connection, sequence, event.case_id());
  for (const auto& shown : event.cases_shown()) {
    added += append_case(connection, sequence, shown.case_id());
  }
  for (const std::string& disposed : event.disposed_case_ids()) {
    added += append_case(connection, sequence, disposed);
  }
  if (!event.subject_account_id().empty()) {
    added += append_municipalities_of(connection, sequence, event.subject_account_id());
  }
  if (added == 0 && !event.account_id().empty()) {
    append_municipalities_of(connection, sequence, event.account_id());
  }
}

}  // namespace sspf::store
