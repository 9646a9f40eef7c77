// SPDX-License-Identifier: Apache-2.0
//
// An installation made by the real `sspfd init`, the real server on free ports of 127.0.0.1, and
// the real `sspf` of somebody with a folder of their own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/base/config.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace sspf::test {

using Words = std::vector<std::string>;

class Site {
 public:
  // With limits that tests do not meet by accident.
  Site();

  const std::filesystem::path& folder() const { return folder_.path(); }
  std::filesystem::path config_file() const { return folder() / "sspfd.toml"; }
  Config config() const;
  // The one-time code of the first administrator, "root".
  const std::string& code() const { return code_; }

  // Runs `sspfd --config FILE words...` to its end.
  Ended sspfd(const Words& words) const;
  Start start_of(const Words& words) const;
  // Replaces the first `old` in the file of settings.
  void edit(const std::string& old, const std::string& replacement) const;

 private:
  TemporaryFolder folder_;
  std::string code_;
};

// `sspfd serve` of a site.
class SiteServer {
 public:
  // Throws std::runtime_error with what the server said, unless it becomes ready.
  explicit SiteServer(const Site& site);
  // Runs it under another program, as strace, and does not wait for it.
  SiteServer(const Site& site, const Words& under);

  bool becomes_ready();  // false when it ended instead
  std::uint16_t port() const { return port_; }
  std::uint16_t admin_port() const { return admin_port_; }
  std::string address() const { return "localhost:" + std::to_string(port_); }
  Program& program() { return program_; }
  std::string log() const { return program_.err(); }

  // The exit code after SIGTERM; -1 when it does not end within ten seconds.
  int stop();
  // What the admin port answers, head and body.
  std::string ask_admin(const std::string& path) const;
  // A value of /metrics.
  std::uint64_t metric(const std::string& name) const;

 private:
  Program program_;
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;
};

inline constexpr std::string_view person_passphrase = "a long passphrase of a test";

class Person {
 public:
  Person(const Site& site, std::string handle);

  // Runs `sspf words...` to its end, in English.
  Ended sspf(const Words& words) const;
  // Likewise with --output json: the object on standard output. Throws std::runtime_error unless
  // it was done, and nothing else was said.
  nlohmann::json did(const Words& words) const;
  // The "error" of the object on standard error. Throws std::runtime_error unless the command ended
  // with this code and answered nothing.
  nlohmann::json refused(int exit_code, const Words& words) const;
  // By the real `sspf enroll`, which takes its time for the passphrase; join.h is quicker.
  Ended enroll(const std::string& address, const std::string& code) const;
  // The server has another port since it was started anew.
  void point_to(const std::string& address) const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path passphrase_file_;
};

// How a command ended as one text, to compare two of them byte by byte.
std::string whole(const Ended& ended);

// A new file with this content that only its owner can read.
void write_private(const std::filesystem::path& file, const std::string& content);
std::string read_whole(const std::filesystem::path& file);

}  // namespace sspf::test
