// SPDX-License-Identifier: Apache-2.0
#include "server/store/plans.h"

#include "server/base/limits.h"
#include "server/base/piece_size.h"
#include "server/store/directory.h"
#include "server/store/timestamps.h"
#include "server/store/version_cursor.h"

namespace sspf::store {
namespace {

access::Place place_of(const access::CaseAccess& in, std::uint64_t version) {
  return {"plan_version.sealed_content", in.case_id().bytes(), version};
}

// version, review_date, sealed_content, handle, written_at. Nothing when it may not be seen.
std::optional<v1::Plan> plan_row(const access::CaseAccess& in, const Query& query) {
  v1::Plan plan;
  plan.set_version(static_cast<std::uint64_t>(query.integer(0)));
  const auto content = in.open(in.coordination_item(v1::INFORMATION_KIND_PLAN),
                               place_of(in, plan.version()), {query.blob(2)});
  if (!content) return std::nullopt;
  if (!plan.mutable_content()->ParseFromString(*content)) {
    throw Fault("the content of a plan does not parse");
  }
  plan.mutable_content()->set_review_date(query.text(1));
  plan.set_author_handle(query.text(3));
  *plan.mutable_written_at() = timestamp_of(query.integer(4));
  return plan;
}

}  // namespace

void Plans::add_version(const access::CaseAccess& in, std::uint64_t version,
                        const v1::PlanContent& content, const Authorship& author) {
  v1::PlanContent secret = content;
  secret.clear_review_date();
  const access::Sealed sealed =
      in.seal(in.coordination(), place_of(in, version), secret.SerializeAsString());
  Query(*connection_,
        "INSERT INTO plan_version (case_id, version, review_date, sealed_content, account_id, "
        "written_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        in.case_id(), version, content.review_date(), Blob{sealed.bytes}, author.account,
        author.at.microseconds)
      .run();
}

Result<std::uint64_t> Plans::create(const access::CaseAccess& in, const v1::PlanContent& content,
                                    const Authorship& author) {
  const int added = Query(*connection_,
                          "INSERT INTO plan (case_id, version) VALUES (?1, 1) "
                          "ON CONFLICT (case_id) DO NOTHING",
                          in.case_id())
                        .run();
  if (added == 0) return refusal(Reason::plan_exists);
  add_version(in, 1, content, author);
  return std::uint64_t{1};
}

Result<std::uint64_t> Plans::revise(const access::CaseAccess& in, std::uint64_t version,
                                    const v1::PlanContent& content, const Authorship& author) {
  if (!exists(in)) return hidden(Reason::not_found);
  const int changed = Query(*connection_,
                            "UPDATE plan SET version = version + 1 "
                            "WHERE case_id = ?1 AND version = ?2",
                            in.case_id(), version)
                          .run();
  if (changed == 0) return refusal(Reason::stale_version);
  if (version >= limits::versions_per_item_max) return refusal(Reason::too_many_versions);
  add_version(in, version + 1, content, author);
  return version + 1;
}

bool Plans::exists(const access::CaseAccess& in) const {
  return Query(*connection_, "SELECT 1 FROM plan WHERE case_id = ?1", in.case_id()).step();
}

std::optional<v1::Plan> Plans::newest(const access::CaseAccess& in) const {
  Query query(*connection_,
              "SELECT v.version, v.review_date, v.sealed_content, a.handle, v.written_at "
              "FROM plan p JOIN plan_version v ON v.case_id = p.case_id AND v.version = p.version "
              "JOIN account a ON a.account_id = v.account_id WHERE p.case_id = ?1",
              in.case_id());
  if (!query.step()) return std::nullopt;
  return plan_row(in, query);
}

PlanPiece Plans::versions(const access::CaseAccess& in, const std::string& cursor) const {
  Query query(*connection_,
              "SELECT v.version, v.review_date, v.sealed_content, a.handle, v.written_at "
              "FROM plan_version v JOIN account a ON a.account_id = v.account_id "
              "WHERE v.case_id = ?1 AND v.version >= ?2 ORDER BY v.version",
              in.case_id(), version_of(cursor));
  PlanPiece piece;
  PieceSize size;
  while (query.step()) {
    if (!size.takes(query.blob(2).size())) {
      piece.next_cursor = std::to_string(query.integer(0));
      break;
    }
    auto plan = plan_row(in, query);
    if (!plan) break;  // nor may any other version be seen
    piece.versions.push_back(std::move(*plan));
  }
  return piece;
}

}  // namespace sspf::store
