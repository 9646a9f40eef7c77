// SPDX-License-Identifier: Apache-2.0
//
// A sealed column value and the place it belongs to. The place is the associated data, so a value
// that was moved to another row, column, version or case does not open (trust.md 3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/bytes.h"
#include "server/base/ids.h"
#include "sspf/v1/case.pb.h"

namespace sspf::access {

// `column` is "table.column".
struct Place {
  std::string_view column;
  crypto::ByteView row;
  std::uint64_t version = 0;
};

// Whose secrecy covers an item: the pair names the compartment key.
struct Compartment {
  AgencyId owner;
  v1::SecrecyClass secrecy_class = v1::SECRECY_CLASS_UNSPECIFIED;
};

// A ciphertext on its way to or from a column. Only an access object turns it into text and back.
struct Sealed {
  std::string bytes;
};

// R2: the class that the items of an agency have unless it sets another.
v1::SecrecyClass default_secrecy_class(int agency_kind);

// The label of a compartment key, and the associated data of a value under `key_id`.
std::string compartment_label(const Compartment& compartment);
crypto::Bytes associated_data(const KeyId& key_id, const Place& place);

}  // namespace sspf::access
