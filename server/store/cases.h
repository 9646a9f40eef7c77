// SPDX-License-Identifier: Apache-2.0
//
// SQL of cases.
#pragma once

#include "server/store/sqlite.h"

namespace sspf::store {

class Cases {
 public:
  explicit Cases(Connection& connection) : connection_(&connection) {}

 private:
  Connection* connection_;
};

}  // namespace sspf::store
