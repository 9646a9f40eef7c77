// SPDX-License-Identifier: Apache-2.0
//
// The log's new name in the settings: one value is replaced, and every other byte stays.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "server/base/config.h"
#include "tests/support/site.h"
#include "tests/support/temporary_folder.h"

namespace sspf {
namespace {

struct ConfigEdit : testing::Test {
  // What the file holds afterwards; "refused" when nothing may have changed, and has not.
  std::string edited(const std::string& text) const {
    test::write_private(file, text);
    try {
      replace_log_origin(file, "new/2");
    } catch (const std::exception&) {
      EXPECT_EQ(test::read_whole(file), text);
      return "refused";
    }
    return test::read_whole(file);
  }

  test::TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "sspfd.toml";
};

TEST_F(ConfigEdit, OnlyTheValueIsReplaced) {
  EXPECT_EQ(edited("# old/1\n[audit]\norigin = \"old/1\" # was \"old/1\"\nx = \"old/1\"\n"),
            "# old/1\n[audit]\norigin = \"new/2\" # was \"old/1\"\nx = \"old/1\"\n");
  EXPECT_EQ(edited("[other]\norigin = 'old/1'\n[audit]\n  origin='old/1'"),
            "[other]\norigin = 'old/1'\n[audit]\n  origin='new/2'");
  EXPECT_EQ(edited("audit.origin = \"old/1\"\n"), "audit.origin = \"new/2\"\n");
  EXPECT_EQ(edited("a = \"å\"\n[audit]\norigin = \"å\"\n"),
            "a = \"å\"\n[audit]\norigin = \"new/2\"\n");
}

TEST_F(ConfigEdit, WhatIsNotPlainIsLeft) {
  EXPECT_EQ(edited("[audit]\norigin = \"old\\u002F1\"\n"), "refused");
  EXPECT_EQ(edited("[audit]\norigin = \"\"\"\nold/1\"\"\"\n"), "refused");
  EXPECT_EQ(edited("[audit]\n"), "refused");
  EXPECT_EQ(edited("[audit\n"), "refused");
  EXPECT_THROW(replace_log_origin(folder.path() / "nothing", "new/2"), std::exception);
}

TEST_F(ConfigEdit, ModeAndLinkStay) {
  edited("[audit]\norigin = \"old/1\"\n");
  std::filesystem::permissions(file, std::filesystem::perms(0640));
  const auto link = folder.path() / "link";
  std::filesystem::create_symlink(file, link);
  replace_log_origin(link, "new/3");
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(test::read_whole(file), "[audit]\norigin = \"new/3\"\n");
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0640));
}

}  // namespace
}  // namespace sspf
