// SPDX-License-Identifier: Apache-2.0
#include "server/store/reidentifications.h"

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// request_id, log_case_id, account_id, ref, handle, asked_at, handle, approved_at, shown_at,
// key_id, sealed_reason.
ReidentificationRow request_row(const Query& query) {
  ReidentificationRow row;
  row.id = query.id<ItemId>(0);
  row.case_id = query.id<CaseId>(1);
  row.asked_by = query.id<AccountId>(2);
  row.shown.set_reidentification(query.text(3));
  row.shown.set_case_ref(row.case_id.text());
  row.shown.set_asked_by_handle(query.text(4));
  *row.shown.mutable_asked_at() = timestamp_of(query.integer(5));
  row.reason = {query.id<KeyId>(9), {query.blob(10)}};
  if (query.is_null(7)) return row;
  row.approved_at = Instant{query.integer(7)};
  row.shown.set_approved_by_handle(query.text(6));
  *row.shown.mutable_approved_at() = timestamp_of(query.integer(7));
  if (!query.is_null(8)) *row.shown.mutable_shown_at() = timestamp_of(query.integer(8));
  return row;
}

}  // namespace

access::Place reidentification_place(const ItemId& request) {
  return {"reidentification.sealed_reason", request.bytes(), 1};
}

void Reidentifications::add(const access::ReviewAccess& in, const NewReidentification& request) {
  Query(*connection_,
        "INSERT INTO reidentification (request_id, municipality_id, ref, log_case_id, key_id, "
        "sealed_reason, account_id, asked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        request.id, in.municipality(), request.ref, request.case_id, request.reason.key,
        Blob{request.reason.sealed.bytes}, request.author.account, request.author.at.microseconds)
      .run();
}

Reidentifications::Listed Reidentifications::list(const access::ReviewAccess& in,
                                                  const std::string& cursor) const {
  Listed listed;
  std::optional<std::int64_t> before;
  if (!cursor.empty()) before = std::stoll(cursor);
  std::int64_t last = 0;
  Query query(*connection_,
              "SELECT r.request_id, r.log_case_id, r.account_id, r.ref, a.handle, r.asked_at, "
              "p.handle, r.approved_at, r.shown_at, r.key_id, r.sealed_reason, r.rowid "
              "FROM reidentification r JOIN account a ON a.account_id = r.account_id "
              "LEFT JOIN account p ON p.account_id = r.approved_by_id "
              "WHERE r.municipality_id = ?1 AND (?2 IS NULL OR r.rowid < ?2) "
              "ORDER BY r.rowid DESC LIMIT ?3",
              in.municipality(), before, limits::page_size_max);
  while (query.step()) {
    listed.rows.push_back(request_row(query));
    last = query.integer(11);
  }
  if (listed.rows.size() == limits::page_size_max) listed.next_cursor = std::to_string(last);
  return listed;
}

Result<ReidentificationRow> Reidentifications::find(const access::ReviewAccess& in,
                                                    const std::string& ref) const {
  Query query(*connection_,
              "SELECT r.request_id, r.log_case_id, r.account_id, r.ref, a.handle, r.asked_at, "
              "p.handle, r.approved_at, r.shown_at, r.key_id, r.sealed_reason "
              "FROM reidentification r JOIN account a ON a.account_id = r.account_id "
              "LEFT JOIN account p ON p.account_id = r.approved_by_id "
              "WHERE r.municipality_id = ?1 AND r.ref = ?2",
              in.municipality(), ref);
  if (!query.step()) return hidden(Reason::not_found);
  return request_row(query);
}

void Reidentifications::approve(const ReidentificationRow& row, const Authorship& approval) {
  Query(*connection_,
        "UPDATE reidentification SET approved_by_id = ?1, approved_at = ?2 WHERE request_id = ?3",
        approval.account, approval.at.microseconds, row.id)
      .run();
}

std::string Reidentifications::show(const ReidentificationRow& row, Instant now) {
  Query(*connection_, "UPDATE reidentification SET shown_at = ?1 WHERE request_id = ?2",
        now.microseconds, row.id)
      .run();
  Query query(*connection_, "SELECT number FROM case_file WHERE case_id = ?1", row.case_id);
  if (!query.step()) throw Fault("a request names a case that is not there");
  return query.text(0);
}

}  // namespace sspf::store
