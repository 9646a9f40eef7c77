// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/client/support.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "client/cli/run.h"
#include "crypto/certificate.h"

namespace sspf::cli::test {
namespace {

constexpr std::int64_t day_seconds = 86400;

}  // namespace

User::User() {
  std::string pattern = std::filesystem::temp_directory_path() / "sspf-test-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
  set("SSPF_CONFIG_DIR", folder_ / "config");
  set("SSPF_STATE_DIR", folder_ / "state");
  set("SSPF_LANG", "en");
  for (const char* const name : {"SSPF_CONTEXT", "SSPF_OUTPUT", "SSPF_PASSPHRASE_FILE",
                                 "SSPF_PASSPHRASE_COMMAND", "NO_COLOR", "COLUMNS", "LC_ALL"}) {
    unset(name);
  }
}

User::~User() {
  for (const auto& [name, value] : before_) {
    if (value) {
      setenv(name.c_str(), value->c_str(), 1);
    } else {
      unsetenv(name.c_str());
    }
  }
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
}

void User::keep(const std::string& variable) {
  const char* const value = std::getenv(variable.c_str());
  before_.try_emplace(variable,
                      value == nullptr ? std::nullopt : std::optional(std::string(value)));
}

void User::set(const std::string& variable, const std::string& value) {
  keep(variable);
  setenv(variable.c_str(), value.c_str(), 1);
}

void User::unset(const std::string& variable) {
  keep(variable);
  unsetenv(variable.c_str());
}

std::string User::file(const std::string& name, const std::string& content) const {
  const std::string path = folder_ / name;
  std::ofstream(path, std::ios::binary) << content;
  chmod(path.c_str(), 0600);
  return path;
}

Ran run_at(At where, const Words& words, const std::string& input) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const bool is_terminal = where == At::terminal;
  Terminal terminal({in, out, err, is_terminal, is_terminal, is_terminal});
  const int exit = run(words, terminal);
  return {exit, out.str(), err.str()};
}

Ran run_program(const Words& words) { return run_at(At::pipes, words, ""); }

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool succeeds(const Words& command) {
  Words copies = command;
  std::vector<char*> arguments;
  for (auto& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return false;
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool is_installed(const std::string& program) {
  return succeeds({"sh", "-c", "command -v \"$0\"", program});
}

Authority::Authority()
    : key_(crypto::generate_private_key()),
      pem_(crypto::make_ca_certificate(key_, "Test CA", std::time(nullptr), 365)) {}

crypto::Digest Authority::fingerprint() const {
  return crypto::read_certificate(pem_).value().fingerprint;
}

std::string Authority::server_certificate(const crypto::Secret& key,
                                          const std::string& host) const {
  return crypto::issue_server_certificate(key_, pem_, key, {host}, std::time(nullptr), 30);
}

std::string Authority::client_certificate(const crypto::Secret& key, int days) const {
  return sign(crypto::make_signing_request(key), days);
}

std::string Authority::sign(const std::string& signing_request_pem, int days) const {
  // One that has expired began in the past.
  const std::int64_t begin = std::time(nullptr) - (days < 0 ? 100 * day_seconds : 0);
  const int length = days < 0 ? 100 + days : days;
  return crypto::issue_client_certificate(key_, pem_, signing_request_pem, std::string(32, 'a'),
                                          begin, length)
      .value();
}

}  // namespace sspf::cli::test
