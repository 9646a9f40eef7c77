// SPDX-License-Identifier: Apache-2.0
// Denied: is private within this context|private constructor of class .sspf::access::CaseAccess
#include "server/access/case_access.h"

void use(sspf::crypto::Secret key, sspf::access::Tally& tally) {
#ifndef SSPF_CONTROL
  const sspf::access::CaseAccess access(std::move(key), tally);
#else
  static_cast<void>(key);
  static_cast<void>(tally);
#endif
}
