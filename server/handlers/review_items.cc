// SPDX-License-Identifier: Apache-2.0
//
// The items of a sample, and what is done with one: judged, asked about, reported.
#include "crypto/encoding.h"
#include "server/base/blank.h"
#include "server/handlers/event_view.h"
#include "server/handlers/review_cases.h"
#include "server/handlers/reviews.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

v1::ReviewItem item_view(const Workspace& workspace, const access::ReviewAccess& in,
                         const store::ReviewItemRow& row) {
  v1::ReviewItem item = row.shown;
  const v1::EventView event = event_view(workspace.tables, row.entry);
  item.set_sequence(event.sequence());
  *item.mutable_time() = event.time();
  item.set_account(event.account());
  item.set_role(event.role());
  item.set_agency_code(event.agency_code());
  item.set_rpc(event.rpc());
  item.set_outcome(event.outcome());
  item.set_cause_reason(event.cause_reason());
  const ReviewedCases cases = reviewed_cases(workspace.tables, in.municipality(), row.entry);
  for (const std::string& ref : cases.case_refs) item.add_case_refs(ref);
  for (const std::string& ref : cases.basis_refs) item.add_basis_refs(ref);
  item.set_items_shown(cases.items_shown);
  return item;
}

// The item that the caller is to act on.
Result<store::ReviewItemRow> item_to_review(const access::ReviewAccess& in,
                                            const Workspace& workspace, const std::string& ref) {
  auto row = TRY(workspace.tables.reviews.find_item(in, ref));
  workspace.tally.subject_account = row.account;
  if (row.account == in.reviewer()) return refusal(Reason::own_reads);
  if (row.campaign_state == v1::REVIEW_STATE_SIGNED_OFF) {
    return refusal(Reason::signed_off_already);
  }
  return row;
}

// Somebody who answers for staff there, and not for the own act.
Result<AccountId> manager(const access::ReviewAccess& in, const Workspace& workspace,
                          const store::ReviewItemRow& row, const std::string& handle) {
  const store::Accounts& accounts = workspace.tables.accounts;
  const auto refuse = [](Reason cause) { return Refusal{Reason::unknown_value, cause, "handle"}; };
  const AccountId id = TRY(accounts.find(handle, "handle"));
  if (!accounts.has_role_in(id, v1::ROLE_COORDINATOR, in.municipality()) &&
      !accounts.has_role_in(id, v1::ROLE_ADMINISTRATOR, in.municipality())) {
    return refuse(Reason::role_missing);
  }
  if (accounts.get(id).suspended()) return refuse(Reason::account_suspended);
  if (id == row.account) return refusal(Reason::own_act);
  return id;
}

}  // namespace

Result<Piece<v1::ListReviewItemsResponse>> list_review_items(
    const Permit<Action::list_review_items>& permit, Workspace& workspace,
    const v1::ListReviewItemsRequest& request, const std::string& cursor) {
  const access::ReviewAccess& in = permit.target();
  const store::Reviews& reviews = workspace.tables.reviews;
  const auto campaign = TRY(reviews.find(in, request.campaign(), workspace.today));
  if (campaign.shown.state() == v1::REVIEW_STATE_OPEN) return refusal(Reason::not_drawn);
  std::optional<std::uint64_t> after;
  if (!cursor.empty()) after = std::stoull(cursor);
  const auto found = reviews.items(campaign, after);
  Piece<v1::ListReviewItemsResponse> piece;
  for (const store::ReviewItemRow& row : found.rows) {
    *piece.message.add_items() = item_view(workspace, in, row);
  }
  workspace.tally.items_shown = static_cast<std::uint32_t>(found.rows.size());
  if (found.next != 0) piece.next_cursor = std::to_string(found.next);
  return piece;
}

