// SPDX-License-Identifier: Apache-2.0
//
// What `sspfd check` says, and a start does not: of a database that somebody with its key has
// changed, and of several troubles at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <stdexcept>

#include "crypto/derive.h"
#include "crypto/encoding.h"
#include "crypto/merkle.h"
#include "server/installation.h"
#include "server/store/sqlite.h"
#include "tests/support/caller.h"
#include "tests/support/site.h"

namespace sspf::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// An installation with a log of some length, made once; every test begins with it untouched.
class LongLived {
 public:
  LongLived() {
    {
      SiteServer server(site_);
      Caller root(server.port(), enroll(server.port(), site_.code()));
      for (int i = 0; i < 40; ++i) {
        root.get<v1::WhoAmIResponse>("sspf.v1.AccountService/WhoAmI", v1::WhoAmIRequest());
      }
      if (server.stop() != 0) throw std::runtime_error(server.log());
    }
    for (const std::string& folder : folders) {
      fs::create_directory(kept());
      fs::copy(site_.folder() / folder, kept() / folder, fs::copy_options::recursive);
    }
  }
  void put_back() const {
    for (const std::string& folder : folders) {
      fs::remove_all(site_.folder() / folder);
      fs::copy(kept() / folder, site_.folder() / folder, fs::copy_options::recursive);
    }
  }
  const Site& site() const { return site_; }

 private:
  static inline const std::vector<std::string> folders{"data", "keystore", "keys", "log"};
  fs::path kept() const { return site_.folder() / "kept"; }

  Site site_;
};

class SspfdCheck : public testing::Test {
 protected:
  static void SetUpTestSuite() { lived_ = std::make_unique<LongLived>(); }
  static void TearDownTestSuite() { lived_.reset(); }
  SspfdCheck() { lived_->put_back(); }

  Ended checked() const { return lived_->site().sspfd({"check"}); }
  Config config() const { return lived_->site().config(); }

  store::Connection open_with_key() const {
    return {config().database_file().string(),
            crypto::derive(read_key(config().root_key_file()), "sspf/database/v1"),
            store::OpenMode::existing};
  }
  void sql(const std::string& script) const {
    open_with_key().run_script("PRAGMA foreign_keys = OFF;" + script);
  }
  // What keeps events from being changed goes first, as it would.
  void change_log(const std::string& script) const {
    sql("DROP TRIGGER audit_event_is_final_1; DROP TRIGGER audit_event_is_final_2;"
        "DROP TRIGGER audit_node_is_final_1; DROP TRIGGER audit_node_is_final_2;" +
        script);
  }
  void alter_event_20() const {
    change_log("UPDATE audit_event SET event = CAST(event || x'00' AS BLOB) WHERE sequence = 20;");
  }

 private:
  static inline std::unique_ptr<LongLived> lived_;
};

TEST_F(SspfdCheck, OfAnUntouchedInstallationNothingIsWrong) {
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_THAT(ended.out, Not(HasSubstr("wrong: ")));
  EXPECT_THAT(ended.out, Not(HasSubstr("not looked at: ")));
  for (const char* each : {"ok: settings, keys, keystore, CA and database open\n",
                           "ok: verifier key of the log: ", "ok: every page of the database\n",
                           "events covers its checkpoint\n", "events is what was hashed\n",
                           "ok: every reference in the database leads to a row\n",
                           "ok: the schema is the one that the migrations make\n",
                           "ok: directories that only the server's user can reach\n"}) {
    EXPECT_THAT(ended.out, HasSubstr(each));
  }
}

TEST_F(SspfdCheck, ADroppedTriggerIsNamed) {
  sql("DROP TRIGGER audit_event_is_final_1; DROP TRIGGER log_epoch_is_final_2;");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::database);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("wrong: trigger audit_event_is_final_1 is missing\n"),
                               HasSubstr("wrong: trigger log_epoch_is_final_2 is missing\n"),
                               HasSubstr("events is what was hashed\n")));
}

TEST_F(SspfdCheck, WhatWasAddedToTheSchemaOrChangedInItIsNamed) {
  sql("DROP TRIGGER audit_event_is_final_1; CREATE TRIGGER audit_event_is_final_1 BEFORE UPDATE "
      "ON audit_event BEGIN SELECT 1; END; CREATE TABLE \"ours\nok: \" (number INTEGER) STRICT;");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::database);
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("wrong: trigger audit_event_is_final_1 is not as the migrations "
                              "made it\n"),
                    HasSubstr("wrong: table ours?ok:? is of no migration\n")));
}

TEST_F(SspfdCheck, AnAlteredEventIsNamed) {
  alter_event_20();
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::log);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("wrong: event 20 of the log is not what was hashed\n"),
                               HasSubstr("events covers its checkpoint\n")));
}

