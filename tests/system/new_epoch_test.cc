// SPDX-License-Identifier: Apache-2.0
//
// The way on after a restore: what the first event of the new epoch records, and what every party
// to the log sees of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "server/trouble.h"
#include "tests/support/net_server.h"
#include "tests/support/restored_site.h"
#include "tests/support/verifiers.h"
#include "tests/support/witness_site.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct NewEpoch : testing::Test {
  Ended begun() const { return restored.site().sspfd(restored.begin_words()); }
  void expect_refused(const Words& words, const std::string& why) const {
    EXPECT_THAT(restored.refused(words), HasSubstr(why));
  }

  const RestoredSite restored;
};

TEST_F(NewEpoch, ItsFirstEventHoldsWhatIsKnownOfTheLogBefore) {
  restored.site().edit("origin = \"", "# the log's name\norigin = \"");
  const std::string settings = read_whole(restored.site().config_file());
  const Ended ended = begun();
  ASSERT_EQ(ended.exit_code, 0) << ended.out << ended.err;
  EXPECT_THAT(
      ended.out,
      HasSubstr("at least " + std::to_string(restored.events_before() - restored.events_left()) +
                " events are lost"));
  // One value has changed in the settings, and nothing else.
  std::string expected = settings;
  expected.replace(expected.find(RestoredSite::old_origin),
                   std::string(RestoredSite::old_origin).size(), RestoredSite::new_origin);
  EXPECT_EQ(read_whole(restored.site().config_file()), expected);

  const auto events = restored.events();
  ASSERT_EQ(events.size(), restored.events_left() + 1);
  const v1::AuditEvent& first = events.back();
  EXPECT_EQ(first.rpc(), "server/new_epoch");
  EXPECT_EQ(first.sequence(), restored.events_left());
  EXPECT_GE(first.time_us(), events[events.size() - 2].time_us());
  EXPECT_EQ(first.new_epoch().previous_origin(), RestoredSite::old_origin);
  EXPECT_EQ(first.new_epoch().last_checkpoint(), restored.old_note());
  ASSERT_EQ(first.new_epoch().approver_ids_size(), 2);
  EXPECT_EQ(first.new_epoch().approver_ids(0).size(), 16U);
  EXPECT_NE(first.new_epoch().approver_ids(0), first.new_epoch().approver_ids(1));

  const auto checkpoint = RestoredSite::checkpoint_in(restored.outside_note());
  EXPECT_EQ(checkpoint.origin, RestoredSite::new_origin);
  EXPECT_EQ(checkpoint.size, events.size());
  const auto key = crypto::NoteVerifier::parse(restored.verifier_key()).value();
  EXPECT_TRUE(crypto::verify_note(crypto::parse_note(restored.outside_note()).value(), key));
  EXPECT_NE(key.key, crypto::NoteVerifier::parse(restored.old_key())->key);
  EXPECT_EQ(restored.site().sspfd({"check"}).exit_code, 0);
  // Done again at once it changes nothing; after the server has run, it is an origin like another.
  const auto before = restored.files();
  EXPECT_EQ(begun().exit_code, 0);
  EXPECT_TRUE(restored.files() == before);
  restored.live(1);
  expect_refused(restored.begin_words(), "has had the origin before");
}

TEST_F(NewEpoch, AClientGoesOnOnlyAfterItsUserHasTrustedTheNewLog) {
  ASSERT_EQ(begun().exit_code, 0);
  const std::string key = restored.verifier_key();
  const Person& auditor = restored.auditor();
  SiteServer server(restored.site());
  auditor.point_to(server.address());
  const auto warned = auditor.refused(7, {"audit", "checkpoint"});
  EXPECT_THAT(warned.at("message").get<std::string>(), HasSubstr("sspf context trust-log KEY"));
  EXPECT_EQ(auditor.sspf({"context", "trust-log", "no key"}).exit_code, 1);
  EXPECT_EQ(auditor.sspf({"context", "trust-log"}).exit_code, 1);
  EXPECT_EQ(auditor.sspf({"context", "trust-log", restored.old_key()}).exit_code, 1);
  EXPECT_EQ(auditor.sspf({"audit", "checkpoint"}).exit_code, 7);

  // It does not hold what the auditor was shown last, for events were lost.
  const auto fewer = auditor.refused(7, {"context", "trust-log", key});
  EXPECT_THAT(fewer.at("message").get<std::string>(),
              HasSubstr("events that the server has shown before"));
  auditor.did({"context", "trust-log", key, "--lost"});
  EXPECT_EQ(auditor.did({"audit", "checkpoint"}).at("origin"), RestoredSite::new_origin);
  EXPECT_EQ(auditor.did({"context", "show"}).at("logVerifierKey"), key);
  // The log from before never comes back, and what was seen of it is kept.
  const Ended back = auditor.sspf({"context", "trust-log", restored.old_key()});
  EXPECT_EQ(back.exit_code, 1);
  EXPECT_THAT(back.err, HasSubstr("never comes back"));
  const auto id = crypto::NoteVerifier::parse(restored.old_key())->key_id();
  char name[32];
  std::snprintf(name, sizeof(name), "checkpoint-%08x", id);
  EXPECT_TRUE(fs::exists(auditor.folder() / "state/sspf/localhost" / name));

  const auto listed = auditor.did({"audit", "list", "--call", "server/new_epoch"});
  ASSERT_EQ(listed.at("events").size(), 1U);
  EXPECT_EQ(server.stop(), 0);
}

