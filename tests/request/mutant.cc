// SPDX-License-Identifier: Apache-2.0
//
// With SSPF_MUTANT_FROM and SSPF_MUTANT_TO in the environment, one statement of SQL is prepared as
// another: tests/mutation takes one predicate away from it and looks whether a test notices. Linked
// with --wrap, so that the server's own sources know nothing of it.
#include <sqlite3.h>

#include <cstdlib>
#include <string>

// The names and the parameters are the linker's and SQLite's.
extern "C" {
int __real_sqlite3_prepare_v3(sqlite3* db, const char* sql, int bytes, unsigned int flags,
                              sqlite3_stmt** statement, const char** tail);

int __wrap_sqlite3_prepare_v3(sqlite3* db, const char* sql, int bytes, unsigned int flags,
                              sqlite3_stmt** statement, const char** tail) {
  static const char* const from = std::getenv("SSPF_MUTANT_FROM");
  static const char* const to = std::getenv("SSPF_MUTANT_TO");
  if (from != nullptr && to != nullptr &&
      std::string(from) == std::string(sql, static_cast<std::size_t>(bytes))) {
    const std::string mutant = to;
    return __real_sqlite3_prepare_v3(db, mutant.data(), static_cast<int>(mutant.size()), flags,
                                     statement, nullptr);
  }
  return __real_sqlite3_prepare_v3(db, sql, bytes, flags, statement, tail);
}
}
