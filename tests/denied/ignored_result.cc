// SPDX-License-Identifier: Apache-2.0
// Denied: nodiscard
#include "server/base/result.h"

sspf::Result<int> answer();

void use() {
#ifndef SSPF_CONTROL
  answer();
#else
  static_cast<void>(answer().ok());
#endif
}
