// SPDX-License-Identifier: Apache-2.0
// Denied: no matching function for call to .*release|too few arguments to function call
#include "server/store/unit.h"

int use(sspf::store::Uncommitted<int> reply, const sspf::store::Committed& committed) {
#ifndef SSPF_CONTROL
  return std::move(reply).release();
#else
  return std::move(reply).release(committed);
#endif
}
