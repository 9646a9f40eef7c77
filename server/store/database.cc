// SPDX-License-Identifier: Apache-2.0
#include "server/store/database.h"

#include "crypto/derive.h"
#include "schema/migrations.h"
#include "server/store/migrate.h"
#include "server/store/reviews.h"
#include "sspf/v1/disposal.pb.h"

namespace sspf::store {

Database::Database(const std::string& path, const crypto::Secret& root_key, Keystore& keystore,
                   OpenMode mode)
    : connection_(path, crypto::derive(root_key, "sspf/database/v1"), mode), keystore_(keystore) {
  migrate(connection_, schema::data_migrations());
  connection_.guard();
  log_state_ = load_log_state(connection_);
}

crypto::Digest Database::log_root_at(std::uint64_t size) {
  return load_frontier(connection_, size).root();
}

void Database::add_checkpoint(std::uint64_t size, const std::string& note) {
  try {
    Query(connection_, "BEGIN IMMEDIATE").run();
    store_checkpoint(connection_, size, note);
    Query(connection_, "COMMIT").run();
  } catch (const Fault& fault) {
    throw CommitUnknown(fault.what());
  }
}

void Database::forget_requests(std::int64_t before_us) {
  try {
    Query(connection_, "DELETE FROM request WHERE stored_at < ?1", before_us).run();
  } catch (const Fault& fault) {
    throw CommitUnknown(fault.what());
  }
}

std::uint32_t Database::count_overdue_reviews(const std::string& today) {
  return Reviews(connection_).count_overdue(today);
}

std::vector<KeyId> Database::keys_in_use() {
  std::vector<KeyId> ids;
  Query query(connection_,
              "SELECT case_id FROM case_file f WHERE NOT EXISTS (SELECT 1 FROM disposal_item d "
              "WHERE d.case_id = f.case_id AND d.outcome = ?1) "
              "UNION ALL SELECT meeting_id FROM meeting",
              static_cast<int>(v1::DISPOSAL_OUTCOME_DISPOSED));
  while (query.step()) ids.push_back(query.id<KeyId>(0));
  return ids;
}

std::vector<KeyId> Database::destroyed_keys() {
  std::vector<KeyId> ids;
  Query query(connection_,
              "SELECT case_id FROM disposal_item WHERE outcome = ?1 "
              "UNION ALL SELECT key_id FROM details_erasure WHERE key_id IS NOT NULL",
              static_cast<int>(v1::DISPOSAL_OUTCOME_DISPOSED));
  while (query.step()) ids.push_back(query.id<KeyId>(0));
  return ids;
}

FileFindings inspect_database(const std::string& path, const crypto::Secret& root_key) {
  Connection connection(path, crypto::derive(root_key, "sspf/database/v1"), OpenMode::existing);
  FileFindings findings;
  findings.pages_trouble = connection.integrity_trouble();
  // Of a damaged file nothing else is asked.
  if (findings.pages_trouble.empty()) {
    findings.pending_migrations = pending_migrations(connection, schema::data_migrations());
  }
  return findings;
}

}  // namespace sspf::store
