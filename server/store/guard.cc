// SPDX-License-Identifier: Apache-2.0
#include "server/store/guard.h"

#include <sqlcipher/sqlite3.h>

#include <array>
#include <string_view>

namespace sspf::store {
namespace {

constexpr std::array<std::string_view, 8> append_only = {
    "audit_event", "audit_event_account", "audit_event_case", "audit_event_municipality",
    "audit_node",  "audit_checkpoint",    "log_epoch",        "attendance"};

bool is_append_only(const char* table) {
  if (table == nullptr) return false;
  for (const std::string_view name : append_only) {
    if (name == table) return true;
  }
  return false;
}

bool is_attendance(const char* table) {
  return table != nullptr && std::string_view(table) == "attendance";
}

}  // namespace

int authorize_statement(void* may_dispose, int action, const char* first, const char* /*second*/,
                        const char* /*database*/, const char* /*trigger*/) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_DELETE:
      if (is_attendance(first) && *static_cast<const bool*>(may_dispose)) return SQLITE_OK;
      [[fallthrough]];
    case SQLITE_UPDATE:
      return is_append_only(first) ? SQLITE_DENY : SQLITE_OK;
    default:
      return SQLITE_DENY;
  }
}

}  // namespace sspf::store
