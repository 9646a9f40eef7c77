// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/audit.h"

#include <charconv>
#include <limits>

#include "crypto/note.h"
#include "server/base/limits.h"
#include "server/base/piece_size.h"
#include "server/handlers/event_view.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

// Of a cursor, which the server itself has made.
std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  ENSURE(read.ec == std::errc() && read.ptr == text.data() + text.size());
  return number;
}

// Nothing, when the request asks for an account that is not there.
Result<std::optional<store::LogFilter>> filter_of(const access::LogAccess& log,
                                                  const store::Tables& tables,
                                                  const v1::ListEventsRequest& request) {
  store::LogFilter filter;
  if (!log.is_everything()) filter.within_grants_of = log.auditor();
  filter.from_us = std::numeric_limits<std::int64_t>::min();
  filter.to_us = std::numeric_limits<std::int64_t>::max();
  if (request.has_from()) filter.from_us = store::microseconds_of(request.from());
  if (request.has_to()) filter.to_us = store::microseconds_of(request.to());
  if (request.outcome() != v1::OUTCOME_UNSPECIFIED) filter.outcome = request.outcome();
  filter.rpc = request.rpc();
  if (!request.case_ref().empty()) {
    const auto bytes = crypto::from_base32(request.case_ref());
    if (!bytes || bytes->size() != CaseId::size) {
      return refusal(Reason::wrong_reference, "case_ref");
    }
    filter.case_id = CaseId::of(*bytes);
  }
  if (request.handle().empty()) return std::optional(filter);
  const auto account = tables.accounts.find(request.handle(), "handle");
  if (!account.ok()) return std::optional<store::LogFilter>();
  filter.account = account.value();
  return std::optional(filter);
}

// Which events an export still has to send.
struct Rest {
  std::uint64_t next = 0;
  std::uint64_t end = 0;
};

Rest rest_of(const std::string& cursor) {
  const auto slash = cursor.find('/');
  ENSURE(slash != std::string::npos);
  const std::string_view text = cursor;
  return {number_of(text.substr(0, slash)), number_of(text.substr(slash + 1))};
}

std::uint64_t size_of(const std::string& checkpoint_note) {
  const auto note = crypto::parse_note(checkpoint_note);
  const auto checkpoint = note ? crypto::parse_checkpoint(note->text) : std::nullopt;
  if (!checkpoint) throw Fault("the newest checkpoint does not parse");
  return checkpoint->size;
}

}  // namespace

Result<Piece<v1::ListEventsResponse>> list_events(const Permit<Action::list_events>& permit,
                                                  Workspace& workspace,
                                                  const v1::ListEventsRequest& request,
                                                  const std::string& cursor) {
  Piece<v1::ListEventsResponse> piece;
  const auto filter = TRY(filter_of(permit.target(), workspace.tables, request));
  if (!filter) return piece;
  const std::uint64_t first = cursor.empty() ? 0 : number_of(cursor);
  const auto found = workspace.tables.audit_log.list(*filter, first);
  for (const store::LogEntry& entry : found.entries) {
    *piece.message.add_events() = event_view(workspace.tables, entry);
  }
  workspace.tally.items_shown = static_cast<std::uint32_t>(found.entries.size());
  if (found.next) piece.next_cursor = std::to_string(*found.next);
  return piece;
}

Result<Piece<v1::ExportEventsResponse>> export_events(
    const Permit<Action::export_events>& /*permit*/, Workspace& workspace,
    const v1::ExportEventsRequest& /*request*/, const std::string& cursor) {
  Piece<v1::ExportEventsResponse> piece;
  Rest rest;
  if (cursor.empty()) {
    piece.message.set_checkpoint_note(workspace.tables.audit_log.newest_checkpoint());
    if (piece.message.checkpoint_note().empty()) return refusal(Reason::not_found);
    rest.end = size_of(piece.message.checkpoint_note());
  } else {
    rest = rest_of(cursor);
  }
  PieceSize size;
  for (store::LogEntry& entry :
       workspace.tables.audit_log.range(rest.next, rest.end, limits::page_size_max)) {
    if (!size.takes(entry.bytes.size())) break;
    rest.next = entry.sequence + 1;
    *piece.message.add_events() = std::move(entry.bytes);
  }
  workspace.tally.items_shown = static_cast<std::uint32_t>(piece.message.events_size());
  if (rest.next < rest.end) {
    if (piece.message.events().empty()) throw Fault("the log is shorter than its checkpoint");
    piece.next_cursor = std::to_string(rest.next) + "/" + std::to_string(rest.end);
  }
  return piece;
}

Result<v1::GetCheckpointResponse> get_checkpoint(const Permit<Action::get_checkpoint>& /*permit*/,
                                                 Workspace& workspace,
                                                 const v1::GetCheckpointRequest& /*request*/) {
  v1::GetCheckpointResponse response;
  response.set_checkpoint_note(workspace.tables.audit_log.newest_checkpoint());
  if (response.checkpoint_note().empty()) return refusal(Reason::not_found);
  return response;
}

}  // namespace sspf::handlers
