// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/accounts.h"

#include "server/base/limits.h"
#include "server/handlers/enrolment.h"
#include "server/handlers/roles.h"
#include "server/store/timestamps.h"

namespace sspf::handlers {
namespace {

Result<std::vector<MunicipalityId>> municipalities_of(
    const store::Tables& tables, const google::protobuf::RepeatedPtrField<std::string>& codes) {
  std::vector<MunicipalityId> ids;
  for (const std::string& code : codes) {
    const auto id = tables.directory.municipality(code);
    if (!id.ok()) return refusal(Reason::unknown_value, "municipality_codes");
    ids.push_back(id.value());
  }
  return ids;
}

}  // namespace

Result<v1::CreateMunicipalityResponse> create_municipality(
    const Permit<Action::create_municipality>& permit, Workspace& workspace,
    const v1::CreateMunicipalityRequest& request) {
  const MunicipalityId id = TRY(
      workspace.tables.directory.add_municipality(permit.target(), request.code(), request.name()));
  workspace.tables.meetings.add_default_template(permit.target(), id);
  workspace.tally.municipality = id;
  workspace.tally.founded = access::Founded::municipality;
  v1::CreateMunicipalityResponse response;
  response.set_code(request.code());
  return response;
}

Result<v1::ListMunicipalitiesResponse> list_municipalities(
    const Permit<Action::list_municipalities>& permit, Workspace& workspace,
    const v1::ListMunicipalitiesRequest& /*request*/) {
  v1::ListMunicipalitiesResponse response;
  for (auto& row : workspace.tables.directory.list_municipalities(permit.target())) {
    *response.add_municipalities() = std::move(row);
  }
  return response;
}

Result<v1::CreateAgencyResponse> create_agency(const Permit<Action::create_agency>& permit,
                                               Workspace& workspace,
                                               const v1::CreateAgencyRequest& request) {
  store::AgencyRow row;
  row.id = AgencyId::random();
  row.code = request.code();
  row.name = request.name();
  row.kind = request.kind();
  row.municipalities = TRY(municipalities_of(workspace.tables, request.municipality_codes()));
  TRY(workspace.tables.directory.add_agency(permit.target(), row));
  workspace.tally.note_item(same_id<ItemId>(row.id), 1);
  v1::CreateAgencyResponse response;
  response.set_code(request.code());
  response.set_version(1);
  return response;
}

Result<v1::UpdateAgencyResponse> update_agency(const Permit<Action::update_agency>& permit,
                                               Workspace& workspace,
                                               const v1::UpdateAgencyRequest& request) {
  store::AgencyRow row = TRY(workspace.tables.directory.agency(request.code(), "code"));
  row.name = request.name();
  row.version = request.version();
  row.municipalities = TRY(municipalities_of(workspace.tables, request.municipality_codes()));
  v1::UpdateAgencyResponse response;
  response.set_version(TRY(workspace.tables.directory.update_agency(permit.target(), row)));
  workspace.tally.note_item(same_id<ItemId>(row.id), response.version());
  return response;
}

Result<v1::ListAgenciesResponse> list_agencies(const Permit<Action::list_agencies>& permit,
                                               Workspace& workspace,
                                               const v1::ListAgenciesRequest& /*request*/) {
  v1::ListAgenciesResponse response;
  for (auto& row : workspace.tables.directory.list_agencies(permit.target())) {
    *response.add_agencies() = std::move(row);
  }
  return response;
}

Result<v1::WhoAmIResponse> who_am_i(const Permit<Action::who_am_i>& permit, Workspace& workspace,
                                    const v1::WhoAmIRequest& /*request*/) {
  v1::WhoAmIResponse response;
  *response.mutable_account() = workspace.tables.accounts.get(permit.caller().account());
  const auto agency =
      TRY(workspace.tables.directory.agency(response.account().agency_code(), "agency_code"));
  response.set_agency_name(agency.name);
  response.set_agency_kind(agency.kind);
  *response.mutable_certificate_not_after() = store::timestamp_of(
      workspace.tables.accounts.certificate_expiry(permit.caller().certificate()));
  response.set_server_version(SSPF_VERSION);
  return response;
}

Result<v1::CreateAccountResponse> create_account(const Permit<Action::create_account>& permit,
                                                 Workspace& workspace,
                                                 const v1::CreateAccountRequest& request) {
  const auto agency = TRY(workspace.tables.directory.agency(request.agency_code(), "agency_code"));
  TRY(agency_is_administered(permit.target(), agency));
  store::AccountRow row;
  row.id = AccountId::random();
  row.handle = request.handle();
  row.name = request.name();
  row.agency = agency.id;
  row.grants =
      TRY(checked_grants(workspace.tables.directory, permit.target(), agency, request.roles()));
  TRY(workspace.tables.accounts.add(permit.target(), row));
  workspace.tally.subject_account = row.id;
  workspace.tally.founded = access::Founded::account;
  workspace.tally.item_version = 1;
  v1::CreateAccountResponse response;
  response.set_handle(request.handle());
  response.set_version(1);
  return response;
}

Result<Piece<v1::ListAccountsResponse>> list_accounts(const Permit<Action::list_accounts>& permit,
                                                      Workspace& workspace,
                                                      const v1::ListAccountsRequest& /*request*/,
                                                      const std::string& cursor) {
  Piece<v1::ListAccountsResponse> piece;
  for (auto& account :
       workspace.tables.accounts.list(permit.target(), cursor, limits::page_size_max)) {
    *piece.message.add_accounts() = std::move(account);
  }
  const auto& accounts = piece.message.accounts();
  if (static_cast<std::uint32_t>(accounts.size()) == limits::page_size_max) {
    piece.next_cursor = accounts.rbegin()->handle();
  }
  return piece;
}

Result<v1::GetAccountResponse> get_account(const Permit<Action::get_account>& permit,
                                           Workspace& workspace,
                                           const v1::GetAccountRequest& /*request*/) {
  v1::GetAccountResponse response;
  *response.mutable_account() = workspace.tables.accounts.get(permit.target().account());
  return response;
}

Result<v1::SetRolesResponse> set_roles(const Permit<Action::set_roles>& permit,
                                       Workspace& workspace, const v1::SetRolesRequest& request) {
  const auto account = workspace.tables.accounts.get(permit.target().account());
  const auto agency = TRY(workspace.tables.directory.agency(account.agency_code(), "agency_code"));
  const auto grants = TRY(checked_grants(workspace.tables.directory, permit.target().directory(),
                                         agency, request.roles()));
  v1::SetRolesResponse response;
  response.set_version(
      TRY(workspace.tables.accounts.set_roles(permit.target(), request.version(), grants)));
  workspace.tally.item_version = response.version();
  return response;
}

Result<v1::SuspendAccountResponse> suspend_account(const Permit<Action::suspend_account>& permit,
                                                   Workspace& workspace,
                                                   const v1::SuspendAccountRequest& /*request*/) {
  v1::SuspendAccountResponse response;
  response.set_version(workspace.tables.accounts.set_suspended(permit.target(), 1));
  workspace.tally.item_version = response.version();
  return response;
}

Result<v1::ReinstateAccountResponse> reinstate_account(
    const Permit<Action::reinstate_account>& permit, Workspace& workspace,
    const v1::ReinstateAccountRequest& /*request*/) {
  v1::ReinstateAccountResponse response;
  response.set_version(workspace.tables.accounts.set_suspended(permit.target(), 0));
  workspace.tally.item_version = response.version();
  return response;
}

}  // namespace sspf::handlers
