// SPDX-License-Identifier: Apache-2.0
#include "server/store/alert_watching.h"

#include <algorithm>

#include "server/store/database.h"
#include "server/store/review_facts.h"

namespace sspf::store {
namespace {

template <typename AnyId>
std::optional<AnyId> or_null(const AnyId& id) {
  if (id.is_nothing()) return std::nullopt;
  return id;
}

std::optional<int> number_if(const std::vector<AlertChannel>& channels, AlertChannel channel) {
  if (std::find(channels.begin(), channels.end(), channel) == channels.end()) return std::nullopt;
  return static_cast<int>(channel);
}

}  // namespace

std::optional<std::uint64_t> AlertWatching::next_sequence() const {
  Query query(*connection_, "SELECT next_sequence FROM alert_state");
  if (!query.step()) return std::nullopt;
  return static_cast<std::uint64_t>(query.integer(0));
}

void AlertWatching::set_next_sequence(std::uint64_t sequence) {
  Query(*connection_,
        "INSERT INTO alert_state (only_row, next_sequence) VALUES (1, ?1) "
        "ON CONFLICT (only_row) DO UPDATE SET next_sequence = excluded.next_sequence",
        sequence)
      .run();
}

AlertWatching::Rules AlertWatching::decided_rules() const {
  Rules rules;
  Query query(*connection_,
              "SELECT municipality_id, kind, enabled, threshold, window_minutes FROM alert_rule "
              "WHERE version IN (SELECT max(version) FROM alert_rule "
              "GROUP BY municipality_id, kind)");
  while (query.step()) {
    rules[{query.id<MunicipalityId>(0), query.enumerator<v1::AlertKind>(1)}] = {
        query.integer(2) != 0, static_cast<std::uint32_t>(query.integer(3)),
        static_cast<std::uint32_t>(query.integer(4))};
  }
  return rules;
}

Decoys AlertWatching::decoys(Instant from) const {
  Decoys decoys;
  Query query(*connection_,
              "SELECT log_case_id, added_at, removed_at FROM alert_decoy "
              "WHERE removed_at IS NULL OR removed_at > ?1",
              from.microseconds);
  while (query.step()) {
    DecoyTime time{.from_us = query.integer(1)};
    if (!query.is_null(2)) time.to_us = query.integer(2);
    decoys.emplace(query.id<CaseId>(0), time);
  }
  return decoys;
}

// One look into the index for each municipality: it begins with them.
std::vector<MunicipalityId> AlertWatching::municipalities_of(std::uint64_t sequence) const {
  std::vector<MunicipalityId> found;
  Query query(*connection_,
              "SELECT m.municipality_id FROM municipality m CROSS JOIN audit_event_municipality e "
              "ON e.municipality_id = m.municipality_id AND e.sequence = ?1",
              sequence);
  while (query.step()) found.push_back(query.id<MunicipalityId>(0));
  return found;
}

std::map<AlertKey, Counted> AlertWatching::counted(std::uint64_t from_sequence) const {
  std::map<AlertKey, Counted> found;
  Query query(*connection_,
              "SELECT municipality_id, kind, account_id, last_sequence, last_time_us FROM alert "
              "WHERE last_sequence >= ?1 ORDER BY last_sequence",
              from_sequence);
  while (query.step()) {
    const AlertKey key{query.optional_id<MunicipalityId>(0).value_or(MunicipalityId()),
                       query.enumerator<v1::AlertKind>(1),
                       query.optional_id<AccountId>(2).value_or(AccountId())};
    found[key] = {static_cast<std::uint64_t>(query.integer(3)), query.integer(4)};
  }
  return found;
}

void AlertWatching::add(const NewAlert& alert, const std::vector<AlertChannel>& channels) {
  Query(*connection_,
        "INSERT INTO alert (alert_id, ref, municipality_id, kind, account_id, first_sequence, "
        "last_sequence, last_time_us, count, raised_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        alert.id, alert.ref, or_null(alert.key.municipality), static_cast<int>(alert.key.kind),
        or_null(alert.key.account), alert.first_sequence, alert.counted.last_sequence,
        alert.counted.last_time_us, alert.count, alert.raised_at.microseconds)
      .run();
  for (const AlertChannel channel : channels) {
    Query(*connection_,
          "INSERT INTO alert_delivery (alert_id, channel, attempts, next_at) "
          "VALUES (?1, ?2, 0, ?3)",
          alert.id, static_cast<int>(channel), alert.raised_at.microseconds)
        .run();
  }
}

std::uint64_t AlertWatching::undelivered() const {
  Query query(*connection_, "SELECT count(*) FROM alert_delivery WHERE delivered_at IS NULL");
  return query.step() ? static_cast<std::uint64_t>(query.integer(0)) : 0;
}

std::optional<AlertDelivery> AlertWatching::due(const std::vector<AlertChannel>& channels,
                                                Instant now) const {
  Query query(*connection_,
              "SELECT d.alert_id, d.channel, d.attempts, x.ref, x.kind, m.code, x.count, "
              "x.raised_at FROM alert_delivery d JOIN alert x ON x.alert_id = d.alert_id "
              "LEFT JOIN municipality m ON m.municipality_id = x.municipality_id "
              "WHERE d.delivered_at IS NULL AND d.next_at <= ?1 AND d.channel IN (?2, ?3) "
              "ORDER BY d.attempts, d.next_at LIMIT 1",
              now.microseconds, number_if(channels, AlertChannel::webhook),
              number_if(channels, AlertChannel::mail));
  if (!query.step()) return std::nullopt;
  AlertDelivery delivery;
  delivery.alert = query.id<ItemId>(0);
  delivery.channel = query.enumerator<AlertChannel>(1);
  delivery.attempts = static_cast<std::uint32_t>(query.integer(2));
  delivery.notice.ref = query.text(3);
  delivery.notice.kind = query.enumerator<v1::AlertKind>(4);
  if (!query.is_null(5)) delivery.notice.municipality_code = query.text(5);
  delivery.notice.count = static_cast<std::uint32_t>(query.integer(6));
  delivery.notice.raised_at.microseconds = query.integer(7);
  return delivery;
}

void AlertWatching::set_delivered(const AlertDelivery& delivery, Instant now) {
  Query(*connection_,
        "UPDATE alert_delivery SET attempts = attempts + 1, delivered_at = ?1 "
        "WHERE alert_id = ?2 AND channel = ?3",
        now.microseconds, delivery.alert, static_cast<int>(delivery.channel))
      .run();
}

void AlertWatching::set_failed(const AlertDelivery& delivery, Instant next) {
  Query(*connection_,
        "UPDATE alert_delivery SET attempts = attempts + 1, next_at = ?1 "
        "WHERE alert_id = ?2 AND channel = ?3",
        next.microseconds, delivery.alert, static_cast<int>(delivery.channel))
      .run();
}

AlertWatching Database::alert_watching() { return AlertWatching(connection_); }

std::vector<LogEntry> Database::events_from(std::uint64_t first, std::uint32_t count) {
  return AuditLog(connection_).range(first, log_size(), count);
}

std::uint64_t Database::first_event_from(Instant time) {
  return ReviewFacts(connection_).first_from(time);
}

std::int64_t Database::event_time_us(std::uint64_t sequence) {
  Query query(connection_, "SELECT time_us FROM audit_event WHERE sequence = ?1", sequence);
  if (!query.step()) throw Fault("an event of the log is missing");
  return query.integer(0);
}

}  // namespace sspf::store
