// SPDX-License-Identifier: Apache-2.0
#include "server/store/openings.h"

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// Each is written once.
access::Place reason_place(const ItemId& opening) {
  return {"emergency_opening.sealed_reason", opening.bytes(), 1};
}
access::Place opening_comment_place(const ItemId& opening) {
  return {"emergency_opening.sealed_comment", opening.bytes(), 1};
}

std::int64_t end_of(Instant opened_at) {
  return opened_at.microseconds + std::chrono::microseconds(limits::emergency_time_max).count();
}

}  // namespace

Result<Opened> Openings::add(const access::CaseAccess& in, const std::string& reason,
                             const Authorship& author) {
  {
    Query waiting(*connection_,
                  "SELECT 1 FROM emergency_opening WHERE account_id = ?1 AND reviewed_at IS NULL",
                  author.account);
    if (waiting.step()) return refusal(Reason::emergency_not_reviewed);
  }
  const Opened opened{ItemId::random(), random_ref(), {end_of(author.at)}};
  const access::Sealed sealed = in.seal(in.coordination(), reason_place(opened.id), reason);
  Query(*connection_,
        "INSERT INTO emergency_opening (opening_id, case_id, ref, account_id, opened_at, "
        "expires_at, sealed_reason, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
        opened.id, in.case_id(), opened.ref, author.account, author.at.microseconds,
        opened.expires_at.microseconds, Blob{sealed.bytes})
      .run();
  return opened;
}

std::vector<v1::Opening> Openings::list(const access::CaseAccess& in) const {
  std::vector<v1::Opening> openings;
  const access::ItemFacts item = in.coordination_item(v1::INFORMATION_KIND_IDENTITY);
  Query query(*connection_,
              "SELECT o.opening_id, o.ref, a.handle, o.opened_at, o.expires_at, o.sealed_reason, "
              "o.verdict, r.handle, o.reviewed_at, o.sealed_comment FROM emergency_opening o "
              "JOIN account a ON a.account_id = o.account_id "
              "LEFT JOIN account r ON r.account_id = o.reviewer_id "
              "WHERE o.case_id = ?1 ORDER BY o.opened_at, o.ref",
              in.case_id());
  while (query.step()) {
    const auto id = query.id<ItemId>(0);
    v1::Opening& opening = openings.emplace_back();
    opening.set_opening(query.text(1));
    opening.set_handle(query.text(2));
    *opening.mutable_opened_at() = timestamp_of(query.integer(3));
    *opening.mutable_expires_at() = timestamp_of(query.integer(4));
    opening.set_reason(in.open(item, reason_place(id), {query.blob(5)}).value_or(""));
    if (query.is_null(8)) continue;
    opening.set_verdict(query.enumerator<v1::OpeningVerdict>(6));
    opening.set_reviewer_handle(query.text(7));
    *opening.mutable_reviewed_at() = timestamp_of(query.integer(8));
    opening.set_comment(in.open(item, opening_comment_place(id), {query.blob(9)}).value_or(""));
  }
  return openings;
}

Result<ItemId> Openings::review(const access::CaseAccess& in, const std::string& ref,
                                const OpeningReview& review, const Authorship& author) {
  ItemId id;
  {
    Query query(*connection_,
                "SELECT opening_id, account_id, reviewed_at FROM emergency_opening "
                "WHERE case_id = ?1 AND ref = ?2",
                in.case_id(), ref);
    if (!query.step()) return hidden(Reason::not_found);
    if (query.id<AccountId>(1) == author.account) return refusal(Reason::own_act);
    if (!query.is_null(2)) return refusal(Reason::reviewed_already);
    id = query.id<ItemId>(0);
  }
  const access::Sealed sealed =
      in.seal(in.coordination(), opening_comment_place(id), review.comment);
  Query(*connection_,
        "UPDATE emergency_opening SET verdict = ?1, reviewer_id = ?2, reviewed_at = ?3, "
        "sealed_comment = ?4 WHERE opening_id = ?5 AND case_id = ?6",
        static_cast<int>(review.verdict), author.account, author.at.microseconds,
        Blob{sealed.bytes}, id, in.case_id())
      .run();
  return id;
}

bool Openings::is_any_not_reviewed(const access::CaseAccess& in) const {
  return Query(*connection_,
               "SELECT 1 FROM emergency_opening WHERE case_id = ?1 AND reviewed_at IS NULL",
               in.case_id())
      .step();
}

}  // namespace sspf::store
