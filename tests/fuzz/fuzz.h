// SPDX-License-Identifier: Apache-2.0
//
// One parser under any input. Each target defines fuzz(); it ends the program (ENSURE) when a
// promise is broken. Built with libFuzzer by the preset `fuzz`; by every other preset with
// replay.cc, which plays the corpus.
#pragma once

#include <string_view>

#include "server/base/ensure.h"

namespace sspf::test {

void fuzz(std::string_view input);

}  // namespace sspf::test
