// SPDX-License-Identifier: Apache-2.0
#include "server/store/processing_register.h"

#include <set>

#include "server/access/sealed.h"
#include "sspf/v1/basis.pb.h"
#include "sspf/v1/disclosure.pb.h"

namespace sspf::store {

std::vector<AgencyRow> ProcessingRegister::controllers(
    const access::MunicipalityAccess& municipality, const std::string& after) const {
  std::vector<AgencyRow> rows;
  Query query(*connection_,
              "SELECT g.agency_id, g.code, g.name, g.kind, g.version FROM agency g "
              "WHERE g.code > ?2 AND (EXISTS (SELECT 1 FROM agency_municipality s "
              "WHERE s.agency_id = g.agency_id AND s.municipality_id = ?1) OR EXISTS ("
              "SELECT 1 FROM case_file f WHERE f.municipality_id = ?1 AND f.sealed_subject <> x'' "
              "AND (f.coordinating_agency_id = g.agency_id OR EXISTS (SELECT 1 FROM note n "
              "WHERE n.case_id = f.case_id AND n.owner_agency_id = g.agency_id) OR EXISTS ("
              "SELECT 1 FROM commitment c WHERE c.case_id = f.case_id "
              "AND c.agency_id = g.agency_id) OR EXISTS (SELECT 1 FROM duty_request q "
              "WHERE q.case_id = f.case_id AND q.asked_agency_id = g.agency_id)))) "
              "ORDER BY g.code",
              municipality.municipality(), after);
  while (query.step()) {
    rows.push_back({query.id<AgencyId>(0),
                    query.text(1),
                    query.text(2),
                    query.enumerator<v1::AgencyKind>(3),
                    static_cast<std::uint64_t>(query.integer(4)),
                    {}});
  }
  return rows;
}

std::map<OwnedData, std::size_t> ProcessingRegister::owned(
    const access::MunicipalityAccess& municipality) const {
  // What the coordination writes, and requests by law, have the class that the agency's items have.
  Query query(
      *connection_,
      "SELECT x.case_id, x.agency_id, x.kind, x.secrecy_class, g.kind FROM ("
      "SELECT case_id, coordinating_agency_id AS agency_id, ?2 AS kind, NULL AS secrecy_class "
      "FROM case_file WHERE sealed_subject <> x'' "
      "UNION SELECT case_id, owner_agency_id, kind, secrecy_class FROM note "
      "UNION SELECT case_id, agency_id, ?4, secrecy_class FROM commitment "
      "UNION SELECT p.case_id, f.coordinating_agency_id, ?4, NULL FROM plan p "
      "JOIN case_file f ON f.case_id = p.case_id "
      "UNION SELECT i.case_id, f.coordinating_agency_id, ?5, NULL FROM minutes m "
      "JOIN agenda_item i ON i.item_id = m.item_id JOIN case_file f ON f.case_id = i.case_id "
      "UNION SELECT case_id, asked_agency_id, ?3, NULL FROM duty_request) x "
      "JOIN case_file c ON c.case_id = x.case_id JOIN agency g ON g.agency_id = x.agency_id "
      "WHERE c.municipality_id = ?1 AND c.kind = ?6",
      municipality.municipality(), static_cast<int>(v1::INFORMATION_KIND_IDENTITY),
      static_cast<int>(v1::INFORMATION_KIND_MAPPING), static_cast<int>(v1::INFORMATION_KIND_PLAN),
      static_cast<int>(v1::INFORMATION_KIND_MINUTES), static_cast<int>(v1::CASE_KIND_INDIVIDUAL));
  std::map<OwnedData, std::set<std::string>> cases;
  while (query.step()) {
    const OwnedData data{query.id<AgencyId>(1), query.enumerator<v1::InformationKind>(2),
                         query.is_null(3)
                             ? access::default_secrecy_class(static_cast<int>(query.integer(4)))
                             : query.enumerator<v1::SecrecyClass>(3)};
    cases[data].insert(query.blob(0));
  }
  std::map<OwnedData, std::size_t> counts;
  for (const auto& [data, ids] : cases) counts[data] = ids.size();
  return counts;
}

// Whether the signatures suffice hangs on a birth date, which is sealed: it is not asked here. The
// coordinating agency counts as named by every consent, as it does when it reads.
void ProcessingRegister::add_by_consent(const MunicipalityId& id, const std::string& today,
                                        std::vector<RecipientRow>& rows) const {
  Query query(*connection_,
              "SELECT DISTINCT o.agency_id, g.kind FROM consent c "
              "JOIN case_file f ON f.case_id = c.case_id "
              "JOIN (SELECT case_id, coordinating_agency_id AS agency_id FROM case_file "
              "UNION SELECT case_id, owner_agency_id FROM note "
              "UNION SELECT case_id, agency_id FROM commitment) o ON o.case_id = c.case_id "
              "JOIN (SELECT consent_id, agency_id FROM consent_agency "
              "UNION SELECT s.consent_id, t.coordinating_agency_id FROM consent s "
              "JOIN case_file t ON t.case_id = s.case_id) n ON n.consent_id = c.consent_id "
              "JOIN agency g ON g.agency_id = n.agency_id "
              "WHERE f.municipality_id = ?1 AND o.agency_id <> n.agency_id "
              "AND c.revoked_at IS NULL AND c.from_date <= ?2 AND c.to_date >= ?2 AND EXISTS ("
              "SELECT 1 FROM municipal_basis b WHERE b.municipality_id = ?1 "
              "AND b.code = c.secrecy_basis AND b.form = ?3 AND b.enabled = 1 "
              "AND b.valid_from <= ?2 AND (b.valid_to IS NULL OR b.valid_to >= ?2))",
              id, today, static_cast<int>(v1::BASIS_FORM_CONSENT));
  while (query.step()) {
    RecipientRow& row = rows.emplace_back();
    row.owner = query.id<AgencyId>(0);
    row.shown.set_agency_kind(query.enumerator<v1::AgencyKind>(1));
    row.shown.set_ground(v1::RECIPIENT_GROUND_CONSENT);
  }
}

void ProcessingRegister::add_by_standing_basis(const MunicipalityId& id, const std::string& today,
                                               std::vector<RecipientRow>& rows) const {
  Query query(*connection_,
              "SELECT b.from_kind, b.to_kind, b.code FROM municipal_basis b "
              "WHERE b.municipality_id = ?1 AND b.form = ?3 AND b.enabled = 1 "
              "AND b.valid_from <= ?2 AND (b.valid_to IS NULL OR b.valid_to >= ?2)",
              id, today, static_cast<int>(v1::BASIS_FORM_STANDING));
  while (query.step()) {
    RecipientRow& row = rows.emplace_back();
    row.owner_kind = query.enumerator<v1::AgencyKind>(0);
    row.shown.set_agency_kind(query.enumerator<v1::AgencyKind>(1));
    row.shown.set_ground(v1::RECIPIENT_GROUND_STANDING_BASIS);
    row.shown.set_basis_code(query.text(2));
  }
}

void ProcessingRegister::add_by_disclosure(const MunicipalityId& id,
                                           std::vector<RecipientRow>& rows) const {
  Query query(*connection_,
              "SELECT d.owner_agency_id, g.kind, b.code FROM disclosure d "
              "JOIN case_file f ON f.case_id = d.case_id "
              "JOIN agency g ON g.agency_id = d.recipient_agency_id "
              "JOIN legal_basis b ON b.basis_id = d.basis_id WHERE f.municipality_id = ?1 "
              "UNION SELECT q.asked_agency_id, g.kind, b.code FROM duty_request q "
              "JOIN case_file f ON f.case_id = q.case_id "
              "JOIN agency g ON g.agency_id = q.asking_agency_id "
              "JOIN legal_basis b ON b.basis_id = q.basis_id "
              "WHERE f.municipality_id = ?1 AND q.answer IN (?2, ?3)",
              id, static_cast<int>(v1::DUTY_ANSWER_GIVEN),
              static_cast<int>(v1::DUTY_ANSWER_PARTLY_GIVEN));
  while (query.step()) {
    RecipientRow& row = rows.emplace_back();
    row.owner = query.id<AgencyId>(0);
    row.shown.set_agency_kind(query.enumerator<v1::AgencyKind>(1));
    row.shown.set_ground(v1::RECIPIENT_GROUND_DISCLOSURE);
    row.shown.set_basis_code(query.text(2));
  }
}

std::vector<RecipientRow> ProcessingRegister::recipients(
    const access::MunicipalityAccess& municipality, const std::string& today) const {
  std::vector<RecipientRow> rows;
  add_by_consent(municipality.municipality(), today, rows);
  add_by_standing_basis(municipality.municipality(), today, rows);
  add_by_disclosure(municipality.municipality(), rows);
  return rows;
}

}  // namespace sspf::store
