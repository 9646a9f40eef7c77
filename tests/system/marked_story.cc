// SPDX-License-Identifier: Apache-2.0
#include "tests/system/marked_story.h"

#include "server/base/clock.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/disposal.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/options.pb.h"
#include "sspf/v1/plan.pb.h"
#include "tests/support/consent_form.h"
#include "tests/support/town.h"

namespace sspf::test {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void collect_sealed(const Message& message, std::set<std::string>& sealed) {
  std::vector<const FieldDescriptor*> there;
  const auto& reflection = *message.GetReflection();
  reflection.ListFields(message, &there);
  for (const FieldDescriptor* field : there) {
    if (field->options().GetExtension(v1::rule).sealed()) sealed.insert(field->full_name());
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      collect_sealed(reflection.GetMessage(message, field), sealed);
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      collect_sealed(reflection.GetRepeatedMessage(message, field, i), sealed);
    }
  }
}

void fill(v1::PlanContent& content) {
  content.set_problem_areas(marked("problem areas"));
  content.set_strengths(marked("strengths"));
  content.add_goals(marked("goal"));
  content.set_youth_view(marked("youth's view"));
  content.set_guardian_view(marked("guardian's view"));
  content.set_review_date(day(60));
}

void fill(v1::CommitmentDraft& draft) {
  draft.set_agency_code("TYR-SKO");
  draft.set_responsible(marked("responsible"));
  draft.set_action(marked("action"));
  draft.set_due_date(day(30));
}

void sign(v1::RecordConsentRequest& request, v1::SignatoryRole role) {
  v1::Signatory& signatory = *request.add_signatories();
  signatory.set_role(role);
  signatory.set_name(marked("signatory"));
  signatory.set_signed_on(day(-1));
}

}  // namespace

MarkedStory::MarkedStory(const Site& site, const SiteServer& server) : port_(server.port()) {
  make_people(site);
  refer();
  agree();
  take_notes();
  meet();
  plan();
  follow_up();
  disclose();
  extract();
  keep_out();
  review();
  retain();
}

void MarkedStory::note_sent(const Message& request) { collect_sealed(request, sent_); }

void MarkedStory::make_people(const Site& site) {
  root_ = std::make_unique<Caller>(port_, enroll(port_, site.code()));
  make_directory(*root_);
  v1::CreateMunicipalityRequest municipality;
  municipality.set_code("QZXJ");
  municipality.set_name(marked("municipality"));
  send<v1::CreateMunicipalityResponse>(*root_, "MunicipalityService/CreateMunicipality",
                                       municipality);
  v1::CreateAgencyRequest agency;
  agency.set_code("QZXJ-SKO");
  agency.set_name(marked("agency"));
  agency.set_kind(v1::AGENCY_KIND_SCHOOL);
  agency.add_municipality_codes("QZXJ");
  send<v1::CreateAgencyResponse>(*root_, "AgencyService/CreateAgency", agency);
  coordinator_ = std::make_unique<Caller>(
      port_,
      enroll(port_, make_account(*root_, {"anna", "TYR-SSPF", v1::ROLE_COORDINATOR, "TYR"})));
  member_ = std::make_unique<Caller>(
      port_, enroll(port_, make_account(*root_, {"sven", "TYR-SKO", v1::ROLE_MEMBER, "TYR"})));
}

void MarkedStory::refer() {
  v1::CreateCaseRequest request;
  request.set_municipality_code("TYR");
  request.set_kind(v1::CASE_KIND_INDIVIDUAL);
  request.set_title(marked("title"));
  request.set_identity_number(story_identity_number);
  request.set_birth_date(story_birth_date);
  request.set_referring_agency_code("TYR-SKO");
  request.set_concern(marked("concern"));
  case_number_ =
      send<v1::CreateCaseResponse>(*coordinator_, "CaseService/CreateCase", request).number();
  v1::FindCaseRequest find;
  find.set_municipality_code("TYR");
  find.set_identity_number(story_identity_number);
  send<v1::FindCaseResponse>(*coordinator_, "CaseService/FindCase", find);
}

void MarkedStory::advance(v1::CaseState state) {
  v1::GetCaseRequest get;
  get.set_case_number(case_number_);
  const auto found = send<v1::GetCaseResponse>(*coordinator_, "CaseService/GetCase", get);
  v1::AdvanceCaseRequest request;
  request.set_case_number(case_number_);
  request.set_version(found.case_().version());
  request.set_state(state);
  request.set_reason(marked("reason"));
  send<v1::AdvanceCaseResponse>(*coordinator_, "CaseService/AdvanceCase", request);
}

void MarkedStory::agree() {
  advance(v1::CASE_STATE_CONSENT_PENDING);
  v1::RecordConsentRequest request;
  request.set_case_number(case_number_);
  sign(request, v1::SIGNATORY_ROLE_GUARDIAN);
  sign(request, v1::SIGNATORY_ROLE_YOUTH);
  request.add_agency_codes("TYR-SKO");
  for (const auto kind : {v1::INFORMATION_KIND_IDENTITY, v1::INFORMATION_KIND_MAPPING,
                          v1::INFORMATION_KIND_PLAN, v1::INFORMATION_KIND_MINUTES}) {
    request.add_kinds(kind);
  }
  request.set_from_date(day(-1));
  request.set_to_date(day(90));
  fill_in_form(request);
  request.set_youth_view(marked("child's view"));
  request.mutable_signature_override()->set_role(v1::SIGNATORY_ROLE_GUARDIAN);
  request.mutable_signature_override()->set_reason(marked("override"));
  send<v1::RecordConsentResponse>(*coordinator_, "ConsentService/RecordConsent", request);
  advance(v1::CASE_STATE_MAPPING);
  v1::AssignAccountRequest assign;
  assign.set_case_number(case_number_);
  assign.set_handle("sven");
  send<v1::AssignAccountResponse>(*coordinator_, "CaseService/AssignAccount", assign);
}

