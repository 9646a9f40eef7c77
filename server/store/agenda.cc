// SPDX-License-Identifier: Apache-2.0
#include "server/store/agenda.h"

#include <algorithm>

#include "server/base/limits.h"

namespace sspf::store {
namespace {

// A title is written once, with the item.
access::Place title_place(const ItemId& item) {
  return {"agenda_item.sealed_title", item.bytes(), 1};
}

access::Place minutes_place(const ItemId& item, std::uint64_t version) {
  return {"minutes.sealed_content", item.bytes(), version};
}

struct SealedMinutes {
  std::uint64_t version = 0;
  access::Sealed content;
};

// What is said of a case belongs to the agency that coordinates it.
std::optional<std::string> open_minutes(const access::CaseAccess& about, const access::Place& place,
                                        const SealedMinutes& minutes) {
  return about.open(about.coordination_item(v1::INFORMATION_KIND_MINUTES), place, minutes.content);
}

void show_minutes(const std::optional<std::string>& content, v1::AgendaItem& item) {
  if (!content) return;
  v1::AgendaItem sealed;
  if (!sealed.ParseFromString(*content)) throw Fault("stored minutes do not parse");
  item.set_notes(sealed.notes());
  item.set_decision(sealed.decision());
}

}  // namespace

std::vector<v1::AgendaItem> Agenda::list(const access::MeetingAccess& meeting) const {
  std::vector<v1::AgendaItem> items;
  Query query(*connection_,
              "SELECT i.item_id, i.ref, i.kind, i.case_id, i.sealed_title, i.version, m.version, "
              "m.sealed_content FROM agenda_item i "
              "LEFT JOIN minutes m ON m.item_id = i.item_id AND m.version = "
              "(SELECT max(n.version) FROM minutes n WHERE n.item_id = i.item_id) "
              "WHERE i.meeting_id = ?1 ORDER BY i.position",
              meeting.meeting_id());
  while (query.step()) {
    const auto id = query.id<ItemId>(0);
    const auto case_id = query.optional_id<CaseId>(3);
    const access::CaseAccess* about = case_id ? meeting.find_case(*case_id) : nullptr;
    if (case_id && about == nullptr) continue;
    if (about != nullptr) about->note_shown();
    v1::AgendaItem& item = items.emplace_back();
    item.set_item(query.text(1));
    item.set_kind(query.enumerator<v1::AgendaItemKind>(2));
    item.set_title(about == nullptr ? meeting.open(title_place(id), {query.blob(4)})
                                    : about->number());
    item.set_case_number(about == nullptr ? std::string() : about->number());
    item.set_version(static_cast<std::uint64_t>(query.integer(5)));
    if (query.is_null(6)) continue;
    const SealedMinutes minutes{static_cast<std::uint64_t>(query.integer(6)), {query.blob(7)}};
    const access::Place place = minutes_place(id, minutes.version);
    show_minutes(about == nullptr ? meeting.open(place, minutes.content)
                                  : open_minutes(*about, place, minutes),
                 item);
  }
  return items;
}

Result<AgendaItemRow> Agenda::find(const access::MeetingAccess& meeting,
                                   const std::string& ref) const {
  Query query(*connection_,
              "SELECT item_id, ref, case_id, version FROM agenda_item "
              "WHERE meeting_id = ?1 AND ref = ?2",
              meeting.meeting_id(), ref);
  if (!query.step()) return hidden(Reason::not_found);
  AgendaItemRow row{query.id<ItemId>(0), query.text(1), query.optional_id<CaseId>(2),
                    static_cast<std::uint64_t>(query.integer(3))};
  if (!meeting.may_know_of(row.case_id)) return hidden(Reason::no_basis);
  return row;
}

Result<AgendaItemRow> Agenda::add(const access::MeetingAccess& meeting,
                                  const AgendaItemDraft& draft) {
  int position = 0;
  {
    Query query(*connection_,
                "SELECT count(*), coalesce(max(position), 0), "
                "coalesce(sum(CASE WHEN case_id = ?2 THEN 1 ELSE 0 END), 0) "
                "FROM agenda_item WHERE meeting_id = ?1",
                meeting.meeting_id(), draft.case_id);
    if (!query.step()) throw Fault("a count gave no row");
    if (query.integer(2) != 0) return refusal(Reason::already_there, "case_number");
    if (static_cast<std::size_t>(query.integer(0)) >= limits::agenda_items_max) {
      return refusal(Reason::meeting_full);
    }
    position = static_cast<int>(query.integer(1)) + 1;
  }
  const AgendaItemRow row{ItemId::random(), random_ref(), draft.case_id, 1};
  std::optional<crypto::Bytes> sealed_title;
  if (!draft.case_id) {
    const access::Sealed sealed = meeting.seal(title_place(row.id), draft.title);
    sealed_title.emplace(sealed.bytes.begin(), sealed.bytes.end());
  }
  Query(*connection_,
        "INSERT INTO agenda_item (item_id, meeting_id, ref, position, kind, case_id, "
        "sealed_title, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)",
        row.id, meeting.meeting_id(), row.ref, position, static_cast<int>(draft.kind),
        draft.case_id, sealed_title)
      .run();
  return row;
}

void Agenda::place(const access::MeetingAccess& meeting, const ItemId& item,
                   const std::optional<ItemId>& after) {
  std::vector<ItemId> order;
  {
    Query query(*connection_,
                "SELECT item_id FROM agenda_item WHERE meeting_id = ?1 AND item_id <> ?2 "
                "ORDER BY position",
                meeting.meeting_id(), item);
    while (query.step()) order.push_back(query.id<ItemId>(0));
  }
  auto where = order.begin();
  if (after) {
    where = std::find(order.begin(), order.end(), *after);
    ENSURE(where != order.end());
    ++where;
  }
  order.insert(where, item);
  int position = 0;
  for (const ItemId& each : order) {
    Query(*connection_, "UPDATE agenda_item SET position = ?1 WHERE item_id = ?2", ++position, each)
        .run();
  }
}

Result<std::uint64_t> Agenda::advance_version(const AgendaItemRow& item, std::uint64_t version) {
  const int changed = Query(*connection_,
                            "UPDATE agenda_item SET version = version + 1 "
                            "WHERE item_id = ?1 AND version = ?2",
                            item.id, version)
                          .run();
  if (changed == 0) return refusal(Reason::stale_version);
  return version + 1;
}

std::uint64_t Agenda::minutes_count(const ItemId& item) const {
  Query query(*connection_, "SELECT count(*) FROM minutes WHERE item_id = ?1", item);
  if (!query.step()) throw Fault("a count gave no row");
  return static_cast<std::uint64_t>(query.integer(0));
}

bool Agenda::has_records(const ItemId& item) const {
  Query query(*connection_,
              "SELECT 1 FROM minutes WHERE item_id = ?1 "
              "UNION ALL SELECT 1 FROM attendance WHERE scope_id = ?1",
              item);
  return query.step();
}

Result<Done> Agenda::remove(const AgendaItemRow& item, std::uint64_t version) {
  if (item.version != version) return refusal(Reason::stale_version);
  if (has_records(item.id)) return refusal(Reason::item_has_records);
  Query(*connection_, "DELETE FROM agenda_item WHERE item_id = ?1", item.id).run();
  return Done();
}

Result<std::uint64_t> Agenda::record_minutes(const access::MeetingAccess& meeting,
                                             const AgendaItemRow& item, const MinutesDraft& draft) {
  const std::uint64_t version = TRY(advance_version(item, draft.version));
  if (minutes_count(item.id) >= limits::versions_per_item_max) {
    return refusal(Reason::too_many_versions);
  }
  v1::AgendaItem content;
  content.set_notes(draft.notes);
  content.set_decision(draft.decision);
  const access::Place place = minutes_place(item.id, version);
  access::Sealed sealed;
  if (item.case_id) {
    const access::CaseAccess* about = meeting.find_case(*item.case_id);
    ENSURE(about != nullptr);  // find() would have hidden the item
    sealed = about->seal(about->coordination(), place, content.SerializeAsString());
  } else {
    sealed = meeting.seal(place, content.SerializeAsString());
  }
  Query(*connection_,
        "INSERT INTO minutes (item_id, version, sealed_content, account_id, written_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        item.id, version, Blob{sealed.bytes}, draft.author, draft.now.microseconds)
      .run();
  return version;
}

}  // namespace sspf::store
