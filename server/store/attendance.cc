// SPDX-License-Identifier: Apache-2.0
#include "server/store/attendance.h"

#include <map>

#include "server/base/limits.h"
#include "server/store/guest_name.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// A row is about the case of its item and about that of its guest, which may be the same one.
void note_shown(const access::MeetingAccess& meeting, const std::optional<CaseId>& of_item,
                const std::optional<CaseId>& of_guest) {
  if (of_item) meeting.find_case(*of_item)->note_shown();
  if (of_guest && of_guest != of_item) meeting.find_case(*of_guest)->note_shown();
}

// The name of a guest who has many rows is one thing shown.
class OpenedNames {
 public:
  explicit OpenedNames(const access::MeetingAccess& meeting) : meeting_(meeting) {}

  const std::string& of(const Guest& guest, const access::Sealed& name) {
    const auto [found, is_new] = names_.try_emplace(guest.participant);
    if (is_new) found->second = open_guest_name(meeting_, guest, name);
    return found->second;
  }

 private:
  const access::MeetingAccess& meeting_;
  std::map<ItemId, std::string> names_;
};

}  // namespace

// Zero when there is none.
std::uint64_t AttendanceList::newest_version(const ItemId& participant, const ItemId& scope) const {
  Query query(*connection_,
              "SELECT coalesce(max(version), 0) FROM attendance "
              "WHERE participant_id = ?1 AND scope_id = ?2",
              participant, scope);
  if (!query.step()) throw Fault("a maximum gave no row");
  return static_cast<std::uint64_t>(query.integer(0));
}

Result<std::uint64_t> AttendanceList::record(const access::MeetingAccess& meeting,
                                             const AttendanceDraft& draft) {
  const ItemId scope = draft.item.value_or(same_id<ItemId>(meeting.meeting_id()));
  const std::uint64_t newest = newest_version(draft.participant, scope);
  if (draft.version != newest) return refusal(Reason::stale_version);
  if (newest >= limits::versions_per_item_max) return refusal(Reason::too_many_versions);
  Query(*connection_,
        "INSERT INTO attendance (participant_id, scope_id, version, status, account_id, "
        "recorded_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        draft.participant, scope, newest + 1, static_cast<int>(draft.status), draft.author,
        draft.now.microseconds)
      .run();
  return newest + 1;
}

std::vector<v1::Attendance> AttendanceList::list(const access::MeetingAccess& meeting,
                                                 Versions versions) const {
  std::vector<v1::Attendance> rows;
  OpenedNames guests(meeting);
  Query query(*connection_,
              "SELECT p.participant_id, p.case_id, p.ref, u.handle, u.name, p.sealed_name, i.ref, "
              "i.case_id, t.status, t.version, a.handle, t.recorded_at FROM attendance t "
              "JOIN participant p ON p.participant_id = t.participant_id "
              "JOIN account a ON a.account_id = t.account_id "
              "LEFT JOIN account u ON u.account_id = p.account_id "
              "LEFT JOIN agenda_item i ON i.item_id = t.scope_id "
              "WHERE p.meeting_id = ?1 AND (?2 OR t.version = (SELECT max(n.version) "
              "FROM attendance n WHERE n.participant_id = t.participant_id "
              "AND n.scope_id = t.scope_id)) "
              "ORDER BY i.position IS NOT NULL, i.position, p.ref, t.version",
              meeting.meeting_id(), versions == Versions::every ? 1 : 0);
  while (query.step()) {
    const Guest guest{query.id<ItemId>(0), query.optional_id<CaseId>(1)};
    const auto of_item = query.optional_id<CaseId>(7);
    if (!meeting.may_know_of(guest.case_id) || !meeting.may_know_of(of_item)) continue;
    note_shown(meeting, of_item, guest.case_id);
    v1::Attendance& row = rows.emplace_back();
    row.set_participant(query.text(2));
    row.set_handle(query.text(3));
    row.set_name(query.is_null(5) ? query.text(4) : guests.of(guest, {query.blob(5)}));
    row.set_item(query.text(6));
    row.set_status(query.enumerator<v1::AttendanceStatus>(8));
    row.set_version(static_cast<std::uint64_t>(query.integer(9)));
    row.set_author_handle(query.text(10));
    *row.mutable_recorded_at() = timestamp_of(query.integer(11));
  }
  return rows;
}

}  // namespace sspf::store
