// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/subject_access.h"

#include "server/base/blank.h"
#include "server/handlers/subject_access_texts.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

using store::SubjectAccessEntryRow;
using Decision = v1::SubjectAccessDecision;

// Released texts are the coordination's to hand out.
access::ItemFacts released_item(const access::CaseAccess& in) {
  return in.coordination_item(v1::INFORMATION_KIND_IDENTITY);
}

v1::SubjectAccessEntry parsed(const std::string& sealed) {
  v1::SubjectAccessEntry entry;
  if (!entry.ParseFromString(sealed)) throw Fault("an opened release does not parse");
  return entry;
}

// For the queue: the own agency's piece with what is kept, another's as being there.
v1::SubjectAccessEntry queued(const access::CaseAccess& in, const access::Caller& caller,
                              const SubjectAccessEntryRow& row) {
  v1::SubjectAccessEntry entry = row.shown;
  if (row.item.owner != caller.agency()) return entry;
  if (row.kept) {
    const auto opened = in.open(row.item, row.kept_place(), *row.kept);
    if (opened) *entry.mutable_texts() = texts_of(entry.source(), *opened);
  }
  if (row.reason) {
    const auto place = store::withheld_place(row.id, entry.version());
    entry.set_reason(in.open(row.item, place, *row.reason).value_or(""));
  }
  return entry;
}

// For the extract: what was released of it, and no more.
v1::SubjectAccessEntry released(const access::CaseAccess& in, const SubjectAccessEntryRow& row) {
  v1::SubjectAccessEntry entry = row.shown;
  entry.clear_decided_by_handle();  // the agency decided
  if (!row.release) return entry;
  const auto opened =
      in.open(released_item(in), store::release_place(row.id, entry.version()), *row.release);
  if (opened) *entry.mutable_texts() = parsed(*opened).texts();
  return entry;
}

Result<Done> ensure_only_what_belongs(const v1::DecideSubjectAccessEntryRequest& request) {
  const bool redacts = request.decision() == v1::SUBJECT_ACCESS_DECISION_REDACTED;
  const bool withholds = request.decision() == v1::SUBJECT_ACCESS_DECISION_WITHHELD;
  if (redacts && is_blank(request.redacted_text())) {
    return refusal(Reason::missing, "redacted_text");
  }
  if (!redacts && !request.redacted_text().empty()) {
    return refusal(Reason::unexpected, "redacted_text");
  }
  if (withholds && is_blank(request.paragraph())) return refusal(Reason::missing, "paragraph");
  if (withholds && is_blank(request.reason())) return refusal(Reason::missing, "reason");
  if (!withholds && !request.paragraph().empty()) return refusal(Reason::unexpected, "paragraph");
  if (!withholds && !request.reason().empty()) return refusal(Reason::unexpected, "reason");
  return Done();
}

// R18: who owns it decides. A coordinator refers to the agency that does, for it may have nobody
// here any more.
Result<Done> ensure_may_decide(const access::CaseAccess& in, const access::Caller& caller,
                               const SubjectAccessEntryRow& row, Decision decision) {
  const bool owns = row.item.owner == caller.agency();
  if (decision == v1::SUBJECT_ACCESS_DECISION_REFERRED) {
    if (owns) return refusal(Reason::unexpected, "decision");
    return in.coordinates() ? Result<Done>(Done()) : refusal(Reason::other_agency);
  }
  if (!owns) return refusal(Reason::other_agency);
  if (!in.covers(row.item)) return hidden(Reason::no_basis);
  return Done();
}

// What is handed out, sealed once more for whoever gives the extract. The owner sees it anyway, so
// nothing is shown by it.
access::Sealed sealed_release(const access::CaseAccess& in, Workspace& workspace,
                              const SubjectAccessEntryRow& row,
                              const v1::DecideSubjectAccessEntryRequest& request) {
  v1::SubjectAccessEntry release;
  if (request.decision() == v1::SUBJECT_ACCESS_DECISION_REDACTED) {
    release.add_texts()->set_text(request.redacted_text());
  } else if (row.kept) {
    const access::Tally before = workspace.tally;
    const auto opened = in.open(row.item, row.kept_place(), *row.kept);
    workspace.tally = before;
    ENSURE(opened.has_value());  // ensure_may_decide
    *release.mutable_texts() = texts_of(row.shown.source(), *opened);
  }
  return in.seal(in.coordination(), store::release_place(row.id, row.shown.version() + 1),
                 release.SerializeAsString());
}

