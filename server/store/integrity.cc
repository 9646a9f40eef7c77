// SPDX-License-Identifier: Apache-2.0
#include "server/store/integrity.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "crypto/derive.h"
#include "crypto/merkle.h"
#include "crypto/random.h"
#include "schema/migrations.h"
#include "server/store/migrate.h"
#include "server/store/sqlite.h"

namespace sspf::store {
namespace {

crypto::Secret key_to_read(const crypto::Secret& root_key) {
  return crypto::derive(root_key, "sspf/database/v1");
}

// Of how many events the same is wrong.
struct WrongEvents {
  std::uint64_t count = 0;
  std::uint64_t first = 0;

  void add(std::uint64_t sequence) {
    if (count++ == 0) first = sequence;
  }
  void tell(std::vector<std::string>& lines, std::string_view one, std::string_view many) const {
    if (count == 1) lines.push_back(fmt::format("event {} of the log {}", first, one));
    if (count > 1) {
      lines.push_back(
          fmt::format("{} events of the log {}, the first is event {}", count, many, first));
    }
  }
};

crypto::Digest digest_in(const std::string& bytes) {
  crypto::Digest digest{};
  if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

// Makes the tree again. Where an event is missing or another, its stored hash takes its place, so
// that what comes after it is compared all the same.
class TreeReading {
 public:
  explicit TreeReading(Connection& connection) : connection_(connection) {}

  LogReading read() {
    read_leaves();
    missing_.tell(found_.troubles, "is missing", "are missing");
    altered_.tell(found_.troubles, "is not what was hashed", "are not what was hashed");
    unhashed_.tell(found_.troubles, "has no hash in the tree", "have no hash in the tree");
    if (!node_trouble_.empty()) found_.troubles.push_back(node_trouble_);
    Query count(connection_, "SELECT count(*) FROM audit_node");
    const bool is_whole = gap_.empty() && unhashed_.count == 0;
    if (is_whole && count.step() && static_cast<std::uint64_t>(count.integer(0)) > nodes_) {
      found_.troubles.emplace_back("the log's tree has nodes of events that never were");
    }
    if (!gap_.empty()) found_.troubles.push_back(gap_);
    if (numbered_below_0_ > 0) {
      found_.troubles.push_back(fmt::format("events numbered below 0: {}", numbered_below_0_));
    }
    return std::move(found_);
  }

 private:
  void read_leaves() {
    Query events(connection_, "SELECT sequence, event FROM audit_event ORDER BY sequence");
    Query leaves(connection_, "SELECT idx, hash FROM audit_node WHERE level = 0 ORDER BY idx");
    bool has_event = events.step();
    bool has_leaf = leaves.step();
    for (; has_event && events.integer(0) < 0; has_event = events.step()) ++numbered_below_0_;
    while (has_leaf && leaves.integer(0) < 0) has_leaf = leaves.step();
    while (has_event || has_leaf) {
      const auto at = static_cast<std::int64_t>(tree_.size());
      const bool is_event = has_event && events.integer(0) == at;
      const bool is_leaf = has_leaf && leaves.integer(0) == at;
      if (!is_event && !is_leaf) {
        // However far the next number is: a changed one may be any.
        gap_ = fmt::format(
            "event {} of the log is missing together with its hash; nothing after it was compared",
            at);
        return;
      }
      take(is_event ? std::optional(events.blob(1)) : std::nullopt,
           is_leaf ? std::optional(digest_in(leaves.blob(1))) : std::nullopt);
      if (is_event) has_event = events.step();
      if (is_leaf) has_leaf = leaves.step();
    }
  }

  void take(const std::optional<std::string>& event, const std::optional<crypto::Digest>& stored) {
    const std::uint64_t sequence = tree_.size();
    crypto::Digest hash{};
    if (event) {
      ++found_.events;
      hash = crypto::merkle::leaf_hash(crypto::view_of(*event));
      if (!stored) unhashed_.add(sequence);
      if (stored && *stored != hash) altered_.add(sequence);
    } else {
      missing_.add(sequence);
    }
    for (const auto& node : tree_.append(stored.value_or(hash))) compare(node);
  }

  void compare(const crypto::merkle::Node& node) {
    ++nodes_;
    // One that lacks its hash has no nodes above it either.
    if (node.level == 0 || unhashed_.count > 0 || !node_trouble_.empty()) return;
    Query stored(connection_,
                 "SELECT 1 FROM audit_node WHERE level = ?1 AND idx = ?2 AND hash = ?3", node.level,
                 node.index, node.hash);
    if (stored.step()) return;
    const std::uint64_t width = std::uint64_t{1} << node.level;
    node_trouble_ = fmt::format("the log's tree is not that of its hashes, in events {} to {}",
                                node.index * width, (node.index + 1) * width - 1);
  }

  Connection& connection_;
  crypto::merkle::Frontier tree_;
  std::uint64_t nodes_ = 0;
  std::uint64_t numbered_below_0_ = 0;
  WrongEvents missing_;
  WrongEvents altered_;
  WrongEvents unhashed_;
  std::string node_trouble_;  // the first
  std::string gap_;
  LogReading found_;
};

// Names in a changed file may hold anything, and are shown on a terminal.
std::string printable(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c < 0x21 || c > 0x7E; }, '?');
  return name;
}

using TypeAndName = std::pair<std::string, std::string>;

std::map<TypeAndName, std::string> schema_of(Connection& connection) {
  std::map<TypeAndName, std::string> objects;
  // Without a text are the indexes that a table's own text makes.
  Query query(connection, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL");
  while (query.step()) objects[{query.text(0), query.text(1)}] = query.text(2);
  return objects;
}

}  // namespace

LogReading read_whole_log(const std::string& path, const crypto::Secret& root_key) {
  Connection connection(path, key_to_read(root_key), OpenMode::existing);
  return TreeReading(connection).read();
}

std::vector<std::string> reference_troubles(const std::string& path,
                                            const crypto::Secret& root_key) {
  Connection connection(path, key_to_read(root_key), OpenMode::existing);
  std::map<std::string, std::uint64_t> counts;
  Query query(connection, "PRAGMA foreign_key_check");
  while (query.step()) ++counts[query.text(0)];
  std::vector<std::string> lines;
  lines.reserve(counts.size());
  for (const auto& [table, count] : counts) {
    lines.push_back(
        fmt::format("references of {} to rows that are not there: {}", printable(table), count));
  }
  return lines;
}

std::vector<std::string> schema_troubles(const std::string& path, const crypto::Secret& root_key) {
  Connection connection(path, key_to_read(root_key), OpenMode::existing);
  const auto migrations = schema::data_migrations();
  const std::size_t applied = migrations.size() - pending_migrations(connection, migrations);
  Connection made(":memory:", crypto::random_secret(32), OpenMode::create);
  migrate(made, migrations.first(applied));
  const auto wanted = schema_of(made);
  const auto found = schema_of(connection);
  std::vector<std::string> lines;
  for (const auto& [object, sql] : wanted) {
    const auto there = found.find(object);
    const bool is_missing = there == found.end();
    if (!is_missing && there->second == sql) continue;
    lines.push_back(fmt::format("{} {} is {}", object.first, object.second,
                                is_missing ? "missing" : "not as the migrations made it"));
  }
  for (const auto& [object, sql] : found) {
    if (wanted.contains(object)) continue;
    lines.push_back(
        fmt::format("{} {} is of no migration", printable(object.first), printable(object.second)));
  }
  return lines;
}

std::size_t pending_database_migrations(const std::string& path, const crypto::Secret& root_key) {
  Connection connection(path, key_to_read(root_key), OpenMode::existing);
  return pending_migrations(connection, schema::data_migrations());
}

}  // namespace sspf::store
