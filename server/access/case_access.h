// SPDX-License-Identifier: Apache-2.0
//
// CaseAccess: one case that the caller may enter, with the key to what the caller may see of it.
// Store functions take it instead of a case id, so the case that was checked is the case that is
// read or written. Made by policy::Authority alone; lives no longer than the call.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/secret.h"
#include "server/access/sealed.h"
#include "server/access/signing.h"
#include "server/access/tally.h"
#include "server/access/visibility.h"

namespace sspf::policy {
class Authority;
}

namespace sspf::access {

class CaseAccess {
 public:
  const CaseId& case_id() const { return case_id_; }
  const std::string& number() const { return number_; }
  const MunicipalityId& municipality() const { return municipality_; }
  const CaseFacts& facts() const { return facts_; }
  v1::CaseState state() const { return state_; }
  std::uint64_t version() const { return version_; }
  bool coordinates() const { return viewer_.coordinates; }
  // What the decisions about this caller were made from.
  const Viewer& viewer() const { return viewer_; }
  // Any consent of the case that is in force, whomever it names.
  bool has_consent() const { return !viewer_.consents.empty(); }
  bool has_consent_for(v1::Purpose purpose) const;
  // May an agency hear information of this kind by a consent that serves what is done now?
  bool consents_to(const AgencyId& agency, v1::InformationKind kind) const;
  // Who must sign for the person whom the case is about.
  const Signing& signing() const { return signing_; }

  // What the coordination itself writes, and where it is sealed.
  ItemFacts coordination_item(v1::InformationKind kind) const;
  Compartment coordination() const;

  // May the caller see an item with these facts? Opens nothing and records nothing.
  bool covers(const ItemFacts& item) const;

  // Opens one sealed item; nothing when the caller may not see it. The basis used and the item
  // shown go to the audit event. Throws Fault when the ciphertext is not the one stored there.
  std::optional<std::string> open(const ItemFacts& item, const Place& place,
                                  const Sealed& sealed) const;

  // The case itself was shown: that it exists, its number and state.
  void note_shown() const { tally_->note_shown(case_id_, std::nullopt); }

  // Seals one item for this place; its digest goes to the audit event.
  Sealed seal(const Compartment& compartment, const Place& place, std::string_view text) const;
  // The birth date once more, for decisions alone (R5): no handler can open it.
  Sealed seal_birth_date(const std::string& birth_date) const;

 private:
  friend class policy::Authority;
  friend class MunicipalityAccess;  // founds new ones
  CaseAccess(crypto::Secret key, Tally& tally) : key_(std::move(key)), tally_(&tally) {}

  std::string open_birth_date(const Sealed& sealed) const;
  // The name once more, for one comparison by a review of the log: shown to nobody.
  std::string open_title(const Sealed& subject) const;

  CaseId case_id_;
  std::string number_;
  MunicipalityId municipality_;
  CaseFacts facts_;
  Viewer viewer_;
  Signing signing_{default_signature_rules(), std::nullopt};
  v1::CaseState state_ = v1::CASE_STATE_UNSPECIFIED;
  std::uint64_t version_ = 0;
  crypto::Secret key_;
  Tally* tally_;  // the call's own; outlives this object
};

// A case to which the caller is assigned, in which the own agency has committed itself, and that
// the caller may not enter any more. Opens nothing.
class WithdrawnCase {
 public:
  const CaseId& case_id() const { return case_id_; }
  const std::string& number() const { return number_; }
  // The case was named to the caller.
  void note_shown() const { tally_->note_shown(case_id_, std::nullopt); }

 private:
  friend class policy::Authority;
  WithdrawnCase(const CaseId& case_id, std::string number, Tally& tally)
      : case_id_(case_id), number_(std::move(number)), tally_(&tally) {}
  CaseId case_id_;
  std::string number_;
  Tally* tally_;
};

// The cases that the caller may enter, in the order of their numbers.
class CaseList {
 public:
  const std::vector<CaseAccess>& cases() const { return cases_; }
  // Of the same stretch of numbers (R6).
  const std::vector<WithdrawnCase>& withdrawn() const { return withdrawn_; }
  // Where the stream goes on; empty at its end.
  const std::string& next_cursor() const { return next_cursor_; }

 private:
  friend class policy::Authority;
  CaseList() = default;
  std::vector<CaseAccess> cases_;
  std::vector<WithdrawnCase> withdrawn_;
  std::string next_cursor_;
};

}  // namespace sspf::access
