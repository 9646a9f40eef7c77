// SPDX-License-Identifier: Apache-2.0
//
// The verifier's own judgement of what a test's server has logged.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "client/cli/event_check.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::test {

// In particular: whatever a basis let somebody see, the log says that it was in force.
inline void expect_verifier_agrees(const std::vector<v1::AuditEvent>& events) {
  std::vector<cli::EpochBegin> epochs;
  const crypto::EntryCheck check = cli::event_check(epochs);
  std::size_t by_basis = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const std::string bytes = events[i].SerializeAsString();
    const auto complaint = check(i, crypto::view_of(bytes));
    ASSERT_FALSE(complaint) << i << ": " << *complaint << '\n' << events[i].DebugString();
    for (const auto& shown : events[i].cases_shown()) by_basis += shown.basis_id().empty() ? 0 : 1;
  }
  EXPECT_GT(by_basis, 0U);
}

}  // namespace sspf::test
