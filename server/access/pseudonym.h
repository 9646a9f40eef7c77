// SPDX-License-Identifier: Apache-2.0
//
// The blind index of personal numbers: HMAC-SHA-256 for each municipality, cut to 24 bits. It finds
// candidates that are opened and compared, never a person (trust.md 3).
#pragma once

#include <utility>

#include "crypto/derive.h"
#include "crypto/hash.h"
#include "server/base/ids.h"

namespace sspf::access {

class Pseudonyms {
 public:
  explicit Pseudonyms(const crypto::Secret& root_key)
      : key_(crypto::derive(root_key, "sspf/pseudonym/v1")) {}

  // `canonical_number` is twelve digits.
  crypto::Bytes index_of(const MunicipalityId& municipality,
                         const std::string& canonical_number) const {
    crypto::Bytes input(municipality.bytes().begin(), municipality.bytes().end());
    input.insert(input.end(), canonical_number.begin(), canonical_number.end());
    const crypto::Digest digest = crypto::hmac_sha256(key_, input);
    return {digest.begin(), digest.begin() + 3};
  }

 private:
  crypto::Secret key_;
};

}  // namespace sspf::access
