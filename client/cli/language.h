// SPDX-License-Identifier: Apache-2.0
//
// The user's language, and the gettext catalogue behind it. English texts are the message ids, so
// only Swedish needs a catalogue: po/sv.po.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace sspf::cli {

enum class Language { swedish, english };

// "sv" or "en", with or without a country and a character set ("sv_SE.UTF-8"); otherwise nothing.
std::optional<Language> language_named(std::string_view name);

// --lang, then SSPF_LANG, then `configured`, then LC_ALL, LC_MESSAGES and LANG. Swedish when none
// of them says: the locales C and POSIX say nothing about who is reading.
struct LanguageSources {
  std::optional<std::string> flag;
  std::optional<std::string> configured;
};
Language chosen_language(const LanguageSources& sources);

// From here on `tr` answers in this language. True unless the Swedish catalogue is missing.
bool speak(Language language);
Language spoken();

// The text in the language spoken. `message` is an English literal: po/sv.po is complete for them.
std::string tr(const char* message);

// A word whose meaning depends on `context`, "RagStatus" and "green"; `word` itself when the
// catalogue has no such entry.
std::string tr_word(const std::string& context, const std::string& word);

// Marks a literal that is translated later, where it is shown.
constexpr const char* msg(const char* message) { return message; }

// Puts values in the places {0}, {1}, ... of a text.
std::string fill(std::string text, std::initializer_list<std::string_view> values);

}  // namespace sspf::cli
