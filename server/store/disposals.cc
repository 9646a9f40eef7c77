// SPDX-License-Identifier: Apache-2.0
#include "server/store/disposals.h"

#include <limits>

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// The columns that list_row() reads, in this order: list_id, account_id, ref, handle of who made
// it, created_at, items, unreviewed, handle of who executed it, executed_at, disposed.
DisposalListRow list_row(const Query& query) {
  DisposalListRow row;
  row.id = query.id<ItemId>(0);
  row.made_by = query.id<AccountId>(1);
  row.shown.set_list(query.text(2));
  row.shown.set_created_by_handle(query.text(3));
  *row.shown.mutable_created_at() = timestamp_of(query.integer(4));
  row.shown.set_items(static_cast<std::uint32_t>(query.integer(5)));
  row.shown.set_unreviewed(static_cast<std::uint32_t>(query.integer(6)));
  row.shown.set_disposed(static_cast<std::uint32_t>(query.integer(9)));
  if (query.is_null(8)) return row;
  row.shown.set_executed_by_handle(query.text(7));
  *row.shown.mutable_executed_at() = timestamp_of(query.integer(8));
  return row;
}

}  // namespace

void Disposals::add_list(const access::MunicipalityAccess& municipality,
                         const DisposalListRow& list, const Authorship& made) {
  Query(*connection_,
        "INSERT INTO disposal_list (list_id, municipality_id, ref, account_id, created_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        list.id, municipality.municipality(), list.shown.list(), made.account, made.at.microseconds)
      .run();
}

void Disposals::add_item(const DisposalListRow& list, const DueCase& due) {
  Query(*connection_,
        "INSERT INTO disposal_item (list_id, case_id, rule_id, due_on) VALUES (?1, ?2, ?3, ?4)",
        list.id, due.case_id, due.rule, due.due_on)
      .run();
}

bool Disposals::is_on_open_list(const CaseId& id) const {
  Query query(*connection_,
              "SELECT 1 FROM disposal_item i JOIN disposal_list l ON l.list_id = i.list_id "
              "WHERE i.case_id = ?1 AND l.executed_at IS NULL",
              id);
  return query.step();
}

Result<DisposalListRow> Disposals::find(const ListWanted& wanted) const {
  Query query(*connection_,
              "SELECT l.list_id, l.account_id, l.ref, a.handle, l.created_at, count(*), "
              "sum(i.verdict IS NULL), e.handle, l.executed_at, "
              "sum(coalesce(i.outcome, 0) = ?3) FROM disposal_list l "
              "JOIN account a ON a.account_id = l.account_id "
              "JOIN disposal_item i ON i.list_id = l.list_id "
              "LEFT JOIN account e ON e.account_id = l.executed_by_id "
              "WHERE l.municipality_id = ?1 AND l.ref = ?2 AND NOT EXISTS (SELECT 1 "
              "FROM kept_out k WHERE k.case_id = i.case_id AND k.account_id = ?4) "
              "GROUP BY l.list_id",
              wanted.municipality, wanted.ref, static_cast<int>(v1::DISPOSAL_OUTCOME_DISPOSED),
              wanted.viewer);
  if (!query.step()) return hidden(Reason::not_found);
  return list_row(query);
}

DisposalListPiece Disposals::list(const access::MunicipalityAccess& municipality,
                                  const AccountId& viewer, const std::string& cursor) const {
  const std::int64_t before =
      cursor.empty() ? std::numeric_limits<std::int64_t>::max() : std::stoll(cursor);
  Query query(*connection_,
              "SELECT l.list_id, l.account_id, l.ref, a.handle, l.created_at, count(*), "
              "sum(i.verdict IS NULL), e.handle, l.executed_at, "
              "sum(coalesce(i.outcome, 0) = ?2), l.rowid FROM disposal_list l "
              "JOIN account a ON a.account_id = l.account_id "
              "JOIN disposal_item i ON i.list_id = l.list_id "
              "LEFT JOIN account e ON e.account_id = l.executed_by_id "
              "WHERE l.municipality_id = ?1 AND l.rowid < ?3 AND NOT EXISTS (SELECT 1 "
              "FROM kept_out k WHERE k.case_id = i.case_id AND k.account_id = ?5) "
              "GROUP BY l.rowid ORDER BY l.rowid DESC LIMIT ?4",
              municipality.municipality(), static_cast<int>(v1::DISPOSAL_OUTCOME_DISPOSED), before,
              limits::page_size_max, viewer);
  DisposalListPiece piece;
  std::int64_t last = 0;
  while (query.step()) {
    piece.rows.push_back(list_row(query).shown);
    last = query.integer(10);
  }
  if (piece.rows.size() == limits::page_size_max) piece.next_cursor = std::to_string(last);
  return piece;
}

std::vector<DisposalItemRow> Disposals::items(const DisposalListRow& list,
                                              const AccountId& viewer) const {
  std::vector<DisposalItemRow> rows;
  Query query(*connection_,
              "SELECT i.case_id, i.rule_id, i.due_on, i.reviewed_by_id, f.number, "
              "coalesce(r.ref, ''), coalesce(i.verdict, 0), a.handle, i.reviewed_at, "
              "coalesce(i.outcome, 0) FROM disposal_item i "
              "JOIN case_file f ON f.case_id = i.case_id "
              "LEFT JOIN retention_rule r ON r.rule_id = i.rule_id "
              "LEFT JOIN account a ON a.account_id = i.reviewed_by_id "
              "WHERE i.list_id = ?1 AND NOT EXISTS (SELECT 1 FROM kept_out k "
              "WHERE k.case_id = i.case_id AND k.account_id = ?2) ORDER BY f.number",
              list.id, viewer);
  while (query.step()) {
    DisposalItemRow& row = rows.emplace_back();
    row.due = {query.id<CaseId>(0), query.optional_id<ItemId>(1), query.text(2)};
    row.reviewed_by = query.optional_id<AccountId>(3);
    row.shown.set_case_number(query.text(4));
    row.shown.set_due_on(row.due.due_on);
    row.shown.set_rule(query.text(5));
    row.shown.set_verdict(query.enumerator<v1::DisposalVerdict>(6));
    row.shown.set_outcome(query.enumerator<v1::DisposalOutcome>(9));
    if (query.is_null(8)) continue;
    row.shown.set_reviewed_by_handle(query.text(7));
    *row.shown.mutable_reviewed_at() = timestamp_of(query.integer(8));
  }
  return rows;
}

Result<Done> Disposals::review(const DisposalListRow& list, const access::CaseAccess& access,
                               const Review& review) {
  {
    Query query(*connection_,
                "SELECT verdict IS NOT NULL FROM disposal_item "
                "WHERE list_id = ?1 AND case_id = ?2",
                list.id, access.case_id());
    if (!query.step()) return hidden(Reason::not_found);
    if (query.integer(0) != 0) return refusal(Reason::reviewed_already);
  }
  std::optional<Blob> reason;
  if (review.reason) reason = Blob{review.reason->bytes};
  Query(*connection_,
        "UPDATE disposal_item SET verdict = ?1, sealed_reason = ?2, reviewed_by_id = ?3, "
        "reviewed_at = ?4 WHERE list_id = ?5 AND case_id = ?6",
        static_cast<int>(review.verdict), reason, review.reviewed.account,
        review.reviewed.at.microseconds, list.id, access.case_id())
      .run();
  return Done();
}

std::vector<KeptRow> Disposals::kept(const access::CaseAccess& access) const {
  std::vector<KeptRow> rows;
  Query query(*connection_,
              "SELECT i.list_id, l.ref, a.handle, i.reviewed_at, i.sealed_reason "
              "FROM disposal_item i JOIN disposal_list l ON l.list_id = i.list_id "
              "JOIN account a ON a.account_id = i.reviewed_by_id "
              "WHERE i.case_id = ?1 AND i.sealed_reason IS NOT NULL ORDER BY i.reviewed_at",
              access.case_id());
  while (query.step()) {
    KeptRow& row = rows.emplace_back();
    row.list = query.id<ItemId>(0);
    row.shown.set_list(query.text(1));
    row.shown.set_reviewed_by_handle(query.text(2));
    *row.shown.mutable_reviewed_at() = timestamp_of(query.integer(3));
    row.reason.bytes = query.blob(4);
  }
  return rows;
}

void Disposals::set_outcome(const DisposalListRow& list, const CaseId& id,
                            v1::DisposalOutcome outcome) {
  Query(*connection_, "UPDATE disposal_item SET outcome = ?1 WHERE list_id = ?2 AND case_id = ?3",
        static_cast<int>(outcome), list.id, id)
      .run();
}

void Disposals::close(const DisposalListRow& list, const Authorship& executed) {
  Query(*connection_,
        "UPDATE disposal_item SET outcome = ?1 WHERE list_id = ?2 AND outcome IS NULL",
        static_cast<int>(v1::DISPOSAL_OUTCOME_LEFT), list.id)
      .run();
  Query(*connection_,
        "UPDATE disposal_list SET executed_by_id = ?1, executed_at = ?2 WHERE list_id = ?3",
        executed.account, executed.at.microseconds, list.id)
      .run();
}

}  // namespace sspf::store
