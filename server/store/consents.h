// SPDX-License-Identifier: Apache-2.0
//
// SQL of consents. What is in force is decided at every call from the facts of basis_facts.cc; here
// are the records.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/hash.h"
#include "server/access/scopes.h"
#include "server/base/clock.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/consent.pb.h"

namespace sspf::store {

// On what law it rests: two things, never one (R4).
struct ConsentBasis {
  std::string secrecy_basis;  // code of the catalogue
  v1::GdprBasis gdpr = v1::GDPR_BASIS_UNSPECIFIED;
  v1::SpecialDataBasis special_category = v1::SPECIAL_DATA_BASIS_UNSPECIFIED;
};

struct ConsentRow {
  ItemId id;
  std::string ref;
  access::Sealed content;  // names and texts, of v1::Consent
  access::Signatures signatures;
  access::Days term;
  ConsentBasis basis;
  crypto::Digest form_sha256{};
  std::optional<std::int64_t> revoked_at;  // microseconds since 1970
  bool basis_in_force = false;             // today, in the municipality of the case

  bool is_running(const std::string& today) const { return !revoked_at && term.include(today); }
  bool is_in_force(const access::Signing& signing, const std::string& today) const {
    return is_running(today) && basis_in_force && !signing.missing(signatures, today).any();
  }
};

struct Recording {
  std::vector<AgencyId> agencies;
  std::vector<v1::InformationKind> kinds;
  std::vector<v1::Purpose> purposes;
  AccountId account;
  Instant now;
};

// What a consent covers.
struct ConsentScope {
  std::vector<std::string> agency_codes;
  std::vector<v1::InformationKind> kinds;
  std::vector<v1::Purpose> purposes;
};

class Consents {
 public:
  explicit Consents(Connection& connection) : connection_(&connection) {}

  // An agency, kind or purpose that is named twice counts once. Refuses with case_full.
  Result<Done> add(const access::CaseAccess& access, const ConsentRow& row,
                   const Recording& recording);
  // In the order in which they were recorded.
  std::vector<ConsentRow> list(const access::CaseAccess& access, const std::string& today) const;
  // Of a consent of this case.
  std::string ref_of(const access::CaseAccess& access, const ItemId& consent) const;
  ConsentScope scope(const access::CaseAccess& access, const ConsentRow& row) const;
  // Refuses with revoked_already; hidden when the case has no such consent.
  Result<ItemId> revoke(const access::CaseAccess& access, const std::string& ref, Instant now);

  // A new version of the municipality's rules, of which it returns the number; earlier ones stay.
  std::uint64_t set_rules(const access::MunicipalityAccess& municipality,
                          const std::vector<access::SignatureRule>& rules,
                          const Authorship& author);

 private:
  void add_scope(const ItemId& consent, const Recording& recording);

  Connection* connection_;
};

}  // namespace sspf::store
