// SPDX-License-Identifier: Apache-2.0
//
// The facts that decisions of access are made from. For policy::Authority: a handler never sees
// them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/caller.h"
#include "server/access/sealed.h"
#include "server/access/signing.h"
#include "server/access/visibility.h"
#include "server/base/clock.h"
#include "server/store/sqlite.h"
#include "sspf/v1/meeting.pb.h"

namespace sspf::store {

struct AccountFacts {
  AccountId account;
  AgencyId agency;
  v1::AgencyKind agency_kind = v1::AGENCY_KIND_UNSPECIFIED;
  bool suspended = false;
  std::vector<access::RoleGrant> grants;
  std::vector<MunicipalityId> agency_municipalities;
};

struct CertificateUse {
  AccountId account;
  std::int64_t not_after = 0;  // microseconds since 1970
  bool revoked = false;
};

struct EnrolmentFacts {
  AccountId account;
  std::int64_t expires_at = 0;
  bool used = false;
};

struct MunicipalityRow {
  MunicipalityId id;
  std::string code;
};

struct CaseRow {
  CaseId id;
  MunicipalityId municipality;
  std::string number;
  v1::CaseState state = v1::CASE_STATE_UNSPECIFIED;
  access::CaseFacts facts;
  std::uint64_t version = 0;
  std::optional<access::Sealed> birth_date;
};

// A consent that is running: begun, not ended, not revoked, on a basis in force. Whether its
// signatures suffice is for the young person's age to say.
struct RunningConsent {
  access::ConsentInForce consent;
  access::Signatures signatures;
};

// A standing basis in force, but for the person's age.
struct StandingBasisFacts {
  access::StandingBasis basis;
  int below_age = 0;  // of any age, when zero
};

// How one account stands to one case.
struct Standing {
  bool is_blocked = false;
  bool is_protected_from = false;    // a protected identity, and the account is no handler
  std::optional<BasisId> emergency;  // an opening that still runs
};

// In one municipality, on one day.
struct PlaceAndDay {
  MunicipalityId municipality;
  std::string today;
};

struct MeetingRow {
  MeetingId id;
  MunicipalityId municipality;
  std::string number;
  v1::MeetingState state = v1::MEETING_STATE_UNSPECIFIED;
  std::uint64_t version = 0;
};

// Whose view a list is, and where it goes on: rows after `after`, at most `count`.
struct ListOf {
  AccountId account;
  AgencyId agency;
  v1::AgencyKind agency_kind = v1::AGENCY_KIND_UNSPECIFIED;
  Instant now;
  std::string today;
  std::string after;
  std::uint32_t count = 0;
};

class AccessFacts {
 public:
  explicit AccessFacts(Connection& connection) : connection_(&connection) {}

  std::optional<CertificateUse> certificate(const crypto::Digest& fingerprint) const;
  std::optional<AccountId> account_of_certificate(const std::string& serial) const;
  std::optional<EnrolmentFacts> enrolment(const crypto::Digest& code_hash) const;
  std::optional<AccountId> account_of(const std::string& handle) const;
  AccountFacts account(const AccountId& id) const;
  std::optional<MunicipalityRow> municipality(const std::string& code) const;

  std::optional<CaseRow> case_of(const std::string& number) const;
  bool is_assigned(const CaseId& id, const AccountId& account, const std::string& today) const;
  // What is there of this account's own, above its roles.
  Standing standing(const CaseId& id, const AccountId& account, Instant now) const;
  std::vector<RunningConsent> consents(const CaseId& id, const PlaceAndDay& at) const;
  // Towards agencies of this kind.
  std::vector<StandingBasisFacts> standing_bases(v1::AgencyKind to, const PlaceAndDay& at) const;
  // How the municipality has decided who must sign.
  std::vector<access::SignatureRule> signature_rules(const MunicipalityId& id) const;

  // Whether an agency has a commitment in a case.
  bool has_committed(const CaseId& id, const AgencyId& agency) const;

  // In the order of their numbers: every case that may_enter() admits, some of which only the
  // person's age says that it does not, and those in which the assigned account's agency has
  // committed itself, whether or not anything lets it in now.
  std::vector<CaseRow> cases(const ListOf& list) const;
  std::vector<CaseRow> cases_with_index(const MunicipalityId& municipality,
                                        const crypto::Bytes& number_index) const;

  std::optional<MeetingRow> meeting_of(const std::string& number) const;
  bool is_participant(const MeetingId& id, const AccountId& account) const;
  // On its agenda, or such that a guest comes for them.
  std::vector<CaseRow> cases_at_meeting(const MeetingId& id) const;
  // Meetings of municipalities that the account coordinates, and those it takes part in.
  std::vector<MeetingRow> meetings(const ListOf& list) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
