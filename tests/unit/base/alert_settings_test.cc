// SPDX-License-Identifier: Apache-2.0
//
// The settings of alerts: each wrong one is named with its line, and a way is whole or not there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/key_file.h"
#include "server/base/config.h"
#include "tests/support/temporary_folder.h"

namespace sspf {
namespace {

using testing::HasSubstr;

const std::string webhook_lines =
    "webhook_url = \"https://larm.example/in\"\nwebhook_secret_file = \"/k/webhook\"\n";
const std::string mail_lines =
    "smtp_url = \"smtp://post.example\"\nmail_from = \"larm@tyr.example\"\n"
    "mail_to = [\"vakt@tyr.example\"]\n";

std::variant<Config, ConfigTrouble> read(const std::string& alerts) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "sspfd.toml";
  crypto::replace_file(file,
                       "[paths]\ndata_directory = \"/d\"\nkeystore_directory = \"/s\"\n"
                       "key_directory = \"/k\"\ncheckpoint_file = \"/c\"\n"
                       "[audit]\norigin = \"o\"\n[alerts]\n" +
                           alerts,
                       0600);
  return read_config(file);
}

TEST(AlertSettings, AreReadAndNoneIsNeeded) {
  const Config none = std::get<Config>(read(""));
  EXPECT_FALSE(none.alerts.webhook_url);
  EXPECT_FALSE(none.alerts.smtp_url);
  const Config all = std::get<Config>(
      read(webhook_lines + mail_lines +
           "webhook_ca_file = \"/ca\"\nsmtp_ca_file = \"/ca2\"\nsmtp_user = \"sspf\"\n"
           "smtp_password_file = \"/k/smtp\"\n"));
  EXPECT_EQ(all.alerts.webhook_url->path, "/in");
  EXPECT_EQ(all.alerts.webhook_ca_file, "/ca");
  EXPECT_EQ(all.alerts.webhook_secret_file, "/k/webhook");
  EXPECT_EQ(all.alerts.smtp_url->text(), "smtp://post.example:587");
  EXPECT_EQ(all.alerts.smtp_ca_file, "/ca2");
  EXPECT_EQ(all.alerts.smtp_user, "sspf");
  EXPECT_EQ(all.alerts.smtp_password_file, "/k/smtp");
  EXPECT_EQ(all.alerts.mail_from, "larm@tyr.example");
  EXPECT_EQ(all.alerts.mail_to, std::vector<std::string>{"vakt@tyr.example"});
}

TEST(AlertSettings, EachWrongOneIsNamed) {
  std::string eleven = "\"a@b\"";
  for (int i = 0; i < 10; ++i) eleven += ", \"a@b\"";
  struct Case {
    std::string alerts;
    std::string says;
  };
  const std::vector<Case> cases = {
      {"webhook_url = \"http://larm.example\"\n", "line 9: alerts.webhook_url must be https"},
      {"webhook_secret_file = \"k\"\n", "alerts.webhook_secret_file must be an absolute path"},
      {"smtp_url = \"post.example\"\n", "line 9: alerts.smtp_url must be smtp://"},
      {"smtp_url = \"smtp://post.example:0\"\n", "alerts.smtp_url must be smtp://"},
      {"smtp_url = \"smtp://post.example:65536\"\n", "alerts.smtp_url must be smtp://"},
      {"smtp_url = \"smtp://a:b@post.example\"\n", "alerts.smtp_url must be smtp://"},
      {"mail_from = \"Larm <larm@tyr.example>\"\n", "alerts.mail_from must be an address of mail"},
      {"mail_from = \"larm@tyr.example\\nBcc: x@y\"\n", "alerts.mail_from must be an address"},
      {"mail_to = []\n", "alerts.mail_to must be 1 to 10 addresses of mail"},
      {"mail_to = [" + eleven + "]\n", "alerts.mail_to must be 1 to 10 addresses of mail"},
      {"mail_to = \"vakt@tyr.example\"\n", "alerts.mail_to must be 1 to 10 addresses of mail"},
      {"webhook = 1\n", "line 9: alerts.webhook is unknown"},
      {"webhook_url = \"https://larm.example\"\n",
       "alerts.webhook_url without alerts.webhook_secret_file"},
      {"webhook_secret_file = \"/k\"\n", "settings of a webhook without alerts.webhook_url"},
      {"webhook_ca_file = \"/k\"\n", "settings of a webhook without alerts.webhook_url"},
      {"mail_to = [\"a@b\"]\n", "settings of mail without alerts.smtp_url"},
      {"smtp_user = \"a\"\nsmtp_password_file = \"/k\"\n",
       "settings of mail without alerts.smtp_url"},
      {"smtp_url = \"smtps://p.example\"\nmail_from = \"a@b\"\n",
       "alerts.smtp_url without alerts.mail_to"},
      {"smtp_url = \"smtps://p.example\"\nmail_to = [\"a@b\"]\n",
       "alerts.smtp_url without alerts.mail_from"},
      {mail_lines + "smtp_user = \"sspf\"\n",
       "alerts.smtp_user and alerts.smtp_password_file go together"},
      {mail_lines + "smtp_password_file = \"/k\"\n",
       "alerts.smtp_user and alerts.smtp_password_file go together"},
  };
  for (const Case& each : cases) {
    const auto result = read(each.alerts);
    const auto* trouble = std::get_if<ConfigTrouble>(&result);
    ASSERT_NE(trouble, nullptr) << each.alerts;
    EXPECT_THAT(trouble->front(), HasSubstr(each.says)) << each.alerts;
  }
}

}  // namespace
}  // namespace sspf
