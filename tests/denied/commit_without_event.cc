// SPDX-License-Identifier: Apache-2.0
// Denied: no matching function for call to .*commit|no matching member function for call to .commit
#include "server/store/unit.h"

void use(sspf::store::Unit& unit, sspf::store::EventDraft event) {
#ifndef SSPF_CONTROL
  static_cast<void>(unit.commit(sspf::Instant(), 0));
#endif
  static_cast<void>(unit.commit(std::move(event), sspf::Instant(), 0));
}
