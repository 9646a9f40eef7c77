// SPDX-License-Identifier: Apache-2.0
//
// What `sspfd` does before it serves: it makes an installation once, and stays closed, with an exit
// code of its own, when anything is not as it was left.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>

#include "crypto/derive.h"
#include "server/installation.h"
#include "server/store/sqlite.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Every file of a site with its content, but for the lock, which is empty and comes with the first
// start.
std::map<std::string, std::string> files_of(const Site& site) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(site.folder())) {
    if (!entry.is_regular_file() || entry.path().filename() == "lock") continue;
    files[entry.path().string()] = read_whole(entry.path());
  }
  return files;
}

void run_in_database(const Site& site, const std::string& sql) {
  const Config config = site.config();
  const crypto::Secret key = crypto::derive(read_key(config.root_key_file()), "sspf/database/v1");
  store::Connection(config.database_file().string(), key, store::OpenMode::existing)
      .run_script(sql);
}

// Turns one bit in the middle of the file.
void damage(const fs::path& file) {
  std::string content = read_whole(file);
  content.at(content.size() / 2) = static_cast<char>(content.at(content.size() / 2) ^ 1);
  std::ofstream(file, std::ios::binary) << content;
}

struct Change {
  std::string name;
  std::function<void(const Site&)> cause;
  int exit_code;
  std::string says;
  friend void PrintTo(const Change& change, std::ostream* out) { *out << change.name; }
};

class SspfdStaysClosed : public testing::TestWithParam<Change> {};

TEST_P(SspfdStaysClosed, WithItsOwnExitCodeAndNothingChanged) {
  const Site site;
  GetParam().cause(site);
  const auto before = files_of(site);
  const Ended served = site.sspfd({"serve"});
  EXPECT_EQ(served.exit_code, GetParam().exit_code) << served.err;
  EXPECT_THAT(served.err, HasSubstr(GetParam().says));
  const Ended checked = site.sspfd({"check"});
  EXPECT_EQ(checked.exit_code, GetParam().exit_code);
  EXPECT_THAT(checked.out + checked.err, HasSubstr(GetParam().says));
  EXPECT_EQ(files_of(site), before);
}

void replace_key(const Site& site, const std::string& content) {
  write_private(site.config().root_key_file(), content);
}

void use_other_checkpoint(const Site& site) {
  const Site other;
  fs::copy_file(other.config().paths.checkpoint_file, site.config().paths.checkpoint_file,
                fs::copy_options::overwrite_existing);
}

// The database of an hour ago under the checkpoint of today.
void roll_back(const Site& site) {
  const fs::path database = site.config().database_file();
  fs::copy_file(database, site.folder() / "older.db");
  SiteServer server(site);
  enroll(server.port(), site.code());
  ASSERT_EQ(server.stop(), 0);
  fs::rename(site.folder() / "older.db", database);
}

const std::vector<Change>& changes() {
  static const std::vector<Change> all{
      {"PortOutOfRange", [](const Site& site) { site.edit("\nport = 0", "\nport = 70000"); }, 2,
       "line 11: listen.port must be a whole number from 0 to 65535"},
      {"PortNotWhole", [](const Site& site) { site.edit("\nport = 0", "\nport = 0.5"); }, 2,
       "line 11: listen.port must be a whole number"},
      {"PortNotANumber", [](const Site& site) { site.edit("\nport = 0", "\nport = nan"); }, 2,
       "line 11: listen.port must be a whole number"},
      {"UnknownSetting", [](const Site& site) { site.edit("\nport = 0", "\nprot = 0"); }, 2,
       "line 11: listen.prot is unknown"},
      {"UnknownTable", [](const Site& site) { site.edit("[limits]", "[limit]"); }, 2,
       "limit is unknown"},
      {"NoSettings", [](const Site& site) { fs::remove(site.config_file()); }, 2, "sspfd.toml"},
      {"NotToml", [](const Site& site) { site.edit("[listen]", "[listen"); }, 2, "line 9: "},
      {"NoDataDirectory",
       [](const Site& site) { fs::remove_all(site.config().paths.data_directory); }, 2,
       "the data directory is missing"},
      {"OtherOrigin",
       [](const Site& site) { site.edit("sspf.example/test/audit/1", "sspf.example/other"); }, 5,
       "audit.origin is not the name of this database's log"},
      {"NoKey", [](const Site& site) { fs::remove(site.config().root_key_file()); }, 3,
       "No such file"},
      {"OpenKey",
       [](const Site& site) { fs::permissions(site.config().root_key_file(), fs::perms(0644)); }, 3,
       "can be reached by group or others"},
      {"LinkedKey",
       [](const Site& site) {
         const fs::path file = site.config().root_key_file();
         fs::rename(file, file.string() + ".other");
         fs::create_symlink(file.string() + ".other", file);
       },
       3, "is a symbolic link"},
      {"ShortKey", [](const Site& site) { replace_key(site, std::string(62, 'a') + "\n"); }, 3,
       "is not 64 hex digits and a newline"},
      {"WrongKey", [](const Site& site) { replace_key(site, std::string(64, 'a') + "\n"); }, 3,
       "the keystore does not open"},
      {"NoEpochKey", [](const Site& site) { fs::remove(site.config().epoch_key_file(1)); }, 3,
       "there is no epoch key"},
      {"NoKeystore", [](const Site& site) { fs::remove(site.config().keystore_file()); }, 3,
       "the keystore does not open"},
      {"NoDatabase", [](const Site& site) { fs::remove(site.config().database_file()); }, 4,
       "the database does not open"},
      {"NewerDatabase",
       [](const Site& site) {
         run_in_database(site, "INSERT INTO migration VALUES (9999, '9999_later', zeroblob(32))");
       },
       4, "made by a newer version of this program (9999_later)"},
      {"EditedMigration",
       [](const Site& site) {
         run_in_database(site, "UPDATE migration SET digest = zeroblob(32) WHERE number = 2");
       },
       4, "is not the one that made this database"},
      {"NoCheckpoint", [](const Site& site) { fs::remove(site.config().paths.checkpoint_file); }, 5,
       "the checkpoint file outside the database is missing"},
      {"OtherLogsCheckpoint", use_other_checkpoint, 5, "is not signed by this log"},
      {"OlderDatabase", roll_back, 5, "events, and the checkpoint outside it covers"},
  };
  return all;
}

