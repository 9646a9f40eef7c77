// SPDX-License-Identifier: Apache-2.0
//
// SQL of meetings.
#pragma once

#include "server/store/sqlite.h"

namespace sspf::store {

class Meetings {
 public:
  explicit Meetings(Connection& connection) : connection_(&connection) {}

 private:
  Connection* connection_;
};

}  // namespace sspf::store
