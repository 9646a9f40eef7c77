// SPDX-License-Identifier: Apache-2.0
#include "server/access/review_access.h"

#include "crypto/derive.h"
#include "crypto/seal.h"
#include "server/base/fault.h"

namespace sspf::access {
namespace {

// Another key than that of the details themselves.
constexpr std::string_view review_label = "sspf/review/v1";

}  // namespace

ReviewText ReviewTexts::seal(const MunicipalityId& municipality, const Place& place,
                             std::string_view text) const {
  const auto [id, key] = keys_.newest(municipality);
  const crypto::Bytes sealed = crypto::seal(crypto::derive(key, review_label),
                                            associated_data(id, place), crypto::view_of(text));
  tally_->note_ciphertext(sealed);
  return {id, {std::string(crypto::text_of(sealed))}};
}

std::string ReviewTexts::open(const Place& place, const ReviewText& text) const {
  const auto key = keys_.find(text.key);
  if (!key) return {};
  const auto opened =
      crypto::open(crypto::derive(*key, review_label), associated_data(text.key, place),
                   crypto::view_of(text.sealed.bytes));
  if (!opened) throw Fault("a text of a review does not open");
  return std::string(crypto::text_of(opened->reveal()));
}

}  // namespace sspf::access
