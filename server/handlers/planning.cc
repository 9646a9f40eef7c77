// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/planning.h"

namespace sspf::handlers {
namespace {

enum class Stage { before_planning, planning, ended };

Stage stage_of(v1::CaseState state) {
  switch (state) {
    case v1::CASE_STATE_REFERRED:
    case v1::CASE_STATE_CONSENT_PENDING:
      return Stage::before_planning;
    case v1::CASE_STATE_MAPPING:
    case v1::CASE_STATE_PLAN_ACTIVE:
    case v1::CASE_STATE_FOLLOW_UP:
      return Stage::planning;
    // An exit that does not stand here yet is an end, too.
    default:
      return Stage::ended;
  }
}

}  // namespace

Result<Done> case_is_open(const access::CaseAccess& in) {
  if (stage_of(in.state()) == Stage::ended) return refusal(Reason::case_closed);
  return Done();
}

Result<Done> case_is_planned(const access::CaseAccess& in) {
  TRY(case_is_open(in));
  if (stage_of(in.state()) != Stage::planning) return refusal(Reason::case_not_in_planning);
  return Done();
}

}  // namespace sspf::handlers
