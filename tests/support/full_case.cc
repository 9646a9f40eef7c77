// SPDX-License-Identifier: Apache-2.0
#include "tests/support/full_case.h"

#include "sspf/v1/disclosure.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"
#include "sspf/v1/protection.pb.h"
#include "sspf/v1/subject_access.pb.h"

namespace sspf::test {
namespace {

// 2020-03-10 at noon.
constexpr std::int64_t old_meeting = 1'583'838'000;

template <typename Request>
Request at(const std::string& meeting) {
  Request request;
  request.set_meeting_number(meeting);
  return request;
}

class Making {
 public:
  explicit Making(Disposing& town) : town_(town) {}

  void agree(const std::string& number) {
    Terms terms;
    terms.from_date = "2020-02-01";
    terms.to_date = "2020-12-31";
    terms.signers = "g";
    v1::RecordConsentRequest consent = new_consent(number, terms);
    for (v1::Signatory& each : *consent.mutable_signatories()) each.set_signed_on("2020-02-01");
    get<v1::RecordConsentResponse>("ConsentService/RecordConsent", consent);
  }
  void take_notes(const std::string& number) {
    const std::string note = town_.load.note(town_.coordinator, number, "En anteckning.");
    auto correct = of_case<v1::CorrectNoteRequest>(number);
    correct.set_note(note);
    correct.set_version(1);
    correct.set_text("En rättad anteckning.");
    correct.add_recipient_agency_codes("TYR-SKO");
    get<v1::CorrectNoteResponse>("CaseService/CorrectNote", correct);
  }
  // The register of what others were shown, what was given and asked for, and what keeps out.
  void disclose(const std::string& number) {
    const auto notes = town_.load.notes(town_.cast.school_tyr, number);
    auto give = of_case<v1::RecordDisclosureRequest>(number);
    give.set_note(notes.at(0).note());
    give.set_version(1);
    give.set_recipient_agency_code("LPO-POL");
    give.set_basis_code("OSL-10-2");
    give.set_decided_by("Cia Chef");
    give.set_reasoning("Behövs.");
    get<v1::RecordDisclosureResponse>("DisclosureService/RecordDisclosure", give);
    auto ask = of_case<v1::RegisterDutyRequestRequest>(number);
    ask.set_asking_agency_code("LPO-POL");
    ask.set_basis_code("OSL-10-28");
    ask.set_received_on("2020-03-01");
    ask.set_question("Närvaro?");
    get<v1::RegisterDutyRequestResponse>("DutyService/RegisterDutyRequest", ask);
    auto block = of_case<v1::BlockAccountRequest>(number);
    block.set_handle(town_.cast.school2_tyr.handle);
    block.set_reason("Syskon.");
    get<v1::BlockAccountResponse>("BlockService/BlockAccount", block);
    auto protect = of_case<v1::ProtectIdentityRequest>(number);
    protect.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
    auto emergency = of_case<v1::OpenInEmergencyRequest>(number);
    emergency.set_reason("Fara.");
    town_.load.get<v1::OpenInEmergencyResponse>(town_.cast.police,
                                                "EmergencyService/OpenInEmergency", emergency);
    get<v1::ProtectIdentityResponse>("ProtectionService/ProtectIdentity", protect);
    for (const std::string& handle :
         {town_.reviewer.handle, town_.executor.handle, town_.cast.school_tyr.handle}) {
      auto handler = of_case<v1::AddHandlerRequest>(number);
      handler.set_handle(handle);
      get<v1::AddHandlerResponse>("ProtectionService/AddHandler", handler);
    }
  }
  void plan(const std::string& number) {
    auto create = of_case<v1::CreatePlanRequest>(number);
    create.mutable_content()->add_goals("Närvaro.");
    create.mutable_content()->set_review_date("2020-06-01");
    get<v1::CreatePlanResponse>("PlanService/CreatePlan", create);
    auto add = of_case<v1::AddCommitmentRequest>(number);
    add.mutable_draft()->set_agency_code("TYR-SKO");
    add.mutable_draft()->set_responsible("Mentor");
    add.mutable_draft()->set_action("Ringer hem.");
    add.mutable_draft()->set_due_date("2020-06-01");
    get<v1::AddCommitmentResponse>("CommitmentService/AddCommitment", add);
  }
  // An extract for the young person.
  void extract(const std::string& number) {
    auto open = of_case<v1::OpenSubjectAccessRequest>(number);
    open.set_asked_on("2020-03-01");
    open.set_asked_by(v1::SUBJECT_REQUESTER_YOUTH);
    auto list = of_case<v1::ListSubjectAccessEntriesRequest>(number);
    list.set_subject_access(
        get<v1::OpenSubjectAccessResponse>("SubjectAccessService/OpenSubjectAccess", open)
            .subject_access());
    const auto queue = town_.load.get<v1::ListSubjectAccessEntriesResponse>(
        town_.coordinator, "SubjectAccessService/ListSubjectAccessEntries", list);
    auto decide = of_case<v1::DecideSubjectAccessEntryRequest>(number);
    for (const v1::SubjectAccessEntry& entry : queue.entries()) {
      decide.set_entry(entry.entry());
      decide.set_decision(entry.owner_agency_code() == "TYR-SSPF"
                              ? v1::SUBJECT_ACCESS_DECISION_RELEASED
                              : v1::SUBJECT_ACCESS_DECISION_REFERRED);
      get<v1::DecideSubjectAccessEntryResponse>("SubjectAccessService/DecideSubjectAccessEntry",
                                                decide);
    }
    auto close = of_case<v1::CloseSubjectAccessRequest>(number);
    close.set_subject_access(list.subject_access());
    get<v1::CloseSubjectAccessResponse>("SubjectAccessService/CloseSubjectAccess", close);
  }
  std::string meet(const std::string& number) {
    auto create = of_tyr<v1::CreateMeetingRequest>();
    create.mutable_starts_at()->set_seconds(old_meeting);
    create.mutable_ends_at()->set_seconds(old_meeting + 3600);
    create.set_place("Rum Tyresta");
    const auto meeting =
        get<v1::CreateMeetingResponse>("MeetingService/CreateMeeting", create).number();
    auto add = at<v1::AddAgendaItemRequest>(meeting);
    add.set_kind(v1::AGENDA_ITEM_KIND_CASE);
    add.set_case_number(number);
    const auto item = get<v1::AddAgendaItemResponse>("AgendaService/AddAgendaItem", add).item();
    auto guest = at<v1::AddParticipantRequest>(meeting);
    guest.set_guest_name("Vera Vårdnadshavare");
    guest.set_case_number(number);
    auto invite = at<v1::AddParticipantRequest>(meeting);
    invite.set_handle(town_.cast.school_tyr.handle);
    attend(meeting, item, {invited(guest), invited(invite)});
    return meeting;
  }

