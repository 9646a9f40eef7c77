// SPDX-License-Identifier: Apache-2.0
//
// Explanations for a person, made from the command table, in the language spoken.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/cli/session.h"

namespace sspf::cli {

// `sspf help ...`
void help(const Session& session);
// --help after whatever was typed.
void help_for(const Session& session);
// The commands that could have followed, on standard error.
void help_on_error(const Session& session);

// One line of help: what is typed, and what it means.
struct Entry {
  std::string term;
  std::string meaning;
};

std::string synopsis(const Command& command);
// A flag with its value, "--due DATE".
std::string flag_term(const Flag& flag);
// Its summary, and whether it is required, secret or repeated, and the words it takes.
std::string flag_meaning(const Command& command, const Flag& flag);
// The request in JSON with the kind of each value; empty when the command sends none.
std::string request_sample(const Command& command);

// A page that explains how the commands work together.
struct Topic {
  const char* name;
  const char* summary;  // this and what follows: message ids
  std::vector<const char*> paragraphs;
  std::vector<std::pair<const char*, const char*>> entries;  // term and meaning
};
std::vector<Topic> all_topics();

}  // namespace sspf::cli
