// SPDX-License-Identifier: Apache-2.0
//
// SQL of the register of processing: which agency is controller of what in a municipality, and who
// may be given it. Counts and kinds alone; nothing here leads to a person.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/access/scopes.h"
#include "server/store/directory.h"
#include "server/store/sqlite.h"
#include "sspf/v1/processing_register.pb.h"

namespace sspf::store {

// A kind of information under one class of secrecy, of which one agency is the owner.
struct OwnedData {
  AgencyId owner;
  v1::InformationKind kind = v1::INFORMATION_KIND_UNSPECIFIED;
  v1::SecrecyClass secrecy_class = v1::SECRECY_CLASS_UNSPECIFIED;
  auto operator<=>(const OwnedData&) const = default;
};

// Agencies of this kind may be given what the owner owns; any owner's when there is none.
struct RecipientRow {
  std::optional<AgencyId> owner;
  v1::AgencyKind owner_kind = v1::AGENCY_KIND_UNSPECIFIED;  // of any, when unspecified
  v1::RecipientCategory shown;
};

class ProcessingRegister {
 public:
  explicit ProcessingRegister(Connection& connection) : connection_(&connection) {}

  // Every agency that serves the municipality or owns something in a case of it, from behind this
  // code on, in the order of their codes.
  std::vector<AgencyRow> controllers(const access::MunicipalityAccess& municipality,
                                     const std::string& after) const;
  // In how many cases of persons that are not disposed of there is how much of what.
  std::map<OwnedData, std::size_t> owned(const access::MunicipalityAccess& municipality) const;
  // Who may be given something on this day, and who has been; in no order, some more than once.
  std::vector<RecipientRow> recipients(const access::MunicipalityAccess& municipality,
                                       const std::string& today) const;

 private:
  void add_by_consent(const MunicipalityId& id, const std::string& today,
                      std::vector<RecipientRow>& rows) const;
  void add_by_standing_basis(const MunicipalityId& id, const std::string& today,
                             std::vector<RecipientRow>& rows) const;
  void add_by_disclosure(const MunicipalityId& id, std::vector<RecipientRow>& rows) const;

  Connection* connection_;
};

}  // namespace sspf::store
