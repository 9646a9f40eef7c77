// SPDX-License-Identifier: Apache-2.0
//
// What was typed, matched against the command table. CLI11 splits the words; its messages are never
// shown, because they are in English and repeat values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/command.h"

namespace sspf::cli {

// Options that every command takes.
struct CommonOptions {
  std::string context;
  std::string output;
  std::string lang;
  std::string passphrase_file;
  std::string timeout;
  bool wants_help = false;
  bool wants_version = false;
};

struct Invocation {
  // Null when only a noun, or nothing, was typed.
  const Command* command = nullptr;
  std::string noun;  // of the table; empty when none was typed
  // By the name of the flag; a switch that was given has one empty value.
  std::map<std::string, std::vector<std::string>> values;
  CommonOptions common;
  // Of commands that send a request.
  std::string from;
  std::string request_id;
  bool is_dry_run = false;
};

// `words` is the command line without the program's name. Throws a Failure that names options and
// commands, never values.
Invocation parse_arguments(const CommandTable& table, const std::vector<std::string>& words);

// The command that the words name, also when the rest of them cannot be understood; null when none.
const Command* named_command(const CommandTable& table, const std::vector<std::string>& words);

// The options that a command takes beside its own flags, for help and completions.
std::vector<Flag> common_flags(const Command& command);

// The value of --lang or --output, looked up before anything is parsed: an error in the rest is
// told in that language and form too. `names` are the spellings of the one option.
std::optional<std::string> early_option(const std::vector<std::string>& words,
                                        const std::vector<std::string>& names);

}  // namespace sspf::cli
