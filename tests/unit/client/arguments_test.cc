// SPDX-License-Identifier: Apache-2.0
#include "client/cli/arguments.h"

#include <gtest/gtest.h>

#include "client/cli/failure.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

using test::run_program;
using test::Words;

class Arguments : public testing::Test {
 protected:
  Arguments() { speak(Language::english); }

  std::string refusal(const Words& words) {
    try {
      parse_arguments(table_, words);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.problem().exit, Exit::usage_or_local);
      return failure.problem().message;
    }
    return "";
  }

  test::User user_;
  CommandTable table_ = all_commands();
};

TEST_F(Arguments, CommonOptionsStandBeforeOrAfterTheCommand) {
  for (const Words& words : {Words{"--context", "a", "-o", "json", "case", "show", "C"},
                             Words{"case", "--context", "a", "-o", "json", "show", "C"},
                             Words{"case", "show", "C", "--context=a", "--output=json"}}) {
    const Invocation typed = parse_arguments(table_, words);
    ASSERT_NE(typed.command, nullptr);
    EXPECT_EQ(full_name(*typed.command), "case show");
    EXPECT_EQ(typed.common.context, "a");
    EXPECT_EQ(typed.common.output, "json");
    EXPECT_EQ(typed.values.at("case"), Words{"C"});
  }
}

TEST_F(Arguments, AnUnknownCommandIsRefusedWithoutRepeatingIt) {
  EXPECT_EQ(refusal({"200801012386"}), "There is no such command. See `sspf help`.");
  EXPECT_EQ(refusal({"case", "200801012386"}), "There is no such command. See `sspf help case`.");
}

TEST_F(Arguments, AnUnknownOptionIsNamedWithoutItsValue) {
  EXPECT_EQ(refusal({"case", "show", "C", "--identity-numer=200801012386"}),
            "There is no option --identity-numer here. See `sspf help case show`.");
  EXPECT_EQ(refusal({"case", "show", "C", "-200801012386"}),
            "There is one argument too many. See `sspf help case show`.");
}

TEST_F(Arguments, OneArgumentTooManyIsRefusedWithoutRepeatingIt) {
  EXPECT_EQ(refusal({"case", "show", "C", "200801012386"}),
            "There is one argument too many. See `sspf help case show`.");
}

TEST_F(Arguments, AnOptionGivenTwiceOrWithoutAValueIsRefused) {
  EXPECT_EQ(refusal({"case", "find", "--municipality"}), "--municipality takes exactly one value.");
  EXPECT_EQ(refusal({"case", "find", "--municipality", "A", "--municipality", "B"}),
            "--municipality takes exactly one value.");
}

TEST_F(Arguments, NothingTypedShowsTheCommandsAndFails) {
  const auto ran = run_program({});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("commitment"), std::string::npos);
  EXPECT_EQ(run_program({"case"}).exit, 1);
}

TEST_F(Arguments, HelpIsShownForWhateverWasTyped) {
  EXPECT_EQ(run_program({"--help"}).exit, 0);
  EXPECT_NE(run_program({"case", "--help"}).out.find("add-note"), std::string::npos);
  EXPECT_NE(run_program({"case", "create", "-h"}).out.find("--concern"), std::string::npos);
  EXPECT_NE(run_program({"help", "case", "create"}).out.find("--concern"), std::string::npos);
  EXPECT_EQ(run_program({"help", "nonsense"}).exit, 1);
}

TEST_F(Arguments, TheVersionIsPrinted) {
  EXPECT_NE(run_program({"--version"}).out.find(SSPF_VERSION), std::string::npos);
  EXPECT_NE(run_program({"version", "--output", "json"}).out.find(R"("api": "sspf/v1")"),
            std::string::npos);
}

TEST_F(Arguments, ErrorsAreJsonToo) {
  const auto ran = run_program({"case", "show", "--output", "json"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find(R"("code": "usage")"), std::string::npos);
  EXPECT_NE(ran.err.find(R"("exit": 1)"), std::string::npos);
  EXPECT_NE(run_program({"-o", "json", "nonsense"}).err.find(R"("error")"), std::string::npos);
}

TEST_F(Arguments, AnUnknownLanguageIsRefusedOnlyAsAFlag) {
  const auto refused = run_program({"version", "--lang", "xx"});
  EXPECT_EQ(refused.exit, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(refused.err, "sspf: --lang must be one of: sv, en.\n");
  EXPECT_EQ(run_program({"--lang=sv_SE.UTF-8", "version"}).exit, 0);
  user_.set("SSPF_LANG", "zz");
  EXPECT_EQ(run_program({"version"}).exit, 0);
}

TEST_F(Arguments, EveryCommandParsesWithNothingButItsName) {
  for (const auto& command : table_) {
    const Words words = std::string_view(command.noun).empty() ? Words{command.verb}
                                                               : Words{command.noun, command.verb};
    EXPECT_EQ(parse_arguments(table_, words).command, &command) << full_name(command);
  }
}

}  // namespace
}  // namespace sspf::cli
