// SPDX-License-Identifier: Apache-2.0
//
// The story's chapters about the law: what was given and asked for, and what keeps people out.
#include "sspf/v1/disclosure.pb.h"
#include "sspf/v1/protection.pb.h"
#include "sspf/v1/subject_access.pb.h"
#include "tests/system/marked_story.h"

namespace sspf::test {

void MarkedStory::disclose() {
  v1::AddNoteRequest note;
  note.set_case_number(case_number_);
  note.set_text(marked("note to give"));
  const auto noted = send<v1::AddNoteResponse>(*member_, "CaseService/AddNote", note);
  v1::RecordDisclosureRequest give;
  give.set_case_number(case_number_);
  give.set_note(noted.note());
  give.set_version(1);
  give.set_recipient_agency_code("TYR-SSPF");
  give.set_basis_code("OSL-10-2");
  give.set_decided_by(marked("decider"));
  give.set_reasoning(marked("assessment"));
  send<v1::RecordDisclosureResponse>(*member_, "DisclosureService/RecordDisclosure", give);
  v1::RegisterDutyRequestRequest ask;
  ask.set_case_number(case_number_);
  ask.set_asking_agency_code("TYR-SSPF");
  ask.set_basis_code("OSL-10-28");
  ask.set_received_on("2026-01-07");
  ask.set_question(marked("question"));
  const auto asked =
      send<v1::RegisterDutyRequestResponse>(*member_, "DutyService/RegisterDutyRequest", ask);
  v1::AnswerDutyRequestRequest answer;
  answer.set_case_number(case_number_);
  answer.set_duty_request(asked.duty_request());
  answer.set_answer(v1::DUTY_ANSWER_GIVEN);
  answer.set_decided_by(marked("decider"));
  answer.set_reasoning(marked("balancing"));
  send<v1::AnswerDutyRequestResponse>(*member_, "DutyService/AnswerDutyRequest", answer);
  v1::ListDisclosuresRequest disclosures;
  disclosures.set_case_number(case_number_);
  send<v1::ListDisclosuresResponse>(*member_, "DisclosureService/ListDisclosures", disclosures);
  v1::ListDutyRequestsRequest duties;
  duties.set_case_number(case_number_);
  send<v1::ListDutyRequestsResponse>(*member_, "DutyService/ListDutyRequests", duties);
}

// The member's agency releases one piece in other words and withholds the rest; the coordinator's
// is released as it is.
void MarkedStory::extract() {
  v1::OpenSubjectAccessRequest open;
  open.set_case_number(case_number_);
  open.set_asked_on("2026-01-07");
  open.set_asked_by(v1::SUBJECT_REQUESTER_YOUTH);
  v1::ListSubjectAccessEntriesRequest list;
  list.set_case_number(case_number_);
  list.set_subject_access(send<v1::OpenSubjectAccessResponse>(
                              *coordinator_, "SubjectAccessService/OpenSubjectAccess", open)
                              .subject_access());
  const std::string queue = "SubjectAccessService/ListSubjectAccessEntries";
  const std::string decision = "SubjectAccessService/DecideSubjectAccessEntry";
  bool is_first = true;
  const auto of_member = send<v1::ListSubjectAccessEntriesResponse>(*member_, queue, list);
  for (const auto& entry : of_member.entries()) {
    v1::DecideSubjectAccessEntryRequest decide;
    decide.set_case_number(case_number_);
    decide.set_entry(entry.entry());
    decide.set_decision(is_first ? v1::SUBJECT_ACCESS_DECISION_REDACTED
                                 : v1::SUBJECT_ACCESS_DECISION_WITHHELD);
    if (is_first) {
      decide.set_redacted_text(marked("redacted"));
    } else {
      decide.set_paragraph("26 kap. 1 § OSL");
      decide.set_reason(marked("withheld for"));
    }
    is_first = false;
    send<v1::DecideSubjectAccessEntryResponse>(*member_, decision, decide);
  }
  const auto of_all = send<v1::ListSubjectAccessEntriesResponse>(*coordinator_, queue, list);
  for (const auto& entry : of_all.entries()) {
    if (entry.decision() != v1::SUBJECT_ACCESS_DECISION_UNSPECIFIED) continue;
    v1::DecideSubjectAccessEntryRequest decide;
    decide.set_case_number(case_number_);
    decide.set_entry(entry.entry());
    decide.set_decision(v1::SUBJECT_ACCESS_DECISION_RELEASED);
    send<v1::DecideSubjectAccessEntryResponse>(*coordinator_, decision, decide);
  }
  v1::CloseSubjectAccessRequest close;
  close.set_case_number(case_number_);
  close.set_subject_access(list.subject_access());
  send<v1::CloseSubjectAccessResponse>(*coordinator_, "SubjectAccessService/CloseSubjectAccess",
                                       close);
  v1::ExportSubjectAccessRequest fetch;
  fetch.set_case_number(case_number_);
  fetch.set_subject_access(list.subject_access());
  send<v1::ExportSubjectAccessResponse>(*coordinator_, "SubjectAccessService/ExportSubjectAccess",
                                        fetch);
}

void MarkedStory::keep_out() {
  v1::OpenInEmergencyRequest emergency;
  emergency.set_case_number(case_number_);
  emergency.set_reason(marked("danger"));
  const auto opened =
      send<v1::OpenInEmergencyResponse>(*member_, "EmergencyService/OpenInEmergency", emergency);
  v1::ReviewOpeningRequest review;
  review.set_case_number(case_number_);
  review.set_opening(opened.opening());
  review.set_verdict(v1::OPENING_VERDICT_JUSTIFIED);
  review.set_comment(marked("comment"));
  send<v1::ReviewOpeningResponse>(*coordinator_, "EmergencyService/ReviewOpening", review);
  v1::ListOpeningsRequest openings;
  openings.set_case_number(case_number_);
  send<v1::ListOpeningsResponse>(*coordinator_, "EmergencyService/ListOpenings", openings);
  v1::BlockAccountRequest block;
  block.set_case_number(case_number_);
  block.set_handle("sven");
  block.set_reason(marked("conflict"));
  send<v1::BlockAccountResponse>(*coordinator_, "BlockService/BlockAccount", block);
  v1::ListBlocksRequest blocks;
  blocks.set_case_number(case_number_);
  send<v1::ListBlocksResponse>(*coordinator_, "BlockService/ListBlocks", blocks);
}

}  // namespace sspf::test
