// SPDX-License-Identifier: Apache-2.0
//
// The only code that calls SQLite: a connection, a query, and every return code checked (an error
// is a Fault that carries SQLite's number and the statement's own text, never a bound value).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "crypto/secret.h"
#include "server/base/fault.h"
#include "server/base/ids.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sspf::store {

// The text of one statement: a literal, by type, so none can be put together at run time.
class Sql {
 public:
  template <std::size_t size>
  consteval Sql(const char (&text)[size]) : text_(text, size - 1) {}
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class SqliteFault : public Fault {
 public:
  SqliteFault(const std::string& what, int extended_code) : Fault(what), code(extended_code) {}
  int code;  // SQLite's extended result code
};

// A commit was asked for and its outcome is unknown, or a sync failed: then a page counts as
// written that is not, and a later sync proves nothing (evidence.md 0.5). The process ends, and
// recovery at the next start decides; no reply that waits for it is sent.
class CommitUnknown : public Fault {
 public:
  using Fault::Fault;
};

enum class OpenMode { existing, create };

class Connection {
 public:
  // Opens an SQLCipher file with a raw 256-bit key and sets every pragma (evidence.md 3.3). Throws
  // Fault: no such file, wrong key or damaged file, or an SQLCipher older than 4.6.
  Connection(const std::string& path, const crypto::Secret& raw_key, OpenMode mode);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs text that may hold several statements: migrations and pragmas, before guard().
  void run_script(std::string_view sql);

  // From here on this connection cannot change the shape of the database, attach another, set a
  // pragma, or update or delete what is append-only.
  void guard();

  // SQLCipher's check of every page and SQLite's of every table; the first thing wrong, empty when
  // nothing is. Only before guard().
  std::string integrity_trouble();

  // Rows changed by this connection since it was opened.
  std::int64_t total_changes() const;

 private:
  friend class Query;
  friend class LeaveToDispose;
  void set_pragmas();
  sqlite3_stmt* prepared(Sql sql);

  sqlite3* db_ = nullptr;
  bool may_dispose_ = false;
  // Keyed by the address of the literal, so a lookup compares no text.
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

// While it lives, a statement may be prepared that deletes attendance, which is else append-only:
// for the disposal of a case.
class LeaveToDispose {
 public:
  explicit LeaveToDispose(Connection& connection) : connection_(connection) {
    connection_.may_dispose_ = true;
  }
  ~LeaveToDispose() { connection_.may_dispose_ = false; }
  LeaveToDispose(const LeaveToDispose&) = delete;
  LeaveToDispose& operator=(const LeaveToDispose&) = delete;

 private:
  Connection& connection_;
};

// One execution of a prepared statement. Values are bound in order: an Id or Bytes as BLOB, a
// string as TEXT (for a BLOB held in a string use Blob), an integer, an optional of these as NULL
// when empty.
struct Blob {
  std::string_view bytes;
};

class Query {
 public:
  template <typename... Values>
  Query(Connection& connection, Sql sql, const Values&... values)
      : connection_(connection), statement_(prepared(connection, sql)) {
    [[maybe_unused]] int index = 0;
    (bind(++index, values), ...);
  }
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // True while there is a row. Columns count from zero.
  bool step();
  // Runs to the end; how many rows it changed.
  int run();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  std::string blob(int column) const;
  bool is_null(int column) const;
  template <typename AnyId>
  AnyId id(int column) const {
    const std::string bytes = blob(column);
    return AnyId::of(crypto::view_of(bytes));
  }
  template <typename AnyId>
  std::optional<AnyId> optional_id(int column) const {
    if (is_null(column)) return std::nullopt;
    return id<AnyId>(column);
  }
  template <typename Enum>
  Enum enumerator(int column) const {
    return static_cast<Enum>(integer(column));
  }

 private:
  static sqlite3_stmt* prepared(Connection& connection, Sql sql);
  void bind(int index, std::int64_t value);
  void bind(int index, std::uint64_t value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, std::uint32_t value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, std::string_view value);
  void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
  void bind(int index, const char* value) { bind(index, std::string_view(value)); }
  void bind(int index, Blob value);
  void bind(int index, crypto::ByteView value) { bind(index, Blob{crypto::text_of(value)}); }
  void bind(int index, const crypto::Bytes& value) { bind(index, crypto::ByteView(value)); }
  void bind(int index, const crypto::Digest& value) { bind(index, crypto::ByteView(value)); }
  template <typename Kind>
  void bind(int index, const Id<Kind>& value) {
    bind(index, value.bytes());
  }
  template <typename Value>
  void bind(int index, const std::optional<Value>& value) {
    if (value) bind(index, *value);
    // A parameter that is not bound is NULL.
  }
  void check(int result, std::string_view doing) const;

  Connection& connection_;
  sqlite3_stmt* statement_;
};

// "4.6.1 community" cut to what a person needs; for `sspfd check`.
std::string sqlcipher_version(Connection& connection);

}  // namespace sspf::store
