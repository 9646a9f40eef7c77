// SPDX-License-Identifier: Apache-2.0
//
// What an account is asked to explain: when, who, which call and of which case's reference, and the
// question; nothing else of the review.
#include "server/handlers/event_view.h"
#include "server/handlers/review_cases.h"
#include "server/handlers/reviews.h"

namespace sspf::handlers {

Result<v1::ListEnquiriesResponse> list_enquiries(const Permit<Action::list_enquiries>& permit,
                                                 Workspace& workspace,
                                                 const v1::ListEnquiriesRequest& /*request*/) {
  const access::OwnEnquiries& own = permit.target();
  v1::ListEnquiriesResponse response;
  for (const store::QuestionRow& row : workspace.tables.review_acts.enquiries(own.account())) {
    const v1::EventView event = event_view(workspace.tables, row.entry);
    v1::ReviewEnquiry& shown = *response.add_enquiries();
    shown.set_review_question(row.shown.review_question());
    *shown.mutable_time() = event.time();
    shown.set_account(event.account());
    shown.set_rpc(event.rpc());
    for (auto& ref : reviewed_cases(workspace.tables, row.municipality, row.entry).case_refs) {
      shown.add_case_refs(std::move(ref));
    }
    shown.set_question(own.texts().open(store::question_place(row.id), row.question));
    *shown.mutable_asked_at() = row.shown.asked_at();
    if (row.answer) *shown.mutable_answered_at() = row.shown.answered_at();
  }
  workspace.tally.items_shown = static_cast<std::uint32_t>(response.enquiries_size());
  return response;
}

Result<v1::AnswerExplanationResponse> answer_explanation(
    const Permit<Action::answer_explanation>& permit, Workspace& workspace,
    const v1::AnswerExplanationRequest& request) {
  const access::OwnEnquiries& own = permit.target();
  store::ReviewActs& acts = workspace.tables.review_acts;
  const auto row = TRY(acts.find_enquiry(own.account(), request.review_question()));
  workspace.tally.municipality = row.municipality;
  if (row.answer) return refusal(Reason::answered_already);
  acts.answer(row,
              own.texts().seal(row.municipality, store::answer_place(row.id), request.answer()),
              workspace.now);
  workspace.tally.note_item(row.id, 2);
  return v1::AnswerExplanationResponse();
}

}  // namespace sspf::handlers
