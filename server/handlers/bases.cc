// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/bases.h"

#include <algorithm>

#include "server/base/limits.h"

namespace sspf::handlers {
namespace {

v1::Ground ground(v1::GroundKind kind) {
  v1::Ground ground;
  ground.set_kind(kind);
  ground.set_serves_purpose(true);  // of a consent, what it says
  return ground;
}

v1::Ground ground_of(const access::CaseAccess& in, const Workspace& workspace,
                     const access::ConsentInForce& consent) {
  v1::Ground by = ground(v1::GROUND_KIND_CONSENT);
  by.set_reference(workspace.tables.consents.ref_of(in, same_id<ItemId>(consent.id)));
  for (const v1::InformationKind kind : consent.kinds) by.add_kinds(kind);
  for (const v1::Purpose purpose : consent.purposes) by.add_purposes(purpose);
  by.set_serves_purpose(consent.serves(in.facts().purpose));
  by.set_basis_ref(consent.id.text());
  return by;
}

v1::Ground ground_of(const Workspace& workspace, const access::StandingBasis& basis) {
  v1::Ground by = ground(v1::GROUND_KIND_LEGAL_BASIS);
  const auto row = workspace.tables.bases.find(basis.id);
  ENSURE(row.has_value());
  by.set_reference(row->code());
  by.set_paragraph(row->paragraph());
  by.set_basis_ref(basis.id.text());
  return by;
}

bool covers_every_class(const v1::LegalBasis& basis) {
  const auto& given = basis.secrecy_classes();
  for (int each = v1::SECRECY_CLASS_UNSPECIFIED + 1; each <= v1::SecrecyClass_MAX; ++each) {
    if (std::find(given.begin(), given.end(), each) == given.end()) return false;
  }
  return true;
}

}  // namespace

Result<v1::ListBasesResponse> list_bases(const Permit<Action::list_bases>& permit,
                                         Workspace& workspace,
                                         const v1::ListBasesRequest& /*request*/) {
  v1::ListBasesResponse response;
  for (v1::MunicipalBasis& row : workspace.tables.bases.list(permit.target(), workspace.today)) {
    *response.add_bases() = std::move(row);
  }
  return response;
}

Result<v1::AddBasisResponse> add_basis(const Permit<Action::add_basis>& permit,
                                       Workspace& workspace, const v1::AddBasisRequest& request) {
  const v1::LegalBasis& basis = request.basis();
  if (!basis.valid_to().empty() && basis.valid_to() < basis.valid_from()) {
    return refusal(Reason::ends_before_start, "basis.valid_to");
  }
  // R9: what shares without consent is on only where a municipality's lawyer has said so.
  if (basis.form() == v1::BASIS_FORM_STANDING && basis.enabled_by_default()) {
    return refusal(Reason::unexpected, "basis.enabled_by_default");
  }
  // A consent says itself what it covers and between whom: it would pass over what the row says.
  if (basis.form() == v1::BASIS_FORM_CONSENT) {
    if (basis.from_kind() != v1::AGENCY_KIND_UNSPECIFIED) {
      return refusal(Reason::unexpected, "basis.from_kind");
    }
    if (basis.to_kind() != v1::AGENCY_KIND_UNSPECIFIED) {
      return refusal(Reason::unexpected, "basis.to_kind");
    }
    if (basis.below_age() != 0) return refusal(Reason::unexpected, "basis.below_age");
    if (!covers_every_class(basis)) return refusal(Reason::missing, "basis.secrecy_classes");
  }
  if (basis.below_age() > limits::basis_age_max) {
    return over_limit(Reason::too_large, "basis.below_age", limits::basis_age_max);
  }
  const BasisId id = TRY(workspace.tables.bases.add(permit.target(), basis));
  workspace.tally.note_item(same_id<ItemId>(id), 1);
  return v1::AddBasisResponse();
}

Result<v1::EndBasisResponse> end_basis(const Permit<Action::end_basis>& permit,
                                       Workspace& workspace, const v1::EndBasisRequest& request) {
  if (request.valid_to() < request.valid_from()) {
    return refusal(Reason::ends_before_start, "valid_to");
  }
  const auto ended = TRY(workspace.tables.bases.end(
      permit.target(), {request.basis_code(), request.valid_from()},
      {request.valid_to(), workspace.today, {permit.caller().account(), workspace.now}}));
  workspace.tally.note_item(same_id<ItemId>(ended.id), ended.version + 1);
  workspace.tally.basis_change = {
      .basis = ended.id, .from_date = request.valid_from(), .to_date = request.valid_to()};
  return v1::EndBasisResponse();
}

Result<v1::DecideBasisResponse> decide_basis(const Permit<Action::decide_basis>& permit,
                                             Workspace& workspace,
                                             const v1::DecideBasisRequest& request) {
  if (request.decided_on() > workspace.today) return refusal(Reason::in_future, "decided_on");
  const store::BasisDecision decision{request.enabled(),         request.decided_by(),
                                      request.decision(),        request.decided_on(),
                                      permit.caller().account(), workspace.now};
  const BasisId id = TRY(workspace.tables.bases.decide(
      permit.target(), {request.basis_code(), request.valid_from()}, decision));
  workspace.tally.note_item(same_id<ItemId>(id), 1);
  const auto row = workspace.tables.bases.find(id);
  ENSURE(row.has_value());
  workspace.tally.basis_change = {.basis = id,
                                  .from_date = row->valid_from(),
                                  .to_date = row->valid_to(),
                                  .is_withdrawn = !request.enabled()};
  return v1::DecideBasisResponse();
}

Result<v1::ExplainAccessResponse> explain_access(const Permit<Action::explain_access>& permit,
                                                 Workspace& workspace,
                                                 const v1::ExplainAccessRequest& /*request*/) {
  const access::CaseAccess& in = permit.target();
  const access::Viewer& viewer = in.viewer();
  v1::ExplainAccessResponse response;
  in.note_shown();
  if (viewer.coordinates) *response.add_grounds() = ground(v1::GROUND_KIND_COORDINATOR);
  if (viewer.is_assigned) *response.add_grounds() = ground(v1::GROUND_KIND_ASSIGNED);
  if (in.facts().kind == v1::CASE_KIND_GROUP) {
    *response.add_grounds() = ground(v1::GROUND_KIND_GROUP);
  }
  for (const access::ConsentInForce& consent : viewer.consents) {
    if (!viewer.coordinates && !consent.names(viewer.agency)) continue;
    v1::Ground by = ground_of(in, workspace, consent);
    by.set_only_addressed_notes(!viewer.coordinates && !access::is_addressed({}, viewer));
    *response.add_grounds() = by;
  }
  for (const access::StandingBasis& basis : viewer.standing) {
    *response.add_grounds() = ground_of(workspace, basis);
  }
  if (viewer.emergency) {
    v1::Ground by = ground(v1::GROUND_KIND_EMERGENCY);
    by.set_basis_ref(viewer.emergency->text());
    *response.add_grounds() = by;
  }
  return response;
}

}  // namespace sspf::handlers
