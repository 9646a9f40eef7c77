// SPDX-License-Identifier: Apache-2.0
//
// SQL of municipalities and agencies.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/scopes.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"
#include "sspf/v1/account.pb.h"

namespace sspf::store {

struct AgencyRow {
  AgencyId id;
  std::string code;
  std::string name;
  v1::AgencyKind kind = v1::AGENCY_KIND_UNSPECIFIED;
  std::uint64_t version = 0;
  std::vector<MunicipalityId> municipalities;
};

class Directory {
 public:
  explicit Directory(Connection& connection) : connection_(&connection) {}

  // Refuses with already_there when the code is taken.
  Result<MunicipalityId> add_municipality(const access::Directory& scope, const std::string& code,
                                          const std::string& name);
  std::vector<v1::Municipality> list_municipalities(const access::Directory& scope) const;
  // By code, for a caller who names it in a request; hidden when there is none.
  Result<MunicipalityId> municipality(const std::string& code) const;
  std::string municipality_code(const MunicipalityId& id) const;
  std::string municipality_name(const MunicipalityId& id) const;

  Result<Done> add_agency(const access::Directory& scope, const AgencyRow& row);
  // Refuses with stale_version unless `row.version` is the stored one; stores the next.
  Result<std::uint64_t> update_agency(const access::Directory& scope, const AgencyRow& row);
  std::vector<v1::Agency> list_agencies(const access::Directory& scope) const;

  // An agency that serves the municipality; refuses with unknown_value and the field otherwise,
  // whether the agency serves another one or does not exist.
  Result<AgencyRow> agency_serving(const MunicipalityId& municipality, const std::string& code,
                                   const std::string& field) const;
  Result<AgencyRow> agency(const std::string& code, const std::string& field) const;
  std::string agency_code(const AgencyId& id) const;
  std::string agency_name(const AgencyId& id) const;
  v1::AgencyKind agency_kind(const AgencyId& id) const;

 private:
  std::optional<AgencyRow> find_agency(const std::string& code) const;
  void set_municipalities(const AgencyRow& row);

  Connection* connection_;
};

}  // namespace sspf::store
