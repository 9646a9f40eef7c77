// SPDX-License-Identifier: Apache-2.0
//
// Private to crypto/: PEM, and the P-256 keys in it. OpenSSL's own PEM readers ask for a passphrase
// on the terminal when they meet an encrypted block; these never decrypt.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/openssl.h"
#include "crypto/secret.h"

namespace sspf::crypto::pem {

// The DER inside `text`, when that is exactly one PEM block of this name and nothing before or
// after it.
std::optional<Secret> read(std::string_view text, std::string_view name);

// A memory BIO wipes its buffer when it grows and when it is freed.
openssl::Bio new_memory();
std::string text_in(const openssl::Bio& memory);
Secret secret_in(const openssl::Bio& memory);

bool is_p256(EVP_PKEY* key);

// The unencrypted PKCS#8 PEM of a P-256 key, as generate_private_key() makes it. Throws
// std::invalid_argument on anything else: it is our own.
openssl::Key private_key_in(const Secret& pem);

}  // namespace sspf::crypto::pem
