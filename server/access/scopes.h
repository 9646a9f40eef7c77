// SPDX-License-Identifier: Apache-2.0
//
// What a permit opens when it is not a case or a meeting. Each is made by policy::Authority alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/secret.h"
#include "server/access/case_access.h"
#include "server/access/meeting_access.h"
#include "server/access/tally.h"
#include "server/base/ids.h"

namespace sspf::policy {
class Authority;
}

namespace sspf::access {

// The call concerns the caller alone, or what every account may know.
class Nothing {
 private:
  friend class policy::Authority;
  Nothing() = default;
};

// A valid, unused enrolment code, and whose it is.
class Enrolment {
 public:
  const AccountId& account() const { return account_; }
  const crypto::Digest& code_hash() const { return code_hash_; }

 private:
  friend class policy::Authority;
  Enrolment() = default;
  AccountId account_;
  crypto::Digest code_hash_{};
};

// The directory of municipalities, agencies and accounts, as far as the caller administers or sees
// it. No municipalities named: the whole installation.
class Directory {
 public:
  bool is_everything() const { return everything_; }
  const std::vector<MunicipalityId>& municipalities() const { return municipalities_; }
  bool covers(const MunicipalityId& municipality) const;

 private:
  friend class policy::Authority;
  Directory() = default;
  bool everything_ = false;
  std::vector<MunicipalityId> municipalities_;
};

// What a new key will protect; the keystore records it beside the key.
enum class NewKey : std::uint8_t { of_case, of_meeting };

// One municipality in which the caller has the role that the action needs.
class MunicipalityAccess {
 public:
  const MunicipalityId& municipality() const { return municipality_; }
  const std::string& code() const { return code_; }
  // Who must sign a consent here.
  const std::vector<SignatureRule>& signature_rules() const { return signature_rules_; }
  // When the request names an identity number: the cases here that may be that person's. They are
  // opened and compared, for the index that found them is not unique.
  const std::vector<CaseAccess>& candidates() const { return candidates_; }

  // A new case or meeting of this municipality and its new key, which becomes durable before the
  // call's commit and vanishes with a call that is undone.
  CaseAccess found_case(const CaseId& id, const std::string& number, const CaseFacts& facts,
                        const std::optional<std::string>& birth_date) const;
  MeetingAccess found_meeting(const MeetingId& id, const std::string& number) const;

 private:
  friend class policy::Authority;
  using MakeKey = std::function<crypto::Secret(const KeyId&, NewKey)>;
  MunicipalityAccess(MakeKey make_key, Tally& tally)
      : make_key_(std::move(make_key)), tally_(&tally) {}
  MunicipalityId municipality_;
  std::string code_;
  AgencyId caller_agency_;
  std::vector<SignatureRule> signature_rules_;
  std::vector<CaseAccess> candidates_;
  MakeKey make_key_;
  Tally* tally_;
};

// A case of a municipality in which the caller works, that no block or protection keeps the caller
// out of, whatever else lets in: for an emergency opening. It opens nothing by itself.
class EmergencyAccess {
 public:
  const CaseAccess& in() const { return in_; }

 private:
  friend class policy::Authority;
  explicit EmergencyAccess(CaseAccess in) : in_(std::move(in)) {}
  CaseAccess in_;
};

// One municipality, and those of its cases that the caller may enter and whose state has not
// changed for long: what a list of disposal is made from.
class QuietCases {
 public:
  const MunicipalityAccess& municipality() const { return municipality_; }
  const std::vector<CaseAccess>& cases() const { return cases_; }

 private:
  friend class policy::Authority;
  explicit QuietCases(MunicipalityAccess municipality) : municipality_(std::move(municipality)) {}
  MunicipalityAccess municipality_;
  std::vector<CaseAccess> cases_;
};

// One municipality, and leave to destroy the keys of its cases.
class Destruction {
 public:
  const MunicipalityAccess& municipality() const { return municipality_; }

  // With the call's commit the key of this case is destroyed, and all that is sealed under it is
  // unreadable, in every backup too. Nothing happens when the call is undone. The event names the
  // case.
  void destroy_key_of(const CaseId& id) const;

 private:
  friend class policy::Authority;
  using DestroyKey = std::function<std::uint32_t(const KeyId&)>;  // the epoch without it
  Destruction(MunicipalityAccess municipality, DestroyKey destroy_key, Tally& tally)
      : municipality_(std::move(municipality)),
        destroy_key_(std::move(destroy_key)),
        tally_(&tally) {}
  MunicipalityAccess municipality_;
  DestroyKey destroy_key_;
  Tally* tally_;
};

// One account that the caller administers.
class AccountAccess {
 public:
  const AccountId& account() const { return account_; }
  const Directory& directory() const { return directory_; }

 private:
  friend class policy::Authority;
  explicit AccountAccess(Directory directory) : directory_(std::move(directory)) {}
  AccountId account_;
  Directory directory_;
};

// The audit log, whole, or what concerns the municipalities in which this account is auditor.
class LogAccess {
 public:
  // The account within whose grants; nobody when it is the whole log.
  std::optional<AccountId> within_grants_of() const {
    return everything_ ? std::nullopt : std::optional(auditor_);
  }

 private:
  friend class policy::Authority;
  LogAccess() = default;
  bool everything_ = false;
  AccountId auditor_;
};

}  // namespace sspf::access
