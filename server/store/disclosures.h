// SPDX-License-Identifier: Apache-2.0
//
// SQL of the register of disclosures: single items that were given to another agency after an
// assessment, and what others were shown here.
#pragma once

#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/notes.h"
#include "server/store/sqlite.h"
#include "sspf/v1/disclosure.pb.h"

namespace sspf::store {

// One version of a note, to whom and by what.
struct DisclosureDraft {
  NoteRow note;
  AgencyId recipient;
  BasisId basis;
  v1::Disclosure assessment;  // disclosed_on, decided_by and reasoning
};

struct DisclosurePiece {
  std::vector<v1::Disclosure> rows;
  std::string next_cursor;
};

struct ShownItemPiece {
  std::vector<v1::ShownItem> rows;
  std::string next_cursor;
};

class Disclosures {
 public:
  explicit Disclosures(Connection& connection) : connection_(&connection) {}

  struct Added {
    ItemId id;
    std::string ref;
  };
  // Refuses with case_full.
  Result<Added> add(const access::CaseAccess& in, const DisclosureDraft& draft,
                    const Authorship& author);
  // Of the owner's items, oldest first; their assessments are opened.
  DisclosurePiece list(const access::CaseAccess& in, const AgencyId& owner,
                       const std::string& cursor) const;

  // Of the owners' items, in the order in which they were first shown.
  ShownItemPiece list_shown(const access::CaseAccess& in, const std::vector<AgencyId>& owners,
                            const std::string& cursor) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
