// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "schema/migrations.h"
#include "server/store/sqlite.h"

namespace sspf::store {

// How many of `migrations` the file still lacks; changes nothing. Throws as migrate() does.
std::size_t pending_migrations(Connection& connection,
                               std::span<const schema::Migration> migrations);

// Brings a file to the newest schema, one transaction a migration. Throws Fault when an applied
// migration has another SHA-256 than ours, or when the file was made by a newer version of the
// program.
void migrate(Connection& connection, std::span<const schema::Migration> migrations);

}  // namespace sspf::store
