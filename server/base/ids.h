// SPDX-License-Identifier: Apache-2.0
//
// Identities: 128 random bits each, and a type of their own for each kind of thing, so that an
// agency cannot stand where a case is meant. They are what the audit log holds; people see numbers,
// codes, handles and refs instead.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "crypto/bytes.h"
#include "crypto/encoding.h"
#include "crypto/random.h"
#include "server/base/ensure.h"

namespace sspf {

template <typename Kind>
class Id {
 public:
  static constexpr std::size_t size = 16;

  Id() = default;  // all zeroes: nothing

  static Id random() { return of(crypto::random_bytes(size)); }
  // For bytes from our own database: another length is a broken invariant.
  static Id of(crypto::ByteView bytes) {
    ENSURE(bytes.size() == size);
    Id id;
    std::copy(bytes.begin(), bytes.end(), id.bytes_.begin());
    return id;
  }

  bool is_nothing() const { return *this == Id(); }
  crypto::ByteView bytes() const { return bytes_; }
  std::string text() const { return crypto::base32(bytes_); }
  std::string blob() const { return std::string(crypto::text_of(bytes_)); }
  auto operator<=>(const Id&) const = default;

 private:
  std::array<std::uint8_t, size> bytes_{};
};

using MunicipalityId = Id<struct MunicipalityKind>;
using AgencyId = Id<struct AgencyKindTag>;
using AccountId = Id<struct AccountKind>;
using CaseId = Id<struct CaseKindTag>;
using MeetingId = Id<struct MeetingKind>;
using ItemId = Id<struct ItemKind>;    // a note, consent, agenda item, participant, commitment
using BasisId = Id<struct BasisKind>;  // a consent, seen as what lifted secrecy
using KeyId = Id<struct KeyKind>;  // in the keystore; that of a case or meeting has the same bytes

template <typename To, typename From>
To same_id(const From& from) {
  return To::of(from.bytes());
}

// A short random reference of something inside one case or meeting: 40 bits, eight characters.
// Random, because numbers in sequence would show by their gaps what the caller may not see.
inline std::string random_ref() { return crypto::base32(crypto::random_bytes(5)); }

}  // namespace sspf
