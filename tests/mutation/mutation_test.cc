// SPDX-License-Identifier: Apache-2.0
//
// Removing any single municipality or agency predicate from any query makes a test fail:
// tests/vectors/predicates.txt names the predicate and the test of request_test that notices. Each
// is run here with the predicate taken away, and has to fail.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

#include "tests/mutation/predicates.h"
#include "tests/places/places.h"

namespace sspf::test {
namespace {

// By the name of the mutant.
std::map<std::string, std::string> noticing_tests() {
  std::map<std::string, std::string> tests;
  std::ifstream file(source_folder() / "tests/vectors/predicates.txt");
  for (std::string line; std::getline(file, line);) {
    const std::size_t arrow = line.find(" -> ");
    if (line.empty() || line[0] == '#' || arrow == std::string::npos) continue;
    tests[line.substr(0, arrow)] = line.substr(arrow + 4);
  }
  return tests;
}

struct Ran {
  int status = -1;
  std::string said;
};

Ran run_with(const Mutant& mutant, const std::string& test) {
  setenv("SSPF_MUTANT_FROM", mutant.from.c_str(), 1);
  setenv("SSPF_MUTANT_TO", mutant.to.c_str(), 1);
  const std::string command =
      (build_folder() / "tests/request_test").string() + " --gtest_filter=" + test + " 2>&1";
  Ran ran;
  FILE* const child = popen(command.c_str(), "r");
  if (child == nullptr) return ran;
  std::array<char, 4096> piece{};
  while (const std::size_t size = std::fread(piece.data(), 1, piece.size(), child)) {
    ran.said.append(piece.data(), size);
  }
  ran.status = pclose(child);
  return ran;
}

TEST(Predicates, AreAllListedWithTheTestThatNotices) {
  std::string not_listed;
  std::string stale;
  auto listed = noticing_tests();
  for (const Mutant& mutant : mutants()) {
    if (listed.erase(mutant.name) == 0) not_listed += mutant.name + "\n";
  }
  for (const auto& [name, test] : listed) stale += name + "\n";
  EXPECT_EQ(not_listed, "");
  EXPECT_EQ(stale, "");
}

class Predicate : public testing::TestWithParam<Mutant> {};

TEST_P(Predicate, IsMissedWhenItIsGone) {
  const auto tests = noticing_tests();
  const auto found = tests.find(GetParam().name);
  if (found == tests.end()) GTEST_SKIP() << "AreAllListedWithTheTestThatNotices fails";
  const Ran ran = run_with(GetParam(), found->second);
  EXPECT_NE(ran.status, 0) << found->second
                           << " does not notice that this is gone: " << GetParam().name;
  // A test that ran, and failed by an expectation of its own.
  EXPECT_NE(ran.said.find("1 FAILED TEST"), std::string::npos) << ran.said;
}

std::string name_of(const testing::TestParamInfo<Mutant>& info) {
  std::string name = info.param.name;
  std::string plain;
  for (const char each : name) {
    if (std::isalnum(static_cast<unsigned char>(each)) != 0) plain += each;
    if (each == '|') plain += '_';
  }
  return plain;
}

INSTANTIATE_TEST_SUITE_P(Each, Predicate, testing::ValuesIn(mutants()), name_of);

}  // namespace
}  // namespace sspf::test
