// SPDX-License-Identifier: Apache-2.0
//
// A program as a process of its own: started without a shell, its output kept in memory, and ended
// with the test at the latest.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sspf::test {

// A server is ready, and stops, within this on the slowest machine under a sanitizer.
inline constexpr std::chrono::seconds ready_time_max{60};
inline constexpr std::chrono::seconds stop_time_max{10};

struct Start {
  std::vector<std::string> words;                  // the program's path and its arguments
  std::map<std::string, std::string> environment;  // beside what this process has
};

class Program {
 public:
  explicit Program(const Start& start);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  pid_t id() const { return id_; }
  void signal(int number) const;
  // The exit code, 128 + n after signal n; nothing while it runs still after `patience`.
  std::optional<int> exit_code(std::chrono::milliseconds patience);
  std::string out() const;
  std::string err() const;

 private:
  int out_;
  int err_;
  pid_t id_ = -1;
  std::optional<int> exit_code_;
};

// How a program ended that ran to its end; exit code -1 when it had to be killed after 60 s.
struct Ended {
  int exit_code = -1;
  std::string out;
  std::string err;
};
Ended run(const Start& start);

}  // namespace sspf::test
