// SPDX-License-Identifier: Apache-2.0
//
// SQL of the watch over the log that raises alerts, and of their delivery. For the server itself:
// no handler uses it.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/store/sqlite.h"
#include "sspf/v1/alert.pb.h"

namespace sspf::store {

// Of which municipality, what kind, and about whom: what one alert is of. Nothing, all zeroes,
// where there is none.
struct AlertKey {
  MunicipalityId municipality;
  v1::AlertKind kind = v1::ALERT_KIND_UNSPECIFIED;
  AccountId account;
  auto operator<=>(const AlertKey&) const = default;
};

struct AlertRule {
  bool enabled = true;
  std::uint32_t threshold = 1;
  std::uint32_t window_minutes = 0;
};

// When a case was a decoy; the end is exclusive.
struct DecoyTime {
  std::int64_t from_us = 0;
  std::int64_t to_us = std::numeric_limits<std::int64_t>::max();
};
using Decoys = std::multimap<CaseId, DecoyTime>;

// The last event that an alert of a key has counted.
struct Counted {
  std::uint64_t last_sequence = 0;
  std::int64_t last_time_us = 0;
};

struct NewAlert {
  ItemId id;
  std::string ref;
  AlertKey key;
  std::uint64_t first_sequence = 0;
  Counted counted;
  std::uint32_t count = 0;
  Instant raised_at;
};

enum class AlertChannel : std::uint8_t { webhook = 1, mail = 2 };

// What an alert says outside: nothing of a person or a case.
struct AlertNotice {
  std::string ref;
  v1::AlertKind kind = v1::ALERT_KIND_UNSPECIFIED;
  std::string municipality_code;  // empty when it concerns none
  std::uint32_t count = 0;
  Instant raised_at;
};

struct AlertDelivery {
  ItemId alert;
  AlertChannel channel = AlertChannel::webhook;
  std::uint32_t attempts = 0;
  AlertNotice notice;
};

class AlertWatching {
 public:
  explicit AlertWatching(Connection& connection) : connection_(&connection) {}

  // The first event that has not been looked at; nothing before that was ever stored.
  std::optional<std::uint64_t> next_sequence() const;
  void set_next_sequence(std::uint64_t sequence);

  using Rules = std::map<std::pair<MunicipalityId, v1::AlertKind>, AlertRule>;
  // What municipalities have decided.
  Rules decided_rules() const;
  // Those that were removed after this time, too: an event may be looked at after that.
  Decoys decoys(Instant from) const;
  // Which municipalities an event concerns.
  std::vector<MunicipalityId> municipalities_of(std::uint64_t sequence) const;
  // Of each key, as far as its newest alert has counted; from this event on.
  std::map<AlertKey, Counted> counted(std::uint64_t from_sequence) const;

  void add(const NewAlert& alert, const std::vector<AlertChannel>& channels);

  std::uint64_t undelivered() const;
  // One that is due: what has been tried least comes first, so that new alerts do not wait behind a
  // receiver that is away.
  std::optional<AlertDelivery> due(const std::vector<AlertChannel>& channels, Instant now) const;
  void set_delivered(const AlertDelivery& delivery, Instant now);
  void set_failed(const AlertDelivery& delivery, Instant next);

 private:
  Connection* connection_;
};

}  // namespace sspf::store
