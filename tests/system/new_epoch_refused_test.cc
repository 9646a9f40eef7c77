// SPDX-License-Identifier: Apache-2.0
//
// What `sspfd new-epoch` demands after a restore: each condition by itself, and nothing is changed
// while one of them is missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/trouble.h"
#include "tests/support/disposing.h"
#include "tests/support/restored_site.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct NewEpochRefused : testing::Test {
  Ended begun() const { return restored.site().sspfd(restored.begin_words()); }
  void expect_refused(const Words& words, const std::string& why) const {
    EXPECT_THAT(restored.refused(words), HasSubstr(why));
  }
  static Words approved_by(const Words& handles) {
    Words words{"new-epoch", "--origin", RestoredSite::new_origin};
    for (const std::string& handle : handles) {
      words.emplace_back("--approved-by");
      words.push_back(handle);
    }
    return words;
  }
  void run_in_database(const std::string& sql) const {
    open_database(restored.site().config()).run_script(sql);
  }
  fs::path checkpoint_file() const { return restored.site().config().paths.checkpoint_file; }

  const RestoredSite restored;
};

TEST_F(NewEpochRefused, TheServerStaysClosedAndCheckSaysWhatIsMissing) {
  EXPECT_EQ(restored.site().sspfd({"serve"}).exit_code, exit_codes::log);
  const Ended checked = restored.site().sspfd({"check"});
  EXPECT_EQ(checked.exit_code, exit_codes::log);
  EXPECT_THAT(checked.out,
              HasSubstr("the database holds " + std::to_string(restored.events_left()) +
                        " events of " + RestoredSite::old_origin));
  EXPECT_THAT(checked.out, HasSubstr("covers " + std::to_string(restored.events_before()) +
                                     " events of " + RestoredSite::old_origin));
  EXPECT_THAT(
      checked.out,
      HasSubstr("missing: " + std::to_string(restored.events_before() - restored.events_left()) +
                " events"));
  EXPECT_THAT(checked.out, HasSubstr("sspfd new-epoch"));
}

TEST_F(NewEpochRefused, AnAdministratorAndAnAuditorOfTheInstallationApprove) {
  const std::string both = "an administrator and an auditor of the whole installation";
  expect_refused(approved_by({"root", "nobody.here"}), "no account with the handle nobody.here");
  expect_refused(approved_by({"root", "sune.sten"}), "the account is suspended: sune.sten");
  expect_refused(approved_by({"root", "root"}), "are one account");
  expect_refused(approved_by({"ulla.uhr", "ulla.uhr"}), "are one account");
  expect_refused(approved_by({"root", "adam.alm"}), both);
  expect_refused(approved_by({"ulla.uhr", "olle.ok"}), both);
  expect_refused(approved_by({"root", "mia.mal"}), both);
  expect_refused(approved_by({"root", "kim.kust"}), both);
  expect_refused(approved_by({"kim.kust", "ulla.uhr"}), both);
  expect_refused(approved_by({"root"}), "two approvers are needed");
  expect_refused(approved_by({"root", "ulla.uhr", "olle.ok"}), "two approvers are needed");
  EXPECT_EQ(restored.site().sspfd({"new-epoch", "--origin", RestoredSite::third_origin}).exit_code,
            exit_codes::usage);
  // In either order.
  EXPECT_EQ(restored.site().sspfd(approved_by({"ulla.uhr", "root"})).exit_code, 0);
}

TEST_F(NewEpochRefused, AnOriginIsNewAndWellFormed) {
  const auto with = [](const std::string& origin) { return RestoredSite::begin_words(origin); };
  expect_refused(with(RestoredSite::old_origin), "has had the origin before");
  const std::string form = "an origin is 1 to 200 characters";
  for (const std::string& origin :
       {std::string(" "), std::string("a b"), std::string("a+b"), std::string("a\"b"),
        std::string("a\\b"), std::string("a\nb"), std::string("å"), std::string(201, 'a')}) {
    expect_refused(with(origin), form);
  }
  EXPECT_EQ(restored.site().sspfd(with(std::string(200, 'a'))).exit_code, 0);
}

TEST_F(NewEpochRefused, ALogThatIsAsItWasLeftIsNotBegunAnew) {
  restored.put_back("newest", {"data"});
  expect_refused(restored.begin_words(), "nothing is lost");
  // Nor with a checkpoint of it that is older.
  write_private(restored.site().folder() / "known", restored.old_note());
  Words words = restored.begin_words();
  words.insert(words.end(), {"--known-checkpoint", (restored.site().folder() / "known").string()});
  expect_refused(words, "nothing is lost");
}

TEST_F(NewEpochRefused, TheLastKnownCheckpointIsThereAndSigned) {
  Words known = restored.begin_words();
  const fs::path file = restored.site().folder() / "known";
  known.insert(known.end(), {"--known-checkpoint", file.string()});
  const std::string unsigned_given = "--known-checkpoint: no checkpoint that this installation";
  expect_refused(known, unsigned_given);  // no such file
  std::string changed = restored.old_note();
  changed.insert(changed.find('\n') + 1, "1");
  write_private(file, changed);
  expect_refused(known, unsigned_given);
  const Site other;
  write_private(file, read_whole(other.config().paths.checkpoint_file));
  expect_refused(known, unsigned_given);

  const std::string missing = "is missing, or not signed by this installation";
  write_private(checkpoint_file(), changed);
  expect_refused(restored.begin_words(), missing);
  fs::remove(checkpoint_file());
  expect_refused(restored.begin_words(), missing);
  // What a client or a witness kept takes its place.
  write_private(file, restored.old_note());
  EXPECT_EQ(restored.site().sspfd(known).exit_code, 0);
}

TEST_F(NewEpochRefused, ALogThatDoesNotHoldTogetherIsNotContinued) {
  const std::string why = "the restored log does not hold together: ";
  run_in_database(
      "DROP TRIGGER audit_event_is_final_1; UPDATE audit_event SET event = "
      "(SELECT event FROM audit_event WHERE sequence = 2) WHERE sequence = 1");
  expect_refused(restored.begin_words(), why + "event 1 is missing or damaged");
  restored.put_back("older", {"data"});
  run_in_database(
      "DROP TRIGGER audit_node_is_final_1; UPDATE audit_node SET hash = zeroblob(32) "
      "WHERE level = 0 AND idx = 3");
  expect_refused(restored.begin_words(), why + "the tree is not that of its events, from event 3");
  restored.put_back("older", {"data"});
  run_in_database("INSERT INTO audit_node (level, idx, hash) VALUES (0, 9999, zeroblob(32))");
  expect_refused(restored.begin_words(), why + "the tree has nodes of events that are not there");
}

TEST_F(NewEpochRefused, ARunningServerKeepsItOut) {
  restored.put_back("newest", {"data"});
  SiteServer server(restored.site());
  const Ended ended = begun();
  EXPECT_EQ(ended.exit_code, exit_codes::config);
  EXPECT_THAT(ended.err, HasSubstr("another process has this installation open"));
  EXPECT_EQ(server.stop(), 0);
}

}  // namespace
}  // namespace sspf::test
