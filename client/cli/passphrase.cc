// SPDX-License-Identifier: Apache-2.0
#include "client/cli/passphrase.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "client/cli/failure.h"
#include "client/cli/language.h"

namespace sspf::cli {
namespace {

constexpr std::size_t bytes_max = 1024;
constexpr std::size_t bytes_min = 12;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

// Everything up to the first line feed. The buffer is wiped.
std::optional<crypto::Secret> first_line(const Descriptor& from) {
  std::array<std::uint8_t, bytes_max> buffer{};
  std::size_t size = 0;
  while (size < buffer.size()) {
    const auto count = read(from.number(), buffer.data() + size, buffer.size() - size);
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
  }
  const auto* const end = std::find(buffer.data(), buffer.data() + size, '\n');
  auto length = static_cast<std::size_t>(end - buffer.data());
  if (length > 0 && buffer.at(length - 1) == '\r') --length;
  crypto::Secret line(crypto::ByteView(buffer.data(), length));
  crypto::wipe(buffer);
  if (length == 0) return std::nullopt;
  return line;
}

crypto::Secret from_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts {};
  if (file.number() < 0 || fstat(file.number(), &facts) != 0) {
    throw local_failure(tr("The passphrase file cannot be read."));
  }
  // A pipe, as a shell's <(...), has no mode that means anything.
  if (S_ISREG(facts.st_mode) && (facts.st_mode & 077U) != 0) {
    throw local_failure(
        tr("The passphrase file is open to other users. Make it private with chmod 600."));
  }
  auto line = first_line(file);
  if (!line) throw local_failure(tr("The passphrase file is empty."));
  return std::move(*line);
}

// Runs the program with /bin/sh and takes the first line that it prints.
crypto::Secret from_program(const char* program) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw local_failure(tr("The passphrase program cannot be run."));
  }
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, writing.number(), STDOUT_FILENO);
  std::string shell = "sh";
  std::string option = "-c";
  std::string text = program;
  std::array<char*, 4> arguments{shell.data(), option.data(), text.data(), nullptr};
  pid_t child = 0;
  const int error = posix_spawn(&child, "/bin/sh", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw local_failure(tr("The passphrase program cannot be run."));
  writing.close();
  auto line = first_line(reading);
  int status = 0;
  waitpid(child, &status, 0);
  if (!line || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw local_failure(tr("The passphrase program gave no passphrase."));
  }
  return std::move(*line);
}

std::optional<crypto::Secret> without_asking(const std::string& file) {
  if (!file.empty()) return from_file(file);
  const char* const path = std::getenv("SSPF_PASSPHRASE_FILE");
  if (path != nullptr && *path != '\0') return from_file(path);
  const char* const program = std::getenv("SSPF_PASSPHRASE_COMMAND");
  if (program != nullptr && *program != '\0') return from_program(program);
  return std::nullopt;
}

}  // namespace

crypto::Secret passphrase(const std::string& file, Terminal& terminal) {
  if (auto given = without_asking(file)) return std::move(*given);
  if (!terminal.can_ask()) {
    throw not_signed_in_failure(
        tr("The passphrase of your key is needed. Give it with --passphrase-file, or see `sspf "
           "help environment`."));
  }
  return terminal.ask_secret(tr("Passphrase of your key:"));
}

crypto::Secret new_passphrase(const std::string& file, Terminal& terminal) {
  auto chosen = without_asking(file);
  const bool is_asked = !chosen.has_value();
  if (is_asked) chosen = terminal.ask_secret(tr("Choose a passphrase for your key:"));
  if (chosen->size() < bytes_min) {
    throw usage_failure(tr("The passphrase must have at least 12 characters."));
  }
  if (is_asked && !chosen->equals(terminal.ask_secret(tr("The same passphrase again:")))) {
    throw usage_failure(tr("The two passphrases differ."));
  }
  return std::move(*chosen);
}

}  // namespace sspf::cli
