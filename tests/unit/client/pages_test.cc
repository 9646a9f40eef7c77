// SPDX-License-Identifier: Apache-2.0
//
// What is generated from the command table: help, manual pages and completions.
#include <gtest/gtest.h>

#include <sstream>

#include "client/cli/completion.h"
#include "client/cli/help.h"
#include "client/cli/manual.h"
#include "client/cli/plain_text.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

using test::run_program;

class Pages : public testing::TestWithParam<Language> {
 protected:
  Pages() {
    user_.set("SSPF_LANG", GetParam() == Language::swedish ? "sv" : "en");
    speak(GetParam());
  }
  test::User user_;
};

TEST_P(Pages, HelpOfEveryCommandFitsTheTerminal) {
  for (const auto& command : all_commands()) {
    test::Words words{"help"};
    if (!std::string_view(command.noun).empty()) words.emplace_back(command.noun);
    words.emplace_back(command.verb);
    const auto ran = run_program(words);
    EXPECT_EQ(ran.exit, 0) << full_name(command);
    for (const auto& flag : command.flags) {
      EXPECT_NE(ran.out.find(flag_term(flag)), std::string::npos) << flag.name;
    }
    std::istringstream lines(ran.out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), 80U) << line;
  }
}

TEST_P(Pages, EveryTopicIsExplained) {
  for (const auto& topic : all_topics()) {
    const auto ran = run_program({"help", topic.name});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_NE(ran.out.find(tr(topic.summary)), std::string::npos);
  }
}

TEST_P(Pages, WhatIsTypedForAFileHasOneName) {
  const bool is_swedish = GetParam() == Language::swedish;
  const auto ran = run_program({"help", "input"});
  EXPECT_NE(ran.out.find(is_swedish ? "--text @FIL " : "--text @FILE "), std::string::npos);
  EXPECT_NE(ran.out.find(is_swedish ? "--from FIL " : "--from FILE "), std::string::npos);
  const std::string manual = manual_pages(all_commands()).front().text;
  for (const std::string& page : {ran.out, manual}) {
    EXPECT_EQ(page.find("@FILE") == std::string::npos, is_swedish);
  }
}

TEST_P(Pages, EveryManualPageIsWellFormed) {
  const auto pages = manual_pages(all_commands());
  EXPECT_EQ(pages.size(), all_nouns().size() + 1);
  for (const auto& page : pages) {
    const std::string path = user_.file(page.name + ".1", page.text);
    if (!test::is_installed("mandoc")) GTEST_SKIP() << "mandoc is not installed";
    EXPECT_TRUE(test::succeeds({"mandoc", "-T", "lint", "-W", "warning", path})) << page.text;
  }
}

TEST_P(Pages, EveryCommandIsInAManualPage) {
  std::string whole;
  for (const auto& page : manual_pages(all_commands())) whole += page.text;
  for (const auto& command : all_commands()) {
    std::string name = full_name(command);
    for (std::size_t at = name.find('-'); at != std::string::npos; at = name.find('-', at + 2)) {
      name.insert(at, "\\");
    }
    EXPECT_NE(whole.find("\"sspf " + name), std::string::npos) << name;
  }
}

TEST_P(Pages, EveryShellReadsItsCompletions) {
  for (const char* const shell : {"bash", "zsh", "fish"}) {
    const auto ran = run_program({"completion", shell});
    EXPECT_EQ(ran.exit, 0);
    EXPECT_NE(ran.out.find("commitment"), std::string::npos);
    if (!test::is_installed(shell)) continue;
    EXPECT_TRUE(test::succeeds({shell, "-n", user_.file(shell, ran.out)})) << shell;
  }
  EXPECT_EQ(run_program({"completion", "csh"}).exit, 1);
}

INSTANTIATE_TEST_SUITE_P(Languages, Pages, testing::Values(Language::swedish, Language::english));

// What bash offers after these words, the last of which is being typed.
std::string offered(const test::User& user, const std::string& words) {
  const std::string script =
      user.file("completion", bash_completion(completion_rules(all_commands())));
  const std::string result = user.folder() / "offered";
  EXPECT_TRUE(test::succeeds({"bash", "-c",
                              "source \"$0\"; COMP_WORDS=(" + words +
                                  "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _sspf; echo "
                                  "\"${COMPREPLY[@]}\" > \"$1\"",
                              script, result}));
  return test::read_file(result);
}

TEST(Completion, OffersWhatMayFollow) {
  const test::User user;
  speak(Language::english);
  EXPECT_EQ(offered(user, "sspf com"), "commitment completion\n");
  EXPECT_EQ(offered(user, "sspf commitment l"), "list log\n");
  EXPECT_EQ(offered(user, "sspf commitment log --col"), "--colour\n");
  EXPECT_EQ(offered(user, "sspf commitment log C --colour ''"), "green yellow red\n");
  EXPECT_EQ(offered(user, "sspf --context home commitment li"), "list\n");
  EXPECT_EQ(offered(user, "sspf case list --output j"), "json\n");
  EXPECT_EQ(offered(user, "sspf completion z"), "zsh\n");
}

// A look-up would be a read that nobody asked for.
TEST(Completion, NeverRunsTheProgram) {
  const test::User user;
  const auto rules = completion_rules(all_commands());
  for (const std::string& script : {zsh_completion(rules), fish_completion(rules)}) {
    EXPECT_EQ(script.find("(sspf "), std::string::npos);
  }
  const std::string marker = user.folder() / "was-run";
  const std::string script = user.file("completion", bash_completion(rules));
  for (const char* const words : {"sspf ''", "sspf case show ''",
                                  "sspf case find --municipality ''", "sspf commitment log C ''"}) {
    EXPECT_TRUE(
        test::succeeds({"bash", "-c",
                        "source \"$0\"; marker=$1; sspf() { touch \"$marker\"; }; COMP_WORDS=(" +
                            std::string(words) + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _sspf",
                        script, marker}))
        << words;
    EXPECT_FALSE(std::filesystem::exists(marker)) << words;
  }
}

}  // namespace
}  // namespace sspf::cli
