// SPDX-License-Identifier: Apache-2.0
//
// A new file for its owner only, which disappears again unless it is kept.
#pragma once

#include <filesystem>
#include <string>

namespace sspf::cli {

class NewFile {
 public:
  // Throws a Failure when the file exists already, or cannot be made.
  explicit NewFile(std::string path);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  // Throws a Failure when not everything can be written.
  void write_all(const std::string& bytes);
  // Durable from here on. Throws a Failure.
  void keep();

 private:
  std::string path_;
  int number_;
  bool is_kept_ = false;
};

// A new folder for its owner only, likewise.
class NewFolder {
 public:
  explicit NewFolder(std::filesystem::path path);
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;
  ~NewFolder();

  // A file in it, with the folders above it.
  void write(const std::string& name, const std::string& bytes);
  void keep() { is_kept_ = true; }

 private:
  std::filesystem::path path_;
  bool is_kept_ = false;
};

}  // namespace sspf::cli
