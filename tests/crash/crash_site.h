// SPDX-License-Identifier: Apache-2.0
//
// An installation whose server is made to fail at a chosen system call while a client writes, and
// the judgement on what is left: everything acknowledged is there once, with its event, and
// nothing is there by halves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sspf/v1/account.pb.h"
#include "sspf/v1/audit.pb.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"

namespace sspf::test {

// Where strace is; empty when it is not installed.
std::string strace_program();

// Of the places at which something is to fail, those that are tried: all, and under a sanitizer,
// where programs take several times as long to start, every third of many, and the last.
template <typename Place>
std::vector<Place> tried(std::vector<Place> places) {
#ifdef SSPF_SANITIZED
  constexpr std::size_t few = 4;
  constexpr std::size_t step = 3;
  if (places.size() <= few) return places;
  std::vector<Place> fewer;
  for (std::size_t i = 0; i + 1 < places.size(); i += step) fewer.push_back(places[i]);
  fewer.push_back(places.back());
  return fewer;
#else
  return places;
#endif
}

class CrashSite {
 public:
  CrashSite();

  // Serves under strace with this fault ("fdatasync:signal=SIGKILL:when=3") while a client writes,
  // at most `writes` times; then ends the server, if it did not end by itself. Its exit code.
  int serve_with_fault(const std::string& fault, int writes);
  // What the last server said.
  const std::string& log() const { return log_; }
  // How the last client's first write without success was answered; empty when there was none.
  const std::string& first_failure() const { return first_failure_; }

  std::size_t acknowledged() const { return acknowledged_.size(); }

  // Checks the files, starts the server again, repeats what was not acknowledged and what was
  // acknowledged last, and compares all with the list and the log.
  void expect_nothing_lost();

 private:
  struct Write {
    v1::CreateMunicipalityRequest request;
    std::string answer;
  };
  Write next_write();
  void write_until_failure(Caller& caller, int writes);
  void repeat(Caller& caller);
  void expect_listed(Caller& caller) const;
  void expect_logged(const std::string& export_file) const;

  Site site_;
  Person auditor_;
  ClientIdentity root_;
  std::vector<Write> acknowledged_;
  std::optional<Write> in_doubt_;
  std::string first_failure_;
  std::string log_;
  int written_ = 0;
  int exports_ = 0;
};

}  // namespace sspf::test
