// SPDX-License-Identifier: Apache-2.0
// Denied: use of deleted function|call to deleted constructor of .const sspf::crypto::Secret
#include "crypto/secret.h"

void use(const sspf::crypto::Secret& secret) {
#ifndef SSPF_CONTROL
  const sspf::crypto::Secret copy = secret;
#else
  const sspf::crypto::Secret copy = secret.duplicate();
#endif
}
