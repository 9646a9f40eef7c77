// SPDX-License-Identifier: Apache-2.0
#include "server/store/notes.h"

#include <limits>

#include "server/base/piece_size.h"
#include "server/store/version_cursor.h"

namespace sspf::store {
namespace {

// The columns that note_version() reads, in this order: note_id, ref, owner_agency_id, kind,
// secrecy_class, version, code of the owner, handle of the author, written_at, sealed_text, kind of
// the owner.
NoteVersion note_version(const Query& query) {
  NoteVersion row;
  row.note.id = query.id<ItemId>(0);
  row.note.ref = query.text(1);
  row.note.item.owner = query.id<AgencyId>(2);
  row.note.item.kind = query.enumerator<v1::InformationKind>(3);
  row.note.item.secrecy_class = query.enumerator<v1::SecrecyClass>(4);
  row.note.version = static_cast<std::uint64_t>(query.integer(5));
  row.owner_agency_code = query.text(6);
  row.author_handle = query.text(7);
  row.written_at = query.integer(8);
  row.text.bytes = query.blob(9);
  row.note.item.owner_kind = query.enumerator<v1::AgencyKind>(10);
  return row;
}

// After which note a piece begins: when it was first written, and its reference.
struct NotePosition {
  std::int64_t written_at = std::numeric_limits<std::int64_t>::min();
  std::string ref;
};

std::string text_of(const NotePosition& position) {
  return std::to_string(position.written_at) + "/" + position.ref;
}

NotePosition note_position_of(const std::string& cursor) {
  if (cursor.empty()) return {};
  const auto slash = cursor.find('/');
  ENSURE(slash != std::string::npos);
  return {std::stoll(cursor.substr(0, slash)), cursor.substr(slash + 1)};
}

}  // namespace

void Notes::insert_version(const NoteRow& note, const NoteText& text) {
  Query(*connection_,
        "INSERT INTO note_version (note_id, version, account_id, written_at, sealed_text) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        note.id, note.version, text.account, text.now.microseconds, Blob{text.text.bytes})
      .run();
  for (const NoteRecipient& recipient : text.recipients) {
    Query(*connection_,
          "INSERT INTO note_recipient (note_id, version, agency_id) VALUES (?1, ?2, ?3) "
          "ON CONFLICT (note_id, version, agency_id) DO NOTHING",
          note.id, note.version, recipient.agency)
        .run();
  }
}

void Notes::find_recipients(const access::CaseAccess& access, NoteRow& note) const {
  Query query(*connection_,
              "SELECT r.agency_id, g.code, g.kind FROM note_recipient r "
              "JOIN agency g ON g.agency_id = r.agency_id "
              "WHERE r.note_id = ?1 AND r.version = ?2 ORDER BY g.code",
              note.id, note.version);
  std::vector<AgencyId> agencies;
  while (query.step()) {
    agencies.push_back(query.id<AgencyId>(0));
    note.recipients.push_back(
        {agencies.back(), query.text(1), query.enumerator<v1::AgencyKind>(2)});
  }
  note.item.is_addressed = access::is_addressed(agencies, access.viewer());
}

Result<Done> Notes::add(const access::CaseAccess& access, const NoteRow& row,
                        const NoteText& text) {
  {
    Query stored(*connection_, "SELECT count(*) FROM note WHERE case_id = ?1", access.case_id());
    if (stored.step() && stored.integer(0) >= limits::records_per_case_max) {
      return refusal(Reason::case_full);
    }
  }
  Query(*connection_,
        "INSERT INTO note (note_id, case_id, ref, owner_agency_id, kind, secrecy_class, version) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        row.id, access.case_id(), row.ref, row.item.owner, static_cast<int>(row.item.kind),
        static_cast<int>(row.item.secrecy_class), row.version)
      .run();
  insert_version(row, text);
  return Done();
}

Result<NoteRow> Notes::find(const access::CaseAccess& access, const std::string& ref) const {
  Query query(*connection_,
              "SELECT n.note_id, n.owner_agency_id, g.kind, n.kind, n.secrecy_class, n.version "
              "FROM note n JOIN agency g ON g.agency_id = n.owner_agency_id "
              "WHERE n.case_id = ?1 AND n.ref = ?2",
              access.case_id(), ref);
  if (!query.step()) return hidden(Reason::not_found);
  NoteRow row;
  row.id = query.id<ItemId>(0);
  row.ref = ref;
  row.item = {query.id<AgencyId>(1), query.enumerator<v1::AgencyKind>(2),
              query.enumerator<v1::InformationKind>(3), query.enumerator<v1::SecrecyClass>(4)};
  row.version = static_cast<std::uint64_t>(query.integer(5));
  find_recipients(access, row);
  return row;
}

Result<std::uint64_t> Notes::add_version(const access::CaseAccess& access, const NoteRow& note,
                                         const NoteText& text) {
  if (note.version >= static_cast<std::uint64_t>(limits::records_per_case_max)) {
    return refusal(Reason::case_full);
  }
  const int changed = Query(*connection_,
                            "UPDATE note SET version = version + 1 "
                            "WHERE note_id = ?1 AND case_id = ?2 AND version = ?3",
                            note.id, access.case_id(), note.version)
                          .run();
  if (changed == 0) return refusal(Reason::stale_version);
  NoteRow next = note;
  ++next.version;
  insert_version(next, text);
  return next.version;
}

NotePiece Notes::list(const access::CaseAccess& access, const std::string& cursor) const {
  const NotePosition after = note_position_of(cursor);
  Query query(*connection_,
              "SELECT n.note_id, n.ref, n.owner_agency_id, n.kind, n.secrecy_class, v.version, "
              "g.code, a.handle, v.written_at, v.sealed_text, g.kind, f.written_at FROM note n "
              "JOIN note_version v ON v.note_id = n.note_id AND v.version = n.version "
              "JOIN note_version f ON f.note_id = n.note_id AND f.version = 1 "
              "JOIN agency g ON g.agency_id = n.owner_agency_id "
              "JOIN account a ON a.account_id = v.account_id "
              "WHERE n.case_id = ?1 AND (f.written_at, n.ref) > (?2, ?3) "
              "ORDER BY f.written_at, n.ref",
              access.case_id(), after.written_at, after.ref);
  NotePiece piece;
  PieceSize size;
  NotePosition last;
  while (query.step()) {
    NoteVersion row = note_version(query);
    find_recipients(access, row.note);
    if (!access.covers(row.note.item)) continue;
    if (!size.takes(row.text.bytes.size())) {
      piece.next_cursor = text_of(last);
      break;
    }
    last = {query.integer(11), row.note.ref};
    piece.rows.push_back(std::move(row));
  }
  return piece;
}

NotePiece Notes::list_versions(const access::CaseAccess& access, const NoteRow& note,
                               const std::string& cursor) const {
  Query query(*connection_,
              "SELECT n.note_id, n.ref, n.owner_agency_id, n.kind, n.secrecy_class, v.version, "
              "g.code, a.handle, v.written_at, v.sealed_text, g.kind FROM note n "
              "JOIN note_version v ON v.note_id = n.note_id "
              "JOIN agency g ON g.agency_id = n.owner_agency_id "
              "JOIN account a ON a.account_id = v.account_id "
              "WHERE n.case_id = ?1 AND n.note_id = ?2 AND v.version >= ?3 ORDER BY v.version",
              access.case_id(), note.id, version_of(cursor));
  NotePiece piece;
  PieceSize size;
  while (query.step()) {
    NoteVersion row = note_version(query);
    find_recipients(access, row.note);
    if (!access.covers(row.note.item)) continue;
    if (!size.takes(row.text.bytes.size())) {
      piece.next_cursor = std::to_string(row.note.version);
      break;
    }
    piece.rows.push_back(std::move(row));
  }
  return piece;
}

}  // namespace sspf::store
