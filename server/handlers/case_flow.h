// SPDX-License-Identifier: Apache-2.0
//
// The states of a case and which follows which (domain.md 1). Pure: no store, no clock.
#pragma once

#include "server/access/case_access.h"
#include "server/base/result.h"
#include "sspf/v1/case.pb.h"

namespace sspf::handlers {

//   Referred -> ConsentPending -> Mapping -> PlanActive <-> FollowUp -> Closed
//
// with these exits:
//   ConsentPending                    -> ConsentRefused
//   Mapping, PlanActive, FollowUp     -> ConsentRevoked
//   any state that has not ended      -> Moved, HandedOver, AgedOut
//
// A group or a place holds no person: it goes from Referred straight to Mapping, has no state about
// consent and does not age.
bool follows(v1::CaseKind kind, v1::CaseState from, v1::CaseState to);

// Closed, and every exit: nothing follows.
bool is_ended(v1::CaseState state);

// Work on a person begins only with a consent in force, R4.
bool begins_work(v1::CaseState state);

// The consent is said not to be there.
bool denies_consent(v1::CaseState state);

// The states in which a revoked consent ends the case.
bool rests_on_consent(v1::CaseState state);

// Mapping, plan and follow-up: the plan and what belongs to it are written then, for consent comes
// first.
bool is_in_planning(v1::CaseState state);

// Refuses with case_closed when the case has ended; its commitments are then frozen, too (R6).
Result<Done> ensure_not_ended(const access::CaseAccess& access);
// The same of what may be about a case: nothing is about none.
Result<Done> ensure_not_ended(const access::CaseAccess* about);

// Also refuses with case_not_in_planning before the mapping, and with no_consent_in_force when the
// consents about a person have ended or lapsed: plan and commitments are frozen then (R6).
Result<Done> ensure_in_planning(const access::CaseAccess& access);

}  // namespace sspf::handlers
