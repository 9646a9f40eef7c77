// SPDX-License-Identifier: Apache-2.0
#include "server/store/consents.h"

#include <algorithm>

#include "server/base/limits.h"
#include "sspf/v1/basis.pb.h"

namespace sspf::store {
namespace {

std::optional<std::string> day_or_none(const std::string& day) {
  if (day.empty()) return std::nullopt;
  return day;
}

// The columns that consent_row() reads, in this order: consent_id, ref, sealed_content,
// guardians_signed, guardians, youth_signed_on, overridden_role, from_date, to_date, secrecy_basis,
// gdpr_basis, special_data_basis, form_sha256, revoked_at, whether the basis is in force,
// recorded_at.
ConsentRow consent_row(const Query& query) {
  ConsentRow row;
  row.id = query.id<ItemId>(0);
  row.ref = query.text(1);
  row.content.bytes = query.blob(2);
  row.signatures = {static_cast<std::uint32_t>(query.integer(3)),
                    static_cast<std::uint32_t>(query.integer(4)), query.text(5),
                    query.enumerator<v1::SignatoryRole>(6), date_of(Instant{query.integer(15)})};
  row.term = {query.text(7), query.text(8)};
  row.basis = {query.text(9), query.enumerator<v1::GdprBasis>(10),
               query.enumerator<v1::SpecialDataBasis>(11)};
  const std::string form = query.blob(12);
  ENSURE(form.size() == row.form_sha256.size());
  std::copy(form.begin(), form.end(), row.form_sha256.begin());
  if (!query.is_null(13)) row.revoked_at = query.integer(13);
  row.basis_in_force = query.integer(14) != 0;
  return row;
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
  for (const v1::Purpose purpose : recording.purposes) {
    Query(*connection_,
          "INSERT INTO consent_purpose (consent_id, purpose) VALUES (?1, ?2) "
          "ON CONFLICT (consent_id, purpose) DO NOTHING",
          consent, static_cast<int>(purpose))
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
  Query(
      *connection_,
      "INSERT INTO consent (consent_id, case_id, ref, sealed_content, guardians_signed, "
      "guardians, youth_signed_on, overridden_role, from_date, to_date, secrecy_basis, gdpr_basis, "
      "special_data_basis, form_sha256, account_id, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, "
      "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
      row.id, access.case_id(), row.ref, Blob{row.content.bytes}, row.signatures.guardians_signed,
      row.signatures.guardians, day_or_none(row.signatures.youth_signed_on),
      static_cast<int>(row.signatures.overridden), row.term.from_date, row.term.to_date,
      row.basis.secrecy_basis, static_cast<int>(row.basis.gdpr),
      static_cast<int>(row.basis.special_category), row.form_sha256, recording.account,
      recording.now.microseconds)
      .run();
  add_scope(row.id, recording);
  return Done();
}

std::vector<ConsentRow> Consents::list(const access::CaseAccess& access,
                                       const std::string& today) const {
  std::vector<ConsentRow> rows;
  Query query(*connection_,
              "SELECT c.consent_id, c.ref, c.sealed_content, c.guardians_signed, c.guardians, "
              "c.youth_signed_on, c.overridden_role, c.from_date, c.to_date, c.secrecy_basis, "
              "c.gdpr_basis, c.special_data_basis, c.form_sha256, c.revoked_at, EXISTS ("
              "SELECT 1 FROM municipal_basis b WHERE b.municipality_id = ?2 "
              "AND b.code = c.secrecy_basis AND b.form = ?4 AND b.enabled = 1 "
              "AND b.valid_from <= ?3 AND (b.valid_to IS NULL OR b.valid_to >= ?3)), "
              "c.recorded_at "
              "FROM consent c WHERE c.case_id = ?1 ORDER BY c.recorded_at, c.ref",
              access.case_id(), access.municipality(), today,
              static_cast<int>(v1::BASIS_FORM_CONSENT));
  while (query.step()) rows.push_back(consent_row(query));
  return rows;
}

std::string Consents::ref_of(const access::CaseAccess& access, const ItemId& consent) const {
  Query query(*connection_, "SELECT ref FROM consent WHERE case_id = ?1 AND consent_id = ?2",
              access.case_id(), consent);
  if (!query.step()) throw Fault("a consent in force is not there");
  return query.text(0);
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
  Query purposes(*connection_,
                 "SELECT p.purpose FROM consent c "
                 "JOIN consent_purpose p ON p.consent_id = c.consent_id "
                 "WHERE c.case_id = ?1 AND c.consent_id = ?2 ORDER BY p.purpose",
                 access.case_id(), row.id);
  while (purposes.step()) scope.purposes.push_back(purposes.enumerator<v1::Purpose>(0));
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

std::uint64_t Consents::set_rules(const access::MunicipalityAccess& municipality,
                                  const std::vector<access::SignatureRule>& rules,
                                  const Authorship& author) {
  std::int64_t version = 1;
  {
    Query newest(*connection_,
                 "SELECT coalesce(max(version), 0) FROM signature_rule_version "
                 "WHERE municipality_id = ?1",
                 municipality.municipality());
    if (newest.step()) version = newest.integer(0) + 1;
  }
  for (const access::SignatureRule& rule : rules) {
    Query(*connection_,
          "INSERT INTO signature_rule_version (municipality_id, version, from_age, guardians, "
          "youth, account_id, set_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
          municipality.municipality(), version, rule.from_age, static_cast<int>(rule.guardians),
          rule.youth ? 1 : 0, author.account, author.at.microseconds)
        .run();
  }
  return static_cast<std::uint64_t>(version);
}

}  // namespace sspf::store
