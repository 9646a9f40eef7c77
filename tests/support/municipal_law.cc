// SPDX-License-Identifier: Apache-2.0
//
// Of a full municipality, what is asked of it: by law enforcement, and by the young person.
#include "sspf/v1/disclosure.pb.h"
#include "sspf/v1/protection.pb.h"
#include "sspf/v1/subject_access.pb.h"
#include "tests/support/full_municipality.h"
#include "tests/support/requests.h"

namespace sspf::test {
// A request by law to the school, and an emergency opening that waits for its review.
void FullMunicipality::ask_by_law(const std::string& number) {
  auto ask = about_case<v1::RegisterDutyRequestRequest>(number);
  ask.set_asking_agency_code("LPO-POL");
  ask.set_basis_code("L-2025-170-7");
  ask.set_received_on("2026-11-01");
  ask.set_question(marked("begäran"));
  note("duty_request",
       send<v1::RegisterDutyRequestResponse>(member(), "DutyService/RegisterDutyRequest", ask)
           .duty_request());
  auto emergency = about_case<v1::OpenInEmergencyRequest>(number);
  emergency.set_reason(marked("fara"));
  note("opening",
       send<v1::OpenInEmergencyResponse>(member(), "EmergencyService/OpenInEmergency", emergency)
           .opening());
}

std::string FullMunicipality::ask_for_access(const std::string& number) {
  auto open = about_case<v1::OpenSubjectAccessRequest>(number);
  open.set_asked_on("2026-11-20");
  open.set_asked_by(v1::SUBJECT_REQUESTER_YOUTH);
  const auto opened = send<v1::OpenSubjectAccessResponse>(
      coordinator(), "SubjectAccessService/OpenSubjectAccess", open);
  note("subject_access", opened.subject_access());
  return opened.subject_access();
}

// Its pieces, none of which is decided.
void FullMunicipality::note_entries(const std::string& number, const std::string& extract) {
  auto list = about_case<v1::ListSubjectAccessEntriesRequest>(number);
  list.set_subject_access(extract);
  const auto response = send<v1::ListSubjectAccessEntriesResponse>(
      coordinator(), "SubjectAccessService/ListSubjectAccessEntries", list);
  for (const v1::SubjectAccessEntry& entry : response.entries()) note("entry", entry.entry());
}

// The coordination releases its own and refers to the school.
void FullMunicipality::decide_access(const std::string& number, const std::string& extract) {
  auto list = about_case<v1::ListSubjectAccessEntriesRequest>(number);
  list.set_subject_access(extract);
  const auto response = send<v1::ListSubjectAccessEntriesResponse>(
      coordinator(), "SubjectAccessService/ListSubjectAccessEntries", list);
  for (const v1::SubjectAccessEntry& entry : response.entries()) {
    auto decide = about_case<v1::DecideSubjectAccessEntryRequest>(number);
    decide.set_entry(entry.entry());
    decide.set_decision(entry.owner_agency_code() == code_ + "-SSPF"
                            ? v1::SUBJECT_ACCESS_DECISION_RELEASED
                            : v1::SUBJECT_ACCESS_DECISION_REFERRED);
    send<v1::DecideSubjectAccessEntryResponse>(
        coordinator(), "SubjectAccessService/DecideSubjectAccessEntry", decide);
  }
}

void FullMunicipality::give_access(const std::string& number) {
  const std::string extract = ask_for_access(number);
  decide_access(number, extract);
  auto close = about_case<v1::CloseSubjectAccessRequest>(number);
  close.set_subject_access(extract);
  send<v1::CloseSubjectAccessResponse>(coordinator(), "SubjectAccessService/CloseSubjectAccess",
                                       close);
}

}  // namespace sspf::test
