// SPDX-License-Identifier: Apache-2.0
//
// Plays every file of a folder to one fuzz target. An empty corpus is an error.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/fuzz/fuzz.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::size_t played = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::ostringstream content;
    content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    std::cout << entry.path().filename().string() << std::endl;  // named, should it end here
    sspf::test::fuzz(content.str());
    ++played;
  }
  std::cout << played << " inputs\n";
  return played == 0 ? 1 : 0;
}