void MarkedStory::take_notes() {
  v1::AddNoteRequest request;
  request.set_case_number(case_number_);
  request.set_text(marked("note"));
  const auto note = send<v1::AddNoteResponse>(*member_, "CaseService/AddNote", request);
  v1::CorrectNoteRequest correct;
  correct.set_case_number(case_number_);
  correct.set_note(note.note());
  correct.set_version(note.version());
  correct.set_text(marked("corrected note"));
  send<v1::CorrectNoteResponse>(*member_, "CaseService/CorrectNote", correct);
  v1::ListNotesRequest list;
  list.set_case_number(case_number_);
  send<v1::ListNotesResponse>(*coordinator_, "CaseService/ListNotes", list);
}

void MarkedStory::meet() {
  v1::CreateMeetingRequest request;
  request.set_municipality_code("TYR");
  const std::int64_t now = system_clock()().microseconds / 1'000'000;
  request.mutable_starts_at()->set_seconds(now + 3600);
  request.mutable_ends_at()->set_seconds(now + 7200);
  request.set_place(marked("place"));
  const auto meeting =
      send<v1::CreateMeetingResponse>(*coordinator_, "MeetingService/CreateMeeting", request);
  v1::AddParticipantRequest guest;
  guest.set_meeting_number(meeting.number());
  guest.set_guest_name(marked("guest"));
  send<v1::AddParticipantResponse>(*coordinator_, "MeetingService/AddParticipant", guest);
  v1::AddAgendaItemRequest add;
  add.set_meeting_number(meeting.number());
  add.set_kind(v1::AGENDA_ITEM_KIND_GENERAL);
  add.set_title(marked("item"));
  const auto item =
      send<v1::AddAgendaItemResponse>(*coordinator_, "AgendaService/AddAgendaItem", add);
  v1::GetMeetingRequest get;
  get.set_meeting_number(meeting.number());
  const auto found = send<v1::GetMeetingResponse>(*coordinator_, "MeetingService/GetMeeting", get);
  v1::OpenMeetingRequest open;
  open.set_meeting_number(meeting.number());
  open.set_version(found.meeting().version());
  send<v1::OpenMeetingResponse>(*coordinator_, "MeetingService/OpenMeeting", open);
  v1::RecordMinutesRequest minutes;
  minutes.set_meeting_number(meeting.number());
  minutes.set_item(item.item());
  minutes.set_version(item.version());
  minutes.set_notes(marked("notes"));
  minutes.set_decision(marked("decision"));
  send<v1::RecordMinutesResponse>(*coordinator_, "AgendaService/RecordMinutes", minutes);
}

void MarkedStory::plan() {
  v1::CreatePlanRequest request;
  request.set_case_number(case_number_);
  fill(*request.mutable_content());
  const auto made = send<v1::CreatePlanResponse>(*coordinator_, "PlanService/CreatePlan", request);
  v1::RevisePlanRequest revise;
  revise.set_case_number(case_number_);
  revise.set_version(made.version());
  fill(*revise.mutable_content());
  send<v1::RevisePlanResponse>(*coordinator_, "PlanService/RevisePlan", revise);
}

void MarkedStory::follow_up() {
  v1::AddCommitmentRequest add;
  add.set_case_number(case_number_);
  fill(*add.mutable_draft());
  const auto added =
      send<v1::AddCommitmentResponse>(*member_, "CommitmentService/AddCommitment", add);
  v1::ChangeCommitmentRequest change;
  change.set_case_number(case_number_);
  change.set_commitment(added.commitment());
  change.set_version(added.version());
  fill(*change.mutable_draft());
  const auto changed =
      send<v1::ChangeCommitmentResponse>(*member_, "CommitmentService/ChangeCommitment", change);
  advance(v1::CASE_STATE_PLAN_ACTIVE);
  v1::LogProgressRequest log;
  log.set_case_number(case_number_);
  log.set_commitment(added.commitment());
  log.set_version(changed.version());
  log.set_status(v1::COMMITMENT_STATUS_STARTED);
  log.set_rag(v1::RAG_STATUS_YELLOW);
  log.set_text(marked("progress"));
  log.set_cause(marked("cause"));
  log.set_measures(marked("measures"));
  send<v1::LogProgressResponse>(*member_, "CommitmentService/LogProgress", log);
}

void MarkedStory::retain() {
  v1::SetLegalHoldRequest hold;
  hold.set_case_number(case_number_);
  hold.set_reason(marked("hold"));
  send<v1::SetLegalHoldResponse>(*coordinator_, "RetentionService/SetLegalHold", hold);
  v1::GetRetentionRequest get;
  get.set_case_number(case_number_);
  send<v1::GetRetentionResponse>(*coordinator_, "RetentionService/GetRetention", get);
  // The case is on no list: what is refused is not stored either.
  v1::ReviewDisposalItemRequest review;
  review.set_case_number(case_number_);
  review.set_list("zzzzzzzz");
  review.set_verdict(v1::DISPOSAL_VERDICT_KEEP);
  review.set_reason(marked("review"));
  collect_sealed(review, sent_);
  const auto refused = coordinator_->try_call("sspf.v1.DisposalService/ReviewDisposalItem", review);
  if (!refused || refused->ok()) throw std::runtime_error("a case is on a list that is not there");
}

}  // namespace sspf::test
