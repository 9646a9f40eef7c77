// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <system_error>

#include "crypto/random.h"
#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

constexpr std::string_view key_text =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

void write(const std::filesystem::path& path, std::string_view content, mode_t mode) {
  std::ofstream(path, std::ios::binary) << content;
  ASSERT_EQ(::chmod(path.c_str(), mode), 0);
}

mode_t mode_of(const std::filesystem::path& path) {
  struct stat facts {};
  EXPECT_EQ(::stat(path.c_str(), &facts), 0);
  return facts.st_mode & 07777U;
}

std::size_t files_in(const std::filesystem::path& folder) {
  const std::filesystem::directory_iterator begin(folder);
  return static_cast<std::size_t>(std::distance(begin, std::filesystem::directory_iterator()));
}

// What the refusal says; "accepted" when there is none.
std::string trouble_of(const std::filesystem::path& path) {
  const auto result = read_key_file(path);
  const auto* const trouble = std::get_if<KeyFileTrouble>(&result);
  return trouble == nullptr ? "accepted" : trouble->text;
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(KeyFile, ComesBackAsWritten) {
  const TemporaryFolder folder;
  const Secret key = random_secret(32);
  write_key_file(folder / "key", key);
  EXPECT_EQ(mode_of(folder / "key"), 0600U);
  const auto result = read_key_file(folder / "key");
  ASSERT_TRUE(std::holds_alternative<Secret>(result));
  EXPECT_TRUE(std::get<Secret>(result).equals(key));
}

TEST(KeyFile, Is64HexDigitsAndANewline) {
  const TemporaryFolder folder;
  write_key_file(folder / "key", secret_from_hex(key_text));
  EXPECT_EQ(read_file(folder / "key", 100), std::string(key_text) + "\n");
}

TEST(KeyFile, IsNeverOverwritten) {
  const TemporaryFolder folder;
  write_key_file(folder / "key", secret_from_hex(key_text));
  EXPECT_THROW(write_key_file(folder / "key", Secret(32)), std::system_error);
  EXPECT_EQ(read_file(folder / "key", 100), std::string(key_text) + "\n");
  std::filesystem::create_symlink(folder / "elsewhere", folder / "link");
  EXPECT_THROW(write_key_file(folder / "link", Secret(32)), std::system_error);
  EXPECT_FALSE(std::filesystem::exists(folder / "elsewhere"));
}

TEST(KeyFile, IsWrittenOnlyWithAWholeKeyAndIntoAFolder) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_key_file(folder / "key", Secret(31)), std::invalid_argument);
  EXPECT_THROW(write_key_file(folder / "absent/key", Secret(32)), std::system_error);
  EXPECT_EQ(files_in(folder.path()), 0U);
}

TEST(KeyFile, WhatIsNotARegularFileIsRefused) {
  const TemporaryFolder folder;
  EXPECT_TRUE(says(trouble_of(folder / "absent"), "does not open"));
  EXPECT_TRUE(says(trouble_of(folder.path()), "not a regular file"));
  write(folder / "key", std::string(key_text) + "\n", 0600);
  EXPECT_EQ(trouble_of(folder / "key"), "accepted");
  std::filesystem::create_symlink(folder / "key", folder / "link");
  EXPECT_TRUE(says(trouble_of(folder / "link"), "symbolic link"));
  // A FIFO without a writer would block whoever opens it.
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_TRUE(says(trouble_of(folder / "fifo"), "not a regular file"));
  EXPECT_TRUE(says(trouble_of("/dev/null"), "not a regular file"));
}

TEST(KeyFile, AnyModeForGroupOrOthersIsRefused) {
  const TemporaryFolder folder;
  write(folder / "key", std::string(key_text) + "\n", 0600);
  for (const mode_t bit : {0001U, 0002U, 0004U, 0010U, 0020U, 0040U, 0044U}) {
    ASSERT_EQ(::chmod((folder / "key").c_str(), 0600U | bit), 0);
    EXPECT_TRUE(says(trouble_of(folder / "key"), "group or others")) << bit;
  }
  ASSERT_EQ(::chmod((folder / "key").c_str(), 0400), 0);
  EXPECT_EQ(trouble_of(folder / "key"), "accepted");
}

TEST(KeyFile, AnothersFileIsRefused) {
  const TemporaryFolder folder;
  write(folder / "key", std::string(key_text) + "\n", 0600);
  if (::chown((folder / "key").c_str(), 1, 1) != 0) GTEST_SKIP() << "needs root";
  EXPECT_TRUE(says(trouble_of(folder / "key"), "another user"));
}

TEST(KeyFile, ForeignContentIsRefusedWithoutRepeatingIt) {
  const TemporaryFolder folder;
  const std::string text(key_text);
  const std::vector<std::string> contents = {"",
                                             "\n",
                                             text,
                                             text + "\n\n",
                                             text + "\r\n",
                                             text + " ",
                                             "\n" + text,
                                             text.substr(2) + "\n",
                                             text.substr(1) + "\n",
                                             text + "20\n",
                                             text.substr(1) + "g\n",
                                             text.substr(1) + "F\n",
                                             std::string(31, '\x07'),
                                             std::string(32, '\x07'),
                                             std::string(33, '\x07'),
                                             std::string(65, '\0'),
                                             std::string(100000, '0')};
  for (const std::string& content : contents) {
    write(folder / "key", content, 0600);
    const std::string trouble = trouble_of(folder / "key");
    EXPECT_TRUE(trouble.ends_with("is not 64 hex digits and a newline")) << trouble;
    EXPECT_FALSE(says(trouble, "0102"));
  }
}

