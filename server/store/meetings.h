// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "server/access/scopes.h"
#include "server/store/sqlite.h"
namespace sspf::store {
class Meetings {
 public:
  explicit Meetings(Connection& connection) : connection_(&connection) {}
  void add_default_template(const access::Directory&, const MunicipalityId&) { (void)connection_; }

 private:
  Connection* connection_;
};
}  // namespace sspf::store
