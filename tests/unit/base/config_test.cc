// SPDX-License-Identifier: Apache-2.0
//
// The file of settings: what is wrong is named with its line, all of it at once and each thing
// once; and what is written is read again as it was.
#include "server/base/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/key_file.h"
#include "tests/support/temporary_folder.h"

namespace sspf {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string good_paths =
    "[paths]\ndata_directory = \"/d\"\nkeystore_directory = \"/s\"\nkey_directory = \"/k\"\n"
    "checkpoint_file = \"/c\"\n";
const std::string good_audit = "[audit]\norigin = \"o\"\n";  // lines 6 and 7 after good_paths

struct ConfigFile : testing::Test {
  std::variant<Config, ConfigTrouble> read(const std::string& text) const {
    crypto::replace_file(file, text, 0600);
    return read_config(file);
  }
  // Empty when the settings are good.
  ConfigTrouble trouble(const std::string& text) const {
    const auto result = read(text);
    const auto* found = std::get_if<ConfigTrouble>(&result);
    return found == nullptr ? ConfigTrouble() : *found;
  }

  test::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "sspfd.toml";
};

TEST_F(ConfigFile, AWrongValueIsNamedOnceWithItsLine) {
  struct Case {
    std::string text;
    std::string says;
  };
  const std::string all = good_paths + good_audit;
  const std::vector<Case> cases = {
      {"listen = 3\n" + all, "line 1: listen must be a table"},
      {"paths = 3\n" + good_audit, "line 1: paths must be a table"},
      {"audit = 3\n" + good_paths, "line 1: audit must be a table"},
      {all + "[[listen]]\n", "line 8: listen must be a table"},
      {all + "[listen]\naddress = \"localhost\"\n", "line 9: listen.address must be an IP address"},
      {all + "[listen]\naddress = \"10.0.0\"\n", "line 9: listen.address must be an IP address"},
      {all + "[listen]\naddress = 1\n", "line 9: listen.address must be an IP address"},
      {all + "[listen]\nport = 8\nadmin_port = 8\n",
       "line 10: listen.admin_port and listen.port must not be the same port"},
      {all + "[listen]\nport = 7480\n",
       "line 9: listen.admin_port and listen.port must not be the same port"},
      {good_paths + "[audit]\norigin = 5\n",
       "line 7: audit.origin must be a text without spaces and plus signs"},
      {good_paths + "[audit]\norigin = \"a b\"\n",
       "line 7: audit.origin must be a text without spaces and plus signs"},
      {good_paths + "[audit]\n", "line 6: audit.origin is missing"},
      {good_paths, "audit.origin is missing"},
      {all + "witness_required = true\n", "line 8: audit.witness_required: no witness is given"},
      {all + "[alerts]\nsmtp_user = \"a\"\nsmtp_password_file = \"/k\"\n",
       "line 9: settings of mail without alerts.smtp_url"},
      {all + "[alerts]\nwebhook_ca_file = \"/k\"\n",
       "line 9: settings of a webhook without alerts.webhook_url"},
      {all + "[alerts]\nwebhook_url = \"https://larm.example\"\n",
       "line 9: alerts.webhook_url without alerts.webhook_secret_file"},
      {all + "[listen\n", "line 8: "},
  };
  for (const Case& each : cases) {
    const ConfigTrouble found = trouble(each.text);
    ASSERT_EQ(found.size(), 1U) << each.text << testing::PrintToString(found);
    EXPECT_THAT(found.front(), testing::StartsWith(each.says)) << each.text;
  }
}

TEST_F(ConfigFile, APathIsThereAndAbsolute) {
  EXPECT_THAT(trouble("[paths]\ndata_directory = 5\nkeystore_directory = \"s\"\n"
                      "checkpoint_file = \"/c\"\n" +
                      good_audit),
              ElementsAre("line 2: paths.data_directory must be an absolute path",
                          "line 3: paths.keystore_directory must be an absolute path",
                          "line 1: paths.key_directory is missing"));
}

TEST_F(ConfigFile, EverythingIsNamedAtOnce) {
  EXPECT_THAT(
      trouble(good_paths +
              "[listen]\nport = 70000\n[audit]\nwitness_required = true\n"
              "[alerts]\nwebhook_url = \"ftp://x\"\nwebhook_secret_file = \"/k\"\n[more]\n"),
      ElementsAre(
          "line 7: listen.port must be a whole number from 0 to 65535",
          "line 8: audit.origin is missing", HasSubstr("line 11: alerts.webhook_url must be https"),
          "line 13: more is unknown", "line 9: audit.witness_required: no witness is given"));
}

// Of the number of witnesses nothing is said while one of them is wrong.
TEST_F(ConfigFile, SettingsOfAWrongWitnessAreLookedAtAllTheSame) {
  EXPECT_THAT(
      trouble(good_paths + good_audit +
              "witness_seconds = 90\nwitness_quorum = 2\n[[audit.witness]]\n"),
      ElementsAre("line 10: audit.witness.key must be what sspf-witness init printed",
                  "line 8: audit.witness_alarm_seconds is less than audit.witness_seconds"));
}

TEST_F(ConfigFile, WhatIsAllowedIsRead) {
  for (const std::string address : {"0.0.0.0", "::", "fe80::1%eth0"}) {
    const auto config = std::get<Config>(
        read(good_paths + good_audit + "[listen]\naddress = \"" + address + "\"\n"));
    EXPECT_EQ(config.listen.address, address);
  }
  // Whichever ports are free.
  EXPECT_EQ(trouble(good_paths + good_audit + "[listen]\nport = 0\nadmin_port = 0\n"),
            ConfigTrouble());
}

TEST_F(ConfigFile, AFileThatCannotBeReadIsNamedByItsPath) {
  const auto missing = read_config(folder.path() / "nothing.toml");
  EXPECT_THAT(std::get<ConfigTrouble>(missing),
              ElementsAre("there is no such file: " + (folder.path() / "nothing.toml").string()));
  const auto not_a_file = read_config(folder.path());
  EXPECT_THAT(std::get<ConfigTrouble>(not_a_file), ElementsAre(HasSubstr(folder.path().string())));
}

TEST_F(ConfigFile, WhatIsWrittenIsReadAgain) {
  Config config;
  config.paths = {"/d/a \"b\"", "/s\\t/å", "/k\t\n\x1f\x7f", "/c'#"};
  config.listen = {"::1", 1, 2, {"sspf.example", "127.0.0.1"}};
  config.audit.origin = "o\"o\\o";
  const auto result = read(write_config(config));
  const auto* found = std::get_if<Config>(&result);
  ASSERT_NE(found, nullptr) << testing::PrintToString(std::get<ConfigTrouble>(result));
  EXPECT_EQ(found->paths.data_directory, config.paths.data_directory);
  EXPECT_EQ(found->paths.keystore_directory, config.paths.keystore_directory);
  EXPECT_EQ(found->paths.key_directory, config.paths.key_directory);
  EXPECT_EQ(found->paths.checkpoint_file, config.paths.checkpoint_file);
  EXPECT_EQ(found->listen.address, "::1");
  EXPECT_EQ(found->listen.port, 1);
  EXPECT_EQ(found->listen.admin_port, 2);
  EXPECT_EQ(found->listen.hosts, config.listen.hosts);
  EXPECT_EQ(found->audit.origin, config.audit.origin);
}

}  // namespace
}  // namespace sspf
