// SPDX-License-Identifier: Apache-2.0
//
// SQL of notes and their versions.
#pragma once

#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/clock.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"
#include "sspf/v1/case.pb.h"

namespace sspf::store {

// An agency for which the author of a note has meant it.
struct NoteRecipient {
  AgencyId agency;
  std::string code;
  v1::AgencyKind kind = v1::AGENCY_KIND_UNSPECIFIED;
};

struct NoteRow {
  ItemId id;
  std::string ref;
  access::ItemFacts item;
  std::uint64_t version = 1;
  std::vector<NoteRecipient> recipients;  // of this version, in the order of their codes
};

struct NoteText {
  access::Sealed text;
  AccountId account;
  Instant now;
  std::vector<NoteRecipient> recipients;
};

// A note as it stands in one version.
struct NoteVersion {
  NoteRow note;
  std::string owner_agency_code;
  std::string author_handle;
  std::int64_t written_at = 0;  // microseconds since 1970
  access::Sealed text;
};

// Some notes or versions, and where the list goes on; empty at its end.
struct NotePiece {
  std::vector<NoteVersion> rows;
  std::string next_cursor;
};

class Notes {
 public:
  explicit Notes(Connection& connection) : connection_(&connection) {}

  // The first version. Refuses with case_full.
  Result<Done> add(const access::CaseAccess& access, const NoteRow& row, const NoteText& text);
  // A note of this case; hidden when there is none with this reference.
  Result<NoteRow> find(const access::CaseAccess& access, const std::string& ref) const;
  // Adds the version after `note.version`, and returns it. Refuses with stale_version unless that
  // is the stored one, and case_full.
  Result<std::uint64_t> add_version(const access::CaseAccess& access, const NoteRow& note,
                                    const NoteText& text);

  // The newest version of each that the caller may see, in the order in which the notes were first
  // written; what may not be seen leaves no gap. `cursor` is empty, or that of the piece before.
  NotePiece list(const access::CaseAccess& access, const std::string& cursor) const;
  // Of a note that the caller sees, those versions that the caller may see.
  NotePiece list_versions(const access::CaseAccess& access, const NoteRow& note,
                          const std::string& cursor) const;

 private:
  void insert_version(const NoteRow& note, const NoteText& text);
  // Reads to whom this version of a note is addressed, and whether the caller is among them.
  void find_recipients(const access::CaseAccess& access, NoteRow& note) const;

  Connection* connection_;
};

}  // namespace sspf::store
