// SPDX-License-Identifier: Apache-2.0
// Denied: no match for .*operator<<|invalid operands to binary expression
#include <iostream>

#include "crypto/secret.h"

void use(const sspf::crypto::Secret& secret) {
#ifndef SSPF_CONTROL
  std::cerr << secret;
#else
  std::cerr << secret.size();
#endif
}
