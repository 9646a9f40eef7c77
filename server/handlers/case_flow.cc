// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/case_flow.h"

#include <algorithm>
#include <array>

namespace sspf::handlers {
namespace {

enum class Of { individual, group, both };

struct Step {
  v1::CaseState from;
  v1::CaseState to;
  Of of;
};

constexpr std::array steps{
    Step{v1::CASE_STATE_REFERRED, v1::CASE_STATE_CONSENT_PENDING, Of::individual},
    Step{v1::CASE_STATE_REFERRED, v1::CASE_STATE_MAPPING, Of::group},
    Step{v1::CASE_STATE_CONSENT_PENDING, v1::CASE_STATE_MAPPING, Of::individual},
    Step{v1::CASE_STATE_CONSENT_PENDING, v1::CASE_STATE_CONSENT_REFUSED, Of::individual},
    Step{v1::CASE_STATE_MAPPING, v1::CASE_STATE_PLAN_ACTIVE, Of::both},
    Step{v1::CASE_STATE_MAPPING, v1::CASE_STATE_CONSENT_REVOKED, Of::individual},
    Step{v1::CASE_STATE_PLAN_ACTIVE, v1::CASE_STATE_FOLLOW_UP, Of::both},
    Step{v1::CASE_STATE_PLAN_ACTIVE, v1::CASE_STATE_CONSENT_REVOKED, Of::individual},
    Step{v1::CASE_STATE_FOLLOW_UP, v1::CASE_STATE_PLAN_ACTIVE, Of::both},
    Step{v1::CASE_STATE_FOLLOW_UP, v1::CASE_STATE_CLOSED, Of::both},
    Step{v1::CASE_STATE_FOLLOW_UP, v1::CASE_STATE_CONSENT_REVOKED, Of::individual},
};

struct Exit {
  v1::CaseState to;
  Of of;
};

// From every state that has not ended.
constexpr std::array exits{
    Exit{v1::CASE_STATE_MOVED, Of::both},
    Exit{v1::CASE_STATE_HANDED_OVER, Of::both},
    Exit{v1::CASE_STATE_AGED_OUT, Of::individual},
};

bool is_of(Of of, v1::CaseKind kind) {
  if (of == Of::both) return true;
  return (of == Of::group) == (kind == v1::CASE_KIND_GROUP);
}

bool leads_out(v1::CaseState from) {
  return std::any_of(steps.begin(), steps.end(),
                     [&](const Step& step) { return step.from == from; });
}

}  // namespace

bool is_ended(v1::CaseState state) { return !leads_out(state); }

bool follows(v1::CaseKind kind, v1::CaseState from, v1::CaseState to) {
  const bool steps_there = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    return step.from == from && step.to == to && is_of(step.of, kind);
  });
  if (steps_there) return true;
  return !is_ended(from) && std::any_of(exits.begin(), exits.end(), [&](const Exit& exit) {
    return exit.to == to && is_of(exit.of, kind);
  });
}

bool begins_work(v1::CaseState state) {
  return state == v1::CASE_STATE_MAPPING || state == v1::CASE_STATE_PLAN_ACTIVE;
}

bool denies_consent(v1::CaseState state) {
  return state == v1::CASE_STATE_CONSENT_REFUSED || state == v1::CASE_STATE_CONSENT_REVOKED;
}

bool rests_on_consent(v1::CaseState state) {
  return follows(v1::CASE_KIND_INDIVIDUAL, state, v1::CASE_STATE_CONSENT_REVOKED);
}

bool is_in_planning(v1::CaseState state) {
  return state == v1::CASE_STATE_MAPPING || state == v1::CASE_STATE_PLAN_ACTIVE ||
         state == v1::CASE_STATE_FOLLOW_UP;
}

Result<Done> ensure_not_ended(const access::CaseAccess& access) {
  if (is_ended(access.state())) return refusal(Reason::case_closed);
  return Done();
}

Result<Done> ensure_not_ended(const access::CaseAccess* about) {
  if (about == nullptr) return Done();
  return ensure_not_ended(*about);
}

Result<Done> ensure_in_planning(const access::CaseAccess& access) {
  TRY(ensure_not_ended(access));
  if (!is_in_planning(access.state())) return refusal(Reason::case_not_in_planning);
  const bool is_individual = access.facts().kind == v1::CASE_KIND_INDIVIDUAL;
  if (is_individual && !access.has_consent_for(access.facts().purpose)) {
    return refusal(Reason::no_consent_in_force);
  }
  return Done();
}

}  // namespace sspf::handlers
