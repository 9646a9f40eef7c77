// SPDX-License-Identifier: Apache-2.0
#include "tests/support/town.h"

#include <array>

#include "server/base/clock.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"
#include "tests/support/consent_form.h"
#include "tests/support/join.h"

namespace sspf::test {
namespace {

constexpr std::int64_t day_seconds = 24 * 3600;

struct Post {
  const char* handle;
  const char* agency;
  v1::Role role;
  const char* municipality;
};

constexpr std::array posts{
    Post{"anna", "TYR-SSPF", v1::ROLE_COORDINATOR, "TYR"},
    Post{"bo", "TYR-SSPF", v1::ROLE_COORDINATOR, "TYR"},
    Post{"nils", "NAC-SSPF", v1::ROLE_COORDINATOR, "NAC"},
    Post{"sven", "TYR-SKO", v1::ROLE_MEMBER, "TYR"},
    Post{"stig", "TYR-SKO", v1::ROLE_MEMBER, "TYR"},
    Post{"sara", "TYR-SOC", v1::ROLE_MEMBER, "TYR"},
    Post{"frida", "TYR-FRI", v1::ROLE_MEMBER, "TYR"},
    Post{"per", "LPO-NAC", v1::ROLE_MEMBER, "TYR"},
    Post{"rut", "TYR-SSPF", v1::ROLE_ADMINISTRATOR, ""},
    Post{"ulla", "TYR-SSPF", v1::ROLE_AUDITOR, ""},
    Post{"uno", "TYR-SSPF", v1::ROLE_AUDITOR, "TYR"},
};

struct Part {
  const char* code;
  v1::AgencyKind kind;
  std::vector<const char*> municipalities;
};

// Beside those of make_directory().
void make_other_parts(Caller& root) {
  v1::CreateMunicipalityRequest nacka;
  nacka.set_code("NAC");
  nacka.set_name("Nacka");
  root.get<v1::CreateMunicipalityResponse>("sspf.v1.MunicipalityService/CreateMunicipality", nacka);
  for (const Part& part : {Part{"NAC-SSPF", v1::AGENCY_KIND_PARTNER, {"NAC"}},
                           Part{"TYR-FRI", v1::AGENCY_KIND_RECREATION, {"TYR"}},
                           Part{"LPO-NAC", v1::AGENCY_KIND_POLICE, {"TYR", "NAC"}}}) {
    v1::CreateAgencyRequest request;
    request.set_code(part.code);
    request.set_name("Part " + std::string(part.code));
    request.set_kind(part.kind);
    for (const char* municipality : part.municipalities) {
      request.add_municipality_codes(municipality);
    }
    root.get<v1::CreateAgencyResponse>("sspf.v1.AgencyService/CreateAgency", request);
  }
}

void sign(v1::RecordConsentRequest& request, v1::SignatoryRole role, const std::string& name) {
  v1::Signatory& signatory = *request.add_signatories();
  signatory.set_role(role);
  signatory.set_name(name);
  signatory.set_signed_on(day(-1));
}

}  // namespace

std::string day(int from_today) {
  // As the server counts days: between 22 and 24 UTC it is tomorrow there.
  [[maybe_unused]] static const bool is_swedish = (use_stockholm_time(), true);
  Instant now = system_clock()();
  now.microseconds += from_today * day_seconds * 1'000'000;
  return date_of(now);
}

std::string fifteen_years_ago() { return day(-15 * 366 - 100); }

Town::Town() : server_(std::make_unique<SiteServer>(site_)) {
  identities_["root"] = test::enroll(server_->port(), site_.code());
  make_directory(root());
  make_other_parts(root());
  for (const Post& post : posts) {
    make_account(root(), {post.handle, post.agency, post.role, post.municipality});
  }
}

Caller& Town::root() { return caller("root"); }

std::string Town::code_for(const std::string& handle) {
  v1::IssueEnrolmentCodeRequest request;
  request.set_handle(handle);
  return root()
      .get<v1::IssueEnrolmentCodeResponse>("sspf.v1.AccountService/IssueEnrolmentCode", request)
      .code();
}

const Person& Town::person(const std::string& handle) {
  const auto found = people_.find(handle);
  if (found != people_.end()) return found->second;
  const Person& person = people_.emplace(handle, Person(site_, handle)).first->second;
  join(person, server_->address(), code_for(handle));
  return person;
}

Caller& Town::caller(const std::string& handle) {
  const auto found = callers_.find(handle);
  if (found != callers_.end()) return found->second;
  if (!identities_.contains(handle)) {
    identities_[handle] = test::enroll(server_->port(), code_for(handle));
  }
  return callers_.emplace(handle, Caller(server_->port(), identities_.at(handle))).first->second;
}

void Town::stop() {
  callers_.clear();
  const int exit_code = server_->stop();
  if (exit_code != 0) throw std::runtime_error("sspfd ended with " + std::to_string(exit_code));
}

void Town::start_again() {
  server_ = std::make_unique<SiteServer>(site_);
  for (const auto& [handle, person] : people_) person.point_to(server_->address());
}

std::string Town::in_file(const std::string& text) {
  const auto file = site_.folder() / ("text-" + std::to_string(++files_));
  write_private(file, text + "\n");
  return "@" + file.string();
}

std::uint64_t Town::version_of(const std::string& case_number) {
  v1::GetCaseRequest request;
  request.set_case_number(case_number);
  return as_anna<v1::GetCaseResponse>("CaseService/GetCase", request).case_().version();
}

void Town::advance(const std::string& case_number, v1::CaseState state) {
  v1::AdvanceCaseRequest request;
  request.set_case_number(case_number);
  request.set_version(version_of(case_number));
  request.set_state(state);
  as_anna<v1::AdvanceCaseResponse>("CaseService/AdvanceCase", request);
}

void Town::assign(const std::string& case_number, const std::string& handle) {
  v1::AssignAccountRequest request;
  request.set_case_number(case_number);
  request.set_handle(handle);
  as_anna<v1::AssignAccountResponse>("CaseService/AssignAccount", request);
}

void Town::consent_to(const std::string& case_number) {
  v1::RecordConsentRequest request;
  request.set_case_number(case_number);
  sign(request, v1::SIGNATORY_ROLE_GUARDIAN, "Vera Vårdnadshavare");
  sign(request, v1::SIGNATORY_ROLE_YOUTH, "Test Testsson");
  for (const char* agency : {"TYR-SKO", "TYR-SOC"}) request.add_agency_codes(agency);
  for (const auto kind : {v1::INFORMATION_KIND_IDENTITY, v1::INFORMATION_KIND_MAPPING,
                          v1::INFORMATION_KIND_PLAN, v1::INFORMATION_KIND_MINUTES}) {
    request.add_kinds(kind);
  }
  request.set_from_date(day(-1));
  request.set_to_date(day(90));
  fill_in_form(request);
  as_anna<v1::RecordConsentResponse>("ConsentService/RecordConsent", request);
}

std::string Town::mapped_case() {
  v1::CreateCaseRequest request;
  request.set_municipality_code("TYR");
  request.set_kind(v1::CASE_KIND_INDIVIDUAL);
  request.set_title("Test Testsson");
  request.set_birth_date(fifteen_years_ago());
  request.set_referring_agency_code("TYR-SKO");
  const auto number = as_anna<v1::CreateCaseResponse>("CaseService/CreateCase", request).number();
  advance(number, v1::CASE_STATE_CONSENT_PENDING);
  consent_to(number);
  advance(number, v1::CASE_STATE_MAPPING);
  for (const char* handle : {"sven", "sara", "per"}) assign(number, handle);
  return number;
}

TownMeeting Town::meeting_about(const std::string& case_number) {
  v1::CreateMeetingRequest request;
  request.set_municipality_code("TYR");
  const std::int64_t now = system_clock()().microseconds / 1'000'000;
  request.mutable_starts_at()->set_seconds(now + 7 * day_seconds);
  request.mutable_ends_at()->set_seconds(now + 7 * day_seconds + 7200);
  request.set_place("Rum Tyresta");
  TownMeeting meeting;
  meeting.number =
      as_anna<v1::CreateMeetingResponse>("MeetingService/CreateMeeting", request).number();
  for (const char* handle : {"sven", "sara", "per"}) {
    v1::AddParticipantRequest add;
    add.set_meeting_number(meeting.number);
    add.set_handle(handle);
    meeting.participants[handle] =
        as_anna<v1::AddParticipantResponse>("MeetingService/AddParticipant", add).participant();
  }
  v1::AddAgendaItemRequest add;
  add.set_meeting_number(meeting.number);
  add.set_kind(v1::AGENDA_ITEM_KIND_CASE);
  add.set_case_number(case_number);
  meeting.item = as_anna<v1::AddAgendaItemResponse>("AgendaService/AddAgendaItem", add).item();
  return meeting;
}

std::string Town::plan_of(const std::string& case_number) {
  v1::CreatePlanRequest plan;
  plan.set_case_number(case_number);
  plan.mutable_content()->add_goals("Minst 90 procent närvaro.");
  plan.mutable_content()->set_review_date(day(60));
  as_anna<v1::CreatePlanResponse>("PlanService/CreatePlan", plan);
  v1::AddCommitmentRequest add;
  add.set_case_number(case_number);
  v1::CommitmentDraft& draft = *add.mutable_draft();
  draft.set_agency_code("TYR-SKO");
  draft.set_responsible("Sven, mentor");
  draft.set_action("Ringer hem varje frånvarodag.");
  draft.set_due_date(day(30));
  return as_anna<v1::AddCommitmentResponse>("CommitmentService/AddCommitment", add).commitment();
}

std::vector<v1::EventView> Town::events_of(const std::string& handle) {
  v1::ListEventsRequest request;
  request.set_handle(handle);
  const auto listed =
      caller("ulla").get<v1::ListEventsResponse>("sspf.v1.AuditService/ListEvents", request);
  std::vector<v1::EventView> events;
  for (const v1::EventView& event : listed.events()) {
    if (event.account() == handle) events.push_back(event);  // not what others did to it
  }
  return events;
}

}  // namespace sspf::test
