// SPDX-License-Identifier: Apache-2.0
//
// Permit<A>: proof, in memory and for one call, that this caller may do A, and the access that goes
// with it. Only policy::Authority makes one, and it cannot be copied or kept.
#pragma once

#include <utility>

#include "server/access/action.h"
#include "server/access/caller.h"
#include "server/access/case_access.h"
#include "server/access/log_details.h"
#include "server/access/meeting_access.h"
#include "server/access/review_access.h"
#include "server/access/scopes.h"

namespace sspf::policy {
class Authority;
}

namespace sspf::access {

template <Action A>
class Permit {
 public:
  using Target = typename ActionTraits<A>::Target;

  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;
  Permit(Permit&&) noexcept = default;
  Permit& operator=(Permit&&) noexcept = default;

  const Caller& caller() const { return *caller_; }
  const Target& target() const { return target_; }

 private:
  friend class policy::Authority;
  Permit(const Caller& caller, Target target) : caller_(&caller), target_(std::move(target)) {}

  const Caller* caller_;
  Target target_;
};

}  // namespace sspf::access
