// SPDX-License-Identifier: Apache-2.0
//
// What sspfd does, one function for each subcommand. Each returns the process's exit code or throws
// Trouble.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "server/base/config.h"

namespace sspf {

// Serves until SIGTERM or SIGINT.
int serve(const Config& config);

// Prints everything that is wrong to standard output, also what `serve` does not look at: every
// event's hash, the shape of the database, its references. 0 when nothing is wrong, else the exit
// code of the first trouble.
int check(const Config& config);

struct EpochWanted {
  std::string origin;
  std::vector<std::string> approved_by;    // handles
  std::filesystem::path known_checkpoint;  // empty: the one outside the database is the last known
  std::filesystem::path config_file;
};

// Begins a new epoch of the log after a restore (proto/sspf/v1/checkpoint.md, "A new epoch"), or
// goes on with one of this origin that was cut short. Throws Trouble (epoch), and has changed
// nothing, when one of its conditions is missing.
int new_epoch(const Config& config, const EpochWanted& wanted);

// Makes a new enrolment code for an administrator of the whole installation, as the first one's is
// made, and prints it; any unused one is void from then on. Throws Trouble: with the server running
// and, having changed nothing, of an account that is unknown, no such administrator, suspended, or
// has a certificate in force.
int reissue_code(const Config& config, const std::string& administrator);

// The code on standard output, and what to do with it on standard error.
void print_enrolment_code(const Config& config, const std::string& administrator,
                          const std::string& code);

}  // namespace sspf
