// SPDX-License-Identifier: Apache-2.0
//
// Files that hold a 32-byte key, and small files that must survive a crash whole.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/secret.h"

namespace sspf::crypto {

// What is wrong with a key file. Its text is for an operator and holds no key material.
struct KeyFileTrouble {
  std::string text;
};

// 64 hex digits and a newline. Refused: a missing file, a symlink, anything but a regular file, a
// mode with any bit for group or others, another owner than this process, other content.
std::variant<Secret, KeyFileTrouble> read_key_file(const std::filesystem::path& path);

// One line of visible ASCII, as a password that others gave: 1 to 200 characters, with or without a
// newline at its end. Refuses what read_key_file() refuses.
std::variant<Secret, KeyFileTrouble> read_secret_line(const std::filesystem::path& path);

// Creates the file with mode 0600; never overwrites. Throws std::system_error. Durable on return.
void write_key_file(const std::filesystem::path& path, const Secret& key);

// Replaces the file's content at once: temporary file in the same folder, fsync, rename, fsync of
// the folder. Throws std::system_error. `mode` is that of the new file.
void replace_file(const std::filesystem::path& path, std::string_view content, unsigned mode);

// Gives a file another name in the same folder, durable on return. Throws std::system_error.
void rename_file(const std::filesystem::path& from, const std::filesystem::path& to);

// Overwrites the file's content in place, makes that durable, and removes it; nothing when it does
// not exist. Throws std::system_error. Best effort: a device that remaps blocks may keep the old
// ones.
void destroy_file(const std::filesystem::path& path);

// The whole file; nothing when it does not exist. Throws std::system_error, also above `bytes_max`.
std::optional<std::string> read_file(const std::filesystem::path& path, std::size_t bytes_max);

}  // namespace sspf::crypto
