// SPDX-License-Identifier: Apache-2.0
#include "client/cli/context.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <sstream>

#include "client/cli/failure.h"
#include "client/cli/language.h"
#include "client/cli/passphrase.h"
#include "client/cli/settings.h"
#include "crypto/certificate.h"
#include "tests/unit/client/support.h"

namespace sspf::cli {
namespace {

using test::run_program;

class Contexts : public testing::Test {
 protected:
  Contexts() { speak(Language::english); }

  void save(const std::string& name) {
    user_.store().save({name, "sspf.example:8443", "anna.ek", authority_.pem(),
                        authority_.client_certificate(key_, 30), "sspf.example+00000000+AAAA"});
  }
  unsigned mode(const std::string& path) {
    struct stat facts {};
    EXPECT_EQ(stat((user_.folder() / path).c_str(), &facts), 0) << path;
    return facts.st_mode & 07777U;
  }
  Problem refused(const std::string& name) {
    try {
      user_.store().load(name);
    } catch (const Failure& failure) {
      return failure.problem();
    }
    return {Exit::ok, "", "", "", ""};
  }

  test::User user_;
  test::Authority authority_;
  crypto::Secret key_ = crypto::generate_private_key();
};

TEST_F(Contexts, FoldersAndFilesAreForTheirOwnerOnly) {
  save("home");
  user_.store().remember_checkpoint("home", "note");
  for (const char* const folder : {"config", "config/contexts", "config/contexts/home", "state"}) {
    EXPECT_EQ(mode(folder), 0700U) << folder;
  }
  EXPECT_EQ(mode("config/contexts/home/identity.pem"), 0600U);
  EXPECT_EQ(mode("config/contexts/home/context.json"), 0600U);
}

TEST_F(Contexts, WhatIsSavedIsLoaded) {
  save("home");
  const Context context = user_.store().load("home");
  EXPECT_EQ(context.server, "sspf.example:8443");
  EXPECT_EQ(context.account, "anna.ek");
  EXPECT_EQ(context.ca_pem, authority_.pem());
  EXPECT_EQ(context.address().host, "sspf.example");
  EXPECT_EQ(user_.store().names(), test::Words{"home"});
}

TEST_F(Contexts, AKeyFileThatOthersCanReadIsRefused) {
  save("home");
  const auto path = user_.folder() / "config/contexts/home/identity.pem";
  for (const unsigned open_mode : {0640U, 0604U, 0660U}) {
    chmod(path.c_str(), open_mode);
    EXPECT_EQ(refused("home").exit, Exit::usage_or_local);
  }
  chmod(path.c_str(), 0600);
  EXPECT_EQ(refused("home").exit, Exit::ok);
  std::filesystem::rename(path, path.string() + ".real");
  std::filesystem::create_symlink(path.string() + ".real", path);
  EXPECT_EQ(refused("home").exit, Exit::usage_or_local);
}

TEST_F(Contexts, NoContextIsNotSignedIn) {
  EXPECT_EQ(refused("nowhere").exit, Exit::not_signed_in);
  EXPECT_EQ(run_program({"case", "list"}).exit, 4);
}

TEST_F(Contexts, ANameCannotLeadOutOfTheFolder) {
  for (const char* const name : {"", ".", "..", "../x", "a/b", ".hidden", "-x", "a b", "å"}) {
    EXPECT_FALSE(is_context_name(name)) << name;
  }
  EXPECT_FALSE(is_context_name(std::string(41, 'a')));
  EXPECT_TRUE(is_context_name(std::string(40, 'a')));
  EXPECT_TRUE(is_context_name("sspf.tyreso.se_2-b"));
}

TEST_F(Contexts, FlagBeforeEnvironmentBeforeConfiguration) {
  const ContextStore store = user_.store();
  EXPECT_THROW(chosen_context("", store), Failure);
  save("only");
  EXPECT_EQ(chosen_context("", store), "only");
  save("other");
  EXPECT_THROW(chosen_context("", store), Failure);
  store.prefer("other");
  EXPECT_EQ(chosen_context("", store), "other");
  user_.set("SSPF_CONTEXT", "only");
  EXPECT_EQ(chosen_context("", store), "only");
  EXPECT_EQ(chosen_context("third", store), "third");
}

TEST_F(Contexts, OutputAndLanguageFollowTheSameOrder) {
  Preferences preferences{"", "json", "en"};
  EXPECT_EQ(chosen_output(std::nullopt, {}), Output::table);
  EXPECT_EQ(chosen_output(std::nullopt, preferences), Output::json);
  user_.set("SSPF_OUTPUT", "table");
  EXPECT_EQ(chosen_output(std::nullopt, preferences), Output::table);
  EXPECT_EQ(chosen_output("json", preferences), Output::json);
  EXPECT_THROW(chosen_output("xml", preferences), Failure);
}

TEST_F(Contexts, TheTimeoutIsANumberOfSeconds) {
  EXPECT_EQ(chosen_timeout("").count(), 30);
  EXPECT_EQ(chosen_timeout("3600").count(), 3600);
  for (const char* const text : {"0", "3601", "-1", "x", "1s"}) {
    EXPECT_THROW(chosen_timeout(text), Failure) << text;
  }
}

TEST_F(Contexts, ListUseShowAndRemove) {
  save("home");
  save("work");
  EXPECT_EQ(run_program({"context", "use", "work"}).exit, 0);
  const auto list = run_program({"context", "list"});
  EXPECT_NE(list.out.find("*       work"), std::string::npos) << list.out;
  EXPECT_NE(run_program({"context", "show"}).out.find("sspf.example:8443"), std::string::npos);
  for (const char* const verb : {"use", "show", "remove"}) {
    EXPECT_EQ(run_program({"context", verb, "nowhere"}).exit, 5) << verb;
  }
  EXPECT_EQ(run_program({"case", "list", "--context", "nowhere"}).exit, 4);
  EXPECT_EQ(run_program({"context", "remove", "work"}).exit, 1);
  EXPECT_TRUE(user_.store().has("work"));
  EXPECT_EQ(test::run_at(test::At::terminal, {"context", "remove", "work"}, "no\n").exit, 1);
  EXPECT_TRUE(user_.store().has("work"));
  EXPECT_EQ(test::run_at(test::At::terminal, {"context", "remove", "work"}, "work\n").exit, 0);
  EXPECT_FALSE(user_.store().has("work"));
  EXPECT_EQ(run_program({"context", "remove", "home", "--yes"}).exit, 0);
  EXPECT_TRUE(user_.store().names().empty());
}

TEST_F(Contexts, WithoutAHomeItIsSaidWhichVariablesAreMissing) {
  for (const char* const name :
       {"SSPF_CONFIG_DIR", "SSPF_STATE_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"}) {
    user_.unset(name);
  }
  for (const test::Words& words : {test::Words{"whoami"}, test::Words{"context", "list"},
                                   test::Words{"whoami", "--context", "home"}}) {
    const auto ran = run_program(words);
    EXPECT_EQ(ran.exit, 1);
    EXPECT_NE(ran.err.find("none of HOME, XDG_CONFIG_HOME and SSPF_CONFIG_DIR"), std::string::npos)
        << ran.err;
  }
  EXPECT_EQ(run_program({"help"}).exit, 0);
  user_.set("SSPF_CONFIG_DIR", user_.folder() / "config");
  save("home");
  EXPECT_EQ(run_program({"context", "show"}).exit, 0);
}

class Passphrases : public Contexts {
 protected:
  std::string given(const std::string& file) {
    std::istringstream in;
    std::ostringstream out;
    Terminal terminal({in, out, out, false, false, false});
    return std::string(crypto::text_of(passphrase(file, terminal).reveal()));
  }
};

TEST_F(Passphrases, FileBeforeEnvironmentFileBeforeProgram) {
  EXPECT_THROW(given(""), Failure);
  user_.set("SSPF_PASSPHRASE_COMMAND", "echo from the program; echo more");
  EXPECT_EQ(given(""), "from the program");
  user_.set("SSPF_PASSPHRASE_FILE", user_.file("one", "from the variable\r\n"));
  EXPECT_EQ(given(""), "from the variable");
  EXPECT_EQ(given(user_.file("two", "from the flag")), "from the flag");
}

TEST_F(Passphrases, AFileThatOthersCanReadIsRefused) {
  const std::string path = user_.file("pass", "long enough to do");
  chmod(path.c_str(), 0644);
  EXPECT_THROW(given(path), Failure);
  EXPECT_THROW(given(user_.file("empty", "")), Failure);
  EXPECT_THROW(given("/nonexistent"), Failure);
}

TEST_F(Passphrases, AProgramThatFailsGivesNone) {
  user_.set("SSPF_PASSPHRASE_COMMAND", "echo something; exit 3");
  EXPECT_THROW(given(""), Failure);
  user_.set("SSPF_PASSPHRASE_COMMAND", "true");
  EXPECT_THROW(given(""), Failure);
}

TEST_F(Passphrases, ANewOneIsLongAndAskedForTwice) {
  const auto chosen = [](const std::string& typed) {
    std::istringstream in(typed);
    std::ostringstream out;
    Terminal terminal({in, out, out, true, true, true});
    return std::string(crypto::text_of(new_passphrase("", terminal).reveal()));
  };
  EXPECT_EQ(chosen("twelve chars\ntwelve chars\n"), "twelve chars");
  EXPECT_THROW(chosen("twelve chars\nother words!\n"), Failure);
  EXPECT_THROW(chosen("eleven char\neleven char\n"), Failure);
}

}  // namespace
}  // namespace sspf::cli
