// SPDX-License-Identifier: Apache-2.0
#include "server/access/case_access.h"

#include "crypto/derive.h"
#include "crypto/seal.h"
#include "server/base/fault.h"

namespace sspf::access {

bool CaseAccess::covers(const ItemFacts& item) const {
  return visibility(viewer_, facts_, item).visible;
}

std::optional<std::string> CaseAccess::open(const ItemFacts& item, v1::SecrecyClass secrecy_class,
                                            const Place& place, const Sealed& sealed) const {
  const Visibility seen = visibility(viewer_, facts_, item);
  if (!seen.visible) return std::nullopt;
  const crypto::Secret key = crypto::derive(key_, compartment_label({item.owner, secrecy_class}));
  const auto text = crypto::open(key, associated_data(same_id<KeyId>(case_id_), place),
                                 crypto::view_of(sealed.bytes));
  if (!text) throw Fault("a sealed item of a case does not open");
  tally_->note_shown(case_id_, seen.basis);
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

}  // namespace sspf::access
