// SPDX-License-Identifier: Apache-2.0
//
// Whether two people may be relatives, as far as names tell: the same last word, whatever its case
// and however its letters are composed.
#pragma once

#include <string>

namespace sspf {

// The last word of a name, to be compared for equality alone; empty when the name has a single word
// or is not UTF-8.
std::string folded_surname(const std::string& name);

}  // namespace sspf
