// SPDX-License-Identifier: Apache-2.0
//
// The passphrase of the user's key. Never on the command line and never in an environment variable:
// a file, a program that prints it, or a question.
#pragma once

#include <string>

#include "client/cli/terminal.h"
#include "crypto/secret.h"

namespace sspf::cli {

// --passphrase-file (when not empty), then SSPF_PASSPHRASE_FILE, then SSPF_PASSPHRASE_COMMAND, then
// a question. One line; its line feed does not count. Throws a Failure when a regular file is open
// to other users.
crypto::Secret passphrase(const std::string& file, Terminal& terminal);

// For a new key: at least 12 characters, and asked for twice.
crypto::Secret new_passphrase(const std::string& file, Terminal& terminal);

}  // namespace sspf::cli
