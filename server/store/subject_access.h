// SPDX-License-Identifier: Apache-2.0
//
// SQL of extracts for the person whom a case is about (R18): what is kept, what was decided of each
// piece, and who looked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/store/audit_log.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/subject_access.pb.h"

namespace sspf::store {

struct SubjectAccessRow {
  ItemId id;
  v1::SubjectAccess shown;
};

// One piece, with the value as it is kept.
struct SubjectAccessEntryRow {
  ItemId id;
  std::int64_t position = 0;
  v1::SubjectAccessEntry shown;  // all but its texts and its reason
  access::ItemFacts item;
  std::string_view column;             // of the value that is kept,
  ItemId row;                          // its row,
  std::optional<access::Sealed> kept;  // and itself; nothing when it is no longer there
  std::optional<access::Sealed> reason;
  std::optional<access::Sealed> release;

  access::Place kept_place() const { return {column, row.bytes(), shown.source_version()}; }
};

struct SubjectAccessPiece {
  std::vector<SubjectAccessEntryRow> rows;
  std::int64_t next = 0;  // the position after which it goes on; 0 at its end
};

struct SubjectAccessDecided {
  v1::SubjectAccessDecision decision = v1::SUBJECT_ACCESS_DECISION_UNSPECIFIED;
  std::string paragraph;
  std::optional<access::Sealed> reason;
  std::optional<access::Sealed> release;
  Authorship decided;
};

class SubjectAccesses {
 public:
  explicit SubjectAccesses(Connection& connection) : connection_(&connection) {}

  // With every piece that is kept of the case now. Refuses with subject_access_open while another
  // is, and with case_full.
  Result<SubjectAccessRow> open(const access::CaseAccess& in, const v1::SubjectAccess& asked,
                                const Authorship& author);
  bool is_any_open(const CaseId& id) const;
  // Oldest first.
  std::vector<SubjectAccessRow> list(const access::CaseAccess& in) const;
  // Hidden when the case has none of this reference.
  Result<SubjectAccessRow> find(const access::CaseAccess& in, const std::string& ref) const;
  void close(const access::CaseAccess& in, const SubjectAccessRow& row, const Authorship& closed);

  // By position, after the given one: every one, or the owner's alone.
  SubjectAccessPiece entries(const access::CaseAccess& in, const SubjectAccessRow& row,
                             const std::optional<AgencyId>& owner, std::int64_t after) const;
  // Of an extract of this case that is open or closed; hidden when there is none.
  struct Found {
    SubjectAccessRow access;
    SubjectAccessEntryRow entry;
  };
  Result<Found> find_entry(const access::CaseAccess& in, const std::string& ref) const;
  // The version after the row's.
  std::uint64_t decide(const access::CaseAccess& in, const SubjectAccessEntryRow& row,
                       const SubjectAccessDecided& decided);

  // Allowed events that showed or stored something of the case, from `first` on.
  LogPiece looks(const access::CaseAccess& in, std::uint64_t first) const;

 private:
  void add_entries(const access::CaseAccess& in, const ItemId& access);

  Connection* connection_;
};

// Where a decision's own texts are sealed. Each decision is a version.
access::Place release_place(const ItemId& entry, std::uint64_t version);
access::Place withheld_place(const ItemId& entry, std::uint64_t version);

}  // namespace sspf::store
