// SPDX-License-Identifier: Apache-2.0
#include "server/access/visibility.h"

#include <algorithm>

#include "server/access/sealed.h"

namespace sspf::access {
namespace {

template <typename Value>
bool holds(const std::vector<Value>& values, const Value& wanted) {
  return std::find(values.begin(), values.end(), wanted) != values.end();
}

bool covers(const StandingBasis& basis, const ItemFacts& item) {
  const bool from_owner =
      basis.from_kind == v1::AGENCY_KIND_UNSPECIFIED || basis.from_kind == item.owner_kind;
  return from_owner && holds(basis.secrecy_classes, item.secrecy_class);
}

// What lifts the secrecy of another agency's item.
std::optional<BasisId> basis_for(const Viewer& viewer, const CaseFacts& facts,
                                 const ItemFacts& item) {
  const bool reached = item.is_addressed || viewer.coordinates;
  for (const ConsentInForce& consent : viewer.consents) {
    if (reached && counts(consent, viewer, facts) && consent.is_on(item.kind)) return consent.id;
  }
  for (const StandingBasis& basis : viewer.standing) {
    if (covers(basis, item)) return basis.id;
  }
  return viewer.emergency;
}

}  // namespace

bool ConsentInForce::names(const AgencyId& agency) const { return holds(agencies, agency); }
bool ConsentInForce::is_on(v1::InformationKind kind) const { return holds(kinds, kind); }
bool ConsentInForce::serves(v1::Purpose purpose) const { return holds(purposes, purpose); }

v1::Purpose purpose_of(v1::CaseState state) {
  switch (state) {
    case v1::CASE_STATE_REFERRED:
    case v1::CASE_STATE_CONSENT_PENDING:
    case v1::CASE_STATE_MAPPING:
      return v1::PURPOSE_MAPPING;
    case v1::CASE_STATE_PLAN_ACTIVE:
      return v1::PURPOSE_PLANNING;
    case v1::CASE_STATE_CONSENT_REFUSED:
    case v1::CASE_STATE_CONSENT_REVOKED:
      return v1::PURPOSE_UNSPECIFIED;  // no consent serves what was refused or withdrawn
    default:
      return v1::PURPOSE_FOLLOW_UP;
  }
}

ItemFacts coordination_item(const CaseFacts& facts, v1::InformationKind kind) {
  return {facts.coordinating_agency, facts.coordinating_kind, kind,
          default_secrecy_class(facts.coordinating_kind)};
}

bool is_addressed(const std::vector<AgencyId>& recipients, const Viewer& viewer) {
  if (recipients.empty()) return viewer.agency_kind != v1::AGENCY_KIND_RECREATION;
  return holds(recipients, viewer.agency);
}

bool counts(const ConsentInForce& consent, const Viewer& viewer, const CaseFacts& facts) {
  return consent.serves(facts.purpose) && (viewer.coordinates || consent.names(viewer.agency));
}

bool may_enter(const Viewer& viewer, const CaseFacts& facts) {
  if (viewer.is_kept_out) return false;
  if (viewer.coordinates || viewer.emergency) return true;
  if (!viewer.is_assigned) return false;
  if (facts.kind == v1::CASE_KIND_GROUP || !viewer.standing.empty()) return true;
  return std::any_of(viewer.consents.begin(), viewer.consents.end(),
                     [&](const ConsentInForce& consent) { return counts(consent, viewer, facts); });
}

Visibility visibility(const Viewer& viewer, const CaseFacts& facts, const ItemFacts& item) {
  if (!may_enter(viewer, facts)) return {};
  if (facts.kind == v1::CASE_KIND_GROUP) return {true, std::nullopt};
  if (item.owner == viewer.agency) return {true, std::nullopt};
  if (viewer.coordinates && item.owner == facts.coordinating_agency) return {true, std::nullopt};
  const auto basis = basis_for(viewer, facts, item);
  return {basis.has_value(), basis};
}

}  // namespace sspf::access
