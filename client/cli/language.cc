// SPDX-License-Identifier: Apache-2.0
#include "client/cli/language.h"

#include <libintl.h>

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace sspf::cli {
namespace {

constexpr const char* domain = "sspf";

std::optional<std::string> variable(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

// The folder with <language>/LC_MESSAGES/sspf.mo: that of the environment, where it is installed,
// or the build tree.
std::string catalogue_folder() {
  if (const auto named = variable("SSPF_LOCALE_DIR")) return *named;
  std::error_code error;
  for (const char* const folder : {SSPF_LOCALE_DIR_BUILT, SSPF_LOCALE_DIR_INSTALLED}) {
    if (std::filesystem::exists(std::string(folder) + "/sv/LC_MESSAGES/sspf.mo", error)) {
      return folder;
    }
  }
  return SSPF_LOCALE_DIR_INSTALLED;
}

// gettext translates nothing in the locale C, and from glibc 2.39 on nothing in C.UTF-8 either, and
// a server seldom has sv_SE. So a locale of one category lies beside the catalogue, and LOCPATH
// leads setlocale to it for the length of this call.
bool set_swedish_locale(const std::string& folder) {
  const auto before = variable("LOCPATH");
  setenv("LOCPATH", folder.c_str(), 1);
  bool is_set = std::setlocale(LC_MESSAGES, "sv") != nullptr;
  if (before) {
    setenv("LOCPATH", before->c_str(), 1);
  } else {
    unsetenv("LOCPATH");
  }
  for (const char* const installed : {"sv_SE.UTF-8", "en_US.UTF-8", "C.UTF-8"}) {
    is_set = is_set || std::setlocale(LC_MESSAGES, installed) != nullptr;
  }
  return is_set;
}

}  // namespace

std::optional<Language> language_named(std::string_view name) {
  const auto main_part = name.substr(0, name.find_first_of("_.@-"));
  if (main_part == "sv") return Language::swedish;
  if (main_part == "en") return Language::english;
  return std::nullopt;
}

Language chosen_language(const LanguageSources& sources) {
  std::vector<std::optional<std::string>> names{sources.flag, variable("SSPF_LANG"),
                                                sources.configured};
  // POSIX: of these three the first that is set decides alone.
  if (const auto all = variable("LC_ALL")) {
    names.push_back(all);
  } else if (const auto messages = variable("LC_MESSAGES")) {
    names.push_back(messages);
  } else {
    names.push_back(variable("LANG"));
  }
  for (const auto& name : names) {
    if (!name) continue;
    if (const auto language = language_named(*name)) return *language;
  }
  return Language::swedish;
}

bool speak(Language language) {
  if (language == Language::english) {
    return std::setlocale(LC_MESSAGES, "C") != nullptr;
  }
  const std::string folder = catalogue_folder();
  if (!set_swedish_locale(folder)) return false;
  setenv("LANGUAGE", "sv", 1);
  bindtextdomain(domain, folder.c_str());
  bind_textdomain_codeset(domain, "UTF-8");
  return spoken() == Language::swedish;
}

Language spoken() {
  // The one entry whose translation names its own language.
  return tr("en") == "sv" ? Language::swedish : Language::english;
}

std::string tr(const char* message) { return dgettext(domain, message); }

std::string tr_word(const std::string& context, const std::string& word) {
  const std::string id = context + '\004' + word;
  const std::string found = dgettext(domain, id.c_str());
  return found == id ? word : found;
}

std::string fill(std::string text, std::initializer_list<std::string_view> values) {
  std::string filled;
  std::size_t at = 0;
  while (at < text.size()) {
    const bool is_place = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}';
    const auto index = is_place ? static_cast<std::size_t>(text[at + 1] - '0') : values.size();
    if (index >= values.size()) {
      filled += text[at++];
      continue;
    }
    filled += *(values.begin() + index);
    at += 3;
  }
  return filled;
}

}  // namespace sspf::cli
