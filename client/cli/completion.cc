// SPDX-License-Identifier: Apache-2.0
#include "client/cli/completion.h"

#include <algorithm>

#include "client/cli/failure.h"
#include "client/cli/help.h"
#include "client/cli/words.h"

namespace sspf::cli {
namespace {

using Rules = std::vector<CompletionRule>;

std::vector<Flag> options_of(const Command& command) {
  std::vector<Flag> options;
  for (const auto& flag : command.flags) {
    if (flag.place == Place::option) options.push_back(flag);
  }
  for (const auto& flag : common_flags(command)) options.push_back(flag);
  return options;
}

std::vector<Candidate> plain(const std::vector<std::string>& words) {
  std::vector<Candidate> candidates;
  for (const auto& word : words) candidates.push_back({word, ""});
  return candidates;
}

// The values that can be told without asking anybody.
std::vector<Candidate> values_of(const Command& command, const Flag& flag) {
  const auto* const field = field_of(command, flag);
  if (field != nullptr && field->enum_type() != nullptr) {
    return plain(words_of(field->enum_type()));
  }
  const std::string_view name = flag.name;
  if (name == "output") return plain({"table", "json"});
  if (name == "lang") return plain({"sv", "en"});
  if (name == "shell") return plain({"bash", "zsh", "fish"});
  if (name != "topic" && name != "page") return {};
  std::vector<Candidate> candidates;
  for (const auto& noun : all_nouns()) candidates.push_back({noun.name, tr(noun.summary)});
  if (name == "page") return candidates;
  for (const auto& topic : all_topics()) candidates.push_back({topic.name, tr(topic.summary)});
  return candidates;
}

bool takes_file(const Flag& flag) {
  return std::string_view(flag.value) == value::file || std::string_view(flag.value) == value::text;
}

void append(Rules& rules, const Command& command) {
  CompletionRule rule{full_name(command), {}, false};
  for (const auto& flag : command.flags) {
    if (flag.place != Place::positional) continue;
    for (const auto& candidate : values_of(command, flag)) rule.candidates.push_back(candidate);
    rule.has_files = rule.has_files || takes_file(flag);
  }
  for (const auto& flag : options_of(command)) {
    const std::string name = "--" + std::string(flag.name);
    rule.candidates.push_back({name, tr(flag.summary)});
    if (std::string_view(flag.value).empty()) continue;
    rules.push_back({rule.place + " " + name, values_of(command, flag), takes_file(flag)});
  }
  rules.push_back(rule);
}

}  // namespace

void completion(const Session& session) {
  const std::string shell = session.value("shell");
  const Rules rules = completion_rules(session.table);
  if (shell == "bash") {
    session.terminal.out() << bash_completion(rules);
  } else if (shell == "zsh") {
    session.terminal.out() << zsh_completion(rules);
  } else if (shell == "fish") {
    session.terminal.out() << fish_completion(rules);
  } else {
    throw usage_failure(fill(tr("{0} must be one of: {1}."), {tr("SHELL"), "bash, zsh, fish"}));
  }
}

Rules completion_rules(const CommandTable& table) {
  Rules rules;
  CompletionRule first{"", {}, false};
  for (const auto& noun : all_nouns()) {
    first.candidates.push_back({noun.name, tr(noun.summary)});
    CompletionRule verbs{noun.name, {}, false};
    for (const auto& command : table) {
      if (command.noun != std::string_view(noun.name)) continue;
      verbs.candidates.push_back({command.verb, tr(command.summary)});
    }
    rules.push_back(verbs);
  }
  for (const auto& command : table) {
    append(rules, command);
    if (!std::string_view(command.noun).empty()) continue;
    first.candidates.push_back({command.verb, tr(command.summary)});
  }
  rules.push_back(first);
  return rules;
}

}  // namespace sspf::cli
