// SPDX-License-Identifier: Apache-2.0
//
// SQL of consents.
#pragma once

#include "server/store/sqlite.h"

namespace sspf::store {

class Consents {
 public:
  explicit Consents(Connection& connection) : connection_(&connection) {}

 private:
  Connection* connection_;
};

}  // namespace sspf::store
