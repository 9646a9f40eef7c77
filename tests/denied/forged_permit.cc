// SPDX-License-Identifier: Apache-2.0
// Denied: is private within this context|private constructor of class .sspf::access::Permit
#include "server/access/permit.h"

using namespace sspf::access;

void use(const Caller& caller, CaseAccess target) {
#ifndef SSPF_CONTROL
  const Permit<Action::get_case> permit(caller, std::move(target));
#else
  static_cast<void>(caller);
  static_cast<void>(target);
#endif
}
