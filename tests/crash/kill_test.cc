// SPDX-License-Identifier: Apache-2.0
//
// The server is killed on its way into a system call that makes something durable, over and over
// on the same installation.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/crash/crash_site.h"

namespace sspf::test {
namespace {

struct Kills {
  std::string name;
  std::string call;
  std::vector<int> at;  // the how manieth of one thread
  friend void PrintTo(const Kills& kills, std::ostream* out) { *out << kills.name; }
};

// Enough for the last of the calls below to be reached.
constexpr int writes = 20;

class Killed : public testing::TestWithParam<Kills> {};

TEST_P(Killed, EveryAcknowledgedWriteIsThereWithItsEvent) {
  if (strace_program().empty()) GTEST_SKIP() << "strace is not installed";
  const Kills& kills = GetParam();
  CrashSite site;
  for (const int when : tried(kills.at)) {
    SCOPED_TRACE(when);
    const std::string fault = kills.call + ":signal=SIGKILL:when=" + std::to_string(when);
    EXPECT_EQ(site.serve_with_fault(fault, writes), 128 + SIGKILL) << site.log();
    site.expect_nothing_lost();
  }
  EXPECT_GT(site.acknowledged(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Crash, Killed,
                         testing::Values(Kills{"BeforeAWrite",
                                               "pwrite64",
                                               {1, 5, 12, 20, 27, 34, 41, 48, 55, 62, 69, 76, 90,
                                                104, 118, 132, 160}},
                                         Kills{"BeforeASync",
                                               "fdatasync",
                                               {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18}},
                                         Kills{"BeforeAFileIsSynced", "fsync", {1, 2, 3, 4}},
                                         Kills{"BeforeARename", "rename", {1, 2}},
                                         Kills{"BeforeAReply", "sendmsg", {1, 2, 3, 4, 6, 8, 12}}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace sspf::test
