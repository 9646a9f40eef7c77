// SPDX-License-Identifier: Apache-2.0
//
// A user without a terminal window: folders of their own, an environment of their own, and the
// program run inside the test.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/arguments.h"
#include "client/cli/context.h"
#include "client/cli/layout.h"
#include "crypto/secret.h"

namespace sspf::cli::test {

using Words = std::vector<std::string>;

// Temporary configuration and state folders; the variables that the program reads are set to them
// or unset, and put back at the end.
class User {
 public:
  User();
  User(const User&) = delete;
  User& operator=(const User&) = delete;
  ~User();

  const std::filesystem::path& folder() const { return folder_; }
  void set(const std::string& variable, const std::string& value);
  void unset(const std::string& variable);
  // A file in the folder with mode 0600; returns its path.
  std::string file(const std::string& name, const std::string& content) const;
  ContextStore store() const { return ContextStore::of_user(); }

 private:
  void keep(const std::string& variable);

  std::filesystem::path folder_;
  std::map<std::string, std::optional<std::string>> before_;
};

struct Ran {
  int exit = 0;
  std::string out;
  std::string err;
};

enum class At { pipes, terminal };

// The program in English, unless the words or the environment say otherwise.
Ran run_at(At where, const Words& words, const std::string& input);
Ran run_program(const Words& words);

std::string read_file(const std::string& path);
// True when the shell command ends well; its output is thrown away.
bool succeeds(const Words& command);
bool is_installed(const std::string& program);

inline const Page wide{std::nullopt, false};

// A CA and what it signs.
class Authority {
 public:
  Authority();
  const std::string& pem() const { return pem_; }
  crypto::Digest fingerprint() const;
  std::string server_certificate(const crypto::Secret& key, const std::string& host) const;
  // Valid for `days` from now; negative is past.
  std::string client_certificate(const crypto::Secret& key, int days) const;
  std::string sign(const std::string& signing_request_pem, int days) const;

 private:
  crypto::Secret key_;
  std::string pem_;
};

}  // namespace sspf::cli::test
