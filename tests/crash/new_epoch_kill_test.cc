// SPDX-License-Identifier: Apache-2.0
//
// `sspfd new-epoch` is killed on its way into a system call that makes something durable. Run again
// it comes to the same end: one first event, one key, one checkpoint, and settings that fit.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <numeric>
#include <vector>

#include "tests/crash/crash_site.h"
#include "tests/support/restored_site.h"

namespace sspf::test {
namespace {

struct EpochKills {
  std::string name;
  std::string call;
  int calls;  // every one of them, and one more than there are
  friend void PrintTo(const EpochKills& kills, std::ostream* out) { *out << kills.name; }
};

class KilledInNewEpoch : public testing::TestWithParam<EpochKills> {
 protected:
  int begin_under(const std::string& fault) const {
    Start start = restored_.site().start_of(restored_.begin_words());
    const std::string calls = "trace=" + fault.substr(0, fault.find(':'));
    const Words strace{strace_program(), "-D", "-f",  "-qq", "-o",
                       "/dev/null",      "-e", calls, "-e",  "inject=" + fault};
    start.words.insert(start.words.begin(), strace.begin(), strace.end());
    // The leak sanitizer traces its own process, which can have one tracer only.
    start.environment["ASAN_OPTIONS"] = "detect_leaks=0";
    return run(start).exit_code;
  }
  void expect_begun_once() const {
    const Ended again = restored_.site().sspfd(restored_.begin_words());
    EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
    const Ended checked = restored_.site().sspfd({"check"});
    EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
    const auto events = restored_.events();
    EXPECT_EQ(events.size(), restored_.events_left() + 1);
    EXPECT_EQ(events.back().new_epoch().last_checkpoint(), restored_.old_note());
    EXPECT_EQ(restored_.site().config().audit.origin, RestoredSite::new_origin);
    restored_.live(1);
  }

  const RestoredSite restored_;
};

TEST_P(KilledInNewEpoch, RunAgainItEndsWell) {
  if (strace_program().empty()) GTEST_SKIP() << "strace is not installed";
  const EpochKills& kills = GetParam();
  const std::string settings = read_whole(restored_.site().config_file());
  std::vector<int> places(static_cast<std::size_t>(kills.calls));
  std::iota(places.begin(), places.end(), 1);
  places = tried(places);
  int killed = 0;
  for (const int when : places) {
    SCOPED_TRACE(when);
    restored_.put_back("newest", {"keystore", "keys", "log"});
    restored_.put_back("older", {"data"});
    write_private(restored_.site().config_file(), settings);
    const int ended = begin_under(kills.call + ":signal=SIGKILL:when=" + std::to_string(when));
    EXPECT_TRUE(ended == 0 || ended == 128 + SIGKILL) << ended;
    if (ended != 0) ++killed;
    expect_begun_once();
  }
  EXPECT_GT(killed, 0);
  EXPECT_LT(killed, static_cast<int>(places.size())) << "there are more of these calls";
}

INSTANTIATE_TEST_SUITE_P(Crash, KilledInNewEpoch,
                         testing::Values(EpochKills{"BeforeASync", "fdatasync", 16},
                                         EpochKills{"BeforeAFileIsSynced", "fsync", 8},
                                         EpochKills{"BeforeARename", "rename", 4}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace sspf::test
