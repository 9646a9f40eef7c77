// SPDX-License-Identifier: Apache-2.0
#include "tests/support/stored_values.h"

#include <vector>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "tests/support/disposing.h"

namespace sspf::test {
namespace {

struct Column {
  std::string table;
  std::string name;
};

std::vector<Column> columns_of(store::Connection& database) {
  store::Query query(database,
                     "SELECT t.name, c.name FROM sqlite_master t "
                     "JOIN pragma_table_info(t.name) c WHERE t.type = 'table' "
                     "ORDER BY t.name, c.cid");
  std::vector<Column> columns;
  while (query.step()) columns.push_back({query.text(0), query.text(1)});
  return columns;
}

void take_values(const Config& config, bool with_log, const TakeValue& take) {
  store::Connection database = open_database(config);
  database.run_script("CREATE TEMP TABLE taken (tab, name, value)");
  for (const auto& [table, name] : columns_of(database)) {
    if (!with_log && table.starts_with("audit_")) continue;
    database.run_script("INSERT INTO temp.taken SELECT '" + table + "', '" + name +
                        "', coalesce(CAST(\"" + name + "\" AS BLOB), x'') FROM main.\"" + table +
                        "\"");
  }
  store::Query query(database, "SELECT tab, name, value FROM temp.taken ORDER BY rowid");
  while (query.step()) take(query.text(0), query.text(1), query.blob(2));
}

}  // namespace

void for_each_value(const Config& config, const TakeValue& take) {
  take_values(config, true, take);
}

std::string digest_of_values(const Config& config) {
  std::string all;
  take_values(config, false, [&](const auto& table, const auto& column, const auto& value) {
    all += table + "." + column + "=" + std::to_string(value.size()) + ":" + value + "\n";
  });
  return crypto::hex(crypto::sha256(crypto::view_of(all)));
}

}  // namespace sspf::test