// RFC 6962 2.1.2 over the border of two epochs, by the real server.
TEST_F(NewEpoch, AClientThatSawNothingOfWhatIsLostDemandsTheProof) {
  const Person& auditor = restored.auditor();
  const fs::path remembered = auditor.folder() / "state/sspf/localhost/checkpoint";
  const auto kept = read_whole(restored.site().folder() / "kept/older/log" /
                               restored.site().config().paths.checkpoint_file.filename());
  const std::uint64_t seen = RestoredSite::checkpoint_in(kept).size;
  ASSERT_GT(seen, 0U);
  ASSERT_LE(seen, restored.events_left());
  write_private(remembered, kept);
  ASSERT_EQ(begun().exit_code, 0);
  const std::string key = restored.verifier_key();
  SiteServer server(restored.site());
  auditor.point_to(server.address());
  EXPECT_EQ(auditor.did({"context", "trust-log", key}).at("provedEvents"), std::to_string(seen));
  EXPECT_EQ(auditor.did({"audit", "checkpoint"}).at("origin"), RestoredSite::new_origin);
  EXPECT_EQ(server.stop(), 0);
}

TEST_F(NewEpoch, BothVerifiersKnowTheNewLogAndTheOldOne) {
  ASSERT_EQ(begun().exit_code, 0);
  restored.live(2);
  const std::string key = restored.verifier_key();
  const Person& auditor = restored.auditor();
  const fs::path file = restored.site().folder() / "new-export";
  const fs::path tiles = restored.site().folder() / "new-tiles";
  {
    SiteServer server(restored.site());
    auditor.point_to(server.address());
    auditor.did({"context", "trust-log", key, "--lost"});
    for (const Words& words : {Words{"audit", "export", file.string()},
                               Words{"audit", "export", tiles.string(), "--layout", "tiles"}}) {
      const Ended exported = auditor.sspf(words);
      EXPECT_EQ(exported.exit_code, 0) << exported.err;
    }
    EXPECT_EQ(server.stop(), 0);
  }
  // Signed checkpoints of the epoch itself lie beside the tiles, and none of the log before.
  EXPECT_FALSE(fs::is_empty(tiles / "checkpoints"));
  for (const auto& each : fs::directory_iterator(tiles / "checkpoints")) {
    EXPECT_GT(std::stoull(each.path().filename().string()), restored.events_left());
  }
  EXPECT_EQ(judged_by_both(file, {"--key", key}), (Judgement{0, ""}));
  EXPECT_EQ(judged_by_both(tiles, {"--key", key}), (Judgement{0, ""}));
  EXPECT_EQ(judged_by_both(restored.old_export(), {"--key", restored.old_key()}),
            (Judgement{0, ""}));
  EXPECT_EQ(judged_by_both(file, {"--key", restored.old_key()}).exit_code, 2);

  const Ended told = auditor.sspf({"audit", "verify", file.string(), "--key", key});
  EXPECT_EQ(told.exit_code, 0);
  EXPECT_THAT(told.err, HasSubstr("goes on from " + std::to_string(restored.events_left()) +
                                  " events of " + RestoredSite::old_origin));
  EXPECT_THAT(
      told.err,
      HasSubstr("of " + std::to_string(restored.events_before()) + " events: " +
                std::to_string(restored.events_before() - restored.events_left()) + " were lost"));
}

