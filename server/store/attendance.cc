// SPDX-License-Identifier: Apache-2.0
#include "server/store/attendance.h"

namespace sspf::store {

Result<std::uint64_t> AttendanceList::record(const access::MeetingAccess& meeting,
                                             const AttendanceDraft& draft) {
  const ItemId scope = draft.item.value_or(same_id<ItemId>(meeting.meeting_id()));
  const int status = static_cast<int>(draft.status);
  const int changed =
      draft.version == 0
          ? Query(*connection_,
                  "INSERT INTO attendance (participant_id, scope_id, status, version, account_id, "
                  "recorded_at) VALUES (?1, ?2, ?3, 1, ?4, ?5) "
                  "ON CONFLICT (participant_id, scope_id) DO NOTHING",
                  draft.participant, scope, status, draft.author, draft.now.microseconds)
                .run()
          : Query(*connection_,
                  "UPDATE attendance SET status = ?3, version = version + 1, account_id = ?4, "
                  "recorded_at = ?5 WHERE participant_id = ?1 AND scope_id = ?2 AND version = ?6",
                  draft.participant, scope, status, draft.author, draft.now.microseconds,
                  draft.version)
                .run();
  if (changed == 0) return refusal(Reason::stale_version);
  return draft.version + 1;
}

std::vector<v1::Attendance> AttendanceList::list(const access::MeetingAccess& meeting) const {
  std::vector<v1::Attendance> rows;
  Query query(*connection_,
              "SELECT p.ref, i.ref, i.case_id, t.status, t.version FROM attendance t "
              "JOIN participant p ON p.participant_id = t.participant_id "
              "LEFT JOIN agenda_item i ON i.item_id = t.scope_id "
              "WHERE p.meeting_id = ?1 ORDER BY i.position IS NOT NULL, i.position, p.ref",
              meeting.meeting_id());
  while (query.step()) {
    const auto case_id = query.optional_id<CaseId>(2);
    const access::CaseAccess* about = case_id ? meeting.find_case(*case_id) : nullptr;
    if (case_id && about == nullptr) continue;
    if (about != nullptr) about->note_shown();
    v1::Attendance& row = rows.emplace_back();
    row.set_participant(query.text(0));
    row.set_item(query.text(1));
    row.set_status(query.enumerator<v1::AttendanceStatus>(3));
    row.set_version(static_cast<std::uint64_t>(query.integer(4)));
  }
  return rows;
}

bool AttendanceList::consent_names(const access::CaseAccess& about, const AgencyId& agency,
                                   const std::string& today) const {
  Query query(*connection_,
              "SELECT 1 FROM consent c JOIN consent_agency a ON a.consent_id = c.consent_id "
              "WHERE c.case_id = ?1 AND a.agency_id = ?2 AND c.revoked_at IS NULL "
              "AND c.effective_from <= ?3 AND c.effective_to >= ?3",
              about.case_id(), agency, today);
  return query.step();
}

}  // namespace sspf::store
