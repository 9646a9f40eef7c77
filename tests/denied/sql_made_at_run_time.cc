// SPDX-License-Identifier: Apache-2.0
// Denied: no matching (function for call to|constructor for initialization of) .*Query
#include "server/store/sqlite.h"

void use(sspf::store::Connection& connection, const std::string& text) {
#ifndef SSPF_CONTROL
  sspf::store::Query(connection, text).run();
#else
  sspf::store::Query(connection, "SELECT ?1", text).run();
#endif
}
