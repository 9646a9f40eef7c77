// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/disposal.h"

#include <algorithm>

#include "server/base/blank.h"
#include "server/base/limits.h"
#include "server/handlers/retention.h"
#include "server/handlers/subject.h"

namespace sspf::handlers {
namespace {

// The cases that belong on a list, one more than it holds when there are more.
std::vector<store::DueCase> due_cases(const access::QuietCases& quiet, const Workspace& workspace) {
  const auto rule = rule_for_cases(workspace, quiet.municipality().municipality());
  std::vector<store::DueCase> due;
  if (rule.preserves_everything) return due;
  for (const access::CaseAccess& access : quiet.cases()) {
    if (workspace.tables.disposals.is_on_open_list(access.case_id())) continue;
    // Before it is opened for a birth date.
    if (due_day(workspace, rule, access.case_id()) > workspace.today) continue;
    const Retained retained = retention_of(access, workspace, rule);
    if (retained.status != v1::RETENTION_STATUS_DUE) continue;
    due.push_back({access.case_id(), rule.id, retained.due_on});
    if (due.size() > limits::disposal_items_max) break;
  }
  return due;
}

Result<Done> ensure_reviewed_by_others(const std::vector<store::DisposalItemRow>& items,
                                       const AccountId& executor) {
  for (const store::DisposalItemRow& item : items) {
    if (!item.reviewed_by) return refusal(Reason::not_reviewed);
    if (*item.reviewed_by == executor) return refusal(Reason::list_reviewed_by_caller);
  }
  return Done();
}

// Whether what the list was made by still holds. The rule must be the same: another may preserve
// by birth days at which nobody here has looked.
bool is_still_due(const store::DisposalItemRow& item, const Workspace& workspace,
                  const store::RetentionRuleRow& rule) {
  return item.shown.verdict() == v1::DISPOSAL_VERDICT_DISPOSE && item.due.rule == rule.id &&
         !workspace.tables.retention.is_on_hold(item.due.case_id) &&
         due_day(workspace, rule, item.due.case_id) <= workspace.today;
}

}  // namespace

access::Place kept_place(const ItemId& list) {
  return {"disposal_item.sealed_reason", list.bytes(), 1};
}

Result<v1::CreateDisposalListResponse> create_disposal_list(
    const Permit<Action::create_disposal_list>& permit, Workspace& workspace,
    const v1::CreateDisposalListRequest& /*request*/) {
  std::vector<store::DueCase> due = due_cases(permit.target(), workspace);
  if (due.empty()) return refusal(Reason::nothing_due);
  const bool more = due.size() > limits::disposal_items_max;
  if (more) due.pop_back();
  store::DisposalListRow list;
  list.id = ItemId::random();
  list.made_by = permit.caller().account();
  list.shown.set_list(random_ref());
  store::Disposals& disposals = workspace.tables.disposals;
  disposals.add_list(permit.target().municipality(), list, {list.made_by, workspace.now});
  for (const store::DueCase& each : due) disposals.add_item(list, each);
  workspace.tally.note_item(list.id, 1);
  v1::CreateDisposalListResponse response;
  response.set_list(list.shown.list());
  response.set_items(static_cast<std::uint32_t>(due.size()));
  response.set_more(more);
  return response;
}

Result<Piece<v1::ListDisposalListsResponse>> list_disposal_lists(
    const Permit<Action::list_disposal_lists>& permit, Workspace& workspace,
    const v1::ListDisposalListsRequest& /*request*/, const std::string& cursor) {
  auto found = workspace.tables.disposals.list(permit.target(), permit.caller().account(), cursor);
  Piece<v1::ListDisposalListsResponse> piece;
  piece.next_cursor = std::move(found.next_cursor);
  for (v1::DisposalList& row : found.rows) *piece.message.add_lists() = std::move(row);
  return piece;
}

Result<v1::GetDisposalListResponse> get_disposal_list(
    const Permit<Action::get_disposal_list>& permit, Workspace& workspace,
    const v1::GetDisposalListRequest& request) {
  const store::Disposals& disposals = workspace.tables.disposals;
  const AccountId& viewer = permit.caller().account();
  store::DisposalListRow list =
      TRY(disposals.find({permit.target().municipality(), request.list(), viewer}));
  v1::GetDisposalListResponse response;
  for (store::DisposalItemRow& item : disposals.items(list, viewer)) {
    workspace.tally.note_shown(item.due.case_id, std::nullopt);
    *response.add_items() = std::move(item.shown);
  }
  *response.mutable_list() = std::move(list.shown);
  return response;
}

Result<v1::ReviewDisposalItemResponse> review_disposal_item(
    const Permit<Action::review_disposal_item>& permit, Workspace& workspace,
    const v1::ReviewDisposalItemRequest& request) {
  const access::CaseAccess& access = permit.target();
  store::Disposals& disposals = workspace.tables.disposals;
  const auto list =
      TRY(disposals.find({access.municipality(), request.list(), permit.caller().account()}));
  if (list.shown.has_executed_at()) return refusal(Reason::executed_already);
  if (list.made_by == permit.caller().account()) return refusal(Reason::list_made_by_caller);
  const bool keeps = request.verdict() == v1::DISPOSAL_VERDICT_KEEP;
  if (keeps && is_blank(request.reason())) return refusal(Reason::missing, "reason");
  if (!keeps && !request.reason().empty()) return refusal(Reason::unexpected, "reason");
  if (!keeps && workspace.tables.retention.is_on_hold(access.case_id())) {
    return refusal(Reason::case_on_hold);
  }
  store::Review review{request.verdict(), std::nullopt, {permit.caller().account(), workspace.now}};
  if (keeps) {
    review.reason = access.seal(access.coordination(), kept_place(list.id), request.reason());
  }
  TRY(disposals.review(list, access, review));
  workspace.tally.note_item(list.id, 1);
  v1::ReviewDisposalItemResponse response;
  response.set_unreviewed(list.shown.unreviewed() - 1);
  return response;
}

Result<v1::ExecuteDisposalResponse> execute_disposal(const Permit<Action::execute_disposal>& permit,
                                                     Workspace& workspace,
                                                     const v1::ExecuteDisposalRequest& request) {
  store::Disposals& disposals = workspace.tables.disposals;
  const MunicipalityId& municipality = permit.target().municipality().municipality();
  const AccountId& executor = permit.caller().account();
  const auto list = TRY(disposals.find({municipality, request.list(), executor}));
  if (list.shown.has_executed_at()) return refusal(Reason::executed_already);
  if (list.made_by == executor) return refusal(Reason::list_made_by_caller);
  // Of what the executor may not know of, nothing is destroyed: it is left for another list.
  const auto items = disposals.items(list, executor);
  TRY(ensure_reviewed_by_others(items, executor));
  const auto rule = rule_for_cases(workspace, municipality);
  v1::ExecuteDisposalResponse response;
  for (const store::DisposalItemRow& item : items) {
    if (!is_still_due(item, workspace, rule)) {
      workspace.tally.note_shown(item.due.case_id, std::nullopt);
      response.add_left_case_numbers(item.shown.case_number());
      continue;
    }
    disposals.erase_content(item.due.case_id);
    disposals.set_outcome(list, item.due.case_id, v1::DISPOSAL_OUTCOME_DISPOSED);
    permit.target().destroy_key_of(item.due.case_id);
    response.add_disposed_case_numbers(item.shown.case_number());
  }
  disposals.close(list, {executor, workspace.now});
  workspace.tally.note_item(list.id, 2);
  return response;
}

}  // namespace sspf::handlers
