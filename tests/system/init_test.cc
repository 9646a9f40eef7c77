// SPDX-License-Identifier: Apache-2.0
//
// What `sspfd init` demands before it makes anything, and what it leaves alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "tests/support/site.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Init : testing::Test {
  using Options = std::map<std::string, std::string>;

  // With its places below `place`, which need not be there, but for what is changed.
  Ended made_with(Options options) const {
    options.merge(Options{{"--origin", "sspf.example/init/audit/1"},
                          {"--data", place / "data"},
                          {"--keystore", place / "keystore"},
                          {"--keys", place / "keys"},
                          {"--checkpoint", place / "log" / "checkpoint"}});
    Words words{"init"};
    for (const auto& [name, value] : options) words.insert(words.end(), {name, value});
    return sspfd(words);
  }
  Ended made() const { return made_with({}); }
  Ended sspfd(const Words& words) const {
    Start start = somewhere.start_of(words);
    start.words[2] = settings.string();
    return run(start);
  }
  // Nothing is left of it, so that the next try with everything right is the first one.
  void expect_nothing_made(const Ended& ended, int exit_code, const std::string& why) const {
    EXPECT_EQ(ended.exit_code, exit_code);
    EXPECT_THAT(ended.err, HasSubstr(why));
    EXPECT_EQ(ended.out, "");
    EXPECT_FALSE(fs::exists(settings));
    EXPECT_FALSE(fs::exists(place / "keys" / "root.key"));
    EXPECT_FALSE(fs::exists(place / "data" / "sspf.db"));
  }
  static fs::perms mode(const fs::path& path) { return fs::status(path).permissions(); }

  const Site somewhere;
  const fs::path place = somewhere.folder() / "new";
  fs::path settings = somewhere.folder() / "new.toml";
};

TEST_F(Init, SettingsThatCannotBeWrittenLeaveNothingBehind) {
  const fs::path good = settings;
  std::ofstream(somewhere.folder() / "file") << "no folder";
  settings = somewhere.folder() / "file" / "sspfd.toml";
  expect_nothing_made(made(), 2, (somewhere.folder() / "file").string());
  if (geteuid() != 0) {  // whom no mode keeps out
    const fs::path closed = somewhere.folder() / "closed";
    fs::create_directory(closed);
    fs::permissions(closed, fs::perms(0500));
    settings = closed / "sspfd.toml";
    expect_nothing_made(made(), 2, settings.string() + ": Permission denied");
  }
  settings = good;
  EXPECT_EQ(made().exit_code, 0);
}

TEST_F(Init, ADirectoryOfItsOwnIsPrivateOrRefused) {
  for (const std::string name : {"data", "keystore", "keys"}) {
    fs::create_directories(place / name);
    fs::permissions(place / name, fs::perms(01777));
    expect_nothing_made(made(), 2, (place / name).string() + " is there already, with mode 1777");
    EXPECT_EQ(mode(place / name), fs::perms(01777));
    fs::permissions(place / name, fs::perms(0700));
  }
  EXPECT_EQ(made().exit_code, 0);
}

TEST_F(Init, OnlyWhatItMakesGetsAMode) {
  fs::create_directories(place / "log");
  fs::permissions(place, fs::perms(0755));
  fs::permissions(place / "log", fs::perms(01777));
  ASSERT_EQ(made_with({{"--keys", place / "deep" / "keys"}}).exit_code, 0);
  EXPECT_EQ(mode(place), fs::perms(0755));
  EXPECT_EQ(mode(place / "log"), fs::perms(01777));
  for (const std::string name : {"data", "keystore", "deep", "deep/keys"}) {
    EXPECT_EQ(mode(place / name), fs::perms(0700)) << name;
  }
  EXPECT_EQ(mode(place / "log" / "checkpoint"), fs::perms(0600));
  EXPECT_EQ(mode(settings), fs::perms(0600));
}

TEST_F(Init, TheCheckpointOfAnotherLogStays) {
  fs::create_directories(place / "log");
  write_private(place / "log" / "checkpoint", "of another log");
  expect_nothing_made(made(), 2, "there is a checkpoint here already");
  EXPECT_EQ(read_whole(place / "log" / "checkpoint"), "of another log");
}

TEST_F(Init, WhatTheServerWouldNotTakeMakesNoInstallation) {
  expect_nothing_made(made_with({{"--address", "localhost"}}), 2,
                      "listen.address must be an IP address");
  expect_nothing_made(made_with({{"--port", "7480"}}), 2, "must not be the same port");
  expect_nothing_made(made_with({{"--origin", "a b"}}), 2, "audit.origin must be");
  expect_nothing_made(made_with({{"--administrator", "Å Ä!"}}), 1,
                      "must be 2 to 40 characters a-z, 0-9, dot or -");
}

TEST_F(Init, WhateverAPathIsCalledTheSettingsAreReadAgain) {
  const fs::path odd = place / "a \"b\" \\c\n\x01";
  ASSERT_EQ(made_with({{"--data", odd}}).exit_code, 0);
  EXPECT_EQ(std::get<Config>(read_config(settings)).paths.data_directory, odd);
  const Ended checked = sspfd({"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
}

}  // namespace
}  // namespace sspf::test
