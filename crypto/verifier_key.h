// SPDX-License-Identifier: Apache-2.0
//
// Private to crypto/: what the verifier keys of notes and of cosignatures have in common, the text
// "<name>+<hex key id>+<base64 of type || public key>" (c2sp.org/signed-note, "Signatures").
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/sign.h"

namespace sspf::crypto {

// The assigned bytes for the kinds of signatures that we know.
enum class SignatureType : std::uint8_t { ed25519 = 0x01, cosignature = 0x04 };

inline constexpr std::size_t key_id_bytes = 4;

std::array<std::uint8_t, key_id_bytes> bytes_of(std::uint32_t key_id);
std::uint32_t key_id_of(ByteView bytes);

struct NamedKey {
  std::string name;
  SigningPublicKey key{};
};

// Nothing unless the type is this one, the key id is right and the text is the only one for it.
std::optional<NamedKey> parse_verifier_key(std::string_view text, SignatureType type);
std::string verifier_key_text(const NamedKey& key, SignatureType type);
// First four bytes of SHA-256(name || 0x0A || type || key).
std::uint32_t verifier_key_id(const NamedKey& key, SignatureType type);

}  // namespace sspf::crypto
