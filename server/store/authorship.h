// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/base/clock.h"
#include "server/base/ids.h"

namespace sspf::store {

// Who writes a version of something, and when.
struct Authorship {
  AccountId account;
  Instant at;
};

}  // namespace sspf::store
