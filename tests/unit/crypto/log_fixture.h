// SPDX-License-Identifier: Apache-2.0
//
// A log with a fixed key, whose events are their own number as text.
#pragma once

#include <string>
#include <vector>

#include "crypto/audit_verify.h"
#include "crypto/merkle.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto::test {

inline const std::string log_origin = "sspf.example/audit/1";

inline const SigningKey& log_key() {
  static const SigningKey key(
      secret_from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  return key;
}

inline NoteVerifier log_verifier() { return {.name = log_origin, .key = log_key().public_key()}; }

inline std::vector<std::string> numbered_events(std::size_t count) {
  std::vector<std::string> events;
  for (std::size_t i = 0; i < count; ++i) events.push_back("event " + std::to_string(i));
  return events;
}

inline std::string signed_note(const Checkpoint& checkpoint) {
  return marshal_note(sign_note(marshal_checkpoint(checkpoint), checkpoint.origin, log_key()));
}

// Of the first so many.
inline Checkpoint checkpoint_of(const std::vector<std::string>& events, std::size_t size) {
  merkle::Frontier tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(merkle::leaf_hash(view_of(events[i])));
  return {.origin = log_origin, .size = tree.size(), .root = tree.root()};
}
inline std::string note_of(const std::vector<std::string>& events, std::size_t size) {
  return signed_note(checkpoint_of(events, size));
}

inline std::optional<std::string> check_number(std::uint64_t index, ByteView entry) {
  if (text_of(entry).ends_with(" " + std::to_string(index))) return std::nullopt;
  return "has another number";
}

}  // namespace sspf::crypto::test
