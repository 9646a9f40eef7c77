// SPDX-License-Identifier: Apache-2.0
//
// `sspf` derives the key of its key file at a cost of a quarter of a second, in every command.
// Tests run thousands of them.
#pragma once

#include <string>

#include "tests/support/site.h"

namespace sspf::test {

// What `sspf enroll` leaves, but for a private key that is encrypted as `openssl pkcs8` does by
// default: as readable to `sspf`, in a millisecond. Throws std::runtime_error when it is refused.
void join(const Person& person, const std::string& address, const std::string& code);

}  // namespace sspf::test
