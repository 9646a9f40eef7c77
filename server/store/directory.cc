// SPDX-License-Identifier: Apache-2.0
#include "server/store/directory.h"

#include <algorithm>

namespace sspf::store {

Result<MunicipalityId> Directory::add_municipality(const access::Directory& /*scope*/,
                                                   const std::string& code,
                                                   const std::string& name) {
  const MunicipalityId id = MunicipalityId::random();
  const int added = Query(*connection_,
                          "INSERT INTO municipality (municipality_id, code, name) "
                          "VALUES (?1, ?2, ?3) ON CONFLICT (code) DO NOTHING",
                          id, code, name)
                        .run();
  if (added == 0) return refusal(Reason::already_there, "code");
  return id;
}

std::vector<v1::Municipality> Directory::list_municipalities(const access::Directory& scope) const {
  std::vector<v1::Municipality> rows;
  Query query(*connection_, "SELECT municipality_id, code, name FROM municipality ORDER BY code");
  while (query.step()) {
    if (!scope.covers(query.id<MunicipalityId>(0))) continue;
    v1::Municipality& row = rows.emplace_back();
    row.set_code(query.text(1));
    row.set_name(query.text(2));
  }
  return rows;
}

Result<MunicipalityId> Directory::municipality(const std::string& code) const {
  Query query(*connection_, "SELECT municipality_id FROM municipality WHERE code = ?1", code);
  if (!query.step()) return hidden(Reason::not_found);
  return query.id<MunicipalityId>(0);
}

std::string Directory::municipality_name(const MunicipalityId& id) const {
  Query query(*connection_, "SELECT name FROM municipality WHERE municipality_id = ?1", id);
  return query.step() ? query.text(0) : std::string();
}

std::string Directory::agency_name(const AgencyId& id) const {
  Query query(*connection_, "SELECT name FROM agency WHERE agency_id = ?1", id);
  return query.step() ? query.text(0) : std::string();
}

std::string Directory::municipality_code(const MunicipalityId& id) const {
  Query query(*connection_, "SELECT code FROM municipality WHERE municipality_id = ?1", id);
  return query.step() ? query.text(0) : std::string();
}

void Directory::set_municipalities(const AgencyRow& row) {
  Query(*connection_, "DELETE FROM agency_municipality WHERE agency_id = ?1", row.id).run();
  for (const MunicipalityId& municipality : row.municipalities) {
    Query(*connection_,
          "INSERT INTO agency_municipality (agency_id, municipality_id) VALUES (?1, ?2) "
          "ON CONFLICT (agency_id, municipality_id) DO NOTHING",
          row.id, municipality)
        .run();
  }
}

Result<Done> Directory::add_agency(const access::Directory& /*scope*/, const AgencyRow& row) {
  const int added = Query(*connection_,
                          "INSERT INTO agency (agency_id, code, name, kind, version) "
                          "VALUES (?1, ?2, ?3, ?4, 1) ON CONFLICT (code) DO NOTHING",
                          row.id, row.code, row.name, static_cast<int>(row.kind))
                        .run();
  if (added == 0) return refusal(Reason::already_there, "code");
  set_municipalities(row);
  return Done();
}

Result<std::uint64_t> Directory::update_agency(const access::Directory& /*scope*/,
                                               const AgencyRow& row) {
  const int changed = Query(*connection_,
                            "UPDATE agency SET name = ?1, version = version + 1 "
                            "WHERE agency_id = ?2 AND version = ?3",
                            row.name, row.id, row.version)
                          .run();
  if (changed == 0) return refusal(Reason::stale_version);
  set_municipalities(row);
  return row.version + 1;
}

std::vector<v1::Agency> Directory::list_agencies(const access::Directory& scope) const {
  std::vector<v1::Agency> rows;
  Query query(*connection_,
              "SELECT a.code, a.name, a.kind, a.version, m.municipality_id, m.code "
              "FROM agency a JOIN agency_municipality s ON s.agency_id = a.agency_id "
              "JOIN municipality m ON m.municipality_id = s.municipality_id "
              "ORDER BY a.code, m.code");
  while (query.step()) {
    if (!scope.covers(query.id<MunicipalityId>(4))) continue;
    if (rows.empty() || rows.back().code() != query.text(0)) {
      v1::Agency& row = rows.emplace_back();
      row.set_code(query.text(0));
      row.set_name(query.text(1));
      row.set_kind(query.enumerator<v1::AgencyKind>(2));
      row.set_version(static_cast<std::uint64_t>(query.integer(3)));
    }
    rows.back().add_municipality_codes(query.text(5));
  }
  return rows;
}

std::optional<AgencyRow> Directory::find_agency(const std::string& code) const {
  AgencyRow row;
  {
    Query query(*connection_,
                "SELECT agency_id, code, name, kind, version FROM agency WHERE code = ?1", code);
    if (!query.step()) return std::nullopt;
    row = {query.id<AgencyId>(0),
           query.text(1),
           query.text(2),
           query.enumerator<v1::AgencyKind>(3),
           static_cast<std::uint64_t>(query.integer(4)),
           {}};
  }
  Query query(*connection_, "SELECT municipality_id FROM agency_municipality WHERE agency_id = ?1",
              row.id);
  while (query.step()) row.municipalities.push_back(query.id<MunicipalityId>(0));
  return row;
}

Result<AgencyRow> Directory::agency(const std::string& code, const std::string& field) const {
  auto row = find_agency(code);
  if (!row) return refusal(Reason::unknown_value, field);
  return std::move(*row);
}

Result<AgencyRow> Directory::agency_serving(const MunicipalityId& municipality,
                                            const std::string& code,
                                            const std::string& field) const {
  AgencyRow row = TRY(agency(code, field));
  const auto& served = row.municipalities;
  if (std::find(served.begin(), served.end(), municipality) == served.end()) {
    return refusal(Reason::unknown_value, field);
  }
  return row;
}

std::string Directory::agency_code(const AgencyId& id) const {
  Query query(*connection_, "SELECT code FROM agency WHERE agency_id = ?1", id);
  return query.step() ? query.text(0) : std::string();
}

v1::AgencyKind Directory::agency_kind(const AgencyId& id) const {
  Query query(*connection_, "SELECT kind FROM agency WHERE agency_id = ?1", id);
  return query.step() ? query.enumerator<v1::AgencyKind>(0) : v1::AGENCY_KIND_UNSPECIFIED;
}

}  // namespace sspf::store
