// SPDX-License-Identifier: Apache-2.0
// Denied: is private within this context|private constructor of class .sspf::store::Committed
#include "server/store/unit.h"

void use() {
#ifndef SSPF_CONTROL
  const sspf::store::Committed committed = sspf::store::Committed();
#endif
}
