// SPDX-License-Identifier: Apache-2.0
//
// Every way in which somebody with the machine and its keys can change the log, on the real files
// of a real server: it stays closed, or a verifier names the first bad event (trust.md 5).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "crypto/audit_export.h"
#include "crypto/derive.h"
#include "server/installation.h"
#include "server/store/sqlite.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"
#include "tests/support/verifiers.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t page_bytes = 4096;
constexpr int closed_by_database = 4;
constexpr int closed_by_log = 5;

// What lies on disk at one moment.
class Snapshot {
 public:
  explicit Snapshot(const Site& site) {
    for (const auto& folder : folders) {
      fs::copy(site.folder() / folder, copy_.path() / folder, fs::copy_options::recursive);
    }
  }
  void restore(const Site& site) const {
    for (const auto& folder : folders) restore(site, folder);
  }
  void restore(const Site& site, const std::string& folder) const {
    fs::remove_all(site.folder() / folder);
    fs::copy(copy_.path() / folder, site.folder() / folder, fs::copy_options::recursive);
  }
  fs::path file(const std::string& name) const { return copy_.path() / name; }

 private:
  static inline const std::vector<std::string> folders{"data", "keystore", "keys", "log"};
  TemporaryFolder copy_;
};

// One log with three moments of its life, made once for all rows: while it was shorter, when it was
// stopped later, and as a killed server left it, with commits in the write-ahead log alone.
struct Life {
  Site site;
  std::unique_ptr<Snapshot> early;
  std::unique_ptr<Snapshot> late;
  std::unique_ptr<Snapshot> killed;
  std::unique_ptr<Snapshot> forked;  // went on from `early` in another way
  ClientIdentity root;
  std::string key;  // the log's verifier key

  Life() {
    live([](SiteServer&) {}, 3, true);
    early = std::make_unique<Snapshot>(site);
    live([](SiteServer&) {}, 40, false);
    late = std::make_unique<Snapshot>(site);
    live(
        [](SiteServer& server) {
          std::this_thread::sleep_for(std::chrono::milliseconds(2500));  // a checkpoint covers it
          server.program().signal(SIGKILL);
          server.program().exit_code(std::chrono::seconds(10));
        },
        30, false);
    killed = std::make_unique<Snapshot>(site);
    early->restore(site);
    live([](SiteServer&) {}, 80, false);
    forked = std::make_unique<Snapshot>(site);
    late->restore(site);
    key = OpenInstallation(site.config(), system_clock(), OpenInstallation::CheckLog::yes)
              .checkpointer()
              .verifier()
              .text();
  }

 private:
  void live(const std::function<void(SiteServer&)>& end, int calls, bool first) {
    SiteServer server(site);
    if (first) root = enroll(server.port(), site.code());
    Caller caller(server.port(), root);
    for (int i = 0; i < calls; ++i) {
      caller.get<v1::WhoAmIResponse>("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
    }
    end(server);
    if (!server.program().exit_code(std::chrono::milliseconds(0))) server.stop();
  }
};

class Tampered : public testing::Test {
 protected:
  static void SetUpTestSuite() { life_ = std::make_unique<Life>(); }
  static void TearDownTestSuite() { life_.reset(); }
  Tampered() { life_->late->restore(life_->site); }

  const Site& site() const { return life_->site; }
  const Life& life() const { return *life_; }
  fs::path database() const { return site().config().database_file(); }

  void sql(const std::string& script) {
    const crypto::Secret key =
        crypto::derive(read_key(site().config().root_key_file()), "sspf/database/v1");
    store::Connection(database().string(), key, store::OpenMode::existing)
        .run_script(
            "DROP TRIGGER audit_event_is_final_1; DROP TRIGGER audit_event_is_final_2;"
            "DROP TRIGGER audit_node_is_final_1; DROP TRIGGER audit_node_is_final_2;"
            "DROP TRIGGER audit_checkpoint_is_final_2; PRAGMA foreign_keys = OFF;" +
            script);
  }

