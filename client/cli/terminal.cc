// SPDX-License-Identifier: Apache-2.0
#include "client/cli/terminal.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string_view>

#include "client/cli/failure.h"
#include "client/cli/language.h"

namespace sspf::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto quiet_time = 1s;
constexpr std::size_t secret_bytes_max = std::size_t{1024} * 1024;
constexpr std::size_t width_min = 20;

// Switches echo off for as long as it lives; does nothing when standard input is no terminal.
class EchoOff {
 public:
  EchoOff() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;
  ~EchoOff() {
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }

 private:
  termios before_{};
  bool is_terminal_;
};

bool wants_no_colour() {
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const term = std::getenv("TERM");
  const bool is_refused = no_colour != nullptr && *no_colour != '\0';
  return is_refused || (term != nullptr && std::string_view(term) == "dumb");
}

std::optional<std::size_t> width_of_environment() {
  const char* const columns = std::getenv("COLUMNS");
  if (columns == nullptr) return std::nullopt;
  const std::string_view text(columns);
  std::size_t width = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return width < width_min ? std::nullopt : std::optional(width);
}

}  // namespace

Terminal::Terminal(const Streams& streams)
    : streams_(streams), began_(std::chrono::steady_clock::now()) {}

Terminal Terminal::of_process() {
  return Terminal({std::cin, std::cout, std::cerr, isatty(STDIN_FILENO) == 1,
                   isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1});
}

std::optional<std::size_t> Terminal::width() const {
  if (!streams_.out_is_terminal) return std::nullopt;
  if (const auto width = width_of_environment()) return width;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= width_min) {
    return size.ws_col;
  }
  return 80;
}

bool Terminal::shows_colour() const { return streams_.out_is_terminal && !wants_no_colour(); }
bool Terminal::shows_colour_on_err() const {
  return streams_.err_is_terminal && !wants_no_colour();
}

std::string Terminal::ask(const std::string& question) {
  if (!can_ask()) {
    throw usage_failure(tr("There is no terminal to ask on. See `sspf help input`."));
  }
  end_progress();
  streams_.err << question << ' ' << std::flush;
  return read_line();
}

crypto::Secret Terminal::ask_secret(const std::string& question) {
  std::string answer;
  {
    const EchoOff off;
    answer = ask(question);
  }
  streams_.err << '\n' << std::flush;
  crypto::Secret secret(crypto::view_of(answer));
  crypto::wipe(answer);
  return secret;
}

std::string Terminal::ask_lines(const std::string& question) {
  std::string text = ask(fill(tr("{0} (end with a line that holds only a dot):\n>"), {question}));
  std::string line = text;
  for (text.clear(); line != ".";) {
    text += line + '\n';
    streams_.err << "> " << std::flush;
    if (!std::getline(streams_.in, line)) break;
  }
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string Terminal::read_all() {
  if (is_read_) {
    throw usage_failure(
        tr("Only one value can come from standard input. Give the whole request with --from -."));
  }
  is_read_ = true;
  std::string text(std::istreambuf_iterator<char>(streams_.in), {});
  if (text.size() > secret_bytes_max) throw usage_failure(tr("The input is too large."));
  return text;
}

std::string Terminal::read_line() {
  std::string line;
  if (!std::getline(streams_.in, line)) {
    throw usage_failure(tr("The input ended before an answer was given."));
  }
  return line;
}

void Terminal::begin_progress() { began_ = std::chrono::steady_clock::now(); }

void Terminal::show_progress(const std::string& text) {
  if (!streams_.err_is_terminal) return;
  if (std::chrono::steady_clock::now() - began_ < quiet_time) return;
  has_progress_ = true;
  streams_.err << "\r\x1b[K" << text << std::flush;
}

void Terminal::end_progress() {
  if (has_progress_) streams_.err << "\r\x1b[K" << std::flush;
  has_progress_ = false;
}

}  // namespace sspf::cli