// A copy from right after the new epoch, once the server has run: it is not "run again".
TEST_F(NewEpoch, ItIsNotDoneAgainWhenTheServerMayHaveRun) {
  ASSERT_EQ(begun().exit_code, 0);
  const fs::path data = restored.site().folder() / "data";
  const fs::path copy = restored.site().folder() / "copy";
  fs::copy(data, copy, fs::copy_options::recursive);
  restored.live(3);
  fs::remove_all(data);
  fs::copy(copy, data, fs::copy_options::recursive);
  expect_refused(restored.begin_words(), "has had the origin before");
  fs::remove(restored.site().config().paths.checkpoint_file);
  expect_refused(restored.begin_words(), "has had the origin before");
}

// The database forgets with the restore which origins there were; settings and keystore do not.
TEST_F(NewEpoch, AnOlderDatabaseBringsNoOriginBack) {
  ASSERT_EQ(begun().exit_code, 0);
  restored.live(3);
  const std::string second_note = restored.outside_note();
  restored.put_back("older", {"data"});
  EXPECT_EQ(restored.site().sspfd({"serve"}).exit_code, exit_codes::log);
  expect_refused(restored.begin_words(RestoredSite::old_origin), "has had the origin before");
  expect_refused(restored.begin_words(RestoredSite::new_origin), "has had the origin before");
  restored.site().edit(RestoredSite::new_origin, RestoredSite::old_origin);
  expect_refused(restored.begin_words(RestoredSite::new_origin), "has had the origin before");

  const Ended ended = restored.site().sspfd(RestoredSite::begin_words(RestoredSite::third_origin));
  ASSERT_EQ(ended.exit_code, 0) << ended.err;
  const auto last = restored.events().back();
  EXPECT_EQ(last.new_epoch().previous_origin(), RestoredSite::old_origin);
  EXPECT_EQ(last.new_epoch().last_checkpoint(), second_note);
  restored.live(1);
}

// Put back together, database and checkpoint agree: somebody else has to have seen more.
TEST_F(NewEpoch, ACheckpointThatAClientKeptShowsWhatIsLost) {
  restored.put_back("older", {"log"});
  EXPECT_EQ(restored.site().sspfd({"check"}).exit_code, 0);
  expect_refused(restored.begin_words(), "nothing is lost");
  Words words = restored.begin_words();
  words.insert(words.end(), {"--known-checkpoint",
                             (restored.auditor().folder() / "state/sspf/localhost/checkpoint")});
  const Ended ended = restored.site().sspfd(words);
  ASSERT_EQ(ended.exit_code, 0) << ended.err;
  const auto last = restored.events().back().new_epoch().last_checkpoint();
  EXPECT_GT(RestoredSite::checkpoint_in(last).size, restored.events_left());
}

TEST_F(NewEpoch, SettingsThatCannotBeChangedCleanlyAreChangedByHand) {
  restored.site().edit("sspf.example/test", "sspf.example\\u002Ftest");
  const Ended ended = begun();
  EXPECT_EQ(ended.exit_code, exit_codes::config);
  EXPECT_THAT(ended.err, HasSubstr("set origin = \"" + std::string(RestoredSite::new_origin)));
  const Ended served = restored.site().sspfd({"serve"});
  EXPECT_EQ(served.exit_code, exit_codes::log);
  EXPECT_THAT(served.err, HasSubstr("which is " + std::string(RestoredSite::new_origin)));
  restored.site().edit("sspf.example\\u002Ftest/audit/1", RestoredSite::new_origin);
  restored.live(1);
}

TEST_F(NewEpoch, AWitnessKnowsTheNewLogOnceItIsTold) {
  WitnessSite witness("polisen.example/vittne");
  witness.add_log(crypto::NoteVerifier::parse(restored.old_key()).value());
  witness.start();
  ASSERT_EQ(begun().exit_code, 0);
  const std::string key = restored.verifier_key();
  restored.site().edit("[audit]\n", "[audit]\nwitness_seconds = 1\n");
  write_private(restored.site().config_file(),
                read_whole(restored.site().config_file()) + witness.settings());
  const auto is_cosigned = [&] {
    const auto note = crypto::parse_note(restored.outside_note());
    return note && crypto::cosigned_at(*note, witness.key()).has_value();
  };
  SiteServer server(restored.site());
  EXPECT_TRUE(eventually([&] { return server.log().find("it answers 404") != std::string::npos; }));
  EXPECT_FALSE(is_cosigned());
  EXPECT_EQ(witness.stop(), 0);
  witness.add_log(crypto::NoteVerifier::parse(key).value());
  witness.start();
  EXPECT_TRUE(eventually(is_cosigned));
  EXPECT_EQ(server.stop(), 0);
}

}  // namespace
}  // namespace sspf::test
