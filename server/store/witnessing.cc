// SPDX-License-Identifier: Apache-2.0
//
// What the witnesses of the log need of the database, and what is kept of their answers.
#include "server/store/database.h"

namespace sspf::store {

std::string Database::newest_checkpoint() { return AuditLog(connection_).newest_checkpoint(); }

std::vector<crypto::Digest> Database::consistency_proof(std::uint64_t first, std::uint64_t second) {
  return crypto::merkle::consistency_proof(
      first, second, [log = AuditLog(connection_)](std::uint32_t level, std::uint64_t index) {
        return log.node(level, index);
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
