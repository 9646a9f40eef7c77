// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/cases.h"

#include "server/base/blank.h"
#include "server/base/identity_number.h"
#include "server/handlers/case_flow.h"
#include "server/handlers/colleague.h"
#include "server/handlers/notes.h"
#include "server/handlers/state_change.h"
#include "server/handlers/subject.h"
#include "server/handlers/warnings.h"

namespace sspf::handlers {
namespace {

bool is_of_person(const access::CaseAccess& access, const Workspace& workspace,
                  const std::string& canonical_number) {
  const auto subject = open_subject(access, workspace.tables.cases.record(access));
  return subject && subject->identity_number() == canonical_number;
}

// One case at a time for a person in a municipality.
Result<Done> ensure_no_other_case(const access::MunicipalityAccess& municipality,
                                  const Workspace& workspace, const v1::Case& subject) {
  if (subject.identity_number().empty()) return Done();
  for (const access::CaseAccess& candidate : municipality.candidates()) {
    if (is_ended(candidate.state())) continue;
    if (!is_of_person(candidate, workspace, subject.identity_number())) continue;
    workspace.tally.case_id = candidate.case_id();
    return refusal(Reason::case_exists, "identity_number");
  }
  return Done();
}

Result<std::string> referral_day(const v1::CreateCaseRequest& request, const std::string& today) {
  if (request.referred_on() > today) return refusal(Reason::in_future, "referred_on");
  return request.referred_on().empty() ? today : request.referred_on();
}

std::optional<access::Sealed> seal_birth_date(const access::CaseAccess& access,
                                              const v1::Case& subject) {
  const auto birth_date = birth_date_of(subject);
  if (!birth_date) return std::nullopt;
  return access.seal_birth_date(*birth_date);
}

std::optional<crypto::Bytes> index_of(const Workspace& workspace,
                                      const MunicipalityId& municipality, const v1::Case& subject) {
  if (subject.identity_number().empty()) return std::nullopt;
  return workspace.installation.pseudonyms.index_of(municipality, subject.identity_number());
}

}  // namespace

Result<v1::CreateCaseResponse> create_case(const Permit<Action::create_case>& permit,
                                           Workspace& workspace,
                                           const v1::CreateCaseRequest& request) {
  const access::MunicipalityAccess& municipality = permit.target();
  const v1::Case subject = TRY(checked_subject(request, workspace.today));
  const std::string referred_on = TRY(referral_day(request, workspace.today));
  const auto referring = TRY(workspace.tables.directory.agency_serving(
      municipality.municipality(), request.referring_agency_code(), "referring_agency_code"));
  TRY(ensure_no_other_case(municipality, workspace, subject));

  store::Cases& cases = workspace.tables.cases;
  const access::CaseAccess founded = municipality.found_case(
      CaseId::random(), cases.next_number(municipality, std::stoi(referred_on.substr(0, 4))),
      {request.kind(), permit.caller().agency(), permit.caller().agency_kind(),
       v1::PURPOSE_MAPPING},
      birth_date_of(subject));
  cases.add(founded, {referring.id, referred_on, seal_subject(founded, subject),
                      seal_birth_date(founded, subject),
                      index_of(workspace, municipality.municipality(), subject),
                      permit.caller().account(), workspace.now});
  workspace.tally.note_item(same_id<ItemId>(founded.case_id()), founded.version());
  if (!is_blank(request.concern())) {
    TRY(write_concern(founded, permit.caller(), workspace, request.concern()));
  }
  v1::CreateCaseResponse response;
  response.set_number(founded.number());
  response.set_version(founded.version());
  *response.mutable_warnings() = case_warnings(founded, workspace);
  return response;
}

Result<Piece<v1::ListCasesResponse>> list_cases(const Permit<Action::list_cases>& permit,
                                                Workspace& workspace,
                                                const v1::ListCasesRequest& request,
                                                const std::string& /*cursor*/) {
  Piece<v1::ListCasesResponse> piece;
  piece.next_cursor = permit.target().next_cursor();
  const bool every_state = request.state() == v1::CASE_STATE_UNSPECIFIED;
  for (const access::CaseAccess& access : permit.target().cases()) {
    if (!every_state && access.state() != request.state()) continue;
    access.note_shown();
    *piece.message.add_cases() = shown_case(access, workspace, Detail::listed);
  }
  return piece;
}

Result<v1::GetCaseResponse> get_case(const Permit<Action::get_case>& permit, Workspace& workspace,
                                     const v1::GetCaseRequest& /*request*/) {
  v1::GetCaseResponse response;
  *response.mutable_case_() = shown_case(permit.target(), workspace, Detail::whole);
  return response;
}

Result<v1::FindCaseResponse> find_case(const Permit<Action::find_case>& permit,
                                       Workspace& workspace, const v1::FindCaseRequest& request) {
  const IdentityNumber number =
      TRY(parse_identity_number(request.identity_number(), workspace.today, "identity_number"));
  v1::FindCaseResponse response;
  for (const access::CaseAccess& candidate : permit.target().cases()) {
    if (!is_of_person(candidate, workspace, number.canonical)) continue;
    workspace.tally.case_id = candidate.case_id();
    *response.add_cases() = shown_case(candidate, workspace, Detail::whole);
  }
  return response;
}

Result<v1::AdvanceCaseResponse> advance_case(const Permit<Action::advance_case>& permit,
                                             Workspace& workspace,
                                             const v1::AdvanceCaseRequest& request) {
  const access::CaseAccess& access = permit.target();
  const bool is_individual = access.facts().kind == v1::CASE_KIND_INDIVIDUAL;
  TRY(ensure_not_ended(access));
  if (request.version() != access.version()) return refusal(Reason::stale_version);
  if (!follows(access.facts().kind, access.state(), request.state())) {
    return refusal(Reason::state_does_not_follow, "state");
  }
  if (is_ended(request.state()) && is_blank(request.reason())) {
    return refusal(Reason::missing, "reason");
  }
  if (is_individual && begins_work(request.state()) &&
      !access.has_consent_for(access::purpose_of(request.state()))) {
    return refusal(Reason::no_consent_in_force);
  }
  if (denies_consent(request.state()) && access.has_consent()) {
    return refusal(Reason::consent_in_force);
  }
  v1::AdvanceCaseResponse response;
  response.set_version(
      TRY(change_state(access, permit.caller(), workspace, {request.state(), request.reason()})));
  response.set_state(request.state());
  return response;
}

Result<v1::AssignAccountResponse> assign_account(const Permit<Action::assign_account>& permit,
                                                 Workspace& workspace,
                                                 const v1::AssignAccountRequest& request) {
  const access::CaseAccess& access = permit.target();
  TRY(ensure_not_ended(access));
  store::AssignmentRow row;
  row.id = ItemId::random();
  row.from_date = request.from_date().empty() ? workspace.today : request.from_date();
  if (!request.to_date().empty()) row.to_date = request.to_date();
  if (row.to_date && *row.to_date < row.from_date) {
    return refusal(Reason::ends_before_start, "to_date");
  }
  row.account = TRY(colleague(workspace, access.municipality(), request.handle()));
  TRY(workspace.tables.cases.assign(access, row));
  workspace.tally.subject_account = row.account;
  workspace.tally.note_item(row.id, 1);
  return v1::AssignAccountResponse();
}

Result<v1::UnassignAccountResponse> unassign_account(const Permit<Action::unassign_account>& permit,
                                                     Workspace& workspace,
                                                     const v1::UnassignAccountRequest& request) {
  const auto account = workspace.tables.accounts.find(request.handle(), "handle");
  if (!account.ok()) return hidden(Reason::not_found);
  TRY(workspace.tables.cases.unassign(permit.target(), account.value(), workspace.now));
  workspace.tally.subject_account = account.value();
  return v1::UnassignAccountResponse();
}

Result<v1::ListAssignmentsResponse> list_assignments(
    const Permit<Action::list_assignments>& permit, Workspace& workspace,
    const v1::ListAssignmentsRequest& /*request*/) {
  v1::ListAssignmentsResponse response;
  for (auto& row : workspace.tables.cases.list_assignments(permit.target())) {
    *response.add_assignments() = std::move(row);
  }
  return response;
}

}  // namespace sspf::handlers
