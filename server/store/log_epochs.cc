// SPDX-License-Identifier: Apache-2.0
#include "server/store/log_epochs.h"

#include <fmt/format.h>

namespace sspf::store {

LogEpoch Database::log_epoch() {
  Query query(connection_,
              "SELECT origin, first_sequence FROM log_epoch ORDER BY number DESC LIMIT 1");
  if (!query.step()) throw Fault("the database does not say which log it holds");
  return {query.text(0), static_cast<std::uint64_t>(query.integer(1))};
}

std::vector<std::string> Database::log_origins() {
  std::vector<std::string> origins;
  Query query(connection_, "SELECT origin FROM log_epoch ORDER BY number");
  while (query.step()) origins.push_back(query.text(0));
  return origins;
}

std::optional<Approver> Database::find_approver(const std::string& handle) {
  Query account(connection_, "SELECT account_id, suspended FROM account WHERE handle = ?1", handle);
  if (!account.step()) return std::nullopt;
  Approver approver;
  approver.account = account.id<AccountId>(0);
  approver.is_suspended = account.integer(1) != 0;
  Query grants(connection_, "SELECT role, municipality_id FROM role_grant WHERE account_id = ?1",
               approver.account);
  while (grants.step()) {
    if (!grants.is_null(1)) continue;
    const auto role = grants.enumerator<v1::Role>(0);
    approver.is_administrator |= role == v1::ROLE_ADMINISTRATOR;
    approver.is_auditor |= role == v1::ROLE_AUDITOR;
  }
  return approver;
}

std::string Database::log_tree_trouble() {
  crypto::merkle::Frontier tree;
  std::int64_t nodes = 0;
  Query events(connection_, "SELECT sequence, event FROM audit_event ORDER BY sequence");
  while (events.step()) {
    const std::string bytes = events.blob(1);
    v1::AuditEvent event;
    const bool is_read = event.ParseFromString(bytes);
    if (!is_read || event.sequence() != tree.size() ||
        static_cast<std::uint64_t>(events.integer(0)) != tree.size()) {
      return fmt::format("event {} is missing or damaged", tree.size());
    }
    for (const auto& node : tree.append(crypto::merkle::leaf_hash(crypto::view_of(bytes)))) {
      ++nodes;
      Query stored(connection_,
                   "SELECT 1 FROM audit_node WHERE level = ?1 AND idx = ?2 AND hash = ?3",
                   node.level, node.index, node.hash);
      if (!stored.step()) {
        return fmt::format("the tree is not that of its events, from event {} on",
                           event.sequence());
      }
    }
  }
  Query count(connection_, "SELECT count(*) FROM audit_node");
  if (count.step() && count.integer(0) == nodes) return {};
  return "the tree has nodes of events that are not there";
}

void Unit::begin_log_epoch(const std::string& origin) {
  Query(batch_.database_.connection_,
        "INSERT INTO log_epoch (number, origin, first_sequence) "
        "SELECT coalesce(max(number), 0) + 1, ?1, ?2 FROM log_epoch",
        origin, batch_.log_state_.frontier.size())
      .run();
}

void begin_log_epoch(Database& database, const std::string& origin, EventDraft event, Instant now) {
  Batch batch(database);
  {
    Unit unit(batch);
    unit.begin_log_epoch(origin);
    static_cast<void>(unit.commit(std::move(event), now, 0));
  }
  static_cast<void>(std::move(batch).commit());
}

}  // namespace sspf::store
