// SPDX-License-Identifier: Apache-2.0
//
// What sspfd does, one function for each subcommand. Each returns the process's exit code or throws
// Trouble.
#pragma once

#include "server/base/config.h"

namespace sspf {

// Serves until SIGTERM or SIGINT.
int serve(const Config& config);

// Prints everything that is wrong to standard output; 0 when nothing is, else the exit code that
// `serve` would end with at the first.
int check(const Config& config);

}  // namespace sspf
