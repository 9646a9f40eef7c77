// SPDX-License-Identifier: Apache-2.0
#include "server/store/access_facts.h"

#include "sspf/v1/basis.pb.h"
#include "sspf/v1/protection.pb.h"

namespace sspf::store {
namespace {

// The columns that case_row() reads, in this order:
// case_id, municipality_id, number, state, kind, coordinating_agency_id, version,
// sealed_birth_date, kind of the coordinating agency.
CaseRow case_row(const Query& query) {
  CaseRow row;
  row.id = query.id<CaseId>(0);
  row.municipality = query.id<MunicipalityId>(1);
  row.number = query.text(2);
  row.state = query.enumerator<v1::CaseState>(3);
  row.facts.kind = query.enumerator<v1::CaseKind>(4);
  row.facts.coordinating_agency = query.id<AgencyId>(5);
  row.version = static_cast<std::uint64_t>(query.integer(6));
  if (!query.is_null(7)) row.birth_date = access::Sealed{query.blob(7)};
  row.facts.coordinating_kind = query.enumerator<v1::AgencyKind>(8);
  row.facts.purpose = access::purpose_of(row.state);
  return row;
}

std::vector<CaseRow> case_rows(Query& query) {
  std::vector<CaseRow> rows;
  while (query.step()) rows.push_back(case_row(query));
  return rows;
}

// meeting_id, municipality_id, number, state, version.
MeetingRow meeting_row(const Query& query) {
  return {query.id<MeetingId>(0), query.id<MunicipalityId>(1), query.text(2),
          query.enumerator<v1::MeetingState>(3), static_cast<std::uint64_t>(query.integer(4))};
}

}  // namespace

std::optional<CertificateUse> AccessFacts::certificate(const crypto::Digest& fingerprint) const {
  Query query(*connection_,
              "SELECT account_id, not_after, revoked_at IS NOT NULL FROM certificate "
              "WHERE fingerprint = ?1",
              fingerprint);
  if (!query.step()) return std::nullopt;
  return CertificateUse{query.id<AccountId>(0), query.integer(1), query.integer(2) != 0};
}

std::optional<AccountId> AccessFacts::account_of_certificate(const std::string& serial) const {
  Query query(*connection_, "SELECT account_id FROM certificate WHERE serial = ?1", serial);
  if (!query.step()) return std::nullopt;
  return query.id<AccountId>(0);
}

std::optional<EnrolmentFacts> AccessFacts::enrolment(const crypto::Digest& code_hash) const {
  Query query(*connection_,
              "SELECT account_id, expires_at, used_at IS NOT NULL FROM enrolment_code "
              "WHERE code_hash = ?1",
              code_hash);
  if (!query.step()) return std::nullopt;
  return EnrolmentFacts{query.id<AccountId>(0), query.integer(1), query.integer(2) != 0};
}

std::optional<AccountId> AccessFacts::account_of(const std::string& handle) const {
  Query query(*connection_, "SELECT account_id FROM account WHERE handle = ?1", handle);
  if (!query.step()) return std::nullopt;
  return query.id<AccountId>(0);
}

AccountFacts AccessFacts::account(const AccountId& id) const {
  AccountFacts facts;
  {
    Query query(*connection_,
                "SELECT a.agency_id, g.kind, a.suspended FROM account a "
                "JOIN agency g ON g.agency_id = a.agency_id WHERE a.account_id = ?1",
                id);
    if (!query.step()) throw Fault("a reference names an account that is not there");
    facts.account = id;
    facts.agency = query.id<AgencyId>(0);
    facts.agency_kind = query.enumerator<v1::AgencyKind>(1);
    facts.suspended = query.integer(2) != 0;
  }
  {
    Query query(*connection_, "SELECT role, municipality_id FROM role_grant WHERE account_id = ?1",
                id);
    while (query.step()) {
      facts.grants.push_back({query.enumerator<v1::Role>(0), query.optional_id<MunicipalityId>(1)});
    }
  }
  Query query(*connection_, "SELECT municipality_id FROM agency_municipality WHERE agency_id = ?1",
              facts.agency);
  while (query.step()) facts.agency_municipalities.push_back(query.id<MunicipalityId>(0));
  return facts;
}

std::optional<MunicipalityRow> AccessFacts::municipality(const std::string& code) const {
  Query query(*connection_, "SELECT municipality_id, code FROM municipality WHERE code = ?1", code);
  if (!query.step()) return std::nullopt;
  return MunicipalityRow{query.id<MunicipalityId>(0), query.text(1)};
}

std::optional<CaseRow> AccessFacts::case_of(const std::string& number) const {
  Query query(
      *connection_,
      "SELECT f.case_id, f.municipality_id, f.number, f.state, f.kind, f.coordinating_agency_id, "
      "f.version, f.sealed_birth_date, g.kind FROM case_file f "
      "JOIN agency g ON g.agency_id = f.coordinating_agency_id WHERE f.number = ?1",
      number);
  if (!query.step()) return std::nullopt;
  return case_row(query);
}

bool AccessFacts::is_assigned(const CaseId& id, const AccountId& account,
                              const std::string& today) const {
  Query query(
      *connection_,
      "SELECT 1 FROM assignment WHERE case_id = ?1 AND account_id = ?2 AND ended_at IS NULL "
      "AND from_date <= ?3 AND (to_date IS NULL OR to_date >= ?3)",
      id, account, today);
  return query.step();
}

bool AccessFacts::has_committed(const CaseId& id, const AgencyId& agency) const {
  return Query(*connection_, "SELECT 1 FROM commitment WHERE case_id = ?1 AND agency_id = ?2", id,
               agency)
      .step();
}

std::vector<CaseRow> AccessFacts::cases(const ListOf& list) const {
  Query query(
      *connection_,
      "SELECT f.case_id, f.municipality_id, f.number, f.state, f.kind, f.coordinating_agency_id, "
      "f.version, f.sealed_birth_date, g.kind FROM case_file f "
      "JOIN agency g ON g.agency_id = f.coordinating_agency_id WHERE f.number > ?1 AND "
      "NOT EXISTS (SELECT 1 FROM kept_out k WHERE k.case_id = f.case_id "
      "AND k.account_id = ?2) AND "
      "EXISTS (SELECT 1 FROM agency_municipality v WHERE v.agency_id = ?6 "
      "AND v.municipality_id = f.municipality_id) AND ("
      "EXISTS (SELECT 1 FROM role_grant r WHERE r.account_id = ?2 AND r.role = ?3 "
      "AND r.municipality_id = f.municipality_id) "
      "OR (EXISTS (SELECT 1 FROM role_grant r WHERE r.account_id = ?2 AND r.role = ?8 "
      "AND r.municipality_id = f.municipality_id) "
      "AND EXISTS (SELECT 1 FROM assignment s WHERE s.case_id = f.case_id AND s.account_id = ?2 "
      "AND s.ended_at IS NULL AND s.from_date <= ?4 AND (s.to_date IS NULL OR s.to_date >= ?4)) "
      "AND (f.kind = ?5 OR EXISTS (SELECT 1 FROM consent c "
      "JOIN consent_agency a ON a.consent_id = c.consent_id "
      "WHERE c.case_id = f.case_id AND a.agency_id = ?6 AND c.revoked_at IS NULL "
      "AND c.from_date <= ?4 AND c.to_date >= ?4) "
      "OR EXISTS (SELECT 1 FROM municipal_basis b WHERE b.municipality_id = f.municipality_id "
      "AND b.form = ?9 AND b.enabled = 1 AND b.to_kind IN (0, ?10) AND b.valid_from <= ?4 "
      "AND (b.valid_to IS NULL OR b.valid_to >= ?4)) "
      "OR EXISTS (SELECT 1 FROM commitment t WHERE t.case_id = f.case_id "
      "AND t.agency_id = ?6))) "
      "OR EXISTS (SELECT 1 FROM emergency_opening o WHERE o.account_id = ?2 "
      "AND o.case_id = f.case_id AND o.opened_at <= ?11 AND o.expires_at > ?11 "
      "AND o.verdict <> ?12)) "
      "ORDER BY f.number LIMIT ?7",
      list.after, list.account, static_cast<int>(v1::ROLE_COORDINATOR), list.today,
      static_cast<int>(v1::CASE_KIND_GROUP), list.agency, list.count,
      static_cast<int>(v1::ROLE_MEMBER), static_cast<int>(v1::BASIS_FORM_STANDING),
      static_cast<int>(list.agency_kind), list.now.microseconds,
      static_cast<int>(v1::OPENING_VERDICT_NOT_JUSTIFIED));
  return case_rows(query);
}

std::vector<CaseRow> AccessFacts::cases_with_index(const MunicipalityId& municipality,
                                                   const crypto::Bytes& number_index) const {
  Query query(
      *connection_,
      "SELECT f.case_id, f.municipality_id, f.number, f.state, f.kind, f.coordinating_agency_id, "
      "f.version, f.sealed_birth_date, g.kind FROM case_file f "
      "JOIN agency g ON g.agency_id = f.coordinating_agency_id "
      "WHERE f.municipality_id = ?1 AND f.number_index = ?2 ORDER BY f.number",
      municipality, number_index);
  return case_rows(query);
}

std::optional<MeetingRow> AccessFacts::meeting_of(const std::string& number) const {
  Query query(*connection_,
              "SELECT meeting_id, municipality_id, number, state, version FROM meeting "
              "WHERE number = ?1",
              number);
  if (!query.step()) return std::nullopt;
  return meeting_row(query);
}

bool AccessFacts::is_participant(const MeetingId& id, const AccountId& account) const {
  Query query(*connection_, "SELECT 1 FROM participant WHERE meeting_id = ?1 AND account_id = ?2",
              id, account);
  return query.step();
}

std::vector<CaseRow> AccessFacts::cases_at_meeting(const MeetingId& id) const {
  Query query(
      *connection_,
      "SELECT f.case_id, f.municipality_id, f.number, f.state, f.kind, f.coordinating_agency_id, "
      "f.version, f.sealed_birth_date, g.kind FROM case_file f "
      "JOIN agency g ON g.agency_id = f.coordinating_agency_id WHERE f.case_id IN ("
      "SELECT case_id FROM agenda_item WHERE meeting_id = ?1 UNION "
      "SELECT case_id FROM participant WHERE meeting_id = ?1) ORDER BY f.number",
      id);
  return case_rows(query);
}

std::vector<MeetingRow> AccessFacts::meetings(const ListOf& list) const {
  std::vector<MeetingRow> rows;
  Query query(*connection_,
              "SELECT m.meeting_id, m.municipality_id, m.number, m.state, m.version FROM meeting m "
              "WHERE m.number > ?1 AND "
              "EXISTS (SELECT 1 FROM agency_municipality v WHERE v.agency_id = ?5 "
              "AND v.municipality_id = m.municipality_id) AND ("
              "EXISTS (SELECT 1 FROM role_grant r WHERE r.account_id = ?2 AND r.role = ?3 "
              "AND r.municipality_id = m.municipality_id) "
              "OR EXISTS (SELECT 1 FROM participant p WHERE p.meeting_id = m.meeting_id "
              "AND p.account_id = ?2)) ORDER BY m.number LIMIT ?4",
              list.after, list.account, static_cast<int>(v1::ROLE_COORDINATOR), list.count,
              list.agency);
  while (query.step()) rows.push_back(meeting_row(query));
  return rows;
}

}  // namespace sspf::store
