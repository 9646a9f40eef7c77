// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/notes.h"

#include <algorithm>

#include "server/handlers/case_flow.h"
#include "server/handlers/warnings.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

access::Place place_of(const store::NoteRow& note) {
  return {"note_version.sealed_text", note.id.bytes(), note.version};
}

// A new note of the caller's agency.
store::NoteRow new_note(const access::Caller& caller, v1::InformationKind kind,
                        v1::SecrecyClass secrecy_class) {
  store::NoteRow note;
  note.id = ItemId::random();
  note.ref = random_ref();
  note.item = {caller.agency(), caller.agency_kind(), kind,
               secrecy_class == v1::SECRECY_CLASS_UNSPECIFIED
                   ? access::default_secrecy_class(caller.agency_kind())
                   : secrecy_class};
  return note;
}

access::Sealed sealed_text(const access::CaseAccess& access, const store::NoteRow& note,
                           const std::string& text) {
  return access.seal({note.item.owner, note.item.secrecy_class}, place_of(note), text);
}

// Each is named by a consent in force: a note is not meant for whoever could never see it by one.
// An agency that is not there is named by none, either, and answers the same.
Result<std::vector<store::NoteRecipient>> checked_recipients(
    const access::CaseAccess& access, const Workspace& workspace,
    const google::protobuf::RepeatedPtrField<std::string>& codes) {
  std::vector<store::NoteRecipient> recipients;
  for (const std::string& code : codes) {
    const auto agency = workspace.tables.directory.agency_serving(access.municipality(), code,
                                                                  "recipient_agency_codes");
    const auto& consents = access.viewer().consents;
    const bool is_named =
        std::any_of(consents.begin(), consents.end(), [&](const access::ConsentInForce& consent) {
          return agency.ok() && consent.names(agency.value().id);
        });
    if (!is_named) return refusal(Reason::recipient_outside_consent, "recipient_agency_codes");
    recipients.push_back({agency.value().id, agency.value().code, agency.value().kind});
  }
  return recipients;
}

// R3: said when it is written, and by a dry run before that.
Warnings recipient_warnings(const std::vector<store::NoteRecipient>& recipients) {
  Warnings warnings;
  const bool is_any = std::any_of(recipients.begin(), recipients.end(), [](const auto& recipient) {
    return recipient.kind == v1::AGENCY_KIND_RECREATION;
  });
  if (is_any) warnings.Add(std::string(warning::recreation_may_lack_secrecy));
  return warnings;
}

// A note that the caller sees. One that is not seen answers as one that is not there.
Result<store::NoteRow> seen_note(const access::CaseAccess& access, const Workspace& workspace,
                                 const std::string& ref) {
  const store::NoteRow note = TRY(workspace.tables.notes.find(access, ref));
  if (!access.covers(note.item)) return hidden(Reason::no_basis);
  return note;
}

// Of a note that the caller sees.
v1::Note shown_note(const access::CaseAccess& access, const store::NoteVersion& row) {
  auto text = access.open(row.note.item, place_of(row.note), row.text);
  ENSURE(text);
  v1::Note note;
  note.set_note(row.note.ref);
  note.set_owner_agency_code(row.owner_agency_code);
  note.set_author_handle(row.author_handle);
  note.set_kind(row.note.item.kind);
  note.set_secrecy_class(row.note.item.secrecy_class);
  *note.mutable_written_at() = store::timestamp_of(row.written_at);
  note.set_text(std::move(*text));
  note.set_version(row.note.version);
  for (const auto& recipient : row.note.recipients) {
    note.add_recipient_agency_codes(recipient.code);
  }
  return note;
}

}  // namespace

Result<v1::AddNoteResponse> add_note(const Permit<Action::add_note>& permit, Workspace& workspace,
                                     const v1::AddNoteRequest& request) {
  const access::CaseAccess& access = permit.target();
  TRY(ensure_not_ended(access));
  if (request.kind() == v1::INFORMATION_KIND_IDENTITY) {
    return refusal(Reason::unknown_value, "kind");
  }
  const auto kind = request.kind() == v1::INFORMATION_KIND_UNSPECIFIED
                        ? v1::INFORMATION_KIND_MAPPING
                        : request.kind();
  const auto recipients =
      TRY(checked_recipients(access, workspace, request.recipient_agency_codes()));
  const store::NoteRow note = new_note(permit.caller(), kind, request.secrecy_class());
  TRY(workspace.tables.notes.add(access, note,
                                 {sealed_text(access, note, request.text()),
                                  permit.caller().account(), workspace.now, recipients}));
  workspace.tally.note_item(note.id, note.version);
  v1::AddNoteResponse response;
  response.set_note(note.ref);
  response.set_version(note.version);
  *response.mutable_warnings() = recipient_warnings(recipients);
  return response;
}

Result<Piece<v1::ListNotesResponse>> list_notes(const Permit<Action::list_notes>& permit,
                                                Workspace& workspace,
                                                const v1::ListNotesRequest& /*request*/,
                                                const std::string& cursor) {
  Piece<v1::ListNotesResponse> piece;
  auto found = workspace.tables.notes.list(permit.target(), cursor);
  for (const store::NoteVersion& row : found.rows) {
    *piece.message.add_notes() = shown_note(permit.target(), row);
  }
  piece.next_cursor = std::move(found.next_cursor);
  return piece;
}

Result<v1::CorrectNoteResponse> correct_note(const Permit<Action::correct_note>& permit,
                                             Workspace& workspace,
                                             const v1::CorrectNoteRequest& request) {
  const access::CaseAccess& access = permit.target();
  TRY(ensure_not_ended(access));
  const store::NoteRow seen = TRY(seen_note(access, workspace, request.note()));
  if (seen.item.owner != permit.caller().agency()) return refusal(Reason::other_agency);
  if (seen.version != request.version()) return refusal(Reason::stale_version);
  auto recipients = TRY(checked_recipients(access, workspace, request.recipient_agency_codes()));
  if (recipients.empty()) recipients = seen.recipients;
  store::NoteRow next = seen;
  ++next.version;
  v1::CorrectNoteResponse response;
  response.set_version(TRY(
      workspace.tables.notes.add_version(access, seen,
                                         {sealed_text(access, next, request.text()),
                                          permit.caller().account(), workspace.now, recipients})));
  *response.mutable_warnings() = recipient_warnings(recipients);
  workspace.tally.note_item(seen.id, response.version());
  return response;
}

Result<Piece<v1::ListNoteVersionsResponse>> list_note_versions(
    const Permit<Action::list_note_versions>& permit, Workspace& workspace,
    const v1::ListNoteVersionsRequest& request, const std::string& cursor) {
  const store::NoteRow seen = TRY(seen_note(permit.target(), workspace, request.note()));
  workspace.tally.note_item(seen.id, seen.version);
  Piece<v1::ListNoteVersionsResponse> piece;
  auto found = workspace.tables.notes.list_versions(permit.target(), seen, cursor);
  for (const store::NoteVersion& row : found.rows) {
    *piece.message.add_versions() = shown_note(permit.target(), row);
  }
  piece.next_cursor = std::move(found.next_cursor);
  return piece;
}

Result<Done> write_concern(const access::CaseAccess& founded, const access::Caller& caller,
                           Workspace& workspace, const std::string& concern) {
  const store::NoteRow note =
      new_note(caller, v1::INFORMATION_KIND_MAPPING, v1::SECRECY_CLASS_UNSPECIFIED);
  return workspace.tables.notes.add(
      founded, note, {sealed_text(founded, note, concern), caller.account(), workspace.now, {}});
}

}  // namespace sspf::handlers
