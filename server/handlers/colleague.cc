// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/colleague.h"

namespace sspf::handlers {

Result<AccountId> colleague(const Workspace& workspace, const MunicipalityId& municipality,
                            const std::string& handle) {
  const store::Accounts& accounts = workspace.tables.accounts;
  const auto refuse = [](Reason cause) { return Refusal{Reason::unknown_value, cause, "handle"}; };
  const AccountId id = TRY(accounts.find(handle, "handle"));
  const v1::Account account = accounts.get(id);
  const auto agency =
      workspace.tables.directory.agency_serving(municipality, account.agency_code(), "handle");
  if (!agency.ok()) return refuse(Reason::other_municipality);
  if (!accounts.has_role_in(id, v1::ROLE_MEMBER, municipality) &&
      !accounts.has_role_in(id, v1::ROLE_COORDINATOR, municipality)) {
    return refuse(Reason::role_missing);
  }
  if (account.suspended()) return refuse(Reason::account_suspended);
  return id;
}

}  // namespace sspf::handlers
