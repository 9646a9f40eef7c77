// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/state_change.h"

namespace sspf::handlers {

Result<std::uint64_t> change_state(const access::CaseAccess& access, const access::Caller& caller,
                                   Workspace& workspace, const NewState& to) {
  store::StateChange change;
  change.version_seen = access.version();
  change.state = to.state;
  change.account = caller.account();
  change.now = workspace.now;
  if (!to.reason.empty()) {
    change.reason = access.seal(
        access.coordination(),
        {"case_state_change.sealed_reason", access.case_id().bytes(), access.version() + 1},
        to.reason);
  }
  const std::uint64_t version = TRY(workspace.tables.cases.change_state(access, change));
  workspace.tally.note_item(same_id<ItemId>(access.case_id()), version);
  return version;
}

}  // namespace sspf::handlers