INSTANTIATE_TEST_SUITE_P(Start, SspfdStaysClosed, testing::ValuesIn(changes()),
                         [](const auto& each) { return each.param.name; });

TEST(Start, CheckFindsADamagedPage) {
  const Site site;
  EXPECT_EQ(site.sspfd({"check"}).exit_code, 0);
  damage(site.config().database_file());
  const Ended checked = site.sspfd({"check"});
  EXPECT_EQ(checked.exit_code, 4);
  EXPECT_THAT(checked.out, HasSubstr("wrong: the database is damaged"));
}

TEST(Start, CheckSaysWhatAnOlderDatabaseLacksAndLeavesIt) {
  const Site site;
  run_in_database(site, "DELETE FROM migration WHERE number = (SELECT max(number) FROM migration)");
  const auto before = files_of(site);
  const Ended checked = site.sspfd({"check"});
  EXPECT_EQ(checked.exit_code, 4);
  EXPECT_THAT(checked.out, HasSubstr("of an older version: 1 migrations are pending"));
  EXPECT_EQ(files_of(site), before);
}

TEST(Start, InitNeverOverwrites) {
  const Site site;
  const auto before = files_of(site);
  const std::string base = site.folder().string();
  const Words places{"init",         "--origin",     "sspf.example/other",    "--data",
                     base + "/data", "--keystore",   base + "/keystore",      "--keys",
                     base + "/keys", "--checkpoint", base + "/log/checkpoint"};
  const Ended again = site.sspfd(places);
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("the file of settings exists already"));
  Start elsewhere = site.start_of(places);
  elsewhere.words[2] = base + "/other.toml";
  const Ended over = run(elsewhere);
  EXPECT_EQ(over.exit_code, 2);
  EXPECT_THAT(over.err, HasSubstr("there is an installation here already"));
  EXPECT_EQ(files_of(site), before);
}

TEST(Start, TheCommandLineIsChecked) {
  const Site site;
  EXPECT_EQ(site.sspfd({"sreve"}).exit_code, 1);
  EXPECT_EQ(site.sspfd({}).exit_code, 1);
  EXPECT_EQ(site.sspfd({"init"}).exit_code, 1);
  EXPECT_EQ(site.sspfd({"--version"}).out, "sspfd " SSPF_VERSION "\n");
}

TEST(Start, OneProcessAtATimeOpensAnInstallation) {
  const Site site;
  SiteServer server(site);
  for (const std::string command : {"serve", "check"}) {
    const Ended second = site.sspfd({command});
    EXPECT_EQ(second.exit_code, 2) << command;
    EXPECT_THAT(second.out + second.err, HasSubstr("another process has this installation open"));
  }
  EXPECT_EQ(server.stop(), 0);
  EXPECT_EQ(site.sspfd({"check"}).exit_code, 0);
}

TEST(Start, APortInUseHasAnExitCodeOfItsOwn) {
  const Site first;
  const SiteServer server(first);
  const Site second;
  second.edit("\nport = 0", "\nport = " + std::to_string(server.port()));
  EXPECT_EQ(second.sspfd({"serve"}).exit_code, 7);
  second.edit("\nport = " + std::to_string(server.port()), "\nport = 0");
  second.edit("admin_port = 0", "admin_port = " + std::to_string(server.admin_port()));
  EXPECT_EQ(second.sspfd({"serve"}).exit_code, 7);
}

}  // namespace
}  // namespace sspf::test