 private:
  template <typename Response>
  Response get(const std::string& rpc, const google::protobuf::Message& request) {
    return town_.load.get<Response>(town_.coordinator, rpc, request);
  }
  std::string invited(const v1::AddParticipantRequest& request) {
    return get<v1::AddParticipantResponse>("MeetingService/AddParticipant", request).participant();
  }
  void attend(const std::string& meeting, const std::string& item,
              const std::vector<std::string>& participants) {
    auto open = at<v1::OpenMeetingRequest>(meeting);
    open.set_version(1);
    get<v1::OpenMeetingResponse>("MeetingService/OpenMeeting", open);
    auto minutes = at<v1::RecordMinutesRequest>(meeting);
    minutes.set_item(item);
    minutes.set_version(1);
    minutes.set_notes("Det gick bra.");
    get<v1::RecordMinutesResponse>("AgendaService/RecordMinutes", minutes);
    auto attended = at<v1::RecordAttendanceRequest>(meeting);
    attended.set_status(v1::ATTENDANCE_STATUS_PRESENT);
    for (const std::string& participant : participants) {
      attended.set_participant(participant);
      for (const std::string& where : {item, std::string()}) {
        attended.set_item(where);
        get<v1::RecordAttendanceResponse>("AttendanceService/RecordAttendance", attended);
      }
    }
  }

  Disposing& town_;
};

}  // namespace

FullCase full_old_case(Disposing& town) {
  TestServer& server = town.load.server;
  const std::string today = server.today();
  server.set_date("2020-03-01");
  FullCase made;
  made.number = town.load.create(new_person(full_case_person));
  Making making(town);
  making.agree(made.number);
  town.load.advance(made.number, v1::CASE_STATE_CONSENT_PENDING);
  town.load.advance(made.number, v1::CASE_STATE_MAPPING);
  town.load.assign(made.number, town.cast.school_tyr);
  making.take_notes(made.number);
  making.disclose(made.number);
  making.plan(made.number);
  made.meeting = making.meet(made.number);
  making.extract(made.number);
  server.set_date("2020-03-02");
  town.load.advance(made.number, v1::CASE_STATE_HANDED_OVER);
  town.lift(made.number, town.hold(made.number));
  server.set_date(today);
  return made;
}

}  // namespace sspf::test
