// SPDX-License-Identifier: Apache-2.0
//
// What disposal deletes of a case, children before parents. A table that holds something of a case
// and is not named here makes a test fail that looks through the schema.
#include "server/store/disposals.h"

namespace sspf::store {
namespace {

// Attendance is else append-only: it proves who could hear what of a case that is no more.
void erase_attendance(Connection& connection, const CaseId& id) {
  const LeaveToDispose leave(connection);
  Query(connection,
        "DELETE FROM attendance WHERE scope_id IN "
        "(SELECT item_id FROM agenda_item WHERE case_id = ?1) OR participant_id IN "
        "(SELECT participant_id FROM participant WHERE case_id = ?1)",
        id)
      .run();
}

void erase_at_meetings(Connection& connection, const CaseId& id) {
  erase_attendance(connection, id);
  Query(connection,
        "DELETE FROM minutes WHERE item_id IN (SELECT item_id FROM agenda_item WHERE case_id = ?1)",
        id)
      .run();
  Query(connection, "DELETE FROM agenda_item WHERE case_id = ?1", id).run();
  Query(connection,
        "UPDATE participant SET deputy_for_id = NULL WHERE deputy_for_id IN "
        "(SELECT participant_id FROM participant WHERE case_id = ?1)",
        id)
      .run();
  Query(connection, "DELETE FROM participant WHERE case_id = ?1", id).run();
}

void erase_plan(Connection& connection, const CaseId& id) {
  Query(connection,
        "DELETE FROM commitment_version WHERE commitment_id IN "
        "(SELECT commitment_id FROM commitment WHERE case_id = ?1)",
        id)
      .run();
  Query(connection, "DELETE FROM commitment WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM plan_version WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM plan WHERE case_id = ?1", id).run();
}

void erase_consents(Connection& connection, const CaseId& id) {
  Query(connection,
        "DELETE FROM consent_agency WHERE consent_id IN "
        "(SELECT consent_id FROM consent WHERE case_id = ?1)",
        id)
      .run();
  Query(connection,
        "DELETE FROM consent_kind WHERE consent_id IN "
        "(SELECT consent_id FROM consent WHERE case_id = ?1)",
        id)
      .run();
  Query(connection,
        "DELETE FROM consent_purpose WHERE consent_id IN "
        "(SELECT consent_id FROM consent WHERE case_id = ?1)",
        id)
      .run();
  Query(connection, "DELETE FROM consent WHERE case_id = ?1", id).run();
}

void erase_disclosures(Connection& connection, const CaseId& id) {
  Query(connection, "DELETE FROM shown_item WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM disclosure WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM duty_request WHERE case_id = ?1", id).run();
}

void erase_subject_access(Connection& connection, const CaseId& id) {
  Query(connection,
        "DELETE FROM subject_access_entry WHERE access_id IN "
        "(SELECT access_id FROM subject_access WHERE case_id = ?1)",
        id)
      .run();
  Query(connection, "DELETE FROM subject_access WHERE case_id = ?1", id).run();
}

void erase_what_keeps_out(Connection& connection, const CaseId& id) {
  Query(connection, "DELETE FROM case_block WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM case_handler WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM case_protection WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM emergency_opening WHERE case_id = ?1", id).run();
}

void erase_notes(Connection& connection, const CaseId& id) {
  Query(connection,
        "DELETE FROM note_recipient WHERE note_id IN (SELECT note_id FROM note WHERE case_id = ?1)",
        id)
      .run();
  Query(connection,
        "DELETE FROM note_version WHERE note_id IN (SELECT note_id FROM note WHERE case_id = ?1)",
        id)
      .run();
  Query(connection, "DELETE FROM note WHERE case_id = ?1", id).run();
}

}  // namespace

void Disposals::erase_content(const CaseId& id) {
  Connection& connection = *connection_;
  erase_at_meetings(connection, id);
  erase_plan(connection, id);
  erase_consents(connection, id);
  erase_disclosures(connection, id);
  erase_subject_access(connection, id);
  erase_what_keeps_out(connection, id);
  erase_notes(connection, id);
  Query(connection, "DELETE FROM assignment WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM case_state_change WHERE case_id = ?1", id).run();
  Query(connection, "DELETE FROM legal_hold WHERE case_id = ?1", id).run();
  Query(connection, "UPDATE disposal_item SET sealed_reason = NULL WHERE case_id = ?1", id).run();
  Query(connection,
        "UPDATE case_file SET sealed_subject = x'', sealed_birth_date = NULL, "
        "number_index = NULL, referred_on = '', "
        "referring_agency_id = coordinating_agency_id, version = version + 1 WHERE case_id = ?1",
        id)
      .run();
}

}  // namespace sspf::store
