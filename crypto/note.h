// SPDX-License-Identifier: Apache-2.0
//
// C2SP signed notes (c2sp.org/signed-note) and checkpoints (c2sp.org/tlog-checkpoint), as read in
// proto/sspf/v1/checkpoint.md. Parsing is strict, and what parses marshals back to the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/sign.h"

namespace sspf::crypto {

// A verifier key, "<name>+<hex key id>+<base64 of 0x01 || public key>".
struct NoteVerifier {
  std::string name;
  SigningPublicKey key{};

  static std::optional<NoteVerifier> parse(std::string_view text);
  std::string text() const;
  std::uint32_t key_id() const;  // first four bytes of SHA-256(name || 0x0A || 0x01 || key)
};

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;  // for Ed25519, 64 bytes
};

struct Note {
  std::string text;  // ends in a newline
  std::vector<NoteSignature> signatures;
};

inline constexpr std::size_t note_bytes_max = 16384;

// At most note_bytes_max and 16 signatures; anything else that the format does not allow is
// refused.
std::optional<Note> parse_note(std::string_view bytes);
std::string marshal_note(const Note& note);
std::string marshal_signature(const NoteSignature& signature);  // one line with its newline

// Signs `text`, which must end in a newline. `name` is the key's name: for a log, its origin.
Note sign_note(std::string text, const std::string& name, const SigningKey& key);

// True when a signature line by this key is there and verifies; other keys' lines are ignored.
bool verify_note(const Note& note, const NoteVerifier& verifier);

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Digest root{};
  bool operator==(const Checkpoint&) const = default;
};

// Decimal digits alone, without a leading zero unless the size is zero.
std::optional<std::uint64_t> parse_tree_size(std::string_view digits);

std::string marshal_checkpoint(const Checkpoint& checkpoint);  // three lines
std::optional<Checkpoint> parse_checkpoint(std::string_view note_text);

// The checkpoint that a note holds: whoever signed it, or signed by this log under its own name.
std::optional<Checkpoint> checkpoint_in(std::string_view note);
std::optional<Checkpoint> verified_checkpoint(std::string_view note, const NoteVerifier& log);

}  // namespace sspf::crypto
