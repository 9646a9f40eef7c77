// SPDX-License-Identifier: Apache-2.0
#include "client/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "client/cli/failure.h"

namespace sspf::cli {
namespace {

using google::protobuf::FieldDescriptor;
using Words = std::vector<std::string>;

bool is_switch(const Flag& flag) { return std::string_view(flag.value).empty(); }

bool is_repeated(const Command& command, const Flag& flag) {
  const FieldDescriptor* const field = field_of(command, flag);
  if (field != nullptr) return field->is_repeated();
  const std::string_view name = flag.name;
  return name == "key" || name == "checkpoint" || name == "topic";
}

// An option's name as it may be shown: only letters and dashes, so that no value comes with it.
std::string shown_name(const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  const bool is_plain = std::all_of(name.begin(), name.end(), [](unsigned char letter) {
    return std::isalpha(letter) != 0 || letter == '-';
  });
  return is_plain && name.starts_with('-') ? name : "";
}

std::string help_hint(const Invocation& typed) {
  const std::string name = typed.command == nullptr ? typed.noun : full_name(*typed.command);
  return name.empty() ? "`sspf help`" : "`sspf help " + name + "`";
}

bool takes_a_value(const std::string& word) {
  constexpr std::array names{"--context", "--output",          "-o",
                             "--lang",    "--passphrase-file", "--timeout"};
  return std::find(names.begin(), names.end(), word) != names.end();
}

// Takes noun and verb out of the words, and leaves the options and arguments in `rest`.
struct Selection {
  Words names;
  Words rest;
};
Selection select_names(const Words& words, const std::vector<Noun>& nouns) {
  Selection selected;
  std::size_t wanted = 1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_name = selected.names.size() < wanted && !words[i].starts_with('-');
    if (!is_name) {
      selected.rest.push_back(words[i]);
      const bool has_value = selected.names.size() < wanted && takes_a_value(words[i]);
      if (has_value && i + 1 < words.size()) selected.rest.push_back(words[++i]);
      continue;
    }
    selected.names.push_back(words[i]);
    const bool is_noun = std::any_of(nouns.begin(), nouns.end(),
                                     [&](const Noun& noun) { return noun.name == words[i]; });
    if (is_noun && selected.names.size() == 1) wanted = 2;
  }
  return selected;
}

void name_command(const CommandTable& table, const Words& names, Invocation& typed) {
  if (names.empty()) return;
  const auto nouns = all_nouns();
  const bool is_noun = std::any_of(nouns.begin(), nouns.end(),
                                   [&](const Noun& noun) { return noun.name == names[0]; });
  if (is_noun) typed.noun = names[0];
  if (is_noun && names.size() == 1) return;
  typed.command =
      is_noun ? find_command(table, names[0], names[1]) : find_command(table, "", names[0]);
  if (typed.command == nullptr) {
    throw usage_failure(fill(tr("There is no such command. See {0}."), {help_hint(typed)}));
  }
}

void add_common(CLI::App& app, CommonOptions& common) {
  app.set_help_flag();
  app.add_option("--context", common.context);
  app.add_option("-o,--output", common.output);
  app.add_option("--lang", common.lang);
  app.add_option("--passphrase-file", common.passphrase_file);
  app.add_option("--timeout", common.timeout);
  app.add_flag("-h,--help", common.wants_help);
}

// Of a call whose request holds anything, the whole request may be given. A call of enrolment is no
// record that somebody has prepared.
bool takes_request(const Command& command) {
  return !std::string_view(command.noun).empty() &&
         std::any_of(command.flags.begin(), command.flags.end(),
                     [&](const Flag& flag) { return field_of(command, flag) != nullptr; });
}

void add_flags(CLI::App& app, Invocation& typed) {
  const Command& command = *typed.command;
  for (const auto& flag : command.flags) {
    const bool is_option = flag.place == Place::option;
    const std::string name = (is_option ? "--" : "") + std::string(flag.name);
    auto& values = typed.values[flag.name];
    if (is_switch(flag)) {
      app.add_flag_function(name, [&values](std::int64_t) { values = {""}; });
      continue;
    }
    auto* const added = app.add_option(name, values);
    const bool takes_the_rest = !is_option && is_repeated(command, flag);
    added->allow_extra_args(takes_the_rest);
    if (!is_repeated(command, flag)) added->expected(1);
  }
  if (takes_request(command)) app.add_option("--from", typed.from);
  if (!is_write(command) || std::string_view(command.noun).empty()) return;
  app.add_option("--request-id", typed.request_id);
  app.add_flag("--dry-run", typed.is_dry_run);
}

// CLI11 begins such messages with the option's name: "--due: 1 required ...".
std::string option_of(const CLI::ParseError& error) {
  const std::string text = error.what();
  return shown_name(text.substr(0, text.find_first_of(": ")));
}

[[noreturn]] void refuse_extras(const CLI::App& app, const Invocation& typed) {
  const auto extras = app.remaining();
  const std::string name = extras.empty() ? "" : shown_name(extras.front());
  if (name.empty()) {
    throw usage_failure(fill(tr("There is one argument too many. See {0}."), {help_hint(typed)}));
  }
  throw usage_failure(fill(tr("There is no option {0} here. See {1}."), {name, help_hint(typed)}));
}

}  // namespace

