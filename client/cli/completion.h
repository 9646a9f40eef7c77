// SPDX-License-Identifier: Apache-2.0
//
// Completions for shells, made from the command table. They never call the server: a look-up of
// names would be a read without a purpose.
#pragma once

#include <string>
#include <vector>

#include "client/cli/session.h"

namespace sspf::cli {

// `sspf completion SHELL`
void completion(const Session& session);

// A word that may come next, and what it means.
struct Candidate {
  std::string word;
  std::string meaning;
};

// What may follow `place`, which is a command's name, a noun, or nothing; with an option at its
// end, the values of that option. `has_files`: file names too.
struct CompletionRule {
  std::string place;
  std::vector<Candidate> candidates;
  bool has_files = false;
};

std::vector<CompletionRule> completion_rules(const CommandTable& table);

std::string bash_completion(const std::vector<CompletionRule>& rules);
std::string zsh_completion(const std::vector<CompletionRule>& rules);
std::string fish_completion(const std::vector<CompletionRule>& rules);

}  // namespace sspf::cli
