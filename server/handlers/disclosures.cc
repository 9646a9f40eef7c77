// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/disclosures.h"

#include <algorithm>

namespace sspf::handlers {
namespace {

// From whom to whom, on what day.
struct Way {
  v1::AgencyKind from = v1::AGENCY_KIND_UNSPECIFIED;
  v1::AgencyKind to = v1::AGENCY_KIND_UNSPECIFIED;
  std::string day;
};

bool is_kind(v1::AgencyKind wanted, v1::AgencyKind kind) {
  return wanted == v1::AGENCY_KIND_UNSPECIFIED || wanted == kind;
}

// A basis that works item by item, as it stood on the day, and covers this way and this person.
Result<store::BasisRow> basis_for(const access::CaseAccess& in, const Workspace& workspace,
                                  const std::string& code, const Way& way) {
  const auto row = workspace.tables.bases.find_in_force(
      {in.municipality(), v1::BASIS_FORM_PER_ITEM, code}, way.day);
  if (!row) return refusal(Reason::basis_not_in_force, "basis_code");
  if (!is_kind(row->basis.from_kind(), way.from) || !is_kind(row->basis.to_kind(), way.to)) {
    return refusal(Reason::wrong_recipient);
  }
  // Whoever may not see who it is could else find the birthday by asking about one day after
  // another.
  const bool knows_age = in.covers(in.coordination_item(v1::INFORMATION_KIND_IDENTITY));
  const std::string& day = knows_age ? way.day : workspace.today;
  const int below_age = static_cast<int>(row->basis.below_age());
  if (below_age != 0 && !in.signing().is_below(below_age, day)) {
    return refusal(Reason::too_old_for_basis, "basis_code");
  }
  return *row;
}

// R8, R10: 26 kap. is outside some of them.
Result<Done> ensure_covers(const store::BasisRow& row, v1::SecrecyClass secrecy_class) {
  const auto& classes = row.basis.secrecy_classes();
  if (std::find(classes.begin(), classes.end(), secrecy_class) == classes.end()) {
    return refusal(Reason::secrecy_class_not_covered, "basis_code");
  }
  return Done();
}

Result<std::string> day_not_to_come(const std::string& given, const std::string& today,
                                    const std::string& field) {
  if (given > today) return refusal(Reason::in_future, field);
  return given.empty() ? today : given;
}

// An own agency's note, of which this version exists.
Result<store::NoteRow> own_note(const access::CaseAccess& in, const access::Caller& caller,
                                const Workspace& workspace,
                                const v1::RecordDisclosureRequest& request) {
  store::NoteRow note = TRY(workspace.tables.notes.find(in, request.note()));
  if (!in.covers(note.item)) return hidden(Reason::no_basis);
  if (note.item.owner != caller.agency()) return refusal(Reason::other_agency, "note");
  if (request.version() > note.version) return refusal(Reason::unknown_value, "version");
  note.version = request.version();
  return note;
}

store::AskedAgency own_agency(const access::Caller& caller) {
  return {caller.agency(), caller.agency_kind()};
}

}  // namespace

Result<v1::RecordDisclosureResponse> record_disclosure(
    const Permit<Action::record_disclosure>& permit, Workspace& workspace,
    const v1::RecordDisclosureRequest& request) {
  const access::CaseAccess& in = permit.target();
  store::DisclosureDraft draft;
  draft.note = TRY(own_note(in, permit.caller(), workspace, request));
  const std::string day =
      TRY(day_not_to_come(request.disclosed_on(), workspace.today, "disclosed_on"));
  const auto recipient = TRY(workspace.tables.directory.agency_serving(
      in.municipality(), request.recipient_agency_code(), "recipient_agency_code"));
  const auto basis = TRY(basis_for(in, workspace, request.basis_code(),
                                   {permit.caller().agency_kind(), recipient.kind, day}));
  TRY(ensure_covers(basis, draft.note.item.secrecy_class));
  draft.recipient = recipient.id;
  draft.basis = basis.id;
  draft.assessment.set_disclosed_on(day);
  draft.assessment.set_decided_by(request.decided_by());
  draft.assessment.set_reasoning(request.reasoning());
  const auto added =
      TRY(workspace.tables.disclosures.add(in, draft, {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(added.id, 1);
  v1::RecordDisclosureResponse response;
  response.set_disclosure(added.ref);
  return response;
}

Result<Piece<v1::ListDisclosuresResponse>> list_disclosures(
    const Permit<Action::list_disclosures>& permit, Workspace& workspace,
    const v1::ListDisclosuresRequest& /*request*/, const std::string& cursor) {
  Piece<v1::ListDisclosuresResponse> piece;
  auto found = workspace.tables.disclosures.list(permit.target(), permit.caller().agency(), cursor);
  for (v1::Disclosure& row : found.rows) *piece.message.add_disclosures() = std::move(row);
  piece.next_cursor = std::move(found.next_cursor);
  return piece;
}

Result<Piece<v1::ListShownItemsResponse>> list_shown_items(
    const Permit<Action::list_shown_items>& permit, Workspace& workspace,
    const v1::ListShownItemsRequest& /*request*/, const std::string& cursor) {
  const access::CaseAccess& in = permit.target();
  std::vector<AgencyId> owners{permit.caller().agency()};
  if (in.coordinates()) owners.push_back(in.facts().coordinating_agency);
  Piece<v1::ListShownItemsResponse> piece;
  auto found = workspace.tables.disclosures.list_shown(in, owners, cursor);
  in.note_shown();
  for (v1::ShownItem& row : found.rows) *piece.message.add_items() = std::move(row);
  piece.next_cursor = std::move(found.next_cursor);
  return piece;
}

Result<v1::RegisterDutyRequestResponse> register_duty_request(
    const Permit<Action::register_duty_request>& permit, Workspace& workspace,
    const v1::RegisterDutyRequestRequest& request) {
  const access::CaseAccess& in = permit.target();
  const std::string day =
      TRY(day_not_to_come(request.received_on(), workspace.today, "received_on"));
  const auto asking = TRY(workspace.tables.directory.agency_serving(
      in.municipality(), request.asking_agency_code(), "asking_agency_code"));
  const auto basis = TRY(basis_for(in, workspace, request.basis_code(),
                                   {permit.caller().agency_kind(), asking.kind, day}));
  const auto added = TRY(workspace.tables.duty_requests.add(
      in, {own_agency(permit.caller()), asking.id, basis.id, day, request.question()}));
  workspace.tally.note_item(added.id, 1);
  v1::RegisterDutyRequestResponse response;
  response.set_duty_request(added.ref);
  return response;
}

Result<v1::AnswerDutyRequestResponse> answer_duty_request(
    const Permit<Action::answer_duty_request>& permit, Workspace& workspace,
    const v1::AnswerDutyRequestRequest& request) {
  v1::DutyRequest answer;
  answer.set_duty_request(request.duty_request());
  answer.set_answer(request.answer());
  answer.set_decided_by(request.decided_by());
  answer.set_reasoning(request.reasoning());
  const ItemId answered = TRY(
      workspace.tables.duty_requests.answer(permit.target(), own_agency(permit.caller()), answer,
                                            {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(answered, 2);
  return v1::AnswerDutyRequestResponse();
}

Result<Piece<v1::ListDutyRequestsResponse>> list_duty_requests(
    const Permit<Action::list_duty_requests>& permit, Workspace& workspace,
    const v1::ListDutyRequestsRequest& /*request*/, const std::string& cursor) {
  Piece<v1::ListDutyRequestsResponse> piece;
  auto found =
      workspace.tables.duty_requests.list(permit.target(), own_agency(permit.caller()), cursor);
  for (v1::DutyRequest& row : found.rows) *piece.message.add_requests() = std::move(row);
  piece.next_cursor = std::move(found.next_cursor);
  return piece;
}

}  // namespace sspf::handlers
