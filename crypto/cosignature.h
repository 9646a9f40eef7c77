// SPDX-License-Identifier: Apache-2.0
//
// Cosignatures (c2sp.org/tlog-cosignature, Ed25519): a witness's dated statement on a checkpoint,
// that this is the largest tree of the log that it has seen and that it contains all the earlier
// ones. It is one more signature line of the checkpoint's note.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/note.h"

namespace sspf::crypto {

// A witness's verifier key, "<name>+<hex key id>+<base64 of 0x04 || public key>".
struct CosignatureVerifier {
  std::string name;
  SigningPublicKey key{};

  static std::optional<CosignatureVerifier> parse(std::string_view text);
  std::string text() const;
  std::uint32_t key_id() const;  // first four bytes of SHA-256(name || 0x0A || 0x04 || key)
};

// The seconds since 1970 of a cosignature: at most 2^63 - 1.
inline constexpr std::uint64_t cosignature_time_max = (std::uint64_t{1} << 63U) - 1;

struct Cosigner {
  const std::string& name;
  const SigningKey& key;
};

// Of the whole text of a note. Throws std::invalid_argument for a time beyond the last one, a text
// that is not a note's, and a name that is not a key's.
NoteSignature cosign(std::string_view note_text, const Cosigner& cosigner,
                     std::uint64_t time_seconds);

// What a note says of one witness. `failed`: there is a line by its key that does not verify; such
// a line spoils the note, whatever stands beside it.
enum class Standing { absent, failed, verified };

struct Cosigned {
  Standing standing = Standing::absent;
  std::uint64_t time_seconds = 0;  // of the newest line, when verified
};

Cosigned cosigned_by(const Note& note, const CosignatureVerifier& verifier);

// The time of a cosignature that verifies.
std::optional<std::uint64_t> cosigned_at(const Note& note, const CosignatureVerifier& verifier);

}  // namespace sspf::crypto
