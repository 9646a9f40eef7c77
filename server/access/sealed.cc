// SPDX-License-Identifier: Apache-2.0
#include "server/access/sealed.h"

#include "crypto/encoding.h"
#include "sspf/v1/account.pb.h"

namespace sspf::access {
namespace {

void append_number(crypto::Bytes& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(number >> shift));
  }
}

// Length first, so that no two different lists of parts give the same bytes.
void append_part(crypto::Bytes& out, crypto::ByteView part) {
  append_number(out, part.size());
  out.insert(out.end(), part.begin(), part.end());
}

}  // namespace

v1::SecrecyClass default_secrecy_class(int agency_kind) {
  switch (agency_kind) {
    case v1::AGENCY_KIND_SOCIAL_SERVICES:
      return v1::SECRECY_CLASS_SOCIAL_SERVICES;
    case v1::AGENCY_KIND_SCHOOL:
      return v1::SECRECY_CLASS_PUPIL_WELFARE;
    case v1::AGENCY_KIND_POLICE:
      return v1::SECRECY_CLASS_POLICE;
    default:
      return v1::SECRECY_CLASS_GENERAL;
  }
}

std::string compartment_label(const Compartment& compartment) {
  return "sspf/case/v1/" + crypto::hex(compartment.owner.bytes()) + "/" +
         std::to_string(compartment.secrecy_class);
}

crypto::Bytes associated_data(const KeyId& key_id, const Place& place) {
  crypto::Bytes out;
  append_part(out, crypto::view_of("sspf/v1"));
  append_part(out, crypto::view_of(place.column));
  append_part(out, place.row);
  append_number(out, place.version);
  append_part(out, key_id.bytes());
  return out;
}

}  // namespace sspf::access
