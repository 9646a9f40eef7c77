// SPDX-License-Identifier: Apache-2.0
//
// SQL of emergency openings: who read a case for an hour, why, and what the review says.
#pragma once

#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/protection.pb.h"

namespace sspf::store {

struct OpeningReview {
  v1::OpeningVerdict verdict = v1::OPENING_VERDICT_UNSPECIFIED;
  std::string comment;
};

struct Opened {
  ItemId id;
  std::string ref;
  Instant expires_at;
};

class Openings {
 public:
  explicit Openings(Connection& connection) : connection_(&connection) {}

  // Refuses with emergency_not_reviewed while one of the account's own waits for its review, of
  // whatever case.
  Result<Opened> add(const access::CaseAccess& in, const std::string& reason,
                     const Authorship& author);
  // Oldest first; their reasons and comments are opened.
  std::vector<v1::Opening> list(const access::CaseAccess& in) const;
  // Hidden when there is none; refuses with own_act and reviewed_already.
  Result<ItemId> review(const access::CaseAccess& in, const std::string& ref,
                        const OpeningReview& review, const Authorship& author);
  bool is_any_not_reviewed(const access::CaseAccess& in) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
