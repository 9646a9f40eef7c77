// SPDX-License-Identifier: Apache-2.0
//
// Failure: why a command did not do what was asked. Thrown anywhere, caught once in `run`, which
// turns it into one message and one exit code.
#pragma once

#include <exception>
#include <memory>
#include <string>

namespace sspf::cli {

// The exit codes of the program: a promise to scripts (`sspf help exit-codes`).
enum class Exit {
  ok = 0,
  usage_or_local = 1,
  server_or_transport = 2,
  denied = 3,
  not_signed_in = 4,
  not_found = 5,
  conflict = 6,
  verification_failed = 7,
  // Of `audit verify` and `incident verify` alone.
  tampered = 1,
  cannot_tell = 2,
};

// `code` is the server's code as on the wire, or one of the client's own: usage, local, transport,
// not_found, not_signed_in, verification_failed. No text holds a value that the user or the server
// gave.
struct Problem {
  Exit exit = Exit::usage_or_local;
  std::string code;
  std::string reason;  // the server's stable name, "stale_version"; empty from the client
  std::string field;   // path of the request field, "draft.due_date"; empty when none
  std::string message;
};

class Failure : public std::exception {
 public:
  explicit Failure(Problem problem)
      : problem_(std::make_shared<const Problem>(std::move(problem))) {}
  const Problem& problem() const { return *problem_; }
  const char* what() const noexcept override { return problem_->message.c_str(); }

 private:
  std::shared_ptr<const Problem> problem_;  // shared, so that copying cannot throw
};

// The client's own failures; `message` is already in the user's language.
Failure usage_failure(std::string message);
Failure local_failure(std::string message);
Failure transport_failure(std::string message);
Failure not_found_failure(std::string message);
Failure not_signed_in_failure(std::string message);
Failure verification_failure(std::string message);

// The exit code for a code of the Connect protocol; for an unknown one, server_or_transport.
Exit exit_of(const std::string& wire_code);

}  // namespace sspf::cli
