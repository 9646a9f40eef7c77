// SPDX-License-Identifier: Apache-2.0
//
// The program without its process: words in, text and an exit code out.
#pragma once

#include <string>
#include <vector>

#include "client/cli/terminal.h"

namespace sspf::cli {

// `words` is the command line without the program's name.
int run(const std::vector<std::string>& words, Terminal& terminal);

}  // namespace sspf::cli
