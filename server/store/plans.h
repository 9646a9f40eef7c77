// SPDX-License-Identifier: Apache-2.0
//
// SQL of plans: one for each case, every version kept. The content is sealed in the compartment of
// the case's coordinating agency.
#pragma once

#include <optional>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/plan.pb.h"

namespace sspf::store {

// Some versions of a plan, and where the list goes on; empty at its end.
struct PlanPiece {
  std::vector<v1::Plan> versions;
  std::string next_cursor;
};

class Plans {
 public:
  explicit Plans(Connection& connection) : connection_(&connection) {}

  // Version 1. Refuses with plan_exists.
  Result<std::uint64_t> create(const access::CaseAccess& in, const v1::PlanContent& content,
                               const Authorship& author);
  // The version after `version`. Refuses with not_found when there is no plan, stale_version when
  // `version` is not the newest, and too_many_versions.
  Result<std::uint64_t> revise(const access::CaseAccess& in, std::uint64_t version,
                               const v1::PlanContent& content, const Authorship& author);

  bool exists(const access::CaseAccess& in) const;
  // The newest version; nothing when there is none or the caller may not see it.
  std::optional<v1::Plan> newest(const access::CaseAccess& in) const;
  // Oldest first; none when the caller may not see them. `cursor` is empty, or that of the piece
  // before.
  PlanPiece versions(const access::CaseAccess& in, const std::string& cursor) const;

 private:
  void add_version(const access::CaseAccess& in, std::uint64_t version,
                   const v1::PlanContent& content, const Authorship& author);

  Connection* connection_;
};

}  // namespace sspf::store
