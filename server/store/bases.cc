// SPDX-License-Identifier: Apache-2.0
#include "server/store/bases.h"

namespace sspf::store {
namespace {

std::optional<std::string> last_day(const std::string& valid_to) {
  if (valid_to.empty()) return std::nullopt;
  return valid_to;
}

// code, valid_from, valid_to, paragraph, title_swedish, title_english, form, from_kind, to_kind,
// below_age, enabled_by_default.
v1::LegalBasis basis_row(const Query& query) {
  v1::LegalBasis basis;
  basis.set_code(query.text(0));
  basis.set_valid_from(query.text(1));
  basis.set_valid_to(query.text(2));
  basis.set_paragraph(query.text(3));
  basis.set_title_swedish(query.text(4));
  basis.set_title_english(query.text(5));
  basis.set_form(query.enumerator<v1::BasisForm>(6));
  basis.set_from_kind(query.enumerator<v1::AgencyKind>(7));
  basis.set_to_kind(query.enumerator<v1::AgencyKind>(8));
  basis.set_below_age(static_cast<std::uint32_t>(query.integer(9)));
  basis.set_enabled_by_default(query.integer(10) != 0);
  return basis;
}

bool holds_on(const v1::LegalBasis& basis, const std::string& day) {
  return basis.valid_from() <= day && (basis.valid_to().empty() || day <= basis.valid_to());
}

}  // namespace

std::vector<v1::SecrecyClass> Bases::classes(const BasisId& id) const {
  std::vector<v1::SecrecyClass> classes;
  Query query(*connection_,
              "SELECT secrecy_class FROM legal_basis_class WHERE basis_id = ?1 "
              "ORDER BY secrecy_class",
              id);
  while (query.step()) classes.push_back(query.enumerator<v1::SecrecyClass>(0));
  return classes;
}

std::vector<v1::MunicipalBasis> Bases::list(const access::MunicipalityAccess& municipality,
                                            const std::string& day) const {
  std::vector<v1::MunicipalBasis> rows;
  Query query(*connection_,
              "SELECT b.code, b.valid_from, b.valid_to, b.paragraph, b.title_swedish, "
              "b.title_english, b.form, b.from_kind, b.to_kind, b.below_age, b.enabled_by_default, "
              "b.basis_id, m.enabled, d.decided_by, d.decision, d.decided_on FROM legal_basis b "
              "JOIN municipal_basis m ON m.basis_id = b.basis_id AND m.municipality_id = ?1 "
              "LEFT JOIN legal_basis_decision d ON d.basis_id = b.basis_id "
              "AND d.municipality_id = ?1 AND d.version = (SELECT max(n.version) "
              "FROM legal_basis_decision n WHERE n.basis_id = b.basis_id "
              "AND n.municipality_id = ?1) ORDER BY b.code, b.valid_from",
              municipality.municipality());
  while (query.step()) {
    v1::MunicipalBasis& row = rows.emplace_back();
    *row.mutable_basis() = basis_row(query);
    for (const v1::SecrecyClass each : classes(query.id<BasisId>(11))) {
      row.mutable_basis()->add_secrecy_classes(each);
    }
    row.set_enabled(query.integer(12) != 0);
    row.set_in_force(row.enabled() && holds_on(row.basis(), day));
    row.set_decided_by(query.text(13));
    row.set_decision(query.text(14));
    row.set_decided_on(query.text(15));
  }
  return rows;
}

Result<BasisId> Bases::add(const access::Directory& /*everything*/, const v1::LegalBasis& basis) {
  {
    Query overlapping(
        *connection_,
        "SELECT 1 FROM legal_basis WHERE code = ?1 "
        "AND (valid_to IS NULL OR valid_to >= ?2) AND (?3 IS NULL OR valid_from <= ?3)",
        basis.code(), basis.valid_from(), last_day(basis.valid_to()));
    if (overlapping.step()) return refusal(Reason::already_there, "basis.valid_from");
  }
  const BasisId id = BasisId::random();
  Query(*connection_,
        "INSERT INTO legal_basis (basis_id, code, valid_from, valid_to, paragraph, title_swedish, "
        "title_english, form, from_kind, to_kind, below_age, enabled_by_default) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        id, basis.code(), basis.valid_from(), last_day(basis.valid_to()), basis.paragraph(),
        basis.title_swedish(), basis.title_english(), static_cast<int>(basis.form()),
        static_cast<int>(basis.from_kind()), static_cast<int>(basis.to_kind()), basis.below_age(),
        basis.enabled_by_default() ? 1 : 0)
      .run();
  for (const int secrecy_class : basis.secrecy_classes()) {
    Query(*connection_,
          "INSERT INTO legal_basis_class (basis_id, secrecy_class) VALUES (?1, ?2) "
          "ON CONFLICT (basis_id, secrecy_class) DO NOTHING",
          id, secrecy_class)
        .run();
  }
  return id;
}

std::optional<BasisId> Bases::find_row(const BasisName& name) const {
  Query query(*connection_, "SELECT basis_id FROM legal_basis WHERE code = ?1 AND valid_from = ?2",
              name.code, name.valid_from);
  if (!query.step()) return std::nullopt;
  return query.id<BasisId>(0);
}

Result<EndedBasis> Bases::end(const access::Directory& /*everything*/, const BasisName& name,
                              const BasisEnd& end) {
  const auto id = find_row(name);
  if (!id) return hidden(Reason::not_found);
  // What was in force and what was not is settled: others have acted by it.
  const bool ended =
      Query(*connection_, "SELECT 1 FROM legal_basis WHERE basis_id = ?1 AND valid_to < ?2", *id,
            end.today)
          .step();
  if (ended || end.valid_to < end.today) return refusal(Reason::in_past, "valid_to");
  {
    Query overlapping(*connection_,
                      "SELECT 1 FROM legal_basis WHERE code = ?1 AND valid_from > ?2 "
                      "AND valid_from <= ?3",
                      name.code, name.valid_from, end.valid_to);
    if (overlapping.step()) return refusal(Reason::already_there, "valid_to");
  }
  Query(*connection_, "UPDATE legal_basis SET valid_to = ?1 WHERE basis_id = ?2", end.valid_to, *id)
      .run();
  Query added(*connection_,
              "INSERT INTO legal_basis_end (basis_id, version, valid_to, account_id, set_at) "
              "VALUES (?1, (SELECT count(*) + 1 FROM legal_basis_end WHERE basis_id = ?1), ?2, "
              "?3, ?4) RETURNING version",
              *id, end.valid_to, end.decided.account, end.decided.at.microseconds);
  ENSURE(added.step());
  return EndedBasis{*id, static_cast<std::uint64_t>(added.integer(0))};
}

Result<BasisId> Bases::decide(const access::MunicipalityAccess& municipality, const BasisName& name,
                              const BasisDecision& decision) {
  const auto id = find_row(name);
  if (!id) return hidden(Reason::not_found);
  Query(*connection_,
        "INSERT INTO legal_basis_decision (municipality_id, basis_id, version, enabled, "
        "decided_by, decision, decided_on, account_id, recorded_at) VALUES (?1, ?2, "
        "(SELECT coalesce(max(version), 0) + 1 FROM legal_basis_decision "
        "WHERE municipality_id = ?1 AND basis_id = ?2), ?3, ?4, ?5, ?6, ?7, ?8)",
        municipality.municipality(), *id, decision.enabled ? 1 : 0, decision.decided_by,
        decision.decision, decision.decided_on, decision.account, decision.now.microseconds)
      .run();
  return *id;
}

std::optional<BasisRow> Bases::find_in_force(const BasisWanted& wanted,
                                             const std::string& day) const {
  Query query(*connection_,
              "SELECT b.code, b.valid_from, b.valid_to, b.paragraph, b.title_swedish, "
              "b.title_english, b.form, b.from_kind, b.to_kind, b.below_age, b.enabled_by_default, "
              "b.basis_id FROM legal_basis b JOIN municipal_basis m ON m.basis_id = b.basis_id "
              "WHERE m.municipality_id = ?1 AND m.code = ?2 AND m.form = ?3 AND m.enabled = 1 "
              "AND m.valid_from <= ?4 AND (m.valid_to IS NULL OR m.valid_to >= ?4)",
              wanted.municipality, wanted.code, static_cast<int>(wanted.form), day);
  if (!query.step()) return std::nullopt;
  BasisRow row{query.id<BasisId>(11), basis_row(query)};
  for (const v1::SecrecyClass each : classes(row.id)) row.basis.add_secrecy_classes(each);
  return row;
}

std::optional<v1::LegalBasis> Bases::find(const BasisId& id) const {
  Query query(*connection_,
              "SELECT code, valid_from, valid_to, paragraph, title_swedish, title_english, form, "
              "from_kind, to_kind, below_age, enabled_by_default FROM legal_basis "
              "WHERE basis_id = ?1",
              id);
  if (!query.step()) return std::nullopt;
  return basis_row(query);
}

}  // namespace sspf::store