TEST(ReplaceFile, ReplacesTheWholeContentAndTheMode) {
  const TemporaryFolder folder;
  replace_file(folder / "file", "first, and longer", 0600);
  EXPECT_EQ(mode_of(folder / "file"), 0600U);
  replace_file(folder / "file", "second", 0640);
  EXPECT_EQ(mode_of(folder / "file"), 0640U);
  EXPECT_EQ(read_file(folder / "file", 100), "second");
  replace_file(folder / "file", "", 0600);
  EXPECT_EQ(read_file(folder / "file", 100), "");
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(ReplaceFile, LeavesTheOldContentWhenItFails) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "busy");
  EXPECT_THROW(replace_file(folder / "busy", "content", 0600), std::system_error);
  EXPECT_THROW(replace_file(folder / "absent/file", "content", 0600), std::system_error);
  EXPECT_EQ(files_in(folder.path()), 1U);
  EXPECT_TRUE(std::filesystem::is_directory(folder / "busy"));
}

TEST(ReplaceFile, ReplacesALinkAndNotItsTarget) {
  const TemporaryFolder folder;
  write(folder / "target", "kept", 0600);
  std::filesystem::create_symlink(folder / "target", folder / "link");
  replace_file(folder / "link", "new", 0600);
  EXPECT_FALSE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "target", 100), "kept");
}

TEST(ReplaceFile, TakesANameWithoutAFolder) {
  const TemporaryFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  replace_file("file", "content", 0600);
  EXPECT_EQ(read_file("file", 100), "content");
  std::filesystem::current_path(before);
}

TEST(DestroyFile, OverwritesTheContentInPlaceAndRemovesIt) {
  const TemporaryFolder folder;
  write_key_file(folder / "key", random_secret(32));
  // A second name for the same content shows what is left of it.
  ASSERT_EQ(::link((folder / "key").c_str(), (folder / "copy").c_str()), 0);
  destroy_file(folder / "key");
  EXPECT_FALSE(std::filesystem::exists(folder / "key"));
  EXPECT_EQ(read_file(folder / "copy", 1000), std::string(65, '\0'));
  destroy_file(folder / "key");
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(DestroyFile, FollowsNoLinkAndTakesNoFolder) {
  const TemporaryFolder folder;
  write_key_file(folder / "key", random_secret(32));
  std::filesystem::create_symlink(folder / "key", folder / "link");
  std::filesystem::create_directory(folder / "folder");
  EXPECT_THROW(destroy_file(folder / "link"), std::system_error);
  EXPECT_THROW(destroy_file(folder / "folder"), std::system_error);
  EXPECT_EQ(trouble_of(folder / "key"), "accepted");
}

TEST(RenameFile, GivesAnotherName) {
  const TemporaryFolder folder;
  write_key_file(folder / "old", random_secret(32));
  rename_file(folder / "old", folder / "new");
  EXPECT_EQ(files_in(folder.path()), 1U);
  EXPECT_EQ(trouble_of(folder / "new"), "accepted");
  EXPECT_THROW(rename_file(folder / "old", folder / "new"), std::system_error);
}

TEST(ReadFile, GivesTheWholeFileUpToItsLimit) {
  const TemporaryFolder folder;
  const Bytes bytes = pattern(200000);
  write(folder / "file", text_of(bytes), 0644);
  EXPECT_EQ(read_file(folder / "file", 200000), std::string(text_of(bytes)));
  EXPECT_THROW(read_file(folder / "file", 199999), std::system_error);
  EXPECT_THROW(read_file(folder / "file", 0), std::system_error);
  write(folder / "empty", "", 0644);
  EXPECT_EQ(read_file(folder / "empty", 0), "");
  write(folder / "block", text_of(ByteView(bytes).first(65536)), 0644);
  EXPECT_EQ(read_file(folder / "block", 65536)->size(), 65536U);
}

TEST(ReadFile, TellsAMissingFileFromAnUnreadableOne) {
  const TemporaryFolder folder;
  EXPECT_FALSE(read_file(folder / "absent", 100));
  EXPECT_THROW(read_file(folder.path(), 100), std::system_error);
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  EXPECT_THROW(read_file(folder / "fifo", 100), std::system_error);
}

TEST(SecretLine, IsOneLineOfVisibleCharacters) {
  const TemporaryFolder folder;
  const auto read = [&](std::string_view content, mode_t mode) -> std::string {
    write(folder / "secret", content, mode);
    const auto result = read_secret_line(folder / "secret");
    if (const auto* trouble = std::get_if<KeyFileTrouble>(&result)) return trouble->text;
    return "=" + std::string(text_of(std::get<Secret>(result).reveal()));
  };
  const std::string full(200, 'x');
  EXPECT_EQ(read("whsec_abc+/=\n", 0600), "=whsec_abc+/=");
  EXPECT_EQ(read("a", 0400), "=a");
  EXPECT_EQ(read(full + "\n", 0600), "=" + full);
  for (const std::string& wrong :
       {std::string(), std::string("\n"), std::string("a b"), std::string("a\nb"),
        std::string("a\n\n"), std::string("\xc3\xa5"), std::string("a\r\n"), full + "x",
        full + "x\n"}) {
    EXPECT_TRUE(says(read(wrong, 0600), "is not one line of 1 to 200 visible")) << wrong;
  }
  EXPECT_TRUE(says(read("a\n", 0640), "can be reached by group or others"));
  EXPECT_TRUE(says(read("a\n", 0604), "can be reached by group or others"));
  ::unlink((folder / "secret").c_str());
  std::filesystem::create_symlink("elsewhere", folder / "secret");
  const auto linked = read_secret_line(folder / "secret");
  EXPECT_TRUE(says(std::get<KeyFileTrouble>(linked).text, "is a symbolic link"));
}

}  // namespace
}  // namespace sspf::crypto
