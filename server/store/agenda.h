// SPDX-License-Identifier: Apache-2.0
//
// SQL of the items on a meeting's agenda and of their minutes. An item about a case that the caller
// may not enter is nowhere in what these functions return.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/meeting_access.h"
#include "server/base/clock.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"

namespace sspf::store {

struct AgendaItemDraft {
  v1::AgendaItemKind kind = v1::AGENDA_ITEM_KIND_UNSPECIFIED;
  std::string title;              // not of a case item
  std::optional<CaseId> case_id;  // only of a case item
};

struct AgendaItemRow {
  ItemId id;
  std::string ref;
  std::optional<CaseId> case_id;
  std::uint64_t version = 0;
};

struct MinutesDraft {
  std::uint64_t version = 0;  // of the agenda item, as the author saw it
  std::string notes;
  std::string decision;
  AccountId author;
  Instant now;
};

class Agenda {
 public:
  explicit Agenda(Connection& connection) : connection_(&connection) {}

  // In order, with the newest notes and decision where the caller may see them.
  std::vector<v1::AgendaItem> list(const access::MeetingAccess& meeting) const;

  // By its reference; hidden when there is none, or when it is about a case that the caller may not
  // enter.
  Result<AgendaItemRow> find(const access::MeetingAccess& meeting, const std::string& ref) const;

  // Last on the agenda, at version 1. Refuses with already_there when the case is on it, and with
  // meeting_full.
  Result<AgendaItemRow> add(const access::MeetingAccess& meeting, const AgendaItemDraft& draft);

  // Puts an item after another one, or first.
  void place(const access::MeetingAccess& meeting, const ItemId& item,
             const std::optional<ItemId>& after);

  // Refuses with stale_version unless `version` is the item's. Returns the next.
  Result<std::uint64_t> advance_version(const AgendaItemRow& item, std::uint64_t version);

  // Refuses with stale_version, and with item_has_records when there are minutes or attendance of
  // any value.
  Result<Done> remove(const AgendaItemRow& item, std::uint64_t version);

  // A new version; the earlier ones are kept. Refuses with stale_version and too_many_versions.
  // Returns the item's next.
  Result<std::uint64_t> record_minutes(const access::MeetingAccess& meeting,
                                       const AgendaItemRow& item, const MinutesDraft& draft);

 private:
  std::uint64_t minutes_count(const ItemId& item) const;
  bool has_records(const ItemId& item) const;

  Connection* connection_;
};

}  // namespace sspf::store
