// SPDX-License-Identifier: Apache-2.0
//
// Readings of the whole database with the root key alone: what somebody who has that key can change
// in it without a start noticing. For `sspfd check`, with the server stopped; they change nothing.
// Each opens the file by itself, since a damaged page spoils the connection that meets it. They
// throw Fault when the file cannot be opened or read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/secret.h"

namespace sspf::store {

struct LogReading {
  std::uint64_t events = 0;           // that are there
  std::vector<std::string> troubles;  // a line for each kind, which names the first such event
};

// Hashes every stored event again and compares with every node of the stored tree. What the outside
// checkpoint says of that tree is asked elsewhere (audit/checkpointer.h).
LogReading read_whole_log(const std::string& path, const crypto::Secret& root_key);

// A line for each table with rows that refer to rows that are not there: how many, and never which.
std::vector<std::string> reference_troubles(const std::string& path,
                                            const crypto::Secret& root_key);

// A line for each table, index, trigger or view that is missing, added, or another than the
// migrations that the file says it has had would make.
std::vector<std::string> schema_troubles(const std::string& path, const crypto::Secret& root_key);

// How many migrations the file still lacks, also of a damaged file.
std::size_t pending_database_migrations(const std::string& path, const crypto::Secret& root_key);

}  // namespace sspf::store
