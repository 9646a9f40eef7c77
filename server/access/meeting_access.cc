// SPDX-License-Identifier: Apache-2.0
#include "server/access/meeting_access.h"

#include <algorithm>

#include "crypto/derive.h"
#include "crypto/seal.h"
#include "server/base/fault.h"

namespace sspf::access {
namespace {

constexpr std::string_view meeting_label = "sspf/meeting/v1";

}  // namespace

const CaseAccess* MeetingAccess::find_case(const CaseId& id) const {
  const auto found = std::find_if(cases_.begin(), cases_.end(),
                                  [&](const CaseAccess& each) { return each.case_id() == id; });
  return found == cases_.end() ? nullptr : &*found;
}

const CaseAccess* MeetingAccess::named_case() const {
  return named_case_ ? find_case(*named_case_) : nullptr;
}

std::string MeetingAccess::open(const Place& place, const Sealed& sealed) const {
  const auto text = crypto::open(crypto::derive(key_, meeting_label),
                                 associated_data(same_id<KeyId>(meeting_id_), place),
                                 crypto::view_of(sealed.bytes));
  if (!text) throw Fault("a sealed item of a meeting does not open");
  ++tally_->items_shown;
  return std::string(crypto::text_of(text->reveal()));
}

Sealed MeetingAccess::seal(const Place& place, std::string_view text) const {
  const crypto::Bytes sealed =
      crypto::seal(crypto::derive(key_, meeting_label),
                   associated_data(same_id<KeyId>(meeting_id_), place), crypto::view_of(text));
  tally_->note_ciphertext(sealed);
  return {std::string(crypto::text_of(sealed))};
}

}  // namespace sspf::access
