// SPDX-License-Identifier: Apache-2.0
//
// Which items of a case a caller may see, as one pure function of facts (R1, R6): deny by default,
// and what lifts secrecy is named. tests/vectors/visibility.txt is its whole decision table.
#pragma once

#include <optional>
#include <vector>

#include "server/base/ids.h"
#include "sspf/v1/account.pb.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/consent.pb.h"

namespace sspf::access {

// A consent of the case that is in force today.
struct ConsentInForce {
  BasisId id;
  std::vector<AgencyId> agencies;
  std::vector<v1::InformationKind> kinds;
  std::vector<v1::Purpose> purposes;

  bool names(const AgencyId& agency) const;
  bool is_on(v1::InformationKind kind) const;
  bool serves(v1::Purpose purpose) const;
};

// A standing legal basis that is in force today in the municipality, towards the caller's kind of
// agency, and about a person of this age.
struct StandingBasis {
  BasisId id;
  v1::AgencyKind from_kind = v1::AGENCY_KIND_UNSPECIFIED;  // of any, when unspecified
  std::vector<v1::SecrecyClass> secrecy_classes;
};

// The caller, seen from one case.
struct Viewer {
  AgencyId agency;
  v1::AgencyKind agency_kind = v1::AGENCY_KIND_UNSPECIFIED;
  bool coordinates = false;  // coordinator in the municipality of the case
  bool is_assigned = false;
  // Blocked from the case for a conflict of interest; or the identity is protected, and the caller
  // is none of its handlers.
  bool is_kept_out = false;
  std::optional<BasisId> emergency;  // an emergency opening of the caller's own, still running
  std::vector<ConsentInForce> consents;
  std::vector<StandingBasis> standing;
};

struct CaseFacts {
  v1::CaseKind kind = v1::CASE_KIND_UNSPECIFIED;
  AgencyId coordinating_agency;
  v1::AgencyKind coordinating_kind = v1::AGENCY_KIND_UNSPECIFIED;
  v1::Purpose purpose = v1::PURPOSE_UNSPECIFIED;  // what the co-operation does now
};

// Who owns an item decides who may see it, and whose secrecy covers it.
struct ItemFacts {
  AgencyId owner;
  v1::AgencyKind owner_kind = v1::AGENCY_KIND_UNSPECIFIED;
  v1::InformationKind kind = v1::INFORMATION_KIND_UNSPECIFIED;
  v1::SecrecyClass secrecy_class = v1::SECRECY_CLASS_UNSPECIFIED;
  // May a consent open it to the caller's agency? Of a note, its recipients say so (R3).
  bool is_addressed = true;
};

struct Visibility {
  bool visible = false;
  std::optional<BasisId> basis;  // what lifted secrecy, when something had to
};

v1::Purpose purpose_of(v1::CaseState state);

// The coordination's own items (identity, plan, minutes) belong to the coordinating agency.
ItemFacts coordination_item(const CaseFacts& facts, v1::InformationKind kind);

// Whom the author of a note has chosen among the agencies that consents name. Without a choice it
// is for each of them but recreation, whose own secrecy may be weak: that is always named (R3).
bool is_addressed(const std::vector<AgencyId>& recipients, const Viewer& viewer);

// Does the consent count for this caller now? For a coordinator every consent does that serves the
// purpose, whichever agencies it names: it is given to the co-operation.
bool counts(const ConsentInForce& consent, const Viewer& viewer, const CaseFacts& facts);

// May the caller know that the case exists?
//   kept out                                           no
//   emergency opening                                  yes
//   coordinator in the municipality                    yes
//   assigned, and the case is a group or a place       yes: it holds no person
//   assigned, and a consent counts                     yes
//   assigned, and a standing basis                     yes
//   anybody else                                       no
bool may_enter(const Viewer& viewer, const CaseFacts& facts);

// Of a case that may be entered:
//   the own agency's item                              visible
//   any item of a group or place                       visible
//   the coordination's item, for a coordinator         visible
//   a consent counts and is on the kind, and the item
//   is addressed to the caller's agency                visible by that consent
//   the same for a coordinator, whoever is addressed   visible by that consent
//   a standing basis from the owner's kind of agency,
//   on the item's secrecy class                        visible by that basis
//   emergency opening                                  visible by that opening
//   anything else                                      not visible
Visibility visibility(const Viewer& viewer, const CaseFacts& facts, const ItemFacts& item);

}  // namespace sspf::access
