// SPDX-License-Identifier: Apache-2.0
//
// The numbered migrations of both files, embedded from schema/*.sql at build time. Forward only; a
// migration that was released is never edited (its SHA-256 is compared at every start).
#pragma once

#include <span>
#include <string_view>

namespace sspf::schema {

struct Migration {
  std::string_view name;  // "0001_accounts"
  std::string_view sql;
};

std::span<const Migration> data_migrations();
std::span<const Migration> keystore_migrations();

}  // namespace sspf::schema
