// SPDX-License-Identifier: Apache-2.0
//
// The append-only log inside the database: event bytes, tree nodes, checkpoints, sealed details.
// Only Unit appends, so that nothing is committed without its event.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "crypto/merkle.h"
#include "server/access/log_details.h"
#include "server/access/tally.h"
#include "server/base/clock.h"
#include "server/store/keystore.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::store {

// What is to be logged of one call: sequence, time and the commitment to the details are filled in
// when it is appended.
struct EventDraft {
  v1::AuditEvent event;
  v1::AuditDetails details;
  // For the register of disclosures: what the call showed by a basis, and to whose agency.
  std::vector<access::ItemShown> items_by_basis;
  AgencyId recipient;
};

struct LogState {
  crypto::merkle::Frontier frontier;
  std::int64_t last_time_us = 0;
};

// One event as listed.
struct LogEntry {
  std::uint64_t sequence = 0;
  std::string bytes;
};

struct LogPiece {
  std::vector<LogEntry> entries;
  std::optional<std::uint64_t> next;  // where the list goes on; nothing at its end
};

struct LogFilter {
  // Only events that concern a municipality in which this account is auditor, as long as its agency
  // serves it; all, without one.
  std::optional<AccountId> within_grants_of;
  std::optional<MunicipalityId> municipality;  // that it concerns
  std::optional<AccountId> account;            // that called, or to which it was done
  std::optional<CaseId> case_id;
  std::optional<int> outcome;
  std::string rpc;  // empty: all
  std::int64_t from_us = std::numeric_limits<std::int64_t>::min();
  std::int64_t to_us = std::numeric_limits<std::int64_t>::max();  // exclusive
};

// The right edge of the tree at this size, which is at most the log's. Throws Fault when a node is
// missing.
crypto::merkle::Frontier load_frontier(Connection& connection, std::uint64_t size);

// The state after the last event, from the stored nodes: O(log n).
LogState load_log_state(Connection& connection);

// Appends one event to the open transaction and advances `state`. Throws Fault.
void append_event(Connection& connection, Keystore& keystore, LogState& state, EventDraft draft,
                  Instant now);

// A signed checkpoint of the current size; to the open transaction.
void store_checkpoint(Connection& connection, std::uint64_t size, const std::string& note);

class AuditLog {
 public:
  explicit AuditLog(Connection& connection) : connection_(&connection) {}

  std::uint64_t size() const;
  // Entries from `first` on that match the filter, in order: at most a page, from a bounded
  // stretch.
  LogPiece list(const LogFilter& filter, std::uint64_t first) const;
  // The entry with this number, if it is among those that list() would show.
  std::optional<LogEntry> find(std::uint64_t sequence,
                               const std::optional<AccountId>& within_grants_of) const;
  // What lies beside an event. Throws Fault when there is nothing.
  access::SealedDetails details(std::uint64_t sequence) const;
  // At most `count` entries from `first` on, below `end`.
  std::vector<LogEntry> range(std::uint64_t first, std::uint64_t end, std::uint32_t count) const;
  // The newest stored checkpoint note, with the lines of the witnesses that have cosigned it; empty
  // when there is none.
  std::string newest_checkpoint() const;
  // The newest one of a size from `first` to `last` that this epoch of the log has signed; empty
  // when there is none.
  std::string newest_checkpoint_within(std::uint64_t first, std::uint64_t last) const;
  // The root of the complete subtree of the tree's node (merkle.h). Throws Fault when it is
  // missing.
  crypto::Digest node(std::uint32_t level, std::uint64_t index) const;

 private:
  // At most a page of those from `first` on, below `end`.
  std::vector<LogEntry> matching(const LogFilter& filter, std::uint64_t first,
                                 std::uint64_t end) const;

  Connection* connection_;
};

}  // namespace sspf::store
