// SPDX-License-Identifier: Apache-2.0
//
// Text on its way to a terminal: nothing in it is a control character, and it is as wide as said.
#include <algorithm>

#include "client/cli/plain_text.h"
#include "tests/fuzz/fuzz.h"

namespace sspf::test {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

void fuzz(std::string_view input) {
  const std::string plain = cli::escaped(input);
  ENSURE(std::none_of(plain.begin(), plain.end(), is_control));
  ENSURE(cli::escaped(plain) == plain);
  ENSURE(cli::display_width(cli::cut_to_width(plain, 20)) <= 20);
  for (const std::string& line : cli::wrapped(cli::escaped_lines(input), 20)) {
    ENSURE(cli::display_width(line) <= 20);
    ENSURE(std::none_of(line.begin(), line.end(), is_control));
  }
}

}  // namespace sspf::test
