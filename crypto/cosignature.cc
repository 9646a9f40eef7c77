// SPDX-License-Identifier: Apache-2.0
#include "crypto/cosignature.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "crypto/text.h"
#include "crypto/verifier_key.h"

namespace sspf::crypto {
namespace {

constexpr std::size_t time_bytes = 8;

// What is signed: a header that no other use of the key has, the time, and the note's text.
std::string message_of(std::string_view note_text, std::uint64_t time_seconds) {
  std::string message = "cosignature/v1\ntime " + std::to_string(time_seconds) + "\n";
  return message.append(note_text);
}

struct Timestamped {
  std::uint64_t time_seconds = 0;
  Signature signature{};
};

Bytes marshal(const Timestamped& timestamped) {
  Bytes bytes;
  for (std::size_t i = time_bytes; i > 0; --i) {
    bytes.push_back(static_cast<std::uint8_t>(timestamped.time_seconds >> (8 * (i - 1))));
  }
  bytes.insert(bytes.end(), timestamped.signature.begin(), timestamped.signature.end());
  return bytes;
}

std::optional<Timestamped> parse(ByteView bytes) {
  Timestamped parsed;
  if (bytes.size() != time_bytes + parsed.signature.size()) return std::nullopt;
  for (std::size_t i = 0; i < time_bytes; ++i) {
    parsed.time_seconds = (parsed.time_seconds << 8U) | bytes[i];
  }
  if (parsed.time_seconds > cosignature_time_max) return std::nullopt;
  std::copy(bytes.begin() + time_bytes, bytes.end(), parsed.signature.begin());
  return parsed;
}

}  // namespace

std::optional<CosignatureVerifier> CosignatureVerifier::parse(std::string_view text) {
  auto named = parse_verifier_key(text, SignatureType::cosignature);
  if (!named) return std::nullopt;
  return CosignatureVerifier{.name = std::move(named->name), .key = named->key};
}

std::string CosignatureVerifier::text() const {
  return verifier_key_text({name, key}, SignatureType::cosignature);
}

std::uint32_t CosignatureVerifier::key_id() const {
  return verifier_key_id({name, key}, SignatureType::cosignature);
}

NoteSignature cosign(std::string_view note_text, const Cosigner& cosigner,
                     std::uint64_t time_seconds) {
  if (!note_text.ends_with('\n') || !is_note_text(note_text)) {
    throw std::invalid_argument("a note's text is UTF-8 and ends in a newline");
  }
  if (!is_key_name(cosigner.name) || time_seconds > cosignature_time_max) {
    throw std::invalid_argument("a cosignature has a key's name and a time");
  }
  const CosignatureVerifier verifier{.name = cosigner.name, .key = cosigner.key.public_key()};
  const std::string message = message_of(note_text, time_seconds);
  return NoteSignature{.name = cosigner.name,
                       .key_id = verifier.key_id(),
                       .signature = marshal({.time_seconds = time_seconds,
                                             .signature = cosigner.key.sign(view_of(message))})};
}

Cosigned cosigned_by(const Note& note, const CosignatureVerifier& verifier) {
  Cosigned cosigned;
  for (const NoteSignature& line : note.signatures) {
    if (line.name != verifier.name || line.key_id != verifier.key_id()) continue;
    const auto parsed = parse(line.signature);
    const bool is_good =
        parsed && verify(verifier.key, view_of(message_of(note.text, parsed->time_seconds)),
                         parsed->signature);
    if (!is_good) return {.standing = Standing::failed};
    cosigned = {.standing = Standing::verified,
                .time_seconds = std::max(cosigned.time_seconds, parsed->time_seconds)};
  }
  return cosigned;
}

std::optional<std::uint64_t> cosigned_at(const Note& note, const CosignatureVerifier& verifier) {
  const Cosigned cosigned = cosigned_by(note, verifier);
  if (cosigned.standing != Standing::verified) return std::nullopt;
  return cosigned.time_seconds;
}

}  // namespace sspf::crypto
