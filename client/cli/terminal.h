// SPDX-License-Identifier: Apache-2.0
//
// Where the program meets a person: what is read, what is written, and whether a person is there.
// Data goes to standard output, everything else to standard error.
#pragma once

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>

#include "crypto/secret.h"

namespace sspf::cli {

class Terminal {
 public:
  struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool in_is_terminal;
    bool out_is_terminal;
    bool err_is_terminal;
  };
  explicit Terminal(const Streams& streams);
  // Standard input, output and error of this process.
  static Terminal of_process();

  std::ostream& out() { return streams_.out; }
  std::ostream& err() { return streams_.err; }

  // Columns to fit output into; nothing when it does not go to a terminal. COLUMNS decides first.
  std::optional<std::size_t> width() const;
  // On a terminal, unless NO_COLOR is set or TERM is dumb.
  bool shows_colour() const;
  bool shows_colour_on_err() const;
  // Both sides of a conversation are a terminal.
  bool can_ask() const { return streams_.in_is_terminal && streams_.err_is_terminal; }

  // One line. Throws a Failure when nobody is there or the input ends.
  std::string ask(const std::string& question);
  // Without echo.
  crypto::Secret ask_secret(const std::string& question);
  // Lines up to a lone dot or the end of the input.
  std::string ask_lines(const std::string& question);
  // Everything on standard input; throws a Failure when it was read before.
  std::string read_all();

  // One line on standard error that is written over: nothing before a second has passed, nothing
  // when it is not a terminal.
  void show_progress(const std::string& text);
  void end_progress();
  // Progress counts from here.
  void begin_progress();

 private:
  std::string read_line();

  Streams streams_;
  bool is_read_ = false;
  bool has_progress_ = false;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace sspf::cli
