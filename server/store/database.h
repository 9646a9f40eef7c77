// SPDX-License-Identifier: Apache-2.0
//
// Database: the encrypted file, its keystore, and the state of the log. Used by one thread; one
// connection does every commit and every checkpoint (evidence.md 0.2).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/secret.h"
#include "server/store/alert_watching.h"
#include "server/store/audit_log.h"
#include "server/store/keystore.h"
#include "server/store/sqlite.h"

namespace sspf::store {

// From this event on the log has this origin.
struct LogEpoch {
  std::string origin;
  std::uint64_t first_sequence = 0;
};

// Who may have approved a new epoch; roles in the whole installation.
struct Approver {
  AccountId account;
  bool is_suspended = false;
  bool is_administrator = false;
  bool is_auditor = false;
};

class Database {
 public:
  // Opens, migrates and guards the file. Throws Fault (sqlite.h, migrate.h).
  Database(const std::string& path, const crypto::Secret& root_key, Keystore& keystore,
           OpenMode mode);

  std::uint64_t log_size() const { return log_state_.frontier.size(); }
  crypto::Digest log_root() const { return log_state_.frontier.root(); }
  // Of the newest event, microseconds since 1970. No later event has an earlier time.
  std::int64_t log_time_us() const { return log_state_.last_time_us; }
  // The root that the log had at an earlier size, from stored nodes. Throws Fault when one is
  // missing.
  crypto::Digest log_root_at(std::uint64_t size);

  // Adds a signed checkpoint in a transaction of its own. Throws CommitUnknown.
  void add_checkpoint(std::uint64_t size, const std::string& note);

  // For the witnesses (witnessing.cc). The newest signed checkpoint, with the lines of those who
  // have cosigned it; empty when there is none.
  std::string newest_checkpoint();
  // That the log of the first size is the beginning of that of the second (RFC 6962 2.1.2). Throws
  // Fault when a node is missing.
  std::vector<crypto::Digest> consistency_proof(std::uint64_t first, std::uint64_t second);
  // Keeps the cosigned note of a stored checkpoint, in a transaction of its own; nothing when a
  // larger one is kept. Throws CommitUnknown.
  void keep_cosigned(std::uint64_t size, const std::string& note);

  // Forgets the answers of writes that were stored before `before_us`. Throws CommitUnknown.
  void forget_requests(std::int64_t before_us);

  // Reviews of the log that are overdue, in the whole installation (store/reviews.h).
  std::uint32_t count_overdue_reviews(const std::string& today);

  // For the watch that raises alerts, and their delivery: each statement in a transaction of its
  // own. What is raised goes through a Unit, with its event.
  AlertWatching alert_watching();
  // For the same watch: events in order, at most so many.
  std::vector<LogEntry> events_from(std::uint64_t first, std::uint32_t count);
  // The first at or after this time, or the size of the log.
  std::uint64_t first_event_from(Instant time);
  // Throws Fault when there is no such event.
  std::int64_t event_time_us(std::uint64_t sequence);

  // The keys that the cases and meetings here are sealed under. For `sspfd check`.
  std::vector<KeyId> keys_in_use();

  // The keys that are to be gone: of cases that were disposed of, and of months whose details were
  // erased.
  std::vector<KeyId> destroyed_keys();

  // The epochs of the log (log_epochs.cc). The newest one; throws Fault when there is none.
  LogEpoch log_epoch();
  // Of every epoch that this file knows, the first one first. A restored file does not know all.
  std::vector<std::string> log_origins();
  std::optional<Approver> find_approver(const std::string& handle);
  // What is wrong when the whole tree is made again from the stored events; empty when nothing is.
  std::string log_tree_trouble();

 private:
  friend class Batch;
  friend class Unit;
  Connection connection_;
  Keystore& keystore_;
  LogState log_state_;
};

// What the file of the database shows by itself, without being changed. For `sspfd check`, with the
// server stopped.
struct FileFindings {
  std::string pages_trouble;  // the first page or table that is wrong; empty when none is
  std::size_t pending_migrations = 0;
};
// Throws Fault when the file cannot be opened at all, or is of a newer version.
FileFindings inspect_database(const std::string& path, const crypto::Secret& root_key);

}  // namespace sspf::store