Result<v1::GetReviewItemResponse> get_review_item(const Permit<Action::get_review_item>& permit,
                                                  Workspace& workspace,
                                                  const v1::GetReviewItemRequest& request) {
  const access::ReviewAccess& in = permit.target();
  const store::ReviewActs& acts = workspace.tables.review_acts;
  const auto row = TRY(workspace.tables.reviews.find_item(in, request.review_item()));
  workspace.tally.note_item(row.id, row.shown.version());
  workspace.tally.items_shown = 1;
  v1::GetReviewItemResponse response;
  *response.mutable_item() = item_view(workspace, in, row);
  for (const store::JudgementRow& each : acts.judgements(row)) {
    v1::ReviewJudgement& shown = *response.add_judgements();
    shown = each.shown;
    shown.set_comment(in.open(store::comment_place(row.id, shown.version()), each.comment));
  }
  for (const store::QuestionRow& each : acts.questions(row)) {
    v1::ReviewQuestion& shown = *response.add_questions();
    shown = each.shown;
    shown.set_question(in.open(store::question_place(each.id), each.question));
    if (each.answer) shown.set_answer(in.open(store::answer_place(each.id), *each.answer));
  }
  if (const auto incident = acts.incident(row)) {
    response.set_incident_text(in.open(store::incident_place(incident->first), incident->second));
  }
  return response;
}

Result<v1::RecordVerdictResponse> record_verdict(const Permit<Action::record_verdict>& permit,
                                                 Workspace& workspace,
                                                 const v1::RecordVerdictRequest& request) {
  const access::ReviewAccess& in = permit.target();
  const auto row = TRY(item_to_review(in, workspace, request.review_item()));
  if (request.verdict() != v1::REVIEW_VERDICT_JUSTIFIED && is_blank(request.comment())) {
    return refusal(Reason::missing, "comment");
  }
  if (request.version() != row.shown.version()) return refusal(Reason::stale_version);
  store::NewJudgement judgement;
  judgement.verdict = request.verdict();
  judgement.comment =
      in.seal(store::comment_place(row.id, row.shown.version() + 1), request.comment());
  judgement.author = {in.reviewer(), workspace.now};
  v1::RecordVerdictResponse response;
  response.set_version(TRY(workspace.tables.review_acts.judge(row, judgement)));
  const auto campaign = TRY(workspace.tables.reviews.find(in, row.campaign, workspace.today));
  response.set_unjudged(campaign.shown.unjudged());
  workspace.tally.note_item(row.id, response.version());
  return response;
}

Result<v1::AskExplanationResponse> ask_explanation(const Permit<Action::ask_explanation>& permit,
                                                   Workspace& workspace,
                                                   const v1::AskExplanationRequest& request) {
  const access::ReviewAccess& in = permit.target();
  const auto row = TRY(item_to_review(in, workspace, request.review_item()));
  store::NewQuestion question;
  question.asked = TRY(manager(in, workspace, row, request.handle()));
  question.id = ItemId::random();
  question.ref = random_ref();
  question.question = in.seal(store::question_place(question.id), request.question());
  question.author = {in.reviewer(), workspace.now};
  TRY(workspace.tables.review_acts.ask(row, question));
  workspace.tally.note_item(question.id, 1);
  v1::AskExplanationResponse response;
  response.set_review_question(question.ref);
  return response;
}

Result<v1::EscalateResponse> escalate(const Permit<Action::escalate>& permit, Workspace& workspace,
                                      const v1::EscalateRequest& request) {
  const access::ReviewAccess& in = permit.target();
  const auto row = TRY(item_to_review(in, workspace, request.review_item()));
  store::NewIncident incident;
  incident.id = ItemId::random();
  incident.ref = random_ref();
  incident.text = in.seal(store::incident_place(incident.id), request.text());
  incident.author = {in.reviewer(), workspace.now};
  TRY(workspace.tables.review_acts.escalate(row, incident));
  workspace.tally.note_item(incident.id, 1);
  v1::EscalateResponse response;
  response.set_incident(incident.ref);
  return response;
}

}  // namespace sspf::handlers
