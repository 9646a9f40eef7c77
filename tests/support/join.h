// SPDX-License-Identifier: Apache-2.0
//
// `sspf` derives the key of its key file at a cost of a quarter of a second, in every command.
// Tests run thousands of them.
#pragma once

#include <string>
#include <string_view>

#include "crypto/secret.h"
#include "tests/support/site.h"

namespace sspf::test {

// A private key with a passphrase as `openssl pkcs8` encrypts it by default: as readable to `sspf`,
// in a millisecond.
std::string quickly_encrypted(const crypto::Secret& private_key, std::string_view passphrase);

// What `sspf enroll` leaves, with such a key. Throws std::runtime_error when it is refused.
void join(const Person& person, const std::string& address, const std::string& code);

}  // namespace sspf::test
