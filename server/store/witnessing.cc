// SPDX-License-Identifier: Apache-2.0
//
// What the witnesses of the log need of the database, and what is kept of their answers.
#include <algorithm>

#include "server/store/database.h"

namespace sspf::store {
namespace {

crypto::Digest node_at(Connection& connection, std::uint32_t level, std::uint64_t index) {
  Query query(connection, "SELECT hash FROM audit_node WHERE level = ?1 AND idx = ?2", level,
              index);
  if (!query.step()) throw Fault("a node of the audit tree is missing");
  const std::string bytes = query.blob(0);
  crypto::Digest hash;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace

std::string Database::newest_checkpoint() { return AuditLog(connection_).newest_checkpoint(); }

std::vector<crypto::Digest> Database::consistency_proof(std::uint64_t first, std::uint64_t second) {
  return crypto::merkle::consistency_proof(first, second,
                                           [this](std::uint32_t level, std::uint64_t index) {
                                             return node_at(connection_, level, index);
                                           });
}

void Database::keep_cosigned(std::uint64_t size, const std::string& note) {
  try {
    Query(connection_,
          "INSERT INTO cosigned_checkpoint (only_row, size, note) VALUES (1, ?1, ?2) "
          "ON CONFLICT (only_row) DO UPDATE SET size = excluded.size, note = excluded.note "
          "WHERE excluded.size >= cosigned_checkpoint.size",
          size, note)
        .run();
  } catch (const Fault& fault) {
    throw CommitUnknown(fault.what());
  }
}

}  // namespace sspf::store
