// SPDX-License-Identifier: Apache-2.0
//
// Which items of a case a caller may see, as one pure function of facts (R1, R6): deny by default,
// and what lifts secrecy is named.
#pragma once

#include <optional>
#include <vector>

#include "server/base/ids.h"
#include "sspf/v1/case.pb.h"

namespace sspf::access {

// A consent in force today that names the caller's agency.
struct ConsentInForce {
  BasisId id;
  std::vector<v1::InformationKind> kinds;
};

// The caller, seen from one case.
struct Viewer {
  AgencyId agency;
  bool coordinates = false;  // coordinator in the municipality of the case
  bool is_assigned = false;
  std::vector<ConsentInForce> consents;
};

struct CaseFacts {
  v1::CaseKind kind = v1::CASE_KIND_UNSPECIFIED;
  AgencyId coordinating_agency;
};

// Who owns an item decides who may see it. The coordination's own items (identity, plan, minutes)
// belong to the coordinating agency.
struct ItemFacts {
  AgencyId owner;
  v1::InformationKind kind = v1::INFORMATION_KIND_UNSPECIFIED;
};

struct Visibility {
  bool visible = false;
  std::optional<BasisId> basis;  // the consent that lifted secrecy, when one did
};

// May the caller know that the case exists?
//   coordinator in the municipality                    yes
//   assigned, and the case is a group or a place       yes: it holds no person
//   assigned, and a consent in force names the agency  yes
//   anybody else                                       no
bool may_enter(const Viewer& viewer, const CaseFacts& facts);

// Of a case that may be entered:
//   the own agency's item                              visible
//   any item of a group or place                       visible
//   the coordination's item, for a coordinator         visible
//   a consent in force names the agency and the kind   visible by that consent
//   anything else                                      not visible
// A coordinator counts as named by every consent in force: the consent is given to the
// coordination.
Visibility visibility(const Viewer& viewer, const CaseFacts& facts, const ItemFacts& item);

}  // namespace sspf::access
