// SPDX-License-Identifier: Apache-2.0
//
// The program `sspf`.
#include <string>
#include <vector>

#include "client/cli/run.h"

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  auto terminal = sspf::cli::Terminal::of_process();
  return sspf::cli::run(words, terminal);
}
