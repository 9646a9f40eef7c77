// SPDX-License-Identifier: Apache-2.0
#include "crypto/verifier_key.h"

#include <algorithm>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "crypto/text.h"

namespace sspf::crypto {
namespace {

Bytes typed_key(const SigningPublicKey& key, SignatureType type) {
  Bytes typed = {static_cast<std::uint8_t>(type)};
  typed.insert(typed.end(), key.begin(), key.end());
  return typed;
}

}  // namespace

std::array<std::uint8_t, key_id_bytes> bytes_of(std::uint32_t key_id) {
  return {static_cast<std::uint8_t>(key_id >> 24U), static_cast<std::uint8_t>(key_id >> 16U),
          static_cast<std::uint8_t>(key_id >> 8U), static_cast<std::uint8_t>(key_id)};
}

std::uint32_t key_id_of(ByteView bytes) {
  std::uint32_t key_id = 0;
  for (std::size_t i = 0; i < key_id_bytes; ++i) key_id = (key_id << 8U) | bytes[i];
  return key_id;
}

std::optional<NamedKey> parse_verifier_key(std::string_view text, SignatureType type) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  // The third part is base64 and may hold plus signs of its own.
  const std::optional<Bytes> typed = from_base64(text.substr(second + 1));
  NamedKey named{.name = std::string(text.substr(0, first))};
  if (!is_key_name(named.name) || !typed) return std::nullopt;
  if (typed->size() != 1 + named.key.size() || typed->front() != static_cast<std::uint8_t>(type)) {
    return std::nullopt;
  }
  std::copy(typed->begin() + 1, typed->end(), named.key.begin());
  const std::string_view key_id = text.substr(first + 1, second - first - 1);
  if (key_id != hex(bytes_of(verifier_key_id(named, type)))) return std::nullopt;
  return named;
}

std::string verifier_key_text(const NamedKey& key, SignatureType type) {
  return key.name + "+" + hex(bytes_of(verifier_key_id(key, type))) + "+" +
         base64(typed_key(key.key, type));
}

std::uint32_t verifier_key_id(const NamedKey& key, SignatureType type) {
  return key_id_of(sha256_of({view_of(key.name), view_of("\n"), typed_key(key.key, type)}));
}

}  // namespace sspf::crypto
