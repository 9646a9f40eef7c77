// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/commitments.h"

#include "server/base/limits.h"
#include "server/handlers/case_flow.h"
#include "server/handlers/progress.h"

namespace sspf::handlers {
namespace {

// What the request says that the caller has seen.
struct Seen {
  const std::string& commitment;
  std::uint64_t version;
};

// An emergency opening lets read: also whoever may write in the case writes on nothing by it.
bool is_seen_by_emergency_alone(const access::CaseAccess& in, const store::CommitmentRow& row) {
  access::Viewer otherwise = in.viewer();
  otherwise.emergency.reset();
  const access::ItemFacts item{row.agency, row.agency_kind, v1::INFORMATION_KIND_PLAN,
                               row.secrecy_class};
  return !access::visibility(otherwise, in.facts(), item).visible;
}

// The commitment that a change or a follow-up is about. A member writes only on the own agency's; a
// coordinator on all that a coordinator may see.
Result<store::CommitmentRow> row_to_write(const Workspace& workspace, const access::CaseAccess& in,
                                          const access::Caller& caller, const Seen& seen) {
  TRY(ensure_in_planning(in));
  auto row = TRY(workspace.tables.commitments.find(in, seen.commitment));
  if (!in.coordinates() && row.agency != caller.agency()) return refusal(Reason::other_agency);
  if (is_seen_by_emergency_alone(in, row)) return refusal(Reason::emergency_only_reads);
  if (row.version != seen.version) return refusal(Reason::stale_version);
  return row;
}

// The newest version's content, to carry over what a new version leaves as it was. It is not shown:
// the answers of writes hold no content.
v1::Commitment carried_over(Workspace& workspace, const access::CaseAccess& in,
                            const store::CommitmentRow& row) {
  const access::Tally before = workspace.tally;
  v1::Commitment commitment = workspace.tables.commitments.open(in, row);
  workspace.tally = before;
  return commitment;
}

Result<store::AgencyRow> responsible_agency(const Workspace& workspace,
                                            const access::CaseAccess& in,
                                            const access::Caller& caller, const std::string& code) {
  const store::Directory& directory = workspace.tables.directory;
  if (!in.coordinates() && code != directory.agency_code(caller.agency())) {
    return refusal(Reason::other_agency, "draft.agency_code");
  }
  return directory.agency_serving(in.municipality(), code, "draft.agency_code");
}

// The terms of the draft upon what was there before.
Result<v1::Commitment> with_terms(v1::Commitment commitment, const v1::CommitmentDraft& draft) {
  if (!draft.start_date().empty()) commitment.set_start_date(draft.start_date());
  if (draft.due_date() < commitment.start_date()) {
    return refusal(Reason::ends_before_start, "draft.due_date");
  }
  commitment.set_due_date(draft.due_date());
  commitment.set_responsible(draft.responsible());
  commitment.set_action(draft.action());
  return commitment;
}

bool is_wanted(const v1::ListCommitmentsRequest& request, const store::CommitmentRow& row,
               const AgencyId& own_agency, const std::string& today) {
  if (request.own_agency() && row.agency != own_agency) return false;
  return !request.overdue() || is_overdue(row, today);
}

// Told once: in the piece that reaches the case's number, or in the last.
void add_withdrawn(const Permit<Action::list_commitments>& permit, const Workspace& workspace,
                   const v1::ListCommitmentsRequest& request,
                   Piece<v1::ListCommitmentsResponse>& piece) {
  if (request.overdue()) return;
  for (const access::WithdrawnCase& from : permit.target().withdrawn()) {
    if (!piece.next_cursor.empty() && from.number() > piece.next_cursor) break;
    for (std::string& ref :
         workspace.tables.commitments.withdrawn(from, permit.caller().agency())) {
      v1::Commitment& row = *piece.message.add_commitments();
      row.set_commitment(std::move(ref));
      row.set_case_number(from.number());
      row.set_withdrawn(true);
      from.note_shown();
    }
  }
}

}  // namespace

v1::Commitment shown(const Workspace& workspace, const access::CaseAccess& in,
                     const store::CommitmentRow& row) {
  v1::Commitment commitment = workspace.tables.commitments.open(in, row);
  commitment.set_overdue(is_overdue(row, workspace.today));
  return commitment;
}

Result<v1::AddCommitmentResponse> add_commitment(const Permit<Action::add_commitment>& permit,
                                                 Workspace& workspace,
                                                 const v1::AddCommitmentRequest& request) {
  const access::CaseAccess& in = permit.target();
  TRY(ensure_in_planning(in));
  const auto agency =
      TRY(responsible_agency(workspace, in, permit.caller(), request.draft().agency_code()));
  v1::Commitment blank;
  blank.set_start_date(workspace.today);
  blank.set_status(v1::COMMITMENT_STATUS_NOT_STARTED);  // and no colour: nobody has followed it up
  store::CommitmentText text;
  text.kind = store::VersionKind::terms;
  text.commitment = TRY(with_terms(std::move(blank), request.draft()));
  const auto row = TRY(workspace.tables.commitments.add(
      in, agency, text, {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(row.id, row.version);
  v1::AddCommitmentResponse response;
  response.set_commitment(row.ref);
  response.set_version(row.version);
  return response;
}

Result<v1::ChangeCommitmentResponse> change_commitment(
    const Permit<Action::change_commitment>& permit, Workspace& workspace,
    const v1::ChangeCommitmentRequest& request) {
  const access::CaseAccess& in = permit.target();
  const auto row =
      TRY(row_to_write(workspace, in, permit.caller(), {request.commitment(), request.version()}));
  if (is_ended(row.status)) return refusal(Reason::commitment_ended);
  if (request.draft().agency_code() != row.agency_code) {
    return refusal(Reason::unexpected, "draft.agency_code");
  }
  store::CommitmentText text;
  text.kind = store::VersionKind::terms;
  text.commitment = TRY(with_terms(carried_over(workspace, in, row), request.draft()));
  v1::ChangeCommitmentResponse response;
  response.set_version(TRY(workspace.tables.commitments.add_version(
      in, row, text, {permit.caller().account(), workspace.now})));
  workspace.tally.note_item(row.id, response.version());
  return response;
}

Result<v1::LogProgressResponse> log_progress(const Permit<Action::log_progress>& permit,
                                             Workspace& workspace,
                                             const v1::LogProgressRequest& request) {
  const access::CaseAccess& in = permit.target();
  const auto row =
      TRY(row_to_write(workspace, in, permit.caller(), {request.commitment(), request.version()}));
  TRY(check_progress(row, request, workspace.today));
  store::CommitmentText text;
  text.kind = store::VersionKind::progress;
  text.commitment = carried_over(workspace, in, row);
  text.commitment.set_status(request.status());
  text.commitment.set_rag(request.rag());
  text.commitment.set_cause(request.cause());
  text.commitment.set_measures(request.measures());
  text.follow_up = request.text();
  v1::LogProgressResponse response;
  response.set_version(TRY(workspace.tables.commitments.add_version(
      in, row, text, {permit.caller().account(), workspace.now})));
  workspace.tally.note_item(row.id, response.version());
  return response;
}

Result<Piece<v1::ListCommitmentsResponse>> list_commitments(
    const Permit<Action::list_commitments>& permit, Workspace& workspace,
    const v1::ListCommitmentsRequest& request, const std::string& /*cursor*/) {
  Piece<v1::ListCommitmentsResponse> piece;
  const auto& cases = permit.target().cases();
  for (const access::CaseAccess& in : cases) {
    for (const store::CommitmentRow& row : workspace.tables.commitments.list(in)) {
      if (!is_wanted(request, row, permit.caller().agency(), workspace.today)) continue;
      *piece.message.add_commitments() = shown(workspace, in, row);
    }
    const auto listed = static_cast<std::uint32_t>(piece.message.commitments_size());
    if (listed < limits::page_size_max || &in == &cases.back()) continue;
    piece.next_cursor = in.number();
    add_withdrawn(permit, workspace, request, piece);
    return piece;
  }
  add_withdrawn(permit, workspace, request, piece);
  piece.next_cursor = permit.target().next_cursor();
  return piece;
}

Result<v1::GetCommitmentResponse> get_commitment(const Permit<Action::get_commitment>& permit,
                                                 Workspace& workspace,
                                                 const v1::GetCommitmentRequest& request) {
  const access::CaseAccess& in = permit.target();
  const auto row = TRY(workspace.tables.commitments.find(in, request.commitment()));
  workspace.tally.note_item(row.id, row.version);
  v1::GetCommitmentResponse response = workspace.tables.commitments.history(in, row);
  response.mutable_commitment()->set_overdue(is_overdue(row, workspace.today));
  return response;
}

}  // namespace sspf::handlers
