// SPDX-License-Identifier: Apache-2.0
//
// The disk fails, or is full, at one system call. The server says nothing that it cannot know: it
// refuses the call, or ends so that the next start recovers what is durable.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/trouble.h"
#include "tests/crash/crash_site.h"

namespace sspf::test {
namespace {

using testing::AnyOf;
using testing::Eq;
using testing::StartsWith;

struct Failures {
  std::string name;
  std::string call;
  std::string error;
  std::vector<std::string> at;  // "3+": from the third on
  friend void PrintTo(const Failures& failures, std::ostream* out) { *out << failures.name; }
};

class DiskFails : public testing::TestWithParam<Failures> {};

TEST_P(DiskFails, NothingAcknowledgedIsLost) {
  if (strace_program().empty()) GTEST_SKIP() << "strace is not installed";
  const Failures& failures = GetParam();
  CrashSite site;
  for (const std::string& when : tried(failures.at)) {
    SCOPED_TRACE(when);
    const int exit_code =
        site.serve_with_fault(failures.call + ":error=" + failures.error + ":when=" + when, 20);
    // While it opens its files it may also say which of them it cannot read.
    EXPECT_THAT(exit_code,
                AnyOf(Eq(0), Eq(exit_codes::commit), Eq(exit_codes::key), Eq(exit_codes::database)))
        << site.log();
    if (exit_code == 0) {
      EXPECT_THAT(site.first_failure(), AnyOf(Eq(""), StartsWith("unavailable/")));
    }
    if (failures.call == "fdatasync" || failures.call == "fsync") {
      EXPECT_THAT(site.first_failure(), AnyOf(Eq(""), Eq("no answer")));
    }
    site.expect_nothing_lost();
  }
  EXPECT_GT(site.acknowledged(), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Crash, DiskFails,
    testing::Values(Failures{"OnASync", "fdatasync", "EIO", {"1", "3", "5", "6", "7", "8", "12"}},
                    Failures{"OnASyncOfAFile", "fsync", "EIO", {"1", "2", "3", "4"}},
                    Failures{"OnARename", "rename", "EIO", {"1", "2"}},
                    Failures{"OnAWrite", "pwrite64", "EIO", {"1", "10", "20", "40", "60", "80"}},
                    Failures{"WhenFull",
                             "pwrite64",
                             "ENOSPC",
                             {"1", "10", "20", "40", "60", "80", "40+", "60+", "100+"}}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace sspf::test