Invocation parse_arguments(const CommandTable& table, const Words& words) {
  Invocation typed;
  const Selection selected = select_names(words, all_nouns());
  name_command(table, selected.names, typed);

  CLI::App app("sspf");
  add_common(app, typed.common);
  if (typed.command != nullptr) add_flags(app, typed);
  if (typed.command == nullptr && typed.noun.empty()) {
    app.add_flag("--version", typed.common.wants_version);
  }
  try {
    app.parse(Words(selected.rest.rbegin(), selected.rest.rend()));
  } catch (const CLI::ExtrasError&) {
    refuse_extras(app, typed);
  } catch (const CLI::ParseError& error) {
    const std::string name = option_of(error);
    if (name.empty()) {
      throw usage_failure(
          fill(tr("The command line cannot be understood. See {0}."), {help_hint(typed)}));
    }
    throw usage_failure(fill(tr("{0} takes exactly one value."), {name}));
  }
  std::erase_if(typed.values, [](const auto& entry) { return entry.second.empty(); });
  return typed;
}

const Command* named_command(const CommandTable& table, const Words& words) {
  const Words names = select_names(words, all_nouns()).names;
  if (names.empty()) return nullptr;
  return names.size() == 1 ? find_command(table, "", names[0])
                           : find_command(table, names[0], names[1]);
}

std::vector<Flag> common_flags(const Command& command) {
  std::vector<Flag> flags;
  if (takes_request(command)) {
    flags.push_back(option("from", "", value::file,
                           msg("The request as JSON, from a file or - for standard input")));
  }
  if (is_write(command) && !std::string_view(command.noun).empty()) {
    flags.push_back(option("dry-run", "", value::none,
                           msg("Let the server check everything, and store nothing")));
    flags.push_back(option("request-id", "", value::word,
                           msg("Repeat a write whose answer was lost: it is done only once")));
  }
  if (method_of(command) != nullptr) {
    flags.push_back(option("context", "", value::context, msg("Context to use")));
    flags.push_back(
        option("passphrase-file", "", value::file, msg("File with the passphrase of your key")));
    flags.push_back(option("timeout", "", value::number,
                           msg("Seconds to wait for the server; 30 when left out")));
  }
  flags.push_back(option("output", "", value::word, msg("Form of the answer: table or json")));
  flags.push_back(option("lang", "", value::word, msg("Language: sv or en")));
  flags.push_back(option("help", "", value::none, msg("Explain the command")));
  return flags;
}

std::optional<std::string> early_option(const Words& words, const Words& names) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    for (const auto& name : names) {
      if (words[i] == name && i + 1 < words.size()) return words[i + 1];
      if (words[i].starts_with(name + "=")) return words[i].substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

}  // namespace sspf::cli
