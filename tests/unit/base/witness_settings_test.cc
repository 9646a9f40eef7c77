// SPDX-License-Identifier: Apache-2.0
//
// The settings of witnesses: each wrong one is named, and none passes for its default.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/key_file.h"
#include "server/base/config.h"
#include "tests/support/temporary_folder.h"

namespace sspf {
namespace {

using testing::HasSubstr;

struct WitnessSettings : testing::Test {
  std::string key() const {
    return crypto::CosignatureVerifier{"w", crypto::SigningKey::generate().public_key()}.text();
  }
  std::string witness(const std::string& with_key) const {
    return "[[audit.witness]]\nkey = \"" + with_key + "\"\nurl = \"https://w.example\"\n";
  }
  std::variant<Config, ConfigTrouble> read(const std::string& audit, const std::string& tables) {
    const auto file = folder.path() / "sspfd.toml";
    crypto::replace_file(file,
                         "[paths]\ndata_directory = \"/d\"\nkeystore_directory = \"/s\"\n"
                         "key_directory = \"/k\"\ncheckpoint_file = \"/c\"\n"
                         "[audit]\norigin = \"o\"\n" +
                             audit + tables,
                         0600);
    return read_config(file);
  }

  test::TemporaryFolder folder;
};

TEST_F(WitnessSettings, AreReadAndHaveDefaults) {
  const auto none = std::get<Config>(read("", ""));
  EXPECT_TRUE(none.audit.witnesses.empty());
  EXPECT_FALSE(none.audit.witness_required);
  const std::string first = key();
  const auto two =
      std::get<Config>(read("witness_quorum = 2\nwitness_required = true\nwitness_seconds = 5\n"
                            "witness_alarm_seconds = 30\n",
                            witness(first) + "ca_file = \"/ca.pem\"\n" + witness(key())));
  ASSERT_EQ(two.audit.witnesses.size(), 2U);
  EXPECT_EQ(two.audit.witnesses[0].key.text(), first);
  EXPECT_EQ(two.audit.witnesses[0].url.host, "w.example");
  EXPECT_EQ(two.audit.witnesses[0].ca_file, "/ca.pem");
  EXPECT_EQ(two.audit.witness_quorum, 2U);
  EXPECT_EQ(two.audit.witness_seconds, 5U);
  EXPECT_EQ(two.audit.witness_alarm_seconds, 30U);
  EXPECT_TRUE(two.audit.witness_required);
}

TEST_F(WitnessSettings, EachWrongOneIsNamed) {
  const std::string good = key();
  std::string eight;
  for (int i = 0; i < 8; ++i) eight += witness(key());
  EXPECT_TRUE(std::holds_alternative<Config>(read("", eight)));
  const std::string as_log =
      crypto::NoteVerifier{"w", crypto::SigningKey::generate().public_key()}.text();
  struct Case {
    std::string audit;
    std::string tables;
    std::string says;
  };
  const std::vector<Case> cases = {
      {"", eight + witness(good), "audit.witness must be at most 8 tables"},
      {"", witness("key"), "audit.witness.key must be what sspf-witness init printed"},
      {"", witness(as_log), "audit.witness.key must be what sspf-witness init printed"},
      {"", witness(good) + witness(good), "audit.witness.key is given twice"},
      {"", witness(good) + "uri = \"x\"\n", "audit.witness.uri is unknown"},
      {"", witness(good) + "ca_file = \"ca.pem\"\n", "ca_file must be an absolute path"},
      {"", "[[audit.witness]]\nkey = \"" + good + "\"\nurl = \"http://w.example\"\n",
       "audit.witness.url must be https"},
      {"", "[[audit.witness]]\nkey = \"" + good + "\"\n", "audit.witness.url must be https"},
      {"witness = 1\n", "", "audit.witness must be at most 8 tables"},
      {"witness = [1]\n", "", "audit.witness must be a table"},
      {"witness_required = 1\n", witness(good), "audit.witness_required must be true or false"},
      {"witness_required = true\n", "", "audit.witness_required: no witness is given"},
      {"witness_quorum = 2\n", witness(good), "audit.witness_quorum is larger than"},
      {"witness_quorum = 0\n", witness(good), "audit.witness_quorum must be"},
      {"witness_seconds = 0\n", witness(good), "audit.witness_seconds must be"},
      {"witness_alarm_seconds = 5\n", witness(good), "audit.witness_alarm_seconds is less"},
  };
  for (const Case& each : cases) {
    const auto found = read(each.audit, each.tables);
    ASSERT_TRUE(std::holds_alternative<ConfigTrouble>(found)) << each.says;
    EXPECT_THAT(std::get<ConfigTrouble>(found), testing::Contains(HasSubstr(each.says)));
  }
}

}  // namespace
}  // namespace sspf
