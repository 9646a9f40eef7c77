// SPDX-License-Identifier: Apache-2.0
#include "server/store/incidents.h"

#include "crypto/encoding.h"
#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

// number, known_us, from_us, to_us, events, bundle_digest, handle, exported_at.
v1::IncidentExport export_row(const Query& query) {
  v1::IncidentExport row;
  row.set_incident(query.text(0));
  *row.mutable_known_at() = timestamp_of(query.integer(1));
  if (!query.is_null(2)) *row.mutable_from() = timestamp_of(query.integer(2));
  if (!query.is_null(3)) *row.mutable_to() = timestamp_of(query.integer(3));
  row.set_events(static_cast<std::uint32_t>(query.integer(4)));
  row.set_bundle_sha256(crypto::hex(crypto::view_of(query.blob(5))));
  row.set_exported_by_handle(query.text(6));
  *row.mutable_exported_at() = timestamp_of(query.integer(7));
  return row;
}

}  // namespace

std::string Incidents::next_number(const access::ReviewAccess& in, const std::string& year) const {
  Query query(*connection_,
              "SELECT count(*) + 1 FROM incident_export WHERE municipality_id = ?1 AND year = ?2",
              in.municipality(), year);
  if (!query.step()) throw Fault("a count has no row");
  return in.code() + "-I-" + year + "-" + std::to_string(query.integer(0));
}

std::string Incidents::add(const access::ReviewAccess& in, const NewIncidentExport& made) {
  std::string number = next_number(in, made.year);
  Query(*connection_,
        "INSERT INTO incident_export (incident_id, municipality_id, year, number, known_us, "
        "from_us, to_us, events, bundle_digest, account_id, exported_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        made.id, in.municipality(), made.year, number, made.known_at.microseconds, made.from_us,
        made.to_us, made.events, made.bundle_digest, made.author.account,
        made.author.at.microseconds)
      .run();
  return number;
}

Incidents::Listed Incidents::list(const access::ReviewAccess& in, const std::string& cursor) const {
  Listed listed;
  std::optional<std::int64_t> before;
  if (!cursor.empty()) before = std::stoll(cursor);
  std::int64_t last = 0;
  Query query(*connection_,
              "SELECT i.number, i.known_us, i.from_us, i.to_us, i.events, i.bundle_digest, "
              "a.handle, i.exported_at, i.rowid FROM incident_export i "
              "JOIN account a ON a.account_id = i.account_id "
              "WHERE i.municipality_id = ?1 AND (?2 IS NULL OR i.rowid < ?2) "
              "ORDER BY i.rowid DESC LIMIT ?3",
              in.municipality(), before, limits::page_size_max);
  while (query.step()) {
    listed.rows.push_back(export_row(query));
    last = query.integer(8);
  }
  if (listed.rows.size() == limits::page_size_max) listed.next_cursor = std::to_string(last);
  return listed;
}

}  // namespace sspf::store
