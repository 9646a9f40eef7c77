// SPDX-License-Identifier: Apache-2.0
#define SQLITE_HAS_CODEC 1
#include "server/store/sqlite.h"

#include <fmt/format.h>
#include <sqlcipher/sqlite3.h>

#include "server/base/ensure.h"
#include "server/store/guard.h"

namespace sspf::store {
namespace {

// SQLCipher 4.6 is SQLite 3.46; the library found at run time may be another than at build time.
constexpr int sqlite_version_min = 3'046'000;

// Forms "x'<hex>'", SQLCipher's raw key: no passphrase derivation.
crypto::Secret raw_key_text(const crypto::Secret& key) {
  constexpr std::string_view digits = "0123456789abcdef";
  crypto::Secret text(key.size() * 2 + 3);
  auto out = text.writable();
  std::size_t at = 0;
  out[at++] = 'x';
  out[at++] = '\'';
  for (const std::uint8_t byte : key.reveal()) {
    out[at++] = static_cast<std::uint8_t>(digits[byte >> 4]);
    out[at++] = static_cast<std::uint8_t>(digits[byte & 0x0F]);
  }
  out[at] = '\'';
  return text;
}

}  // namespace

Connection::Connection(const std::string& path, const crypto::Secret& raw_key, OpenMode mode) {
  ENSURE(raw_key.size() == 32);
  if (sqlite3_libversion_number() < sqlite_version_min) {
    throw Fault("SQLCipher is older than 4.6: " + std::string(sqlite3_libversion()));
  }
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW |
                    (mode == OpenMode::create ? SQLITE_OPEN_CREATE : 0);
  const int opened = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
  if (opened != SQLITE_OK) {
    sqlite3_close_v2(db_);
    throw SqliteFault("the database file cannot be opened", opened);
  }
  try {
    const crypto::Secret text = raw_key_text(raw_key);
    const auto bytes = text.reveal();
    if (sqlite3_key_v2(db_, "main", bytes.data(), static_cast<int>(bytes.size())) != SQLITE_OK) {
      throw Fault("SQLCipher does not take the key");
    }
    set_pragmas();
  } catch (...) {
    sqlite3_close_v2(db_);
    throw;
  }
}

Connection::~Connection() {
  for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(db_);
}

void Connection::set_pragmas() {
  run_script(
      "PRAGMA cipher_log_level=NONE;"
      "PRAGMA cipher_compatibility=4;"
      "PRAGMA cipher_memory_security=OFF;");
  // The first read shows whether the key is right.
  {
    Query probe(*this, "SELECT count(*) FROM sqlite_master");
    ENSURE(probe.step());
  }
  if (sqlcipher_version(*this).empty()) throw Fault("the SQLite library is not SQLCipher");
  run_script(
      "PRAGMA journal_mode=WAL;"
      "PRAGMA synchronous=FULL;"
      "PRAGMA foreign_keys=ON;"
      "PRAGMA secure_delete=ON;"
      "PRAGMA trusted_schema=OFF;"
      "PRAGMA cell_size_check=ON;"
      "PRAGMA temp_store=MEMORY;"
      "PRAGMA mmap_size=0;"
      "PRAGMA cache_size=-262144;");
  ENSURE(sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr) == SQLITE_OK);
  ENSURE(sqlite3_extended_result_codes(db_, 1) == SQLITE_OK);
}

void Connection::run_script(std::string_view sql) {
  const std::string text(sql);
  const int result = sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr);
  if (result == SQLITE_OK) return;
  throw SqliteFault(
      fmt::format("SQLite error {} ({})", sqlite3_extended_errcode(db_), sqlite3_errstr(result)),
      sqlite3_extended_errcode(db_));
}

void Connection::guard() {
  ENSURE(sqlite3_set_authorizer(db_, &authorize_statement, &may_dispose_) == SQLITE_OK);
}

std::string Connection::integrity_trouble() {
  {
    Query pages(*this, "PRAGMA cipher_integrity_check");
    if (pages.step()) return pages.text(0);
  }
  Query tables(*this, "PRAGMA integrity_check(1)");
  const std::string found = tables.step() ? tables.text(0) : "no answer";
  return found == "ok" ? std::string() : found;
}

std::int64_t Connection::total_changes() const { return sqlite3_total_changes64(db_); }

sqlite3_stmt* Connection::prepared(Sql sql) {
  const auto found = statements_.find(sql.text().data());
  if (found != statements_.end()) return found->second;
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(db_, sql.text().data(), static_cast<int>(sql.text().size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) {
    throw SqliteFault(
        fmt::format("SQLite error {} ({}) preparing: {}", result, sqlite3_errmsg(db_), sql.text()),
        result);
  }
  statements_.emplace(sql.text().data(), statement);
  return statement;
}

sqlite3_stmt* Query::prepared(Connection& connection, Sql sql) {
  sqlite3_stmt* statement = connection.prepared(sql);
  ENSURE(sqlite3_stmt_busy(statement) == 0);  // one execution of a statement at a time
  return statement;
}

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::check(int result, std::string_view doing) const {
  if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
  const std::string what = fmt::format("SQLite error {} ({}) {}: {}", result,
                                       sqlite3_errstr(result), doing, sqlite3_sql(statement_));
  if (result == SQLITE_IOERR_FSYNC || result == SQLITE_IOERR_DIR_FSYNC) throw CommitUnknown(what);
  throw SqliteFault(what, result);
}

bool Query::step() {
  const int result = sqlite3_step(statement_);
  check(result, "running");
  return result == SQLITE_ROW;
}

int Query::run() {
  while (step()) {
  }
  return sqlite3_changes(connection_.db_);
}

void Query::bind(int index, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index, value), "binding");
}

void Query::bind(int index, std::string_view value) {
  check(sqlite3_bind_text64(statement_, index, value.data(), value.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8),
        "binding");
}

void Query::bind(int index, Blob value) {
  if (value.bytes.empty()) {
    check(sqlite3_bind_zeroblob(statement_, index, 0), "binding");
    return;
  }
  check(sqlite3_bind_blob64(statement_, index, value.bytes.data(), value.bytes.size(),
                            SQLITE_TRANSIENT),
        "binding");
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string Query::text(int column) const { return blob(column); }

std::string Query::blob(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  if (bytes == nullptr || size == 0) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string sqlcipher_version(Connection& connection) {
  Query query(connection, "PRAGMA cipher_version");
  return query.step() ? query.text(0) : std::string();
}

}  // namespace sspf::store
