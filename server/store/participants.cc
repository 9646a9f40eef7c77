// SPDX-License-Identifier: Apache-2.0
#include "server/store/participants.h"

#include "server/base/limits.h"
#include "server/store/guest_name.h"

namespace sspf::store {

Result<ParticipantRow> Participants::add(const access::MeetingAccess& meeting,
                                         const ParticipantDraft& draft) {
  {
    Query query(*connection_,
                "SELECT count(*), coalesce(sum(CASE WHEN account_id = ?2 THEN 1 ELSE 0 END), 0) "
                "FROM participant WHERE meeting_id = ?1",
                meeting.meeting_id(), draft.account);
    if (!query.step()) throw Fault("a count gave no row");
    if (query.integer(1) != 0) return refusal(Reason::already_there, "handle");
    if (static_cast<std::size_t>(query.integer(0)) >= limits::participants_max) {
      return refusal(Reason::meeting_full);
    }
  }
  const ParticipantRow row{ItemId::random(), random_ref(), draft.account, draft.case_id};
  std::optional<crypto::Bytes> sealed_name;
  if (!draft.account) {
    const access::Sealed sealed = seal_guest_name(meeting, {row.id, row.case_id}, draft.guest_name);
    sealed_name.emplace(sealed.bytes.begin(), sealed.bytes.end());
  }
  Query(*connection_,
        "INSERT INTO participant (participant_id, meeting_id, ref, account_id, case_id, "
        "sealed_name, deputy_for_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        row.id, meeting.meeting_id(), row.ref, draft.account, draft.case_id, sealed_name,
        draft.deputy_for)
      .run();
  return row;
}

Result<ParticipantRow> Participants::find(const access::MeetingAccess& meeting,
                                          const std::string& ref) const {
  Query query(*connection_,
              "SELECT participant_id, ref, account_id, case_id FROM participant "
              "WHERE meeting_id = ?1 AND ref = ?2",
              meeting.meeting_id(), ref);
  if (!query.step()) return hidden(Reason::not_found);
  ParticipantRow row{query.id<ItemId>(0), query.text(1), query.optional_id<AccountId>(2),
                     query.optional_id<CaseId>(3)};
  if (!meeting.may_know_of(row.case_id)) return hidden(Reason::no_basis);
  return row;
}

std::vector<v1::Participant> Participants::list(const access::MeetingAccess& meeting) const {
  std::vector<v1::Participant> rows;
  Query query(
      *connection_,
      "SELECT p.participant_id, p.ref, p.case_id, a.handle, a.name, g.code, p.sealed_name, "
      "d.ref, d.case_id FROM participant p LEFT JOIN account a ON a.account_id = p.account_id "
      "LEFT JOIN agency g ON g.agency_id = a.agency_id "
      "LEFT JOIN participant d ON d.participant_id = p.deputy_for_id "
      "WHERE p.meeting_id = ?1 ORDER BY a.handle IS NULL, a.handle, p.ref",
      meeting.meeting_id());
  while (query.step()) {
    const Guest guest{query.id<ItemId>(0), query.optional_id<CaseId>(2)};
    if (!meeting.may_know_of(guest.case_id)) continue;
    v1::Participant& row = rows.emplace_back();
    row.set_participant(query.text(1));
    row.set_handle(query.text(3));
    row.set_name(query.is_null(6) ? query.text(4)
                                  : open_guest_name(meeting, guest, {query.blob(6)}));
    row.set_agency_code(query.text(5));
    if (meeting.may_know_of(query.optional_id<CaseId>(8))) row.set_deputy_for(query.text(7));
    if (!guest.case_id) continue;
    const access::CaseAccess* about = meeting.find_case(*guest.case_id);
    about->note_shown();
    row.set_case_number(about->number());
  }
  return rows;
}

}  // namespace sspf::store
