// SPDX-License-Identifier: Apache-2.0
//
// Policies: whatever parses can be asked, and has its keys.
#include "crypto/policy.h"
#include "tests/fuzz/fuzz.h"

void sspf::test::fuzz(std::string_view input) {
  const auto read = crypto::Policy::parse(input);
  const auto* const policy = std::get_if<crypto::Policy>(&read);
  if (policy == nullptr) {
    ENSURE(!std::get<crypto::PolicyTrouble>(read).text.empty());
    return;
  }
  const crypto::Note nothing{"text\n", {}};
  ENSURE(!policy->is_of_a_log(nothing));
  static_cast<void>(policy->has_quorum(nothing));
  for (const crypto::PolicyLog& log : policy->logs()) {
    ENSURE(input.find(log.key.text()) != std::string_view::npos);
  }
}
