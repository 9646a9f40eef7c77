// SPDX-License-Identifier: Apache-2.0
//
// SQL of exports of incidents.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/review_access.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/incident.pb.h"

namespace sspf::store {

struct NewIncidentExport {
  ItemId id;
  Instant known_at;
  std::optional<std::int64_t> from_us;
  std::optional<std::int64_t> to_us;
  std::uint32_t events = 0;
  crypto::Bytes bundle_digest;
  std::string year;
  Authorship author;
};

class Incidents {
 public:
  explicit Incidents(Connection& connection) : connection_(&connection) {}

  // The number: "TYR-I-2026-1".
  std::string add(const access::ReviewAccess& in, const NewIncidentExport& made);
  std::string next_number(const access::ReviewAccess& in, const std::string& year) const;
  // The newest first, at most a page, from before the row that the cursor names. Without their
  // deadlines.
  struct Listed {
    std::vector<v1::IncidentExport> rows;
    std::string next_cursor;
  };
  Listed list(const access::ReviewAccess& in, const std::string& cursor) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
