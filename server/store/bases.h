// SPDX-License-Identifier: Apache-2.0
//
// SQL of the catalogue of legal bases: dated rows, and each municipality's decisions about them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/scopes.h"
#include "server/base/clock.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/basis.pb.h"

namespace sspf::store {

// One row of the catalogue.
struct BasisName {
  std::string code;
  std::string valid_from;
};

// A basis of one form, as a municipality may rest on it.
struct BasisWanted {
  MunicipalityId municipality;
  v1::BasisForm form = v1::BASIS_FORM_UNSPECIFIED;
  std::string code;
};

struct BasisRow {
  BasisId id;
  v1::LegalBasis basis;
};

struct BasisDecision {
  bool enabled = false;
  std::string decided_by;
  std::string decision;
  std::string decided_on;
  AccountId account;
  Instant now;
};

struct BasisEnd {
  std::string valid_to;
  std::string today;
  Authorship decided;
};

struct EndedBasis {
  BasisId id;
  std::uint64_t version = 0;  // how often its last day has been set
};

class Bases {
 public:
  explicit Bases(Connection& connection) : connection_(&connection) {}

  // By code and first day; `in_force` is of the day.
  std::vector<v1::MunicipalBasis> list(const access::MunicipalityAccess& municipality,
                                       const std::string& day) const;
  // Refuses with already_there when another row of the code holds on a day of this one's.
  Result<BasisId> add(const access::Directory& everything, const v1::LegalBasis& basis);
  // Sets the last day of a row that has not ended before `today`. Hidden when there is no such row;
  // refuses with already_there as add() does, and with in_past.
  Result<EndedBasis> end(const access::Directory& everything, const BasisName& name,
                         const BasisEnd& end);
  // Hidden when there is no such row.
  Result<BasisId> decide(const access::MunicipalityAccess& municipality, const BasisName& name,
                         const BasisDecision& decision);

  // Enabled in the municipality, and the day is one of its days.
  std::optional<BasisRow> find_in_force(const BasisWanted& wanted, const std::string& day) const;
  // Nothing when the id is that of a consent or an opening.
  std::optional<v1::LegalBasis> find(const BasisId& id) const;

 private:
  std::vector<v1::SecrecyClass> classes(const BasisId& id) const;
  std::optional<BasisId> find_row(const BasisName& name) const;

  Connection* connection_;
};

}  // namespace sspf::store
