// SPDX-License-Identifier: Apache-2.0
// Denied: is private within this context|.connection_. is a private member
#include "server/handlers/workspace.h"
#include "server/store/sqlite.h"

void use(sspf::handlers::Workspace& workspace) {
#ifndef SSPF_CONTROL
  sspf::store::Query(*workspace.tables.accounts.connection_, "SELECT 1").run();
#else
  static_cast<void>(workspace);
#endif
}
