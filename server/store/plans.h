// SPDX-License-Identifier: Apache-2.0
//
// SQL of plans.
#pragma once

#include "server/store/sqlite.h"

namespace sspf::store {

class Plans {
 public:
  explicit Plans(Connection& connection) : connection_(&connection) {}

 private:
  Connection* connection_;
};

}  // namespace sspf::store
