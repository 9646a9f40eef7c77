// SPDX-License-Identifier: Apache-2.0
//
// SQL of lists of disposal, and of what is left of a case that is disposed of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/case_access.h"
#include "server/access/scopes.h"
#include "server/base/result.h"
#include "server/store/authorship.h"
#include "server/store/sqlite.h"
#include "sspf/v1/disposal.pb.h"

namespace sspf::store {

struct DisposalListRow {
  ItemId id;
  AccountId made_by;
  v1::DisposalList shown;
};

// One case on a list.
struct DueCase {
  CaseId case_id;
  std::optional<ItemId> rule;  // nothing for the default
  std::string due_on;
};

struct DisposalItemRow {
  DueCase due;
  std::optional<AccountId> reviewed_by;
  v1::DisposalItem shown;
};

struct Review {
  v1::DisposalVerdict verdict;
  std::optional<access::Sealed> reason;
  Authorship reviewed;
};

struct KeptRow {
  ItemId list;
  v1::KeptCase shown;  // all but the reason
  access::Sealed reason;
};

struct ListWanted {
  MunicipalityId municipality;
  std::string ref;
  AccountId viewer;
};

struct DisposalListPiece {
  std::vector<v1::DisposalList> rows;
  std::string next_cursor;
};

class Disposals {
 public:
  explicit Disposals(Connection& connection) : connection_(&connection) {}

  void add_list(const access::MunicipalityAccess& municipality, const DisposalListRow& list,
                const Authorship& made);
  void add_item(const DisposalListRow& list, const DueCase& due);
  // On a list that is still to be executed.
  bool is_on_open_list(const CaseId& id) const;

  // Lists as one account may see them: cases that a block or a protected identity keeps it out of
  // are not on them and count nowhere, and a list of such cases alone is not there.

  // Hidden when the municipality has no such list.
  Result<DisposalListRow> find(const ListWanted& wanted) const;
  DisposalListPiece list(const access::MunicipalityAccess& municipality, const AccountId& viewer,
                         const std::string& cursor) const;
  // By case number.
  std::vector<DisposalItemRow> items(const DisposalListRow& list, const AccountId& viewer) const;

  // Hidden when the case is not on the list; refuses with reviewed_already.
  Result<Done> review(const DisposalListRow& list, const access::CaseAccess& access,
                      const Review& review);
  // What reviewers gave as their reasons to keep the case.
  std::vector<KeptRow> kept(const access::CaseAccess& access) const;

  void set_outcome(const DisposalListRow& list, const CaseId& id, v1::DisposalOutcome outcome);
  // Cases without an outcome are left, whoever may see them.
  void close(const DisposalListRow& list, const Authorship& executed);

  // Deletes all that was written of the case and who worked with it. What stays is its number, so
  // that it is never used again, its municipality, and what lists of disposal say of it.
  void erase_content(const CaseId& id);

 private:
  Connection* connection_;
};

}  // namespace sspf::store
