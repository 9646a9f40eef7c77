// SPDX-License-Identifier: Apache-2.0
//
// A case with something of every kind in it, long ended: what disposal has to leave nothing of.
#pragma once

#include "tests/support/disposing.h"

namespace sspf::test {

inline constexpr auto full_case_person = number_aged_17;

struct FullCase {
  std::string number;
  // At which it was an item, with minutes, a guardian as its guest, and attendance of two at the
  // item and at the meeting as a whole.
  std::string meeting;
};

// Handed over on 2020-03-02.
FullCase full_old_case(Disposing& town);

}  // namespace sspf::test
