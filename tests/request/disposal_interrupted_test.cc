// SPDX-License-Identifier: Apache-2.0
//
// A disposal that is cut short after its commit, in each state that it can leave on disk: the next
// start finishes it before anything is served. The states are made from copies of the files.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/disposing.h"
#include "tests/support/site.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;

// What is on disk beside the database, which says that the case is disposed of.
struct State {
  std::string name;
  bool old_keystore = false;
  bool old_epoch = false;
  bool new_epoch = false;
  std::string remains;  // a file that was being written or destroyed
  friend void PrintTo(const State& state, std::ostream* out) { *out << state.name; }
};

class Interrupted : public testing::TestWithParam<State> {
 protected:
  Disposing town;
  TestServer& server = town.load.server;
  const Config& config = server.config();

  void put(const fs::path& file, const std::string& content) {
    fs::remove(file);
    std::ofstream(file, std::ios::binary) << content;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  }
};

TEST_P(Interrupted, IsFinishedByTheNextStart) {
  const std::string kept = town.load.mapped();
  const std::string number = town.old_group();
  const KeyId key = KeyId::of(crypto::view_of(town.id_of(number)));
  const std::string list = town.list();
  town.review_all(list);
  server.close();
  const std::string keystore_before = read_whole(config.keystore_file());
  const std::string epoch_before = read_whole(config.epoch_key_file(1));
  server.restart();
  town.execute(list);
  const std::uint64_t events = server.event_count();
  server.close();

  const State& state = GetParam();
  if (state.old_keystore) put(config.keystore_file(), keystore_before);
  if (state.old_epoch) put(config.epoch_key_file(1), epoch_before);
  if (!state.new_epoch) fs::remove(config.epoch_key_file(2));
  if (!state.remains.empty()) put(config.paths.key_directory / state.remains, "0123");
  {
    // `check` tells, and leaves it.
    OpenInstallation looked(
        config, [] { return Instant(); }, OpenInstallation::CheckLog::no);
    EXPECT_TRUE(looked.has_unfinished_disposal());
    EXPECT_EQ(looked.keystore().find(key).has_value(), state.old_keystore);
  }
  server.restart();
  EXPECT_FALSE(server.installation().has_unfinished_disposal());
  EXPECT_FALSE(server.installation().keystore().find(key));
  EXPECT_FALSE(fs::exists(config.epoch_key_file(1)));
  EXPECT_TRUE(fs::exists(config.epoch_key_file(2)));
  EXPECT_FALSE(fs::exists(config.paths.key_directory / state.remains) && !state.remains.empty());
  EXPECT_EQ(town.load.show(town.coordinator, kept).number(), kept);
  const auto log = server.events();
  ASSERT_GT(log.size(), events);
  EXPECT_EQ(log.at(events).rpc(), "server/disposal_finished");
  // And not once more.
  server.close();
  server.restart();
  EXPECT_EQ(server.events().at(server.event_count() - 1).rpc(), "sspf.v1.CaseService/GetCase");
}

INSTANTIATE_TEST_SUITE_P(
    Disposal, Interrupted,
    testing::Values(State{"BeforeTheNewEpoch", true, true, false, ""},
                    State{"WhileTheNewEpochIsWritten", true, true, false, "epoch-2.key.new"},
                    State{"BeforeTheKeystore", true, true, true, ""},
                    State{"BeforeTheOldEpochIsDestroyed", false, true, true, ""},
                    State{"WhileTheOldEpochIsDestroyed", false, false, true, "epoch-1.key.old"}),
    [](const auto& each) { return each.param.name; });

TEST(DisposalFails, WhenTheKeyFolderCannotBeWrittenAndNothingIsDisposedOf) {
  Disposing town;
  const std::string number = town.old_group();
  const std::string list = town.list();
  town.review_all(list);
  // In the place of the new key there is something that cannot be overwritten.
  const fs::path blocked = town.load.server.config().paths.key_directory / "epoch-2.key.new";
  fs::create_directory(blocked);
  const Answered answered = town.load.server.call(
      town.executor, "sspf.v1.DisposalService/ExecuteDisposal", execution_of(list));
  EXPECT_EQ(answered.summary(), "unavailable/audit_unavailable");
  EXPECT_EQ(town.retention(number).status(), v1::RETENTION_STATUS_DUE);
  EXPECT_FALSE(town.show(list).list().has_executed_at());
  fs::remove(blocked);
  town.execute(list);
  EXPECT_FALSE(fs::exists(town.load.server.config().epoch_key_file(1)));
}

// The commit is durable and the keys are not destroyed: nothing is answered, and the start
// finishes.
TEST(DisposalFails, ClosedWhenTheOldKeyCannotBeDestroyed) {
  Disposing town;
  TestServer& server = town.load.server;
  const std::string number = town.old_group();
  const std::string list = town.list();
  town.review_all(list);
  const fs::path blocked = server.config().paths.key_directory / "epoch-1.key.old";
  fs::create_directories(blocked / "x");
  EXPECT_THROW(
      server.call(town.executor, "sspf.v1.DisposalService/ExecuteDisposal", execution_of(list)),
      store::CommitUnknown);
  server.close();
  EXPECT_THROW(server.restart(), Trouble);
  fs::remove_all(blocked);
  server.restart();
  EXPECT_FALSE(server.installation().has_unfinished_disposal());
  EXPECT_FALSE(fs::exists(server.config().epoch_key_file(1)));
  EXPECT_EQ(town.show(list).list().disposed(), 1U);
}

}  // namespace
}  // namespace sspf::test
