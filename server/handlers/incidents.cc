// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/incidents.h"

#include "crypto/encoding.h"
#include "server/base/limits.h"
#include "server/base/months.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

constexpr std::int64_t hour_microseconds = 3600LL * 1'000'000;

Instant hours_after(Instant at, int hours) { return {at.microseconds + hours * hour_microseconds}; }

Instant month_after(Instant at) {
  const std::string date = date_of(at);
  const std::string month = months_after(month_of(date), 1);
  std::string day = month + date.substr(7);
  while (!is_date(day)) {
    const int before = std::stoi(day.substr(8)) - 1;
    day = month + "-" + std::to_string(before);  // the 28th at the least
  }
  return {start_of(day).microseconds + at.microseconds - start_of(date).microseconds};
}

// What a dry run, which comes before the bundle, leaves out.
Result<Done> ensure_whole(const v1::RecordIncidentExportRequest& request) {
  if (request.write().dry_run()) return Done();
  if (request.events() == 0) return refusal(Reason::missing, "events");
  if (request.bundle_sha256().empty()) return refusal(Reason::missing, "bundle_sha256");
  return Done();
}

std::optional<std::int64_t> bound_of(bool is_there, const google::protobuf::Timestamp& time) {
  if (!is_there) return std::nullopt;
  return store::microseconds_of(time);
}

}  // namespace

v1::IncidentDeadlines deadlines_from(Instant known_at) {
  v1::IncidentDeadlines deadlines;
  const auto put = [](Instant at, google::protobuf::Timestamp& field) {
    field = store::timestamp_of(at.microseconds);
  };
  put(hours_after(known_at, 24), *deadlines.mutable_early_warning_by());
  put(hours_after(known_at, 72), *deadlines.mutable_report_by());
  put(month_after(known_at), *deadlines.mutable_final_report_by());
  return deadlines;
}

Result<v1::RecordIncidentExportResponse> record_incident_export(
    const Permit<Action::record_incident_export>& permit, Workspace& workspace,
    const v1::RecordIncidentExportRequest& request) {
  store::NewIncidentExport made;
  made.known_at = {store::microseconds_of(request.known_at())};
  made.from_us = bound_of(request.has_from(), request.from());
  made.to_us = bound_of(request.has_to(), request.to());
  if (made.known_at > workspace.now) return refusal(Reason::in_future, "known_at");
  if (made.from_us && made.to_us && *made.to_us <= *made.from_us) {
    return refusal(Reason::ends_before_start, "to");
  }
  if (request.events() > limits::incident_events_max) {
    return refusal(Reason::too_many_incident_events, "events");
  }
  TRY(ensure_whole(request));
  v1::RecordIncidentExportResponse response;
  *response.mutable_deadlines() = deadlines_from(made.known_at);
  made.year = workspace.today.substr(0, 4);
  if (request.bundle_sha256().empty()) {
    response.set_incident(workspace.tables.incidents.next_number(permit.target(), made.year));
    return response;
  }
  made.id = ItemId::random();
  made.events = request.events();
  made.bundle_digest = crypto::from_hex(request.bundle_sha256()).value();
  made.author = {permit.caller().account(), workspace.now};
  response.set_incident(workspace.tables.incidents.add(permit.target(), made));
  workspace.tally.note_item(made.id, 1);
  workspace.tally.bundle_digest = made.bundle_digest;
  return response;
}

Result<Piece<v1::ListIncidentExportsResponse>> list_incident_exports(
    const Permit<Action::list_incident_exports>& permit, Workspace& workspace,
    const v1::ListIncidentExportsRequest& /*request*/, const std::string& cursor) {
  auto found = workspace.tables.incidents.list(permit.target(), cursor);
  Piece<v1::ListIncidentExportsResponse> piece;
  piece.next_cursor = std::move(found.next_cursor);
  for (v1::IncidentExport& row : found.rows) {
    *row.mutable_deadlines() = deadlines_from({store::microseconds_of(row.known_at())});
    *piece.message.add_exports() = std::move(row);
  }
  workspace.tally.items_shown = static_cast<std::uint32_t>(found.rows.size());
  return piece;
}

}  // namespace sspf::handlers
