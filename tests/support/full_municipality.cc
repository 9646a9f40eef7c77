// SPDX-License-Identifier: Apache-2.0
#include "tests/support/full_municipality.h"

#include "sspf/v1/account.pb.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/disclosure.pb.h"
#include "sspf/v1/disposal.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"
#include "sspf/v1/protection.pb.h"
#include "tests/support/consent_form.h"
#include "tests/support/requests.h"

namespace sspf::test {
namespace {

// 2026-12-01T12:00:00Z.
constexpr std::int64_t meeting_starts = 1'796'126'400;

}  // namespace

FullMunicipality::FullMunicipality(TestServer& server, const std::string& code)
    : server_(server), code_(code), marker_("QZX" + code) {
  make_people();
  const bool first = code == "TYR";
  make_case(first ? "201105232399" : "201302222391");
  make_case("");
  const auto cases = vocabulary_["case_number"];
  plan(cases[0]);
  make_meeting(cases[0]);
  make_meeting(cases[1]);
  open(vocabulary_["meeting_number"][1]);
  retain(cases[0]);
  list_certificates();
  ask_by_law(cases[0]);
  give_access(cases[0]);  // and another is begun
  note_entries(cases[0], ask_for_access(cases[0]));
  decide_access(cases[1], ask_for_access(cases[1]));
  keep_out();
  review();
  raise_alerts();
  secrets_.push_back(marker_);
  for (const auto& [field, values] : vocabulary_) {
    secrets_.insert(secrets_.end(), values.begin(), values.end());
  }
  // Shared, or not theirs: they may be shown to the other municipality.
  note("agency_code", "LPO-POL");
  note("municipality_code", code);
}

void FullMunicipality::make_people() {
  const std::string suffix = code_ == "TYR" ? ".tyr" : ".nac";
  const std::string own = code_ + "-SSPF";
  const auto make = [&](const std::string& name, const std::string& agency, v1::Role role) {
    people_.push_back(make_account(server_, {name + suffix + ".qzx", agency, role, {code_}}));
    note("handle", people_.back().handle);
  };
  make("ada", own, v1::ROLE_ADMINISTRATOR);
  make("bo", own, v1::ROLE_COORDINATOR);
  make("cia", code_ + "-SKO", v1::ROLE_MEMBER);
  make("dan", own, v1::ROLE_AUDITOR);
  make("eva", own, v1::ROLE_COORDINATOR);
  make("fia", own, v1::ROLE_AUDITOR);
  note("agency_code", own);
  note("agency_code", code_ + "-SKO");
}

void FullMunicipality::make_case(const std::string& identity_number) {
  v1::CreateCaseRequest create;
  create.set_municipality_code(code_);
  create.set_kind(v1::CASE_KIND_INDIVIDUAL);
  create.set_title(marked("titel"));
  create.set_identity_number(identity_number);
  create.set_referring_agency_code(code_ + "-SKO");
  create.set_concern(marked("oro"));
  const auto number =
      send<v1::CreateCaseResponse>(coordinator(), "CaseService/CreateCase", create).number();
  note("case_number", number);
  if (!identity_number.empty()) note("identity_number", identity_number);
  agree(number);
  auto assign = about_case<v1::AssignAccountRequest>(number);
  assign.set_handle(member().handle);
  send<v1::AssignAccountResponse>(coordinator(), "CaseService/AssignAccount", assign);
  auto add = about_case<v1::AddNoteRequest>(number);
  add.set_text(marked("anteckning"));
  note("note", send<v1::AddNoteResponse>(member(), "CaseService/AddNote", add).note());
}

void FullMunicipality::agree(const std::string& number) {
  auto record = about_case<v1::RecordConsentRequest>(number);
  for (const auto role : {v1::SIGNATORY_ROLE_GUARDIAN, v1::SIGNATORY_ROLE_YOUTH}) {
    v1::Signatory& signatory = *record.add_signatories();
    signatory.set_role(role);
    signatory.set_name(marked("undertecknare"));
    signatory.set_signed_on("2026-10-30");
  }
  record.add_agency_codes(code_ + "-SKO");
  for (const auto kind : {v1::INFORMATION_KIND_IDENTITY, v1::INFORMATION_KIND_MAPPING,
                          v1::INFORMATION_KIND_PLAN, v1::INFORMATION_KIND_MINUTES}) {
    record.add_kinds(kind);
  }
  record.set_from_date("2026-11-01");
  record.set_to_date("2027-01-31");
  fill_in_form(record);
  note("consent",
       send<v1::RecordConsentResponse>(coordinator(), "ConsentService/RecordConsent", record)
           .consent());
  for (const auto state : {v1::CASE_STATE_CONSENT_PENDING, v1::CASE_STATE_MAPPING}) {
    auto advance = about_case<v1::AdvanceCaseRequest>(number);
    const auto shown = send<v1::GetCaseResponse>(coordinator(), "CaseService/GetCase",
                                                 about_case<v1::GetCaseRequest>(number));
    advance.set_version(shown.case_().version());
    advance.set_state(state);
    send<v1::AdvanceCaseResponse>(coordinator(), "CaseService/AdvanceCase", advance);
  }
}

// Two cases with a protected identity, one with one handler and one with two, and a block.
void FullMunicipality::keep_out() {
  for (const bool both : {false, true}) {
    make_case("");
    const std::string number = vocabulary_["case_number"].back();
    auto protect = about_case<v1::ProtectIdentityRequest>(number);
    protect.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
    send<v1::ProtectIdentityResponse>(coordinator(), "ProtectionService/ProtectIdentity", protect);
    if (both) {
      auto handler = about_case<v1::AddHandlerRequest>(number);
      handler.set_handle(member().handle);
      send<v1::AddHandlerResponse>(coordinator(), "ProtectionService/AddHandler", handler);
      continue;
    }
    auto block = about_case<v1::BlockAccountRequest>(number);
    block.set_handle(member().handle);
    block.set_reason(marked("jäv"));
    send<v1::BlockAccountResponse>(coordinator(), "BlockService/BlockAccount", block);
  }
}

void FullMunicipality::plan(const std::string& number) {
  auto create = about_case<v1::CreatePlanRequest>(number);
  create.mutable_content()->add_goals(marked("mål"));
  create.mutable_content()->set_review_date("2027-01-15");
  send<v1::CreatePlanResponse>(coordinator(), "PlanService/CreatePlan", create);
  auto add = about_case<v1::AddCommitmentRequest>(number);
  add.mutable_draft()->set_agency_code(code_ + "-SKO");
  add.mutable_draft()->set_responsible(marked("ansvarig"));
  add.mutable_draft()->set_action(marked("åtgärd"));
  add.mutable_draft()->set_due_date("2027-01-15");
  note("commitment",
       send<v1::AddCommitmentResponse>(member(), "CommitmentService/AddCommitment", add)
           .commitment());
}

void FullMunicipality::make_meeting(const std::string& case_number) {
  v1::CreateMeetingRequest create;
  create.set_municipality_code(code_);
  create.mutable_starts_at()->set_seconds(meeting_starts);
  create.mutable_ends_at()->set_seconds(meeting_starts + 3600);
  create.set_place(marked("plats"));
  const auto meeting =
      send<v1::CreateMeetingResponse>(coordinator(), "MeetingService/CreateMeeting", create)
          .number();
  note("meeting_number", meeting);
  auto of_case = about_meeting<v1::AddAgendaItemRequest>(meeting);
  of_case.set_kind(v1::AGENDA_ITEM_KIND_CASE);
  of_case.set_case_number(case_number);
  auto general = about_meeting<v1::AddAgendaItemRequest>(meeting);
  general.set_kind(v1::AGENDA_ITEM_KIND_GENERAL);
  general.set_title(marked("punkt"));
  for (const auto& request : {of_case, general}) {
    note("item",
         send<v1::AddAgendaItemResponse>(coordinator(), "AgendaService/AddAgendaItem", request)
             .item());
  }
  invite(meeting, case_number);
}

void FullMunicipality::invite(const std::string& meeting, const std::string& case_number) {
  auto account = about_meeting<v1::AddParticipantRequest>(meeting);
  account.set_handle(member().handle);
  auto guest = about_meeting<v1::AddParticipantRequest>(meeting);
  guest.set_guest_name(marked("gäst"));
  auto guardian = about_meeting<v1::AddParticipantRequest>(meeting);
  guardian.set_guest_name(marked("vårdnadshavare"));
  guardian.set_case_number(case_number);
  for (const auto& request : {account, guest, guardian}) {
    note("participant",
         send<v1::AddParticipantResponse>(coordinator(), "MeetingService/AddParticipant", request)
             .participant());
  }
}

void FullMunicipality::open(const std::string& meeting) {
  auto open = about_meeting<v1::OpenMeetingRequest>(meeting);
  open.set_version(1);
  send<v1::OpenMeetingResponse>(coordinator(), "MeetingService/OpenMeeting", open);
  const auto items = send<v1::ListAgendaResponse>(coordinator(), "AgendaService/ListAgenda",
                                                  about_meeting<v1::ListAgendaRequest>(meeting));
  for (const v1::AgendaItem& item : items.items()) {
    if (item.kind() != v1::AGENDA_ITEM_KIND_CASE) continue;
    auto record = about_meeting<v1::RecordMinutesRequest>(meeting);
    record.set_item(item.item());
    record.set_version(item.version());
    record.set_notes(marked("minnesanteckning"));
    record.set_decision(marked("beslut"));
    send<v1::RecordMinutesResponse>(coordinator(), "AgendaService/RecordMinutes", record);
  }
}

void FullMunicipality::list_certificates() {
  for (const Account& person : people_) {
    v1::ListCertificatesRequest request;
    request.set_handle(person.handle);
    const auto certificates = send<v1::ListCertificatesResponse>(
        administrator(), "AccountService/ListCertificates", request);
    for (const auto& each : certificates.certificates()) note("serial", each.serial());
  }
}

std::string FullMunicipality::as_seen() {
  std::string seen;
  const auto look = [&](const Account& by, const std::string& rpc,
                        const google::protobuf::Message& request) {
    const Answered answered = server_.call(by, "sspf.v1." + rpc, request);
    seen += rpc + " " + answered.summary() + "\n";
    for (const std::string& body : answered.bodies) seen += body;
  };
  for (const std::string& number : vocabulary_["case_number"]) {
    look(coordinator(), "CaseService/GetCase", about_case<v1::GetCaseRequest>(number));
    look(coordinator(), "CaseService/ListNotes", about_case<v1::ListNotesRequest>(number));
    look(coordinator(), "CaseService/ListAssignments",
         about_case<v1::ListAssignmentsRequest>(number));
    look(coordinator(), "ConsentService/ListConsents", about_case<v1::ListConsentsRequest>(number));
    look(coordinator(), "RetentionService/GetRetention",
         about_case<v1::GetRetentionRequest>(number));
    look(coordinator(), "PlanService/GetPlan", about_case<v1::GetPlanRequest>(number));
    look(member(), "PlanService/ListPlanVersions", about_case<v1::ListPlanVersionsRequest>(number));
  }
  for (const std::string& number : vocabulary_["meeting_number"]) {
    look(coordinator(), "MeetingService/GetMeeting", about_meeting<v1::GetMeetingRequest>(number));
    look(coordinator(), "MeetingService/ListParticipants",
         about_meeting<v1::ListParticipantsRequest>(number));
    look(coordinator(), "AgendaService/ListAgenda", about_meeting<v1::ListAgendaRequest>(number));
    look(coordinator(), "AttendanceService/ListAttendance",
         about_meeting<v1::ListAttendanceRequest>(number));
  }
  look(coordinator(), "CaseService/ListCases", v1::ListCasesRequest());
  look(coordinator(), "MeetingService/ListMeetings", v1::ListMeetingsRequest());
  look(administrator(), "AccountService/ListAccounts", v1::ListAccountsRequest());
  for (const std::string& list : vocabulary_["list"]) {
    v1::GetDisposalListRequest disposal;
    disposal.set_municipality_code(code_);
    disposal.set_list(list);
    look(administrator(), "DisposalService/GetDisposalList", disposal);
  }
  v1::ListRetentionRulesRequest rules;
  rules.set_municipality_code(code_);
  look(administrator(), "RetentionService/ListRetentionRules", rules);
  v1::GetAgendaTemplateRequest agenda;
  agenda.set_municipality_code(code_);
  look(coordinator(), "AgendaService/GetAgendaTemplate", agenda);
  for (const std::string& handle : vocabulary_["handle"]) {
    v1::ListCertificatesRequest certificates;
    certificates.set_handle(handle);
    look(administrator(), "AccountService/ListCertificates", certificates);
  }
  return seen;
}

}  // namespace sspf::test