TEST_F(SspfdCheck, AnAlteredEventIsFoundAlthoughItsHashIsAlteredToo) {
  alter_event_20();
  std::string bytes;
  {
    store::Connection connection = open_with_key();
    store::Query query(connection, "SELECT event FROM audit_event WHERE sequence = 20");
    ASSERT_TRUE(query.step());
    bytes = query.blob(0);
  }
  const crypto::Digest hash = crypto::merkle::leaf_hash(crypto::view_of(bytes));
  sql("UPDATE audit_node SET hash = x'" + crypto::hex(hash) + "' WHERE level = 0 AND idx = 20;");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::log);
  EXPECT_THAT(ended.out,
              HasSubstr("wrong: the log's tree is not that of its hashes, in events 20 to 21\n"));
}

TEST_F(SspfdCheck, DeletedEventsAreCountedAndTheFirstIsNamed) {
  change_log("DELETE FROM audit_event WHERE sequence IN (10, 30);");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::log);
  EXPECT_THAT(
      ended.out,
      AllOf(HasSubstr("wrong: 2 events of the log are missing, the first is event 10\n"),
            HasSubstr("wrong: references of audit_detail to rows that are not there: 2\n")));
}

TEST_F(SspfdCheck, AnEventThatWasDeletedWithItsHashIsNamed) {
  change_log(
      "DELETE FROM audit_event WHERE sequence = 12;"
      "DELETE FROM audit_node WHERE level = 0 AND idx = 12;");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::log);
  EXPECT_THAT(ended.out, HasSubstr("wrong: event 12 of the log is missing together with its hash"));
}

// Whatever number it has: the reading ends.
TEST_F(SspfdCheck, AnEventWithAnotherNumberIsMissedAtItsOwn) {
  change_log("UPDATE audit_event SET sequence = -5 WHERE sequence = 15;");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::log);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("wrong: event 15 of the log is missing\n"),
                               HasSubstr("wrong: events numbered below 0: 1\n")));
}

TEST_F(SspfdCheck, ARowThatRefersToNothingIsCounted) {
  sql("INSERT INTO audit_event_case (case_id, sequence) VALUES (zeroblob(16), 99999);");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::database);
  EXPECT_THAT(ended.out, HasSubstr("wrong: references of audit_event_case to rows that are not "
                                   "there: 1\n"));
}

TEST_F(SspfdCheck, EverythingThatWasDoneToTheLogIsTold) {
  alter_event_20();
  sql("DELETE FROM audit_event WHERE sequence IN (10, 30);");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::log);
  for (const char* each : {"wrong: 2 events of the log are missing, the first is event 10\n",
                           "wrong: event 20 of the log is not what was hashed\n",
                           "wrong: references of audit_detail to rows that are not there: 2\n",
                           "wrong: trigger audit_event_is_final_1 is missing\n",
                           "wrong: trigger audit_event_is_final_2 is missing\n"}) {
    EXPECT_THAT(ended.out, HasSubstr(each));
  }
}

TEST_F(SspfdCheck, AMissingCertificateHidesNothingElse) {
  fs::remove(config().ca_file());
  fs::remove(config().paths.checkpoint_file);
  sql("DROP TRIGGER audit_event_is_final_1;");
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::database);
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("wrong: missing: ca.pem\n"),
                    HasSubstr("wrong: the checkpoint file outside the database is missing\n"),
                    HasSubstr("wrong: trigger audit_event_is_final_1 is missing\n")));
}

TEST_F(SspfdCheck, ADamagedKeystoreDoesNotHideADamagedPage) {
  std::ofstream(config().keystore_file(), std::ios::binary) << std::string(8192, 'x');
  std::string content = read_whole(config().database_file());
  content.at(content.size() / 2) = static_cast<char>(content.at(content.size() / 2) ^ 1);
  std::ofstream(config().database_file(), std::ios::binary) << content;
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::key);
  EXPECT_THAT(ended.out,
              AllOf(HasSubstr("wrong: the keystore does not open: "),
                    HasSubstr("not looked at: the log against its checkpoint, without database "
                              "and keystore\n"),
                    HasSubstr("wrong: the database is damaged: ")));
}

TEST_F(SspfdCheck, WithoutTheRootKeyWhatNeedsNoneIsLookedAt) {
  fs::permissions(config().root_key_file(), fs::perms(0644));
  fs::remove(config().ca_file());
  fs::remove(config().paths.checkpoint_file);
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::key);
  for (const char* each :
       {"can be reached by group or others\n",
        "not looked at: the keystore, the database and the log, without the root key\n",
        "wrong: missing: ca.pem\n",
        "wrong: the checkpoint file outside the database is missing\n"}) {
    EXPECT_THAT(ended.out, HasSubstr(each));
  }
}

TEST_F(SspfdCheck, DirectoriesThatOthersCanReachAreNamed) {
  fs::permissions(config().paths.keystore_directory, fs::perms(0750));
  fs::permissions(config().paths.data_directory, fs::perms(0702));
  const Ended ended = checked();
  EXPECT_EQ(ended.exit_code, exit_codes::database);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("wrong: the data directory can be reached by group or "
                                         "others: its mode is 0702, and should be 0700\n"),
                               HasSubstr("wrong: the keystore directory can be reached by group or "
                                         "others: its mode is 0750, and should be 0700\n"),
                               Not(HasSubstr("wrong: the key directory"))));
}

}  // namespace
}  // namespace sspf::test
