// SPDX-License-Identifier: Apache-2.0
//
// SQL of the erasure of audit details: who asked for which month, and who approved.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/log_details.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/audit_details.pb.h"

namespace sspf::store {

struct DetailsErasureRow {
  ItemId id;
  AccountId asked_by;
  v1::DetailsErasure shown;
};

struct NewDetailsErasure {
  ItemId id;
  std::string ref;
  std::string month;
  Authorship author;
};

class DetailsErasures {
 public:
  explicit DetailsErasures(Connection& connection) : connection_(&connection) {}

  void add(const access::DetailsErasure& in, const NewDetailsErasure& wanted);
  // The newest first, at most a page, from before the row that the cursor names.
  struct Listed {
    std::vector<v1::DetailsErasure> rows;
    std::string next_cursor;
  };
  Listed list(const access::DetailsErasure& in, const std::string& cursor) const;
  // Hidden when there is no such request here.
  Result<DetailsErasureRow> find(const access::DetailsErasure& in, const std::string& ref) const;
  void approve(const DetailsErasureRow& row, const KeyId& destroyed, const Authorship& approval);

 private:
  Connection* connection_;
};

}  // namespace sspf::store
