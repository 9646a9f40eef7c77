// SPDX-License-Identifier: Apache-2.0
#include "server/access/case_access.h"

#include <algorithm>

#include "crypto/derive.h"
#include "crypto/seal.h"
#include "server/base/fault.h"

namespace sspf::access {
namespace {

constexpr std::string_view decision_label = "sspf/decision/v1";

// Written once, with the case.
Place birth_date_place(const CaseId& case_id) {
  return {"case_file.sealed_birth_date", case_id.bytes(), 1};
}

}  // namespace

bool CaseAccess::has_consent_for(v1::Purpose purpose) const {
  return std::any_of(viewer_.consents.begin(), viewer_.consents.end(),
                     [&](const ConsentInForce& consent) { return consent.serves(purpose); });
}

bool CaseAccess::consents_to(const AgencyId& agency, v1::InformationKind kind) const {
  return std::any_of(
      viewer_.consents.begin(), viewer_.consents.end(), [&](const ConsentInForce& consent) {
        return consent.serves(facts_.purpose) && consent.names(agency) && consent.is_on(kind);
      });
}

ItemFacts CaseAccess::coordination_item(v1::InformationKind kind) const {
  return access::coordination_item(facts_, kind);
}

Compartment CaseAccess::coordination() const {
  return {facts_.coordinating_agency, default_secrecy_class(facts_.coordinating_kind)};
}

bool CaseAccess::covers(const ItemFacts& item) const {
  return visibility(viewer_, facts_, item).visible;
}

std::optional<std::string> CaseAccess::open(const ItemFacts& item, const Place& place,
                                            const Sealed& sealed) const {
  const Visibility seen = visibility(viewer_, facts_, item);
  if (!seen.visible) return std::nullopt;
  const crypto::Secret key =
      crypto::derive(key_, compartment_label({item.owner, item.secrecy_class}));
  const auto text = crypto::open(key, associated_data(same_id<KeyId>(case_id_), place),
                                 crypto::view_of(sealed.bytes));
  if (!text) throw Fault("a sealed item of a case does not open");
  tally_->note_shown(case_id_, seen.basis);
  if (seen.basis) {
    tally_->items_by_basis.push_back(
        {case_id_, ItemId::of(place.row), place.version, item.owner, *seen.basis});
  }
  return std::string(crypto::text_of(text->reveal()));
}

Sealed CaseAccess::seal(const Compartment& compartment, const Place& place,
                        std::string_view text) const {
  const crypto::Secret key = crypto::derive(key_, compartment_label(compartment));
  const crypto::Bytes sealed =
      crypto::seal(key, associated_data(same_id<KeyId>(case_id_), place), crypto::view_of(text));
  tally_->note_ciphertext(sealed);
  return {std::string(crypto::text_of(sealed))};
}

Sealed CaseAccess::seal_birth_date(const std::string& birth_date) const {
  const crypto::Secret key = crypto::derive(key_, decision_label);
  const crypto::Bytes sealed =
      crypto::seal(key, associated_data(same_id<KeyId>(case_id_), birth_date_place(case_id_)),
                   crypto::view_of(birth_date));
  return {std::string(crypto::text_of(sealed))};
}

std::string CaseAccess::open_birth_date(const Sealed& sealed) const {
  const crypto::Secret key = crypto::derive(key_, decision_label);
  const auto text =
      crypto::open(key, associated_data(same_id<KeyId>(case_id_), birth_date_place(case_id_)),
                   crypto::view_of(sealed.bytes));
  if (!text) throw Fault("the birth date of a case does not open");
  return std::string(crypto::text_of(text->reveal()));
}

std::string CaseAccess::open_title(const Sealed& subject) const {
  const crypto::Secret key = crypto::derive(key_, compartment_label(coordination()));
  const Place place{"case_file.sealed_subject", case_id_.bytes(), 1};
  const auto text = crypto::open(key, associated_data(same_id<KeyId>(case_id_), place),
                                 crypto::view_of(subject.bytes));
  v1::Case opened;
  if (!text || !opened.ParseFromString(std::string(crypto::text_of(text->reveal())))) {
    throw Fault("the subject of a case does not open");
  }
  return opened.title();
}

}  // namespace sspf::access
