// SPDX-License-Identifier: Apache-2.0
//
// One process at a time opens an installation (evidence.md 0.2): an advisory lock on a file in the
// data directory, held as long as this object lives.
#pragma once

#include <filesystem>

namespace sspf {

class InstallationLock {
 public:
  // Throws Trouble (config) when another process holds it.
  explicit InstallationLock(const std::filesystem::path& data_directory);
  ~InstallationLock();
  InstallationLock(const InstallationLock&) = delete;
  InstallationLock& operator=(const InstallationLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace sspf
