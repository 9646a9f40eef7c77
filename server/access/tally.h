// SPDX-License-Identifier: Apache-2.0
//
// What one call touched, collected where it cannot be forgotten: targets where they are resolved,
// bases where a sealed item is opened, ciphertexts where one is made. The audit event is written
// from it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/hash.h"
#include "server/base/ids.h"
#include "sspf/v1/account.pb.h"

namespace sspf::access {

// What was shown of one case by one basis.
struct CaseShown {
  CaseId case_id;
  std::optional<BasisId> basis;
  std::uint32_t items = 0;
};

// One version of another agency's item that a basis let the caller see.
struct ItemShown {
  CaseId case_id;
  ItemId item;
  std::uint64_t version = 0;
  AgencyId owner;
  BasisId basis;
};

// What the call let lift secrecy, or took that from; see AuditEvent.BasisChange.
struct BasisChange {
  BasisId basis;
  std::string from_date;
  std::string to_date;  // empty: until further notice
  std::int64_t until_us = 0;
  bool is_withdrawn = false;
};

// Which of the targets is the call's own making, and not there when it is undone.
enum class Founded { nothing, municipality, case_file, meeting, account };

struct Tally {
  std::optional<MunicipalityId> municipality;
  std::optional<CaseId> case_id;
  std::optional<MeetingId> meeting;
  std::optional<ItemId> item;
  std::optional<AccountId> subject_account;
  Founded founded = Founded::nothing;
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::uint64_t item_version = 0;
  std::uint32_t items_shown = 0;
  std::vector<CaseShown> cases_shown;
  std::vector<ItemShown> items_by_basis;
  std::vector<CaseId> disposed_cases;
  std::optional<BasisChange> basis_change;
  std::uint32_t key_epoch = 0;       // the generation of keys without those of disposed cases
  crypto::Bytes bundle_digest;       // of an incident's bundle
  std::string erased_month;          // whose details are destroyed
  crypto::Bytes ciphertext_digests;  // SHA-256 of each ciphertext stored, one after the other

  void note_item(const ItemId& id, std::uint64_t version) {
    item = id;
    item_version = version;
  }
  void note_shown(const CaseId& id, const std::optional<BasisId>& by) {
    ++items_shown;
    const auto same = [&](const CaseShown& shown) {
      return shown.case_id == id && shown.basis == by;
    };
    const auto found = std::find_if(cases_shown.begin(), cases_shown.end(), same);
    if (found != cases_shown.end()) {
      ++found->items;
    } else {
      cases_shown.push_back({id, by, 1});
    }
  }
  void note_ciphertext(crypto::ByteView sealed) {
    const crypto::Digest digest = crypto::sha256(sealed);
    ciphertext_digests.insert(ciphertext_digests.end(), digest.begin(), digest.end());
  }
};

}  // namespace sspf::access
