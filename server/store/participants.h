// SPDX-License-Identifier: Apache-2.0
//
// SQL of who takes part in a meeting: accounts, and guests by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/meeting_access.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"

namespace sspf::store {

struct ParticipantDraft {
  std::optional<AccountId> account;  // nothing: a guest
  std::string guest_name;
  std::optional<CaseId> case_id;  // for which a guest comes
  std::optional<ItemId> deputy_for;
};

struct ParticipantRow {
  ItemId id;
  std::string ref;
  std::optional<AccountId> account;
  std::optional<CaseId> case_id;
};

class Participants {
 public:
  explicit Participants(Connection& connection) : connection_(&connection) {}

  // Refuses with already_there when the account takes part, and with meeting_full.
  Result<ParticipantRow> add(const access::MeetingAccess& meeting, const ParticipantDraft& draft);

  // By the reference within this meeting; hidden when there is none, or when it is a guest of a
  // case that the caller may not enter.
  Result<ParticipantRow> find(const access::MeetingAccess& meeting, const std::string& ref) const;

  // Accounts by handle, then guests. A guest of a case that the caller may not enter is absent.
  std::vector<v1::Participant> list(const access::MeetingAccess& meeting) const;

 private:
  Connection* connection_;
};

}  // namespace sspf::store
