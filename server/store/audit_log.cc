// SPDX-License-Identifier: Apache-2.0
#include "server/store/audit_log.h"

#include <algorithm>
#include <bit>

#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/seal.h"
#include "server/base/limits.h"
#include "server/store/audit_references.h"

namespace sspf::store {
namespace {

struct SealedDetails {
  KeyId key_id;
  crypto::Bytes sealed;
};

// Sealed beside the tree under the month's key, and bound to the event by HMAC under a salt that is
// erased together with it (trust.md 4).
SealedDetails seal_details(Keystore& keystore, EventDraft& draft, Instant now) {
  std::string details;
  if (!draft.details.SerializeToString(&details)) throw Fault("audit details do not serialize");
  const crypto::Secret salt = crypto::random_secret(access::details_salt_bytes);
  const crypto::Digest commitment = crypto::hmac_sha256(salt, crypto::view_of(details));
  draft.event.set_details_commitment(std::string(crypto::text_of(commitment)));
  const auto [key_id, key] =
      keystore.details_key(municipality_of(draft.event), date_of(now).substr(0, 7));
  std::string plaintext;
  plaintext.reserve(salt.size() +
                    details.size());  // no reallocation leaves a copy of the salt behind
  plaintext += crypto::text_of(salt.reveal());
  plaintext += details;
  const std::string context = access::details_context(draft.event.sequence());
  crypto::Bytes sealed = crypto::seal(key, crypto::view_of(context), crypto::view_of(plaintext));
  crypto::wipe(plaintext);
  return {key_id, std::move(sealed)};
}

// R6: what was shown stays in the register when its basis has ended. The first time counts.
void register_shown(Connection& connection, const EventDraft& draft) {
  for (const access::ItemShown& shown : draft.items_by_basis) {
    Query(connection,
          "INSERT INTO shown_item (case_id, item_id, item_version, owner_agency_id, "
          "recipient_agency_id, basis_id, sequence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
          "ON CONFLICT (case_id, item_id, item_version, recipient_agency_id, basis_id) DO NOTHING",
          shown.case_id, shown.item, shown.version, shown.owner, draft.recipient, shown.basis,
          draft.event.sequence())
        .run();
  }
}

crypto::Digest load_node(Connection& connection, std::uint32_t level, std::uint64_t index) {
  Query query(connection, "SELECT hash FROM audit_node WHERE level = ?1 AND idx = ?2", level,
              index);
  if (!query.step()) throw Fault("a node of the audit tree is missing");
  const std::string bytes = query.blob(0);
  crypto::Digest hash;
  if (bytes.size() != hash.size()) throw Fault("a node of the audit tree is not a hash");
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace

crypto::merkle::Frontier load_frontier(Connection& connection, std::uint64_t size) {
  std::vector<crypto::Digest> hashes;
  for (std::uint32_t level = 64; level-- > 0;) {
    if ((size >> level & 1U) == 0) continue;
    hashes.push_back(load_node(connection, level, (size >> level) - 1));
  }
  return crypto::merkle::Frontier(size, std::move(hashes));
}

LogState load_log_state(Connection& connection) {
  std::uint64_t size = 0;
  LogState state;
  {
    Query query(connection,
                "SELECT sequence, time_us FROM audit_event ORDER BY sequence DESC LIMIT 1");
    if (query.step()) {
      size = static_cast<std::uint64_t>(query.integer(0)) + 1;
      state.last_time_us = query.integer(1);
    }
  }
  state.frontier = load_frontier(connection, size);
  return state;
}

void append_event(Connection& connection, Keystore& keystore, LogState& state, EventDraft draft,
                  Instant now) {
  v1::AuditEvent& event = draft.event;
  const std::int64_t time_us = std::max(state.last_time_us, now.microseconds);
  event.set_sequence(state.frontier.size());
  event.set_time_us(time_us);
  if (time_us != now.microseconds) event.set_clock_us(now.microseconds);
  const SealedDetails details = seal_details(keystore, draft, now);
  std::string bytes;
  if (!event.SerializeToString(&bytes)) throw Fault("an audit event does not serialize");
  Query(connection,
        "INSERT INTO audit_event (sequence, time_us, outcome, rpc, event) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        event.sequence(), time_us, static_cast<int>(event.outcome()), event.rpc(), Blob{bytes})
      .run();
  append_references(connection, event);
  register_shown(connection, draft);
  Query(connection, "INSERT INTO audit_detail (sequence, key_id, sealed) VALUES (?1, ?2, ?3)",
        event.sequence(), details.key_id, details.sealed)
      .run();
  const auto nodes = state.frontier.append(crypto::merkle::leaf_hash(crypto::view_of(bytes)));
  for (const crypto::merkle::Node& node : nodes) {
    Query(connection, "INSERT INTO audit_node (level, idx, hash) VALUES (?1, ?2, ?3)", node.level,
          node.index, node.hash)
        .run();
  }
  state.last_time_us = time_us;
}

void store_checkpoint(Connection& connection, std::uint64_t size, const std::string& note) {
  Query(connection,
        "INSERT INTO audit_checkpoint (size, note) VALUES (?1, ?2) ON CONFLICT (size) DO NOTHING",
        size, note)
      .run();
}

std::uint64_t AuditLog::size() const {
  Query query(*connection_, "SELECT coalesce(max(sequence) + 1, 0) FROM audit_event");
  return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
}

LogPiece AuditLog::list(const LogFilter& filter, std::uint64_t first) const {
  // Bounded, so that one call never reads the whole log on the store thread.
  const std::uint64_t end = first + limits::log_scan_events_max;
  LogPiece piece{.entries = matching(filter, first, end), .next = std::nullopt};
  if (piece.entries.size() == limits::page_size_max) {
    piece.next = piece.entries.back().sequence + 1;
  } else if (end < size()) {
    piece.next = end;
  }
  return piece;
}

std::vector<LogEntry> AuditLog::matching(const LogFilter& filter, std::uint64_t first,
                                         std::uint64_t end) const {
  std::vector<LogEntry> entries;
  Query query(*connection_,
              "SELECT e.sequence, e.event FROM audit_event e "
              "WHERE e.sequence >= ?1 AND e.sequence < ?2 "
              "AND (?3 IS NULL OR EXISTS (SELECT 1 FROM audit_event_municipality m "
              "WHERE m.municipality_id IN (SELECT r.municipality_id FROM role_grant r "
              "JOIN account a ON a.account_id = r.account_id "
              "JOIN agency_municipality s ON s.agency_id = a.agency_id "
              "AND s.municipality_id = r.municipality_id "
              "WHERE r.account_id = ?3 AND r.role = ?4) AND m.sequence = e.sequence)) "
              "AND (?5 IS NULL OR EXISTS (SELECT 1 FROM audit_event_account a "
              "WHERE a.account_id = ?5 AND a.sequence = e.sequence)) "
              "AND (?6 IS NULL OR EXISTS (SELECT 1 FROM audit_event_case c "
              "WHERE c.case_id = ?6 AND c.sequence = e.sequence)) "
              "AND (?7 IS NULL OR e.outcome = ?7) AND (?8 = '' OR e.rpc = ?8) "
              "AND e.time_us >= ?9 AND e.time_us < ?10 "
              "AND (?11 IS NULL OR EXISTS (SELECT 1 FROM audit_event_municipality o "
              "WHERE o.municipality_id = ?11 AND o.sequence = e.sequence)) "
              "ORDER BY e.sequence LIMIT ?12",
              first, end, filter.within_grants_of, static_cast<int>(v1::ROLE_AUDITOR),
              filter.account, filter.case_id, filter.outcome, filter.rpc, filter.from_us,
              filter.to_us, filter.municipality, limits::page_size_max);
  while (query.step()) {
    entries.push_back({static_cast<std::uint64_t>(query.integer(0)), query.blob(1)});
  }
  return entries;
}

std::optional<LogEntry> AuditLog::find(std::uint64_t sequence,
                                       const std::optional<AccountId>& within_grants_of) const {
  LogFilter filter;
  filter.within_grants_of = within_grants_of;
  std::vector<LogEntry> entries = matching(filter, sequence, sequence + 1);
  if (entries.empty()) return std::nullopt;
  return std::move(entries.front());
}

access::SealedDetails AuditLog::details(std::uint64_t sequence) const {
  Query query(*connection_, "SELECT key_id, sealed FROM audit_detail WHERE sequence = ?1",
              sequence);
  if (!query.step()) throw Fault("the details of an event are missing");
  return {query.id<KeyId>(0), query.blob(1)};
}

std::vector<LogEntry> AuditLog::range(std::uint64_t first, std::uint64_t end,
                                      std::uint32_t count) const {
  std::vector<LogEntry> entries;
  Query query(*connection_,
              "SELECT sequence, event FROM audit_event WHERE sequence >= ?1 AND sequence < ?2 "
              "ORDER BY sequence LIMIT ?3",
              first, end, count);
  while (query.step()) {
    entries.push_back({static_cast<std::uint64_t>(query.integer(0)), query.blob(1)});
  }
  return entries;
}

std::string AuditLog::newest_checkpoint() const {
  Query query(*connection_,
              "SELECT coalesce(w.note, c.note) FROM audit_checkpoint c "
              "LEFT JOIN cosigned_checkpoint w ON w.size = c.size ORDER BY c.size DESC LIMIT 1");
  return query.step() ? query.text(0) : std::string();
}

std::string AuditLog::newest_checkpoint_within(std::uint64_t first, std::uint64_t last) const {
  Query query(*connection_,
              "SELECT note FROM audit_checkpoint WHERE size BETWEEN ?1 AND ?2 "
              "AND size > (SELECT max(first_sequence) FROM log_epoch) ORDER BY size DESC LIMIT 1",
              first, last);
  return query.step() ? query.text(0) : std::string();
}

crypto::Digest AuditLog::node(std::uint32_t level, std::uint64_t index) const {
  return load_node(*connection_, level, index);
}

}  // namespace sspf::store
