// SPDX-License-Identifier: Apache-2.0
//
// Where the value of a flag comes from: the command line itself, a file (@FILE) or standard input
// (-). Every process list shows the command line, so what the .proto calls sealed is refused there.
#pragma once

#include <string>

#include "client/cli/terminal.h"

namespace sspf::cli {

// What a value is for. `flag` is how a Failure names it; the value itself is never named.
struct Wanted {
  std::string flag;  // "--due", or the name of a positional
  bool is_sealed = false;
  bool is_long = false;  // line feeds are allowed
};

// The value that `given` stands for, without its last line feed.
std::string value_given(const std::string& given, const Wanted& wanted, Terminal& terminal);

// Asks for it on the terminal.
std::string value_asked(const std::string& question, const Wanted& wanted, Terminal& terminal);

// `given` itself names a file, or is - for standard input: --from, --code-file.
std::string content_of(const std::string& given, const std::string& flag, Terminal& terminal);

}  // namespace sspf::cli
