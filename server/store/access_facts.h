// SPDX-License-Identifier: Apache-2.0
//
// The facts that decisions of access are made from. For policy::Authority: a handler never sees
// them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/caller.h"
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
  // Those in force today, completely signed, that name the agency; all in force, for a coordinator.
  enum class NamedBy { agency, anybody };
  std::vector<access::ConsentInForce> consents(const CaseId& id, const AgencyId& agency,
                                               NamedBy named, const std::string& today) const;

  // The cases that may_enter() admits, filtered in SQL, in the order of their numbers.
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
