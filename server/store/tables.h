// SPDX-License-Identifier: Apache-2.0
//
// Tables: what a handler may see of a Unit. It holds no way to run SQL of one's own, to commit, or
// to look up a case or a meeting without an access object.
#pragma once

#include "server/store/accounts.h"
#include "server/store/agenda.h"
#include "server/store/alert_watching.h"
#include "server/store/alerts.h"
#include "server/store/attendance.h"
#include "server/store/audit_log.h"
#include "server/store/bases.h"
#include "server/store/cases.h"
#include "server/store/commitments.h"
#include "server/store/consents.h"
#include "server/store/details_erasures.h"
#include "server/store/directory.h"
#include "server/store/disclosures.h"
#include "server/store/disposals.h"
#include "server/store/duty_requests.h"
#include "server/store/incidents.h"
#include "server/store/meetings.h"
#include "server/store/notes.h"
#include "server/store/openings.h"
#include "server/store/participants.h"
#include "server/store/plans.h"
#include "server/store/processing_register.h"
#include "server/store/protection.h"
#include "server/store/reidentifications.h"
#include "server/store/reports.h"
#include "server/store/retention.h"
#include "server/store/review_acts.h"
#include "server/store/review_facts.h"
#include "server/store/reviews.h"
#include "server/store/subject_access.h"

namespace sspf::store {

struct Tables {
  explicit Tables(Connection& connection)
      : directory(connection),
        accounts(connection),
        cases(connection),
        notes(connection),
        consents(connection),
        bases(connection),
        disclosures(connection),
        duty_requests(connection),
        protection(connection),
        openings(connection),
        meetings(connection),
        agenda(connection),
        participants(connection),
        attendance(connection),
        plans(connection),
        commitments(connection),
        retention(connection),
        disposals(connection),
        subject_accesses(connection),
        reviews(connection),
        review_acts(connection),
        review_facts(connection),
        reidentifications(connection),
        incidents(connection),
        details_erasures(connection),
        alerts(connection),
        alert_watching(connection),
        processing_register(connection),
        reports(connection),
        audit_log(connection) {}

  Directory directory;
  Accounts accounts;
  Cases cases;
  Notes notes;
  Consents consents;
  Bases bases;
  Disclosures disclosures;
  DutyRequests duty_requests;
  Protection protection;
  Openings openings;
  Meetings meetings;
  Agenda agenda;
  Participants participants;
  AttendanceList attendance;
  Plans plans;
  Commitments commitments;
  Retention retention;
  Disposals disposals;
  SubjectAccesses subject_accesses;
  Reviews reviews;
  ReviewActs review_acts;
  ReviewFacts review_facts;
  Reidentifications reidentifications;
  Incidents incidents;
  DetailsErasures details_erasures;
  Alerts alerts;
  AlertWatching alert_watching;
  ProcessingRegister processing_register;
  Reports reports;
  AuditLog audit_log;
};

}  // namespace sspf::store
