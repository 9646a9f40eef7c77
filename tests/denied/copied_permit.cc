// SPDX-License-Identifier: Apache-2.0
// Denied: use of deleted function|call to deleted constructor of .const Permit
#include "server/access/permit.h"

using namespace sspf::access;

void use(const Permit<Action::get_case>& permit) {
#ifndef SSPF_CONTROL
  const Permit<Action::get_case> copy = permit;
#else
  static_cast<void>(permit);
#endif
}
