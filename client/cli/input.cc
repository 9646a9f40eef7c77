// SPDX-License-Identifier: Apache-2.0
#include "client/cli/input.h"

#include <fstream>
#include <iterator>

#include "client/cli/failure.h"
#include "client/cli/language.h"

namespace sspf::cli {
namespace {

constexpr std::size_t input_bytes_max = std::size_t{1024} * 1024;

std::string without_last_line_feed(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

std::string file_content(const std::string& path, const std::string& flag) {
  std::ifstream file(path, std::ios::binary);
  std::string content;
  if (file) content.assign(std::istreambuf_iterator<char>(file), {});
  if (!file || file.bad()) {
    throw usage_failure(fill(tr("The file given for {0} cannot be read."), {flag}));
  }
  if (content.size() > input_bytes_max) {
    throw usage_failure(fill(tr("The file given for {0} is too large."), {flag}));
  }
  return content;
}

}  // namespace

std::string value_given(const std::string& given, const Wanted& wanted, Terminal& terminal) {
  if (given == "-") {
    if (terminal.can_ask()) return value_asked(wanted.flag, wanted, terminal);
    return without_last_line_feed(terminal.read_all());
  }
  if (given.starts_with('@')) {
    return without_last_line_feed(file_content(given.substr(1), wanted.flag));
  }
  if (wanted.is_sealed) {
    throw usage_failure(
        fill(tr("{0} must not be written on the command line, where other users can see it. Leave "
                "it out to be asked, or give - (standard input), @FILE or --from."),
             {wanted.flag}));
  }
  return given;
}

std::string value_asked(const std::string& question, const Wanted& wanted, Terminal& terminal) {
  return wanted.is_long ? terminal.ask_lines(question) : terminal.ask(question + ":");
}

std::string content_of(const std::string& given, const std::string& flag, Terminal& terminal) {
  return given == "-" ? terminal.read_all() : file_content(given, flag);
}

}  // namespace sspf::cli