  // The log as the server would hand it out, whatever it thinks of it.
  std::string exported() {
    OpenInstallation open(site().config(), system_clock(), OpenInstallation::CheckLog::no);
    store::Batch batch(open.database());
    store::Unit unit(batch);
    const store::AuditLog& log = unit.tables().audit_log;
    std::string bytes = crypto::export_header(log.newest_checkpoint());
    for (const auto& entry : log.range(0, log.size(), 1'000'000)) {
      crypto::append_export_entry(bytes, crypto::view_of(entry.bytes));
    }
    return bytes;
  }
  // Every checkpoint that was ever shown to somebody before the log was changed.
  std::vector<std::string> kept() {
    const crypto::Secret key =
        crypto::derive(read_key(site().config().root_key_file()), "sspf/database/v1");
    store::Connection connection(life().late->file("data/sspf.db").string(), key,
                                 store::OpenMode::existing);
    std::vector<std::string> notes;
    store::Query query(connection, "SELECT note FROM audit_checkpoint ORDER BY size");
    while (query.step()) notes.push_back(query.text(0));
    return notes;
  }

  int exit_of_start() { return site().sspfd({"check"}).exit_code; }
  Judgement judge(const std::vector<std::string>& kept_notes) {
    return judged_by_both(site().folder(), exported(), life().key, kept_notes);
  }

  void expect_closed() {
    EXPECT_EQ(exit_of_start(), closed_by_log);
    EXPECT_EQ(site().sspfd({"serve"}).exit_code, closed_by_log);
  }

