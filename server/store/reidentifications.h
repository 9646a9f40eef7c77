// SPDX-License-Identifier: Apache-2.0
//
// SQL of re-identification: requests to learn which case a reference in the log is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/review_access.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/review.pb.h"

namespace sspf::store {

struct ReidentificationRow {
  ItemId id;
  CaseId case_id;
  AccountId asked_by;
  std::optional<Instant> approved_at;
  v1::Reidentification shown;  // all but the reason
  access::ReviewText reason;
};

struct NewReidentification {
  ItemId id;
  std::string ref;
  CaseId case_id;
  access::ReviewText reason;
  Authorship author;
};

class Reidentifications {
 public:
  explicit Reidentifications(Connection& connection) : connection_(&connection) {}

  void add(const access::ReviewAccess& in, const NewReidentification& request);
  // The newest first, at most a page, from before the row that the cursor names.
  struct Listed {
    std::vector<ReidentificationRow> rows;
    std::string next_cursor;
  };
  Listed list(const access::ReviewAccess& in, const std::string& cursor) const;
  // Hidden when the municipality has no such request.
  Result<ReidentificationRow> find(const access::ReviewAccess& in, const std::string& ref) const;
  void approve(const ReidentificationRow& row, const Authorship& approval);
  // The number of the case, for once.
  std::string show(const ReidentificationRow& row, Instant now);

 private:
  Connection* connection_;
};

access::Place reidentification_place(const ItemId& request);

}  // namespace sspf::store
