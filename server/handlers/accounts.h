// SPDX-License-Identifier: Apache-2.0
//
// Municipalities, agencies, accounts, enrolment and certificates. One function for each RPC of
// account.proto; what each refuses stands beside it, what every call refuses is in rpc/.
#pragma once

#include "server/access/permit.h"
#include "server/base/result.h"
#include "server/handlers/workspace.h"
#include "sspf/v1/account.pb.h"

namespace sspf::handlers {

using access::Action;
using access::Permit;

// already_there.
Result<v1::CreateMunicipalityResponse> create_municipality(
    const Permit<Action::create_municipality>& permit, Workspace& workspace,
    const v1::CreateMunicipalityRequest& request);
Result<v1::ListMunicipalitiesResponse> list_municipalities(
    const Permit<Action::list_municipalities>& permit, Workspace& workspace,
    const v1::ListMunicipalitiesRequest& request);

// already_there; unknown_value of a municipality.
Result<v1::CreateAgencyResponse> create_agency(const Permit<Action::create_agency>& permit,
                                               Workspace& workspace,
                                               const v1::CreateAgencyRequest& request);
// stale_version; unknown_value of the agency or a municipality.
Result<v1::UpdateAgencyResponse> update_agency(const Permit<Action::update_agency>& permit,
                                               Workspace& workspace,
                                               const v1::UpdateAgencyRequest& request);
Result<v1::ListAgenciesResponse> list_agencies(const Permit<Action::list_agencies>& permit,
                                               Workspace& workspace,
                                               const v1::ListAgenciesRequest& request);

// wrong_signing_request. The code itself was checked with the permit; it is used up here.
Result<v1::EnrollResponse> enroll(const Permit<Action::enroll>& permit, Workspace& workspace,
                                  const v1::EnrollRequest& request);
Result<v1::RenewResponse> renew(const Permit<Action::renew>& permit, Workspace& workspace,
                                const v1::RenewRequest& request);
Result<v1::WhoAmIResponse> who_am_i(const Permit<Action::who_am_i>& permit, Workspace& workspace,
                                    const v1::WhoAmIRequest& request);

// already_there; unknown_value of agency or municipality; roles_conflict; other_municipality.
Result<v1::CreateAccountResponse> create_account(const Permit<Action::create_account>& permit,
                                                 Workspace& workspace,
                                                 const v1::CreateAccountRequest& request);
Result<Piece<v1::ListAccountsResponse>> list_accounts(const Permit<Action::list_accounts>& permit,
                                                      Workspace& workspace,
                                                      const v1::ListAccountsRequest& request,
                                                      const std::string& cursor);
Result<v1::GetAccountResponse> get_account(const Permit<Action::get_account>& permit,
                                           Workspace& workspace,
                                           const v1::GetAccountRequest& request);
// stale_version; roles_conflict; other_municipality.
Result<v1::SetRolesResponse> set_roles(const Permit<Action::set_roles>& permit,
                                       Workspace& workspace, const v1::SetRolesRequest& request);
Result<v1::SuspendAccountResponse> suspend_account(const Permit<Action::suspend_account>& permit,
                                                   Workspace& workspace,
                                                   const v1::SuspendAccountRequest& request);
Result<v1::ReinstateAccountResponse> reinstate_account(
    const Permit<Action::reinstate_account>& permit, Workspace& workspace,
    const v1::ReinstateAccountRequest& request);
Result<v1::IssueEnrolmentCodeResponse> issue_enrolment_code(
    const Permit<Action::issue_enrolment_code>& permit, Workspace& workspace,
    const v1::IssueEnrolmentCodeRequest& request);
Result<v1::ListCertificatesResponse> list_certificates(
    const Permit<Action::list_certificates>& permit, Workspace& workspace,
    const v1::ListCertificatesRequest& request);
// revoked_already.
Result<v1::RevokeCertificateResponse> revoke_certificate(
    const Permit<Action::revoke_certificate>& permit, Workspace& workspace,
    const v1::RevokeCertificateRequest& request);

}  // namespace sspf::handlers
