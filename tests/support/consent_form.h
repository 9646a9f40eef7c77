// SPDX-License-Identifier: Apache-2.0
//
// What every recorded consent says beside its terms: for every purpose, on 12 kap. 2 § OSL, with
// the sum of a form, and with as many guardians as have signed.
#pragma once

#include <algorithm>
#include <string>

#include "sspf/v1/consent.pb.h"

namespace sspf::test {

inline void fill_in_form(v1::RecordConsentRequest& request) {
  for (const auto purpose : {v1::PURPOSE_MAPPING, v1::PURPOSE_PLANNING, v1::PURPOSE_FOLLOW_UP}) {
    request.add_purposes(purpose);
  }
  request.set_secrecy_basis("OSL-12-2");
  request.set_gdpr_basis(v1::GDPR_BASIS_PUBLIC_TASK);
  request.set_special_data_basis(v1::SPECIAL_DATA_BASIS_SUBSTANTIAL_PUBLIC_INTEREST);
  request.set_form_sha256(std::string(64, 'a'));
  const auto guardians = std::count_if(
      request.signatories().begin(), request.signatories().end(),
      [](const v1::Signatory& each) { return each.role() == v1::SIGNATORY_ROLE_GUARDIAN; });
  const bool youth_signed = std::any_of(
      request.signatories().begin(), request.signatories().end(),
      [](const v1::Signatory& each) { return each.role() == v1::SIGNATORY_ROLE_YOUTH; });
  if (!youth_signed) request.set_youth_view("Tycker att det är bra.");
  request.set_guardians(static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(guardians, 1)));
}

}  // namespace sspf::test
