// SPDX-License-Identifier: Apache-2.0
#include "server/access/visibility.h"

#include <algorithm>

namespace sspf::access {

bool may_enter(const Viewer& viewer, const CaseFacts& facts) {
  if (viewer.coordinates) return true;
  if (!viewer.is_assigned) return false;
  return facts.kind == v1::CASE_KIND_GROUP || !viewer.consents.empty();
}

Visibility visibility(const Viewer& viewer, const CaseFacts& facts, const ItemFacts& item) {
  if (!may_enter(viewer, facts)) return {};
  if (facts.kind == v1::CASE_KIND_GROUP) return {true, std::nullopt};
  if (item.owner == viewer.agency) return {true, std::nullopt};
  if (viewer.coordinates && item.owner == facts.coordinating_agency) return {true, std::nullopt};
  for (const ConsentInForce& consent : viewer.consents) {
    const auto& kinds = consent.kinds;
    if (std::find(kinds.begin(), kinds.end(), item.kind) != kinds.end()) return {true, consent.id};
  }
  return {};
}

}  // namespace sspf::access