bool is_release(Decision decision) {
  return decision == v1::SUBJECT_ACCESS_DECISION_RELEASED ||
         decision == v1::SUBJECT_ACCESS_DECISION_REDACTED;
}

v1::SubjectAccessLook look_of(const Workspace& workspace, const access::CaseAccess& in,
                              const v1::AuditEvent& event) {
  v1::SubjectAccessLook look;
  *look.mutable_time() = store::timestamp_of(event.time_us());
  if (!event.agency_id().empty()) {
    const auto agency = AgencyId::of(crypto::view_of(event.agency_id()));
    look.set_agency_code(workspace.tables.directory.agency_code(agency));
    look.set_agency_name(workspace.tables.directory.agency_name(agency));
  }
  if (v1::Role_IsValid(static_cast<int>(event.role()))) {
    look.set_role(static_cast<v1::Role>(event.role()));
  }
  look.set_action(event.rpc().substr(event.rpc().rfind('.') + 1));
  std::uint32_t items = 0;
  for (const auto& shown : event.cases_shown()) {
    if (shown.case_id() == in.case_id().blob()) items += shown.items();
  }
  look.set_items_shown(items);
  look.set_wrote(event.item_version() != 0 || !event.ciphertext_digest().empty());
  return look;
}

// Streams of entries go on after a position; after them come the looks, from a sequence on.
struct Cursor {
  bool is_of_looks = false;
  std::uint64_t number = 0;
};

Cursor cursor_of(const std::string& text) {
  if (text.empty()) return {};
  return {text[0] == 'l', std::stoull(text.substr(1))};
}

void add_looks(const access::CaseAccess& in, const Workspace& workspace, std::uint64_t first,
               Piece<v1::ExportSubjectAccessResponse>& piece) {
  const auto found = workspace.tables.subject_accesses.looks(in, first);
  for (const store::LogEntry& entry : found.entries) {
    v1::AuditEvent event;
    if (!event.ParseFromString(entry.bytes)) throw Fault("a stored audit event does not parse");
    v1::SubjectAccessLook look = look_of(workspace, in, event);
    if (look.items_shown() == 0 && !look.wrote()) continue;
    *piece.message.add_looks() = std::move(look);
  }
  if (found.next) piece.next_cursor = "l" + std::to_string(*found.next);
}

}  // namespace

Result<v1::OpenSubjectAccessResponse> open_subject_access(
    const Permit<Action::open_subject_access>& permit, Workspace& workspace,
    const v1::OpenSubjectAccessRequest& request) {
  const access::CaseAccess& in = permit.target();
  if (in.facts().kind == v1::CASE_KIND_GROUP) return refusal(Reason::unexpected, "case_number");
  if (request.asked_on() > workspace.today) return refusal(Reason::in_future, "asked_on");
  v1::SubjectAccess asked;
  asked.set_subject_access(random_ref());
  asked.set_asked_on(request.asked_on());
  asked.set_asked_by(request.asked_by());
  const auto row = TRY(workspace.tables.subject_accesses.open(
      in, asked, {permit.caller().account(), workspace.now}));
  workspace.tally.note_item(row.id, 1);
  v1::OpenSubjectAccessResponse response;
  response.set_subject_access(row.shown.subject_access());
  response.set_entries(row.shown.entries());
  return response;
}

Result<v1::ListSubjectAccessesResponse> list_subject_accesses(
    const Permit<Action::list_subject_accesses>& permit, Workspace& workspace,
    const v1::ListSubjectAccessesRequest& /*request*/) {
  v1::ListSubjectAccessesResponse response;
  permit.target().note_shown();
  for (auto& row : workspace.tables.subject_accesses.list(permit.target())) {
    *response.add_accesses() = std::move(row.shown);
  }
  return response;
}

