// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/protection.h"

#include "server/handlers/colleague.h"

namespace sspf::handlers {
namespace {

Result<Done> ensure_protected(const access::CaseAccess& in, const Workspace& workspace) {
  if (workspace.tables.protection.level(in) == v1::PROTECTION_LEVEL_UNSPECIFIED) {
    return refusal(Reason::not_protected);
  }
  return Done();
}

}  // namespace

Result<v1::ProtectIdentityResponse> protect_identity(const Permit<Action::protect_identity>& permit,
                                                     Workspace& workspace,
                                                     const v1::ProtectIdentityRequest& request) {
  const access::CaseAccess& in = permit.target();
  if (in.facts().kind == v1::CASE_KIND_GROUP) return refusal(Reason::unexpected, "case_number");
  store::Protection& protection = workspace.tables.protection;
  TRY(protection.protect(in, request.level(), workspace.now));
  TRY(protection.add_handler(in, permit.caller().account(), workspace.now));
  return v1::ProtectIdentityResponse();
}

Result<v1::UnprotectIdentityResponse> unprotect_identity(
    const Permit<Action::unprotect_identity>& permit, Workspace& workspace,
    const v1::UnprotectIdentityRequest& /*request*/) {
  TRY(workspace.tables.protection.unprotect(permit.target()));
  return v1::UnprotectIdentityResponse();
}

Result<v1::AddHandlerResponse> add_handler(const Permit<Action::add_handler>& permit,
                                           Workspace& workspace,
                                           const v1::AddHandlerRequest& request) {
  const access::CaseAccess& in = permit.target();
  TRY(ensure_protected(in, workspace));
  const AccountId account = TRY(colleague(workspace, in.municipality(), request.handle()));
  TRY(workspace.tables.protection.add_handler(in, account, workspace.now));
  workspace.tally.subject_account = account;
  return v1::AddHandlerResponse();
}

Result<v1::RemoveHandlerResponse> remove_handler(const Permit<Action::remove_handler>& permit,
                                                 Workspace& workspace,
                                                 const v1::RemoveHandlerRequest& request) {
  const access::CaseAccess& in = permit.target();
  TRY(ensure_protected(in, workspace));
  const auto account = workspace.tables.accounts.find(request.handle(), "handle");
  if (!account.ok()) return hidden(Reason::not_found);
  TRY(workspace.tables.protection.remove_handler(in, account.value()));
  // Somebody has to be able to take the protection off again, and to close the case.
  if (!workspace.tables.protection.is_handled_by_a_coordinator(in)) {
    return refusal(Reason::last_handler);
  }
  workspace.tally.subject_account = account.value();
  return v1::RemoveHandlerResponse();
}

Result<v1::GetProtectionResponse> get_protection(const Permit<Action::get_protection>& permit,
                                                 Workspace& workspace,
                                                 const v1::GetProtectionRequest& /*request*/) {
  v1::GetProtectionResponse response;
  permit.target().note_shown();
  response.set_level(workspace.tables.protection.level(permit.target()));
  for (std::string& handle : workspace.tables.protection.handlers(permit.target())) {
    response.add_handler_handles(std::move(handle));
  }
  return response;
}

Result<v1::BlockAccountResponse> block_account(const Permit<Action::block_account>& permit,
                                               Workspace& workspace,
                                               const v1::BlockAccountRequest& request) {
  const access::CaseAccess& in = permit.target();
  const AccountId account = TRY(colleague(workspace, in.municipality(), request.handle()));
  if (account == permit.caller().account()) return refusal(Reason::own_act);
  TRY(workspace.tables.protection.block(in, account, request.reason(),
                                        {permit.caller().account(), workspace.now}));
  workspace.tally.subject_account = account;
  return v1::BlockAccountResponse();
}

Result<v1::UnblockAccountResponse> unblock_account(const Permit<Action::unblock_account>& permit,
                                                   Workspace& workspace,
                                                   const v1::UnblockAccountRequest& request) {
  const auto account = workspace.tables.accounts.find(request.handle(), "handle");
  if (!account.ok()) return hidden(Reason::not_found);
  TRY(workspace.tables.protection.unblock(permit.target(), account.value(), workspace.now));
  workspace.tally.subject_account = account.value();
  return v1::UnblockAccountResponse();
}

Result<v1::ListBlocksResponse> list_blocks(const Permit<Action::list_blocks>& permit,
                                           Workspace& workspace,
                                           const v1::ListBlocksRequest& /*request*/) {
  v1::ListBlocksResponse response;
  for (v1::Block& block : workspace.tables.protection.blocks(permit.target())) {
    *response.add_blocks() = std::move(block);
  }
  return response;
}

}  // namespace sspf::handlers
