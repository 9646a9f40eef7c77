// SPDX-License-Identifier: Apache-2.0
#include "server/store/consents.h"

#include "server/base/limits.h"

namespace sspf::store {
namespace {

// The columns that consent_row() reads, in this order: consent_id, ref, sealed_signatories,
// guardian_signed, youth_signed, from_date, to_date, effective_from, effective_to, revoked_at.
ConsentRow consent_row(const Query& query) {
  ConsentRow row;
  row.id = query.id<ItemId>(0);
  row.ref = query.text(1);
  row.signatories.bytes = query.blob(2);
  row.signatures = {query.integer(3) != 0, query.integer(4) != 0};
  row.term = {query.text(5), query.text(6)};
  if (!query.is_null(7)) row.effective = Days{query.text(7), query.text(8)};
  if (!query.is_null(9)) row.revoked_at = query.integer(9);
  return row;
}

std::vector<ConsentRow> consent_rows(Query& query) {
  std::vector<ConsentRow> rows;
  while (query.step()) rows.push_back(consent_row(query));
  return rows;
}

}  // namespace

void Consents::add_scope(const ItemId& consent, const Recording& recording) {
  for (const AgencyId& agency : recording.agencies) {
    Query(*connection_,
          "INSERT INTO consent_agency (consent_id, agency_id) VALUES (?1, ?2) "
          "ON CONFLICT (consent_id, agency_id) DO NOTHING",
          consent, agency)
        .run();
  }
  for (const v1::InformationKind kind : recording.kinds) {
    Query(*connection_,
          "INSERT INTO consent_kind (consent_id, kind) VALUES (?1, ?2) "
          "ON CONFLICT (consent_id, kind) DO NOTHING",
          consent, static_cast<int>(kind))
        .run();
  }
}

Result<Done> Consents::add(const access::CaseAccess& access, const ConsentRow& row,
                           const Recording& recording) {
  {
    Query stored(*connection_, "SELECT count(*) FROM consent WHERE case_id = ?1", access.case_id());
    if (stored.step() && stored.integer(0) >= limits::records_per_case_max) {
      return refusal(Reason::case_full);
    }
  }
  std::optional<std::string> effective_from;
  std::optional<std::string> effective_to;
  if (row.effective) {
    effective_from = row.effective->from_date;
    effective_to = row.effective->to_date;
  }
  Query(*connection_,
        "INSERT INTO consent (consent_id, case_id, ref, sealed_signatories, guardian_signed, "
        "youth_signed, from_date, to_date, effective_from, effective_to, account_id, recorded_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        row.id, access.case_id(), row.ref, Blob{row.signatories.bytes},
        row.signatures.by_guardian ? 1 : 0, row.signatures.by_youth ? 1 : 0, row.term.from_date,
        row.term.to_date, effective_from, effective_to, recording.account,
        recording.now.microseconds)
      .run();
  add_scope(row.id, recording);
  return Done();
}

std::vector<ConsentRow> Consents::list(const access::CaseAccess& access) const {
  Query query(*connection_,
              "SELECT consent_id, ref, sealed_signatories, guardian_signed, youth_signed, "
              "from_date, to_date, effective_from, effective_to, revoked_at FROM consent "
              "WHERE case_id = ?1 ORDER BY recorded_at, ref",
              access.case_id());
  return consent_rows(query);
}

std::vector<ConsentRow> Consents::list_running(const access::CaseAccess& access,
                                               const std::string& day) const {
  Query query(*connection_,
              "SELECT consent_id, ref, sealed_signatories, guardian_signed, youth_signed, "
              "from_date, to_date, effective_from, effective_to, revoked_at FROM consent "
              "WHERE case_id = ?1 AND revoked_at IS NULL AND from_date <= ?2 AND to_date >= ?2 "
              "ORDER BY recorded_at, ref",
              access.case_id(), day);
  return consent_rows(query);
}

ConsentScope Consents::scope(const access::CaseAccess& access, const ConsentRow& row) const {
  ConsentScope scope;
  {
    Query query(*connection_,
                "SELECT g.code FROM consent c JOIN consent_agency a ON a.consent_id = c.consent_id "
                "JOIN agency g ON g.agency_id = a.agency_id "
                "WHERE c.case_id = ?1 AND c.consent_id = ?2 ORDER BY g.code",
                access.case_id(), row.id);
    while (query.step()) scope.agency_codes.push_back(query.text(0));
  }
  Query query(*connection_,
              "SELECT k.kind FROM consent c JOIN consent_kind k ON k.consent_id = c.consent_id "
              "WHERE c.case_id = ?1 AND c.consent_id = ?2 ORDER BY k.kind",
              access.case_id(), row.id);
  while (query.step()) scope.kinds.push_back(query.enumerator<v1::InformationKind>(0));
  return scope;
}

Result<ItemId> Consents::revoke(const access::CaseAccess& access, const std::string& ref,
                                Instant now) {
  {
    Query revoked(*connection_,
                  "UPDATE consent SET revoked_at = ?1 WHERE case_id = ?2 AND ref = ?3 "
                  "AND revoked_at IS NULL RETURNING consent_id",
                  now.microseconds, access.case_id(), ref);
    if (revoked.step()) return revoked.id<ItemId>(0);
  }
  Query stored(*connection_, "SELECT 1 FROM consent WHERE case_id = ?1 AND ref = ?2",
               access.case_id(), ref);
  if (stored.step()) return refusal(Reason::revoked_already);
  return hidden(Reason::not_found);
}

}  // namespace sspf::store
