// SPDX-License-Identifier: Apache-2.0
#include "server/store/migrate.h"

#include <vector>

#include "crypto/hash.h"

namespace sspf::store {
namespace {

struct Applied {
  std::string name;
  std::string digest;
};

std::vector<Applied> applied_migrations(Connection& connection) {
  std::vector<Applied> applied;
  Query table(connection,
              "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migration'");
  if (!table.step()) return applied;
  Query query(connection, "SELECT name, digest FROM migration ORDER BY number");
  while (query.step()) applied.push_back({query.text(0), query.blob(1)});
  return applied;
}

void apply(Connection& connection, std::size_t number, const schema::Migration& migration) {
  connection.run_script("BEGIN IMMEDIATE");
  try {
    connection.run_script(migration.sql);
    Query(connection, "INSERT INTO migration (number, name, digest) VALUES (?1, ?2, ?3)",
          static_cast<std::int64_t>(number), migration.name,
          crypto::sha256(crypto::view_of(migration.sql)))
        .run();
    connection.run_script("COMMIT");
  } catch (const Fault&) {
    connection.run_script("ROLLBACK");
    throw;
  }
}

}  // namespace

std::size_t pending_migrations(Connection& connection,
                               std::span<const schema::Migration> migrations) {
  const std::vector<Applied> applied = applied_migrations(connection);
  if (applied.size() > migrations.size()) {
    throw Fault("the database was made by a newer version of this program (" + applied.back().name +
                ")");
  }
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const crypto::Digest digest = crypto::sha256(crypto::view_of(migrations[i].sql));
    if (applied[i].name != migrations[i].name || applied[i].digest != crypto::text_of(digest)) {
      throw Fault("migration " + applied[i].name + " is not the one that made this database");
    }
  }
  return migrations.size() - applied.size();
}

void migrate(Connection& connection, std::span<const schema::Migration> migrations) {
  const std::size_t pending = pending_migrations(connection, migrations);
  connection.run_script(
      "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
      "digest BLOB NOT NULL) STRICT;");
  for (std::size_t i = migrations.size() - pending; i < migrations.size(); ++i) {
    apply(connection, i + 1, migrations[i]);
  }
}

}  // namespace sspf::store
