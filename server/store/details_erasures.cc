// SPDX-License-Identifier: Apache-2.0
#include "server/store/details_erasures.h"

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// erasure_id, account_id, ref, month, handle, asked_at, handle, approved_at.
DetailsErasureRow erasure_row(const Query& query) {
  DetailsErasureRow row;
  row.id = query.id<ItemId>(0);
  row.asked_by = query.id<AccountId>(1);
  row.shown.set_erasure(query.text(2));
  row.shown.set_month(query.text(3));
  row.shown.set_asked_by_handle(query.text(4));
  *row.shown.mutable_asked_at() = timestamp_of(query.integer(5));
  if (query.is_null(7)) return row;
  row.shown.set_approved_by_handle(query.text(6));
  *row.shown.mutable_approved_at() = timestamp_of(query.integer(7));
  return row;
}

}  // namespace

void DetailsErasures::add(const access::DetailsErasure& in, const NewDetailsErasure& wanted) {
  Query(*connection_,
        "INSERT INTO details_erasure (erasure_id, municipality_id, ref, month, account_id, "
        "asked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        wanted.id, in.municipality(), wanted.ref, wanted.month, wanted.author.account,
        wanted.author.at.microseconds)
      .run();
}

DetailsErasures::Listed DetailsErasures::list(const access::DetailsErasure& in,
                                              const std::string& cursor) const {
  Listed listed;
  std::optional<std::int64_t> before;
  if (!cursor.empty()) before = std::stoll(cursor);
  std::int64_t last = 0;
  Query query(*connection_,
              "SELECT e.erasure_id, e.account_id, e.ref, e.month, a.handle, e.asked_at, p.handle, "
              "e.approved_at, e.rowid FROM details_erasure e "
              "JOIN account a ON a.account_id = e.account_id "
              "LEFT JOIN account p ON p.account_id = e.approved_by_id "
              "WHERE e.municipality_id IS ?1 AND (?2 IS NULL OR e.rowid < ?2) "
              "ORDER BY e.rowid DESC LIMIT ?3",
              in.municipality(), before, limits::page_size_max);
  while (query.step()) {
    listed.rows.push_back(erasure_row(query).shown);
    last = query.integer(8);
  }
  if (listed.rows.size() == limits::page_size_max) listed.next_cursor = std::to_string(last);
  return listed;
}

Result<DetailsErasureRow> DetailsErasures::find(const access::DetailsErasure& in,
                                                const std::string& ref) const {
  Query query(*connection_,
              "SELECT e.erasure_id, e.account_id, e.ref, e.month, a.handle, e.asked_at, p.handle, "
              "e.approved_at FROM details_erasure e "
              "JOIN account a ON a.account_id = e.account_id "
              "LEFT JOIN account p ON p.account_id = e.approved_by_id "
              "WHERE e.municipality_id IS ?1 AND e.ref = ?2",
              in.municipality(), ref);
  if (!query.step()) return hidden(Reason::not_found);
  return erasure_row(query);
}

void DetailsErasures::approve(const DetailsErasureRow& row, const KeyId& destroyed,
                              const Authorship& approval) {
  Query(*connection_,
        "UPDATE details_erasure SET approved_by_id = ?1, approved_at = ?2, key_id = ?3 "
        "WHERE erasure_id = ?4",
        approval.account, approval.at.microseconds, destroyed, row.id)
      .run();
}

}  // namespace sspf::store
