// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/audit.h"

#include <algorithm>
#include <charconv>

#include "crypto/merkle.h"
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

// Nothing, when the request asks for an account that is not there, or for a municipality where the
// caller is no auditor.
Result<std::optional<store::LogFilter>> filter_of(const Permit<Action::list_events>& permit,
                                                  const store::Tables& tables,
                                                  const v1::ListEventsRequest& request) {
  const access::LogAccess& log = permit.target();
  store::LogFilter filter;
  if (!request.municipality_code().empty()) {
    const auto in = tables.directory.municipality(request.municipality_code());
    if (!in.ok() || !permit.caller().has_role_in(v1::ROLE_AUDITOR, in.value())) {
      return std::optional<store::LogFilter>();
    }
    filter.municipality = in.value();
  }
  filter.within_grants_of = log.within_grants_of();
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
  const auto checkpoint = crypto::checkpoint_in(checkpoint_note);
  if (!checkpoint) throw Fault("the newest checkpoint does not parse");
  return checkpoint->size;
}

// One of the checkpoints that end within the piece's events is enough to narrow a verifier's answer
// to these. The last event of all has the export's own.
void add_earlier_note(const Workspace& workspace, std::uint64_t before, const Rest& rest,
                      v1::ExportEventsResponse& message) {
  const std::uint64_t last = std::min(rest.next, rest.end - 1);
  if (rest.end == 0 || last <= before) return;
  std::string note = workspace.tables.audit_log.newest_checkpoint_within(before + 1, last);
  if (!note.empty()) message.add_earlier_notes(std::move(note));
}

crypto::merkle::NodeAt nodes_of(const Workspace& workspace) {
  const store::AuditLog& log = workspace.tables.audit_log;
  return [&log](std::uint32_t level, std::uint64_t index) { return log.node(level, index); };
}

void put(const std::vector<crypto::Digest>& hashes,
         google::protobuf::RepeatedPtrField<std::string>& field) {
  for (const crypto::Digest& hash : hashes) field.Add(std::string(crypto::text_of(hash)));
}

}  // namespace

Result<Piece<v1::ListEventsResponse>> list_events(const Permit<Action::list_events>& permit,
                                                  Workspace& workspace,
                                                  const v1::ListEventsRequest& request,
                                                  const std::string& cursor) {
  Piece<v1::ListEventsResponse> piece;
  const auto filter = TRY(filter_of(permit, workspace.tables, request));
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
    const v1::ExportEventsRequest& request, const std::string& cursor) {
  Piece<v1::ExportEventsResponse> piece;
  Rest rest;
  if (cursor.empty()) {
    piece.message.set_checkpoint_note(workspace.tables.audit_log.newest_checkpoint());
    if (piece.message.checkpoint_note().empty()) return refusal(Reason::not_found);
    rest.end = size_of(piece.message.checkpoint_note());
    rest.next = std::min(request.first_sequence(), rest.end);
  } else {
    rest = rest_of(cursor);
  }
  const std::uint64_t before = rest.next;
  PieceSize size;
  for (store::LogEntry& entry :
       workspace.tables.audit_log.range(rest.next, rest.end, limits::page_size_max)) {
    if (!size.takes(entry.bytes.size())) break;
    rest.next = entry.sequence + 1;
    *piece.message.add_events() = std::move(entry.bytes);
  }
  workspace.tally.items_shown = static_cast<std::uint32_t>(piece.message.events_size());
  add_earlier_note(workspace, before, rest, piece.message);
  if (rest.next < rest.end) {
    if (piece.message.events().empty()) throw Fault("the log is shorter than its checkpoint");
    piece.next_cursor = std::to_string(rest.next) + "/" + std::to_string(rest.end);
  }
  return piece;
}

Result<v1::GetCheckpointResponse> get_checkpoint(const Permit<Action::get_checkpoint>& /*permit*/,
                                                 Workspace& workspace,
                                                 const v1::GetCheckpointRequest& request) {
  v1::GetCheckpointResponse response;
  response.set_checkpoint_note(workspace.tables.audit_log.newest_checkpoint());
  if (response.checkpoint_note().empty()) return refusal(Reason::not_found);
  const std::uint64_t size = size_of(response.checkpoint_note());
  if (request.since_size() < size) {
    put(crypto::merkle::consistency_proof(request.since_size(), size, nodes_of(workspace)),
        *response.mutable_consistency_proof());
  }
  return response;
}

Result<v1::GetInclusionProofResponse> get_inclusion_proof(
    const Permit<Action::get_inclusion_proof>& permit, Workspace& workspace,
    const v1::GetInclusionProofRequest& request) {
  const store::AuditLog& log = workspace.tables.audit_log;
  v1::GetInclusionProofResponse response;
  response.set_checkpoint_note(log.newest_checkpoint());
  if (response.checkpoint_note().empty()) return refusal(Reason::not_found);
  const std::uint64_t size = size_of(response.checkpoint_note());
  if (request.sequence() >= size) return refusal(Reason::not_found, "sequence");
  auto entry = log.find(request.sequence(), permit.target().within_grants_of());
  if (!entry) return hidden(Reason::other_municipality);
  *response.mutable_event() = std::move(entry->bytes);
  put(crypto::merkle::inclusion_proof(request.sequence(), size, nodes_of(workspace)),
      *response.mutable_inclusion_proof());
  workspace.tally.items_shown = 1;
  return response;
}

Result<v1::GetConsistencyProofResponse> get_consistency_proof(
    const Permit<Action::get_consistency_proof>& /*permit*/, Workspace& workspace,
    const v1::GetConsistencyProofRequest& request) {
  if (request.second_size() < request.first_size()) {
    return refusal(Reason::sizes_not_in_order, "second_size");
  }
  const std::string newest = workspace.tables.audit_log.newest_checkpoint();
  if (newest.empty()) return refusal(Reason::not_found);
  const std::uint64_t size = size_of(newest);
  if (request.second_size() > size) return over_limit(Reason::too_large, "second_size", size);
  v1::GetConsistencyProofResponse response;
  put(crypto::merkle::consistency_proof(request.first_size(), request.second_size(),
                                        nodes_of(workspace)),
      *response.mutable_consistency_proof());
  return response;
}

}  // namespace sspf::handlers