 private:
  static inline std::unique_ptr<Life> life_;
};

TEST_F(Tampered, ButNotWhenNobodyTouchedIt) {
  EXPECT_EQ(exit_of_start(), 0);
  EXPECT_EQ(judge(kept()), (Judgement{0, ""}));
  life().killed->restore(site());
  EXPECT_EQ(exit_of_start(), 0);
  EXPECT_EQ(judge(kept()), (Judgement{0, ""}));
}

TEST_F(Tampered, AnEditedEventIsInTheStretchThatNoCheckpointCovers) {
  sql("UPDATE audit_event SET event = CAST(substr(event, 1, length(event) - 1) || "
      "CASE substr(event, -1) WHEN x'41' THEN x'42' ELSE x'41' END AS BLOB) "
      "WHERE sequence = 20;");
  const Judgement judgement = judge(kept());
  EXPECT_EQ(judgement.exit_code, 1);
  EXPECT_LE(std::stoi(judgement.first_bad_event), 20);
  EXPECT_EQ(judge({}).exit_code, 1);
}

TEST_F(Tampered, ADeletedEventIsNamed) {
  sql("DELETE FROM audit_event WHERE sequence = 20;");
  EXPECT_EQ(judge({}), (Judgement{1, "20"}));
}

TEST_F(Tampered, AnInsertedEventIsNamed) {
  const std::string insertion =
      "UPDATE audit_event SET sequence = -1 - sequence WHERE sequence >= 20;"
      "UPDATE audit_event SET sequence = -sequence WHERE sequence < 0;"
      "INSERT INTO audit_event SELECT 20, time_us, outcome, rpc, event FROM audit_event "
      "WHERE sequence = 19;";
  sql(insertion);  // one more than the tree has
  EXPECT_EQ(exit_of_start(), closed_by_database);
  life().late->restore(site());
  sql(insertion +
      "DELETE FROM audit_event WHERE sequence = "
      "(SELECT max(sequence) FROM audit_event);");
  EXPECT_EQ(judge({}), (Judgement{1, "20"}));
}

TEST_F(Tampered, ReorderedEventsAreNamed) {
  sql("UPDATE audit_event SET sequence = -1 WHERE sequence = 20;"
      "UPDATE audit_event SET sequence = 20 WHERE sequence = 21;"
      "UPDATE audit_event SET sequence = 21 WHERE sequence = -1;");
  EXPECT_EQ(judge({}), (Judgement{1, "20"}));
}

// With its nodes and checkpoints, so that nothing inside the database contradicts it.
TEST_F(Tampered, ATruncatedLogKeepsTheServerClosed) {
  sql("CREATE TEMP TABLE cut AS SELECT max(sequence) - 3 AS size FROM audit_event;"
      "DELETE FROM audit_detail WHERE sequence >= (SELECT size FROM cut);"
      "DELETE FROM audit_event WHERE sequence >= (SELECT size FROM cut);"
      "DELETE FROM audit_node WHERE (idx + 1) * (1 << level) > (SELECT size FROM cut);"
      "DELETE FROM audit_checkpoint WHERE size > (SELECT size FROM cut);");
  expect_closed();
  EXPECT_EQ(judge(kept()).exit_code, 1);
}

TEST_F(Tampered, AnOlderDatabaseKeepsTheServerClosed) {
  life().early->restore(site(), "data");
  expect_closed();
  EXPECT_EQ(judge(kept()).exit_code, 1);
}

// Whoever brings back everything at once, the checkpoint file too, is told by those who kept one.
TEST_F(Tampered, AnOlderEverythingIsToldByWhoKeptACheckpoint) {
  life().early->restore(site());
  EXPECT_EQ(exit_of_start(), 0);
  EXPECT_EQ(judge({}), (Judgement{0, ""}));
  EXPECT_EQ(judge(kept()).exit_code, 1);
}

TEST_F(Tampered, AForkKeepsTheServerClosedAndIsToldByWhoKeptACheckpoint) {
  life().forked->restore(site(), "data");
  expect_closed();
  EXPECT_EQ(judge({}).exit_code, 0);
  EXPECT_EQ(judge(kept()).exit_code, 1);
}

TEST_F(Tampered, AnotherKeyKeepsTheServerClosed) {
  {
    const Config config = site().config();
    const crypto::Secret root_key = read_key(config.root_key_file());
    store::Keystore keystore(config.keystore_file().string(), root_key,
                             store::EpochKeys(config.paths.key_directory),
                             store::OpenMode::existing);
    keystore.put_secret("log", crypto::SigningKey::generate().seed());
  }
  expect_closed();
}

// SQLCipher does not notice an older version of a page. Whichever page it is: the server stays
// closed, a verifier says so, or the log is what it was.
TEST_F(Tampered, AnOlderPageNeverMakesAnotherLog) {
  const std::string whole_log = exported();
  const std::string before = read_whole(life().early->file("data/sspf.db"));
  const std::string after = read_whole(life().late->file("data/sspf.db"));
  int noticed = 0;
  for (std::size_t at = 0; at + page_bytes <= before.size(); at += page_bytes) {
    if (before.compare(at, page_bytes, after, at, page_bytes) == 0) continue;
    life().late->restore(site());
    std::string mixed = after;
    mixed.replace(at, page_bytes, before, at, page_bytes);
    std::ofstream(database(), std::ios::binary) << mixed;
    if (exit_of_start() != 0) {
      ++noticed;
      continue;
    }
    const Judgement judgement = judge({});
    EXPECT_NE(judgement.exit_code, 2) << at;
    if (judgement.exit_code == 1) ++noticed;
    if (judgement.exit_code == 0) EXPECT_EQ(exported(), whole_log) << at;
  }
  EXPECT_GT(noticed, 0);
}

// One flipped bit there silently drops that commit and every later one.
TEST_F(Tampered, AFlippedBitOfTheWriteAheadLogKeepsTheServerClosed) {
  const fs::path wal = life().killed->file("data/sspf.db-wal");
  const std::string good = read_whole(wal);
  ASSERT_GT(good.size(), 10 * page_bytes);
  for (const std::size_t tenth : {1U, 3U, 5U, 7U}) {
    life().killed->restore(site());
    std::string flipped = good;
    flipped[good.size() * tenth / 10] = static_cast<char>(flipped[good.size() * tenth / 10] ^ 1);
    std::ofstream(site().folder() / "data/sspf.db-wal", std::ios::binary) << flipped;
    expect_closed();
  }
}

}  // namespace
}  // namespace sspf::test