Result<Piece<v1::ListSubjectAccessEntriesResponse>> list_subject_access_entries(
    const Permit<Action::list_subject_access_entries>& permit, Workspace& workspace,
    const v1::ListSubjectAccessEntriesRequest& request, const std::string& cursor) {
  const access::CaseAccess& in = permit.target();
  const auto& accesses = workspace.tables.subject_accesses;
  const auto row = TRY(accesses.find(in, request.subject_access()));
  std::optional<AgencyId> owner;
  if (!in.coordinates()) owner = permit.caller().agency();
  const auto found =
      accesses.entries(in, row, owner, static_cast<std::int64_t>(cursor_of(cursor).number));
  Piece<v1::ListSubjectAccessEntriesResponse> piece;
  in.note_shown();
  for (const SubjectAccessEntryRow& each : found.rows) {
    *piece.message.add_entries() = queued(in, permit.caller(), each);
  }
  if (found.next != 0) piece.next_cursor = "e" + std::to_string(found.next);
  return piece;
}

Result<v1::DecideSubjectAccessEntryResponse> decide_subject_access_entry(
    const Permit<Action::decide_subject_access_entry>& permit, Workspace& workspace,
    const v1::DecideSubjectAccessEntryRequest& request) {
  const access::CaseAccess& in = permit.target();
  TRY(ensure_only_what_belongs(request));
  const auto found = TRY(workspace.tables.subject_accesses.find_entry(in, request.entry()));
  const SubjectAccessEntryRow& row = found.entry;
  // A member is told of the own agency's alone.
  const bool owns = row.item.owner == permit.caller().agency();
  if (!owns && !in.coordinates()) return hidden(Reason::other_agency);
  TRY(ensure_may_decide(in, permit.caller(), row, request.decision()));
  if (found.access.shown.has_closed_at()) return refusal(Reason::subject_access_closed);
  if (row.shown.version() != request.version()) return refusal(Reason::stale_version);
  store::SubjectAccessDecided decided;
  decided.decision = request.decision();
  decided.paragraph = request.paragraph();
  decided.decided = {permit.caller().account(), workspace.now};
  if (is_release(request.decision())) {
    decided.release = sealed_release(in, workspace, row, request);
  } else if (request.decision() == v1::SUBJECT_ACCESS_DECISION_WITHHELD) {
    decided.reason =
        in.seal({row.item.owner, row.item.secrecy_class},
                store::withheld_place(row.id, row.shown.version() + 1), request.reason());
  }
  v1::DecideSubjectAccessEntryResponse response;
  response.set_version(workspace.tables.subject_accesses.decide(in, row, decided));
  workspace.tally.note_item(row.id, response.version());
  return response;
}

Result<v1::CloseSubjectAccessResponse> close_subject_access(
    const Permit<Action::close_subject_access>& permit, Workspace& workspace,
    const v1::CloseSubjectAccessRequest& request) {
  const access::CaseAccess& in = permit.target();
  auto& accesses = workspace.tables.subject_accesses;
  const auto row = TRY(accesses.find(in, request.subject_access()));
  if (row.shown.has_closed_at()) return refusal(Reason::subject_access_closed);
  if (row.shown.undecided() != 0) return refusal(Reason::subject_access_undecided);
  accesses.close(in, row, {permit.caller().account(), workspace.now});
  workspace.tally.note_item(row.id, 2);
  return v1::CloseSubjectAccessResponse();
}

Result<Piece<v1::ExportSubjectAccessResponse>> export_subject_access(
    const Permit<Action::export_subject_access>& permit, Workspace& workspace,
    const v1::ExportSubjectAccessRequest& request, const std::string& text) {
  const access::CaseAccess& in = permit.target();
  const auto& accesses = workspace.tables.subject_accesses;
  const auto row = TRY(accesses.find(in, request.subject_access()));
  if (!row.shown.has_closed_at()) return refusal(Reason::subject_access_not_closed);
  workspace.tally.note_item(row.id, 2);
  in.note_shown();
  const Cursor cursor = cursor_of(text);
  Piece<v1::ExportSubjectAccessResponse> piece;
  if (cursor.is_of_looks) {
    add_looks(in, workspace, cursor.number, piece);
    return piece;
  }
  if (text.empty()) {
    *piece.message.mutable_access() = row.shown;
    piece.message.set_municipality_name(
        workspace.tables.directory.municipality_name(in.municipality()));
  }
  const auto found =
      accesses.entries(in, row, std::nullopt, static_cast<std::int64_t>(cursor.number));
  for (const SubjectAccessEntryRow& each : found.rows) {
    *piece.message.add_entries() = released(in, each);
  }
  piece.next_cursor = found.next != 0 ? "e" + std::to_string(found.next) : "l0";
  return piece;
}

}  // namespace sspf::handlers
