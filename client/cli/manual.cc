// SPDX-License-Identifier: Apache-2.0
#include "client/cli/manual.h"

#include <algorithm>
#include <cctype>
#include <fstream>

#include "client/cli/failure.h"
#include "client/cli/help.h"

namespace sspf::cli {
namespace {

// Of the last change to the pages; in mdoc's own form, which is not translated.
constexpr const char* page_date = "November 24, 2026";

// Text in a line of mdoc: nothing of it is markup.
std::string escaped_text(const std::string& text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\\') {
      result += "\\e";
    } else if (letter == '-') {
      result += "\\-";
    } else {
      result += letter == '\n' ? ' ' : letter;
    }
  }
  const bool is_markup = result.starts_with('.') || result.starts_with('\'');
  return is_markup ? "\\&" + result : result;
}

// Each sentence begins a line of its own, as mdoc asks.
std::string prose(const std::string& text) {
  std::string rest = text;
  std::string lines;
  for (auto end = rest.find(". "); end != std::string::npos; end = rest.find(". ")) {
    lines += escaped_text(rest.substr(0, end + 1)) + "\n";
    rest.erase(0, end + 2);
  }
  return lines + escaped_text(rest) + "\n";
}

// An argument of a macro: one word, whatever is in it.
std::string argument(const std::string& text) {
  std::string result;
  for (const char letter : escaped_text(text)) {
    result += letter == '"' ? std::string("\\(dq") : std::string(1, letter);
  }
  return "\"" + result + "\"";
}

std::string upper(std::string text) {
  for (char& letter : text) {
    letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  return text;
}

std::string without_full_stop(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string heading(const std::string& name, const std::string& summary) {
  return ".\\\" SPDX-License-Identifier: Apache-2.0\n.Dd " + std::string(page_date) + "\n.Dt " +
         upper(name) + " 1\n.Os SSPF\n.Sh NAME\n.Nm " + name + "\n.Nd " +
         escaped_text(without_full_stop(summary)) + "\n";
}

// All but NAME, which programs look for, are in the language spoken.
std::string section(const char* title) { return ".Sh " + argument(tr(title)) + "\n"; }

std::string entry(const std::string& term, const std::string& meaning) {
  return ".It Cm " + argument(term) + "\n" + prose(meaning);
}

std::string listed(const std::string& entries) {
  return entries.empty() ? "" : ".Bl -tag -width Ds\n" + entries + ".El\n";
}

std::string command_section(const Command& command) {
  std::string entries;
  for (const auto& flag : command.flags) {
    entries += entry(flag_term(flag), flag_meaning(command, flag));
  }
  return ".Ss " + argument(synopsis(command)) + "\n" + prose(tr(command.summary) + ".") +
         listed(entries);
}

// The longest list of options that every command takes.
std::string common_section(const CommandTable& table) {
  std::vector<Flag> longest;
  for (const auto& command : table) {
    auto flags = common_flags(command);
    if (flags.size() > longest.size()) longest = std::move(flags);
  }
  std::string entries;
  for (const auto& flag : longest) entries += entry(flag_term(flag), tr(flag.summary) + ".");
  return section(msg("OPTIONS")) + listed(entries);
}

std::string topic_section(const Topic& topic) {
  std::string text = ".Ss " + argument(tr(topic.summary)) + "\n";
  bool is_first = true;
  for (const auto* const part : topic.paragraphs) {
    text += (is_first ? "" : ".Pp\n") + prose(tr(part));
    is_first = false;
  }
  std::string entries;
  for (const auto& [term, meaning] : topic.entries) entries += entry(tr(term), tr(meaning));
  return text + listed(entries);
}

std::string exit_status() {
  std::string entries;
  const Topic topic = all_topics().front();
  for (const auto& [term, meaning] : topic.entries) entries += entry(tr(term), tr(meaning));
  return section(msg("EXIT STATUS")) + listed(entries);
}

std::string see_also(const std::string& own_name) {
  std::vector<std::string> names{"sspf"};
  for (const auto& noun : all_nouns()) names.push_back("sspf-" + std::string(noun.name));
  std::erase(names, own_name);
  std::sort(names.begin(), names.end());
  std::string text = section(msg("SEE ALSO"));
  for (const auto& name : names)
    text += ".Xr " + name + " 1" + (name == names.back() ? "\n" : " ,\n");
  return text;
}

std::string main_page(const CommandTable& table) {
  std::string text = heading(
      "sspf", tr("sspf – cooperation between school, social services, police and recreation")
                  .substr(std::string("sspf – ").size()));
  std::string nouns;
  for (const auto& noun : all_nouns()) nouns += entry(noun.name, tr(noun.summary) + ".");
  text += "" + section(msg("SYNOPSIS")) + ".Nm\n.Ar " + argument(tr("NOUN VERB [options]")) + "\n" +
          section(msg("DESCRIPTION")) +
          prose(tr("`sspf help NOUN` lists its verbs. `sspf help NOUN VERB` explains a command.")) +
          listed(nouns);
  for (const auto& command : table) {
    if (std::string_view(command.noun).empty()) text += command_section(command);
  }
  const auto topics = all_topics();
  for (std::size_t i = 1; i < topics.size(); ++i) text += topic_section(topics[i]);
  return text + common_section(table) + exit_status() + see_also("sspf");
}

std::string noun_page(const CommandTable& table, const Noun& noun) {
  const std::string name = "sspf-" + std::string(noun.name);
  std::string text = heading(name, tr(noun.summary));
  text += "" + section(msg("SYNOPSIS")) + ".Nm sspf\n.Cm " + std::string(noun.name) + "\n.Ar " +
          argument(tr("VERB [options]")) + "\n" + section(msg("DESCRIPTION"));
  for (const auto& command : table) {
    if (command.noun == std::string_view(noun.name)) text += command_section(command);
  }
  return text + exit_status() + see_also(name);
}

}  // namespace

std::vector<ManualPage> manual_pages(const CommandTable& table) {
  std::vector<ManualPage> pages{{"sspf", main_page(table)}};
  for (const auto& noun : all_nouns()) {
    pages.push_back({"sspf-" + std::string(noun.name), noun_page(table, noun)});
  }
  return pages;
}

void manual(const Session& session) {
  const std::string folder = session.value("write-to");
  const std::string wanted = session.value("page");
  for (const auto& page : manual_pages(session.table)) {
    if (!folder.empty()) {
      std::ofstream file(folder + "/" + page.name + ".1", std::ios::binary);
      file << page.text << std::flush;
      if (!file) throw local_failure(tr("The manual pages cannot be written to that folder."));
      continue;
    }
    const bool is_wanted =
        wanted.empty() ? page.name == "sspf" : page.name == wanted || page.name == "sspf-" + wanted;
    if (!is_wanted) continue;
    session.terminal.out() << page.text;
    return;
  }
  if (folder.empty()) throw usage_failure(tr("There is no such manual page."));
}

}  // namespace sspf::cli
