// SPDX-License-Identifier: Apache-2.0
//
// The Swedish catalogue is complete: every text of the program, every word of every enum.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "client/cli/command.h"
#include "client/cli/help.h"
#include "client/cli/words.h"
#include "tests/places/places.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

using google::protobuf::EnumDescriptor;

const std::string client_folder = (sspf::test::source_folder() / "client/cli").string();
const std::string catalogue = client_folder + "/po/sv.po";

std::set<std::string> placeholders(const std::string& text) {
  std::set<std::string> found;
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    if (text.substr(at + 2, 1) == "}") found.insert(text.substr(at, 3));
  }
  return found;
}

class Catalogue : public testing::Test {
 protected:
  void expect_translated(const char* message) {
    if (message == nullptr || *message == '\0') return;
    speak(Language::swedish);
    const std::string swedish = tr(message);
    speak(Language::english);
    EXPECT_EQ(tr(message), message);
    static const std::set<std::string> same{"TEXT",   "Text",   "Version",  "Status",
                                            "SERVER", "Server", "Incident", "Period"};
    EXPECT_TRUE(swedish != message || same.contains(message)) << message;
  }

  test::User user_;
};

TEST_F(Catalogue, MsgfmtFindsNothingWrong) {
  EXPECT_TRUE(test::succeeds({"msgfmt", "--check", "-o", "/dev/null", catalogue}));
}

TEST_F(Catalogue, EveryTextOfTheTableIsTranslated) {
  for (const auto& noun : all_nouns()) expect_translated(noun.summary);
  for (const auto& command : all_commands()) {
    expect_translated(command.summary);
    for (const auto& flag : command.flags) {
      expect_translated(flag.value);
      expect_translated(flag.summary);
    }
    for (const auto& flag : common_flags(command)) expect_translated(flag.summary);
    for (const auto& section : command.sections) {
      expect_translated(section.title);
      for (const auto& column : section.columns) expect_translated(column.header);
    }
  }
  for (const auto& topic : all_topics()) {
    expect_translated(topic.summary);
    for (const auto* const paragraph : topic.paragraphs) expect_translated(paragraph);
    for (const auto& [term, meaning] : topic.entries) expect_translated(meaning);
  }
}

// xgettext finds the literals of `tr` and `msg`; msgcmp fails when one has no translation.
TEST_F(Catalogue, EveryLiteralOfTheSourcesIsTranslated) {
  const std::string found = user_.folder() / "sspf.pot";
  test::Words command{"xgettext",     "--from-code=UTF-8", "-L", "C++", "-k",
                      "--keyword=tr", "--keyword=msg",     "-o", found};
  for (const auto& entry : std::filesystem::directory_iterator(client_folder)) {
    const auto extension = entry.path().extension();
    if (extension == ".cc" || extension == ".h") command.push_back(entry.path());
  }
  ASSERT_TRUE(test::succeeds(command));
  EXPECT_TRUE(test::succeeds({"sh", "-c", "msgcmp \"$0\" \"$1\" 2>/dev/null", catalogue, found}));
}

TEST_F(Catalogue, EveryWordOfEveryEnumIsTranslated) {
  static const std::set<std::string> same{"plan"};
  for (const auto* const file : service_files()) {
    for (int e = 0; e < file->enum_type_count(); ++e) {
      const EnumDescriptor* const type = file->enum_type(e);
      std::set<std::string> words;
      for (int v = 0; v < type->value_count(); ++v) {
        if (type->value(v)->number() == 0) continue;
        const std::string english = plain_word(type->value(v));
        ASSERT_TRUE(speak(Language::swedish));
        const std::string swedish = spoken_word(type->value(v));
        EXPECT_TRUE(swedish != english || same.contains(english)) << type->name() << " " << english;
        EXPECT_EQ(swedish.find_first_of(" ,:@"), std::string::npos) << swedish;
        EXPECT_TRUE(words.insert(swedish).second) << swedish;
        EXPECT_EQ(value_of_word(type, swedish), type->value(v));
        EXPECT_EQ(value_of_word(type, english), type->value(v)) << english;
      }
    }
  }
}

TEST_F(Catalogue, PlaceholdersAreTheSameInBothLanguages) {
  std::istringstream lines(test::read_file(catalogue));
  std::string message;
  std::string* current = nullptr;
  std::string translation;
  int count = 0;
  const auto compare = [&] {
    EXPECT_EQ(placeholders(message), placeholders(translation)) << message;
    EXPECT_EQ(message.find('`') == std::string::npos, translation.find('`') == std::string::npos)
        << message;
    if (!placeholders(message).empty()) ++count;
    message.clear();
    translation.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("msgid ")) {
      compare();
      current = &message;
    } else if (line.starts_with("msgstr ")) {
      current = &translation;
    } else if (!line.starts_with('"')) {
      current = nullptr;
    }
    if (current != nullptr) current->append(line);
  }
  compare();
  EXPECT_GT(count, 20);
}

TEST_F(Catalogue, TheLanguageIsChosenInOneOrder) {
  user_.unset("SSPF_LANG");
  for (const char* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) user_.unset(name);
  EXPECT_EQ(chosen_language({}), Language::swedish);
  user_.set("LANG", "C.UTF-8");
  EXPECT_EQ(chosen_language({}), Language::swedish);
  user_.set("LANG", "en_GB.UTF-8");
  EXPECT_EQ(chosen_language({}), Language::english);
  user_.set("LC_MESSAGES", "sv_SE");
  EXPECT_EQ(chosen_language({}), Language::swedish);
  user_.set("LC_ALL", "en_US");
  EXPECT_EQ(chosen_language({}), Language::english);
  EXPECT_EQ(chosen_language({std::nullopt, "sv"}), Language::swedish);
  user_.set("SSPF_LANG", "en");
  EXPECT_EQ(chosen_language({std::nullopt, "sv"}), Language::english);
  EXPECT_EQ(chosen_language({"sv", "en"}), Language::swedish);
}

// Whatever the environment says of languages: what the user chose is spoken.
TEST_F(Catalogue, SwedishNeedsNoSwedishLocale) {
  user_.set("LANG", "C");
  user_.set("LANGUAGE", "de");
  EXPECT_NE(test::run_program({"help", "--lang", "sv"}).out.find("samverkan"), std::string::npos);
  EXPECT_NE(test::run_program({"help", "--lang", "en"}).out.find("cooperation"), std::string::npos);
}

TEST(Fill, PutsValuesInTheirPlaces) {
  EXPECT_EQ(fill("{1} före {0}", {"a", "b"}), "b före a");
  EXPECT_EQ(fill("{0} {2} {x} {", {"{1}", "b"}), "{1} {2} {x} {");
}

}  // namespace
}  // namespace sspf::cli
