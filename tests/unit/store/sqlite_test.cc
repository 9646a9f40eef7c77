// SPDX-License-Identifier: Apache-2.0
//
// The encrypted file: who can open it, and what the guard refuses once the server runs.
#include "server/store/sqlite.h"

#include <gtest/gtest.h>

#include <fstream>

#include "crypto/random.h"
#include "schema/migrations.h"
#include "server/store/migrate.h"
#include "tests/support/test_server.h"

namespace sspf::test {
namespace {

using store::Connection;
using store::OpenMode;
using store::Query;

struct Sqlite : testing::Test {
  TemporaryFolder folder;
  crypto::Secret key = crypto::random_secret(32);
  std::string path = (folder.path() / "test.db").string();
};

TEST_F(Sqlite, AMissingFileIsNotCreated) {
  EXPECT_THROW(Connection(path, key, OpenMode::existing), Fault);
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(Sqlite, AnotherKeyDoesNotOpenTheFile) {
  { Connection(path, key, OpenMode::create).run_script("CREATE TABLE t (x TEXT) STRICT"); }
  EXPECT_THROW(Connection(path, crypto::random_secret(32), OpenMode::existing), Fault);
  EXPECT_NO_THROW(Connection(path, key, OpenMode::existing));
}

TEST_F(Sqlite, ASymbolicLinkIsNotFollowed) {
  { Connection(path, key, OpenMode::create).run_script("CREATE TABLE t (x TEXT) STRICT"); }
  const std::string link = (folder.path() / "link.db").string();
  std::filesystem::create_symlink(path, link);
  EXPECT_THROW(Connection(link, key, OpenMode::existing), Fault);
}

TEST_F(Sqlite, AFlippedByteInAPageIsFound) {
  {
    Connection connection(path, key, OpenMode::create);
    connection.run_script("CREATE TABLE t (x TEXT) STRICT; INSERT INTO t VALUES ('x')");
    EXPECT_EQ(connection.integrity_trouble(), "");
  }
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(4096 + 100);
  const char byte = static_cast<char>(file.get() ^ 1);
  file.seekp(4096 + 100);
  file.put(byte);
  file.close();
  Connection connection(path, key, OpenMode::existing);
  EXPECT_NE(connection.integrity_trouble(), "");
}

TEST_F(Sqlite, TheGuardRefusesWhatNoStatementOfOursMayDo) {
  Connection connection(path, key, OpenMode::create);
  store::migrate(connection, schema::data_migrations());
  connection.guard();
  EXPECT_THROW(Query(connection, "UPDATE audit_event SET rpc = 'x'"), Fault);
  EXPECT_THROW(Query(connection, "DELETE FROM audit_event"), Fault);
  EXPECT_THROW(Query(connection, "DELETE FROM audit_event_account"), Fault);
  EXPECT_THROW(Query(connection, "DELETE FROM audit_node"), Fault);
  EXPECT_THROW(Query(connection, "DELETE FROM log_epoch"), Fault);
  EXPECT_THROW(Query(connection, "UPDATE log_epoch SET origin = 'x'"), Fault);
  EXPECT_THROW(Query(connection, "UPDATE audit_checkpoint SET note = 'x'"), Fault);
  EXPECT_THROW(Query(connection, "UPDATE attendance SET status = 1"), Fault);
  EXPECT_THROW(Query(connection, "DELETE FROM attendance"), Fault);
  {
    const store::LeaveToDispose leave(connection);
    EXPECT_NO_THROW(Query(connection, "DELETE FROM attendance WHERE version = 0"));
    EXPECT_THROW(Query(connection, "UPDATE attendance SET status = 2"), Fault);
    EXPECT_THROW(Query(connection, "DELETE FROM audit_event WHERE sequence = 0"), Fault);
  }
  EXPECT_THROW(Query(connection, "DELETE FROM attendance WHERE version = 1"), Fault);
  EXPECT_THROW(Query(connection, "DROP TABLE audit_event"), Fault);
  EXPECT_THROW(Query(connection, "DROP TRIGGER audit_event_is_final_1"), Fault);
  EXPECT_THROW(Query(connection, "ATTACH DATABASE 'x' AS x"), Fault);
  EXPECT_THROW(Query(connection, "PRAGMA synchronous=OFF"), Fault);
  EXPECT_THROW(Query(connection, "CREATE TABLE x (y TEXT) STRICT"), Fault);
  EXPECT_NO_THROW(Query(connection, "DELETE FROM audit_detail"));
}

TEST_F(Sqlite, TheTriggersRefuseItEvenWithoutTheGuard) {
  Connection connection(path, key, OpenMode::create);
  store::migrate(connection, schema::data_migrations());
  connection.run_script(
      "INSERT INTO audit_event (sequence, time_us, outcome, rpc, event) VALUES (0, 0, 1, 'x', "
      "x'00')");
  connection.run_script(
      "INSERT INTO audit_event_account (account_id, sequence) "
      "VALUES (x'00112233445566778899aabbccddeeff', 0)");
  EXPECT_THROW(connection.run_script("UPDATE audit_event SET rpc = 'y'"), Fault);
  EXPECT_THROW(connection.run_script("DELETE FROM audit_event"), Fault);
  EXPECT_THROW(connection.run_script("UPDATE audit_event_account SET sequence = 1"), Fault);
  EXPECT_THROW(connection.run_script("DELETE FROM audit_event_account"), Fault);
  connection.run_script(
      "INSERT INTO log_epoch (number, origin, first_sequence) VALUES (1, 'x', 0)");
  EXPECT_THROW(connection.run_script("UPDATE log_epoch SET origin = 'y'"), Fault);
  EXPECT_THROW(connection.run_script("DELETE FROM log_epoch"), Fault);
  EXPECT_THROW(connection.run_script("INSERT INTO log_epoch VALUES (2, 'x', 7)"), Fault);
}

TEST_F(Sqlite, PragmasAreSetAsDecided) {
  Connection connection(path, key, OpenMode::create);
  Query mode(connection, "PRAGMA journal_mode");
  ASSERT_TRUE(mode.step());
  EXPECT_EQ(mode.text(0), "wal");
  Query synchronous(connection, "PRAGMA synchronous");
  ASSERT_TRUE(synchronous.step());
  EXPECT_EQ(synchronous.integer(0), 2);
  Query foreign_keys(connection, "PRAGMA foreign_keys");
  ASSERT_TRUE(foreign_keys.step());
  EXPECT_EQ(foreign_keys.integer(0), 1);
}

TEST_F(Sqlite, AFaultNamesTheStatementAndNoValue) {
  Connection connection(path, key, OpenMode::create);
  connection.run_script("CREATE TABLE t (x TEXT UNIQUE) STRICT");
  Query(connection, "INSERT INTO t (x) VALUES (?1)", "hemligt").run();
  try {
    Query(connection, "INSERT INTO t (x) VALUES (?1)", "hemligt").run();
    FAIL() << "a duplicate was taken";
  } catch (const Fault& fault) {
    EXPECT_NE(std::string(fault.what()).find("INSERT INTO t"), std::string::npos);
    EXPECT_EQ(std::string(fault.what()).find("hemligt"), std::string::npos);
  }
}

struct Migrations : Sqlite {};

TEST_F(Migrations, ADatabaseOfANewerVersionIsRefused) {
  Connection connection(path, key, OpenMode::create);
  store::migrate(connection, schema::data_migrations());
  connection.run_script(
      "INSERT INTO migration (number, name, digest) VALUES (99, '0099_x', x'00')");
  EXPECT_THROW(store::migrate(connection, schema::data_migrations()), Fault);
}

TEST_F(Migrations, AnEditedMigrationIsRefused) {
  Connection connection(path, key, OpenMode::create);
  store::migrate(connection, schema::data_migrations());
  EXPECT_NO_THROW(store::migrate(connection, schema::data_migrations()));
  connection.run_script("UPDATE migration SET digest = x'00' WHERE number = 1");
  EXPECT_THROW(store::migrate(connection, schema::data_migrations()), Fault);
}

TEST_F(Migrations, WhatIsPendingIsCountedAndNotMade) {
  Connection connection(path, key, OpenMode::create);
  const auto all = schema::data_migrations();
  EXPECT_EQ(store::pending_migrations(connection, all), all.size());
  store::migrate(connection, all.first(2));
  EXPECT_EQ(store::pending_migrations(connection, all), all.size() - 2);
  EXPECT_EQ(store::pending_migrations(connection, all), all.size() - 2);
  store::migrate(connection, all);
  EXPECT_EQ(store::pending_migrations(connection, all), 0U);
}

TEST_F(Migrations, TheLogsNameBecomesItsFirstEpoch) {
  Connection connection(path, key, OpenMode::create);
  const auto all = schema::data_migrations();
  std::size_t before = 0;
  while (all[before].name != "0025_log_epochs") ++before;
  store::migrate(connection, all.first(before));
  connection.run_script("INSERT INTO setting (name, value) VALUES ('log_origin', 'log/1')");
  store::migrate(connection, all);
  Query epochs(connection, "SELECT number, origin, first_sequence FROM log_epoch");
  ASSERT_TRUE(epochs.step());
  EXPECT_EQ(epochs.integer(0), 1);
  EXPECT_EQ(epochs.text(1), "log/1");
  EXPECT_EQ(epochs.integer(2), 0);
  EXPECT_FALSE(epochs.step());
  EXPECT_FALSE(Query(connection, "SELECT 1 FROM setting").step());
}

TEST_F(Migrations, OneThatFailsLeavesNothing) {
  Connection connection(path, key, OpenMode::create);
  const schema::Migration bad[] = {
      {"0001_bad", "CREATE TABLE good (x TEXT) STRICT; CREATE TABLE bad (x NOTHING) STRICT;"}};
  EXPECT_THROW(store::migrate(connection, bad), Fault);
  EXPECT_THROW(Query(connection, "SELECT * FROM good"), Fault);
}

}  // namespace
}  // namespace sspf::test
