// SPDX-License-Identifier: Apache-2.0
#include "tests/support/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include "server/base/ensure.h"

namespace sspf::test {
namespace {

constexpr std::chrono::seconds run_time_max{60};

int memory_file() {
  const int descriptor = memfd_create("output", MFD_CLOEXEC);
  ENSURE(descriptor >= 0);
  return descriptor;
}

// Without moving the offset, at which the program goes on writing.
std::string content_of(int descriptor) {
  std::string content;
  std::array<char, 16384> piece{};
  for (;;) {
    const ssize_t size =
        pread(descriptor, piece.data(), piece.size(), static_cast<off_t>(content.size()));
    if (size <= 0) return content;
    content.append(piece.data(), static_cast<std::size_t>(size));
  }
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& own) {
  std::vector<std::string> all;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string line = *each;
    if (!own.contains(line.substr(0, line.find('=')))) all.push_back(line);
  }
  for (const auto& [name, value] : own) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Not by fork(): a sanitizer's process is slow to copy. Nobody survives the test: the signal that
// the parent's end sends has to be asked for by the child, so a small program does that and becomes
// the one that is wanted.
pid_t spawn(std::vector<std::string> words, std::vector<std::string> environment, int out,
            int err) {
  words.insert(words.begin(), {"/usr/bin/setpriv", "--pdeathsig", "KILL", "--"});
  const std::vector<char*> word_pointers = pointers_to(words);
  const std::vector<char*> environment_pointers = pointers_to(environment);
  posix_spawn_file_actions_t files;
  ENSURE(posix_spawn_file_actions_init(&files) == 0);
  ENSURE(posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0);
  ENSURE(posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO) == 0);
  ENSURE(posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO) == 0);
  // Whatever the test, or who started it, has open.
  ENSURE(posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1) == 0);
  pid_t id = 0;
  ENSURE(posix_spawn(&id, word_pointers[0], &files, nullptr, word_pointers.data(),
                     environment_pointers.data()) == 0);
  ENSURE(posix_spawn_file_actions_destroy(&files) == 0);
  return id;
}

}  // namespace

Program::Program(const Start& start)
    : out_(memory_file()),
      err_(memory_file()),
      id_(spawn(start.words, environment_with(start.environment), out_, err_)) {}

Program::~Program() {
  if (!exit_code_) {
    signal(SIGKILL);
    exit_code(run_time_max);
  }
  close(out_);
  close(err_);
}

void Program::signal(int number) const {
  if (!exit_code_) kill(id_, number);
}

std::optional<int> Program::exit_code(std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!exit_code_) {
    int status = 0;
    if (waitpid(id_, &status, WNOHANG) == id_) {
      exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      break;
    }
    if (std::chrono::steady_clock::now() >= deadline) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return exit_code_;
}

std::string Program::out() const { return content_of(out_); }
std::string Program::err() const { return content_of(err_); }

Ended run(const Start& start) {
  Program program(start);
  const auto code = program.exit_code(run_time_max);
  return {code.value_or(-1), program.out(), program.err()};
}

}  // namespace sspf::test
