// SPDX-License-Identifier: Apache-2.0
//
// Authenticated encryption of one value: AES-256-GCM with a random 96-bit nonce and a 128-bit tag.
// GCM does not commit to its key, so whoever picks the key by id compares its key check value
// first.
#pragma once

#include <array>
#include <optional>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace sspf::crypto {

inline constexpr std::size_t seal_overhead_bytes = 1 + 12 + 16;

// version byte 0x01 || nonce || ciphertext || tag. `context` is the associated data: where the
// value belongs. It is not optional, so that a sealed value that was moved does not open.
Bytes seal(const Secret& key, ByteView context, ByteView plaintext);

// Nothing, when the key, the context or any byte is not the one it was sealed with.
std::optional<Secret> open(const Secret& key, ByteView context, ByteView sealed);

// HKDF(key, "sspf/kcv/v1") cut to 16 bytes.
std::array<std::uint8_t, 16> key_check_value(const Secret& key);

}  // namespace sspf::crypto
