// SPDX-License-Identifier: Apache-2.0
#include "server/access/log_details.h"

#include "crypto/hash.h"
#include "crypto/seal.h"
#include "server/base/ensure.h"
#include "server/base/fault.h"

namespace sspf::access {

std::string details_context(std::uint64_t sequence) {
  return "sspf/details/v1/" + std::to_string(sequence);
}

std::optional<v1::AuditDetails> LogDetails::open(const SealedDetails& details,
                                                 const v1::AuditEvent& event) const {
  const auto key = find_key_(details.key);
  if (!key) return std::nullopt;
  const std::string context = details_context(event.sequence());
  const auto opened = crypto::open(*key, crypto::view_of(context), crypto::view_of(details.sealed));
  if (!opened || opened->reveal().size() < details_salt_bytes) {
    throw Fault("the details of an event do not open");
  }
  const crypto::ByteView plaintext = opened->reveal();
  const crypto::Secret salt(plaintext.first(details_salt_bytes));
  const crypto::ByteView bytes = plaintext.subspan(details_salt_bytes);
  const crypto::Digest commitment = crypto::hmac_sha256(salt, bytes);
  v1::AuditDetails message;
  if (!crypto::equal(commitment, crypto::view_of(event.details_commitment())) ||
      !message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    throw Fault("the details of an event are not the ones it is bound to");
  }
  return message;
}

KeyId DetailsErasure::destroy_key_of(const std::string& month) const {
  const auto key = keys_.find(month);
  ENSURE(key.has_value());
  tally_->erased_month = month;
  tally_->key_epoch = keys_.destroy(*key);
  return *key;
}

}  // namespace sspf::access
