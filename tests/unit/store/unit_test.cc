// SPDX-License-Identifier: Apache-2.0
//
// Unit and Batch: what is durable when, and what a unit that is undone leaves.
#include "server/store/unit.h"

#include <gtest/gtest.h>

#include "server/audit/event.h"
#include "tests/support/test_server.h"

namespace sspf::test {
namespace {

struct UnitOfWork : testing::Test {
  TestServer server;
  store::Database& database = server.installation().database();
  const std::uint64_t events_before = server.event_count();

  static store::EventDraft event() { return audit::describe_own_act("server/test", 0); }
  bool has_key(const KeyId& id) { return server.installation().keystore().find(id).has_value(); }
};

TEST_F(UnitOfWork, AReplyIsReleasedByTheCommittedBatch) {
  store::Batch batch(database);
  store::Unit unit(batch);
  auto reply = unit.commit(event(), server.now(), std::string("reply"));
  const auto committed = std::move(batch).commit();
  EXPECT_EQ(std::move(reply).release(committed), "reply");
  EXPECT_EQ(server.event_count(), events_before + 1);
}

TEST_F(UnitOfWork, ABatchThatIsNotCommittedLeavesNothing) {
  const KeyId id = KeyId::random();
  {
    store::Batch batch(database);
    store::Unit unit(batch);
    unit.stage_key(id, store::KeyPurpose::case_file);
    static_cast<void>(unit.commit(event(), server.now(), 0));
  }
  EXPECT_EQ(server.event_count(), events_before);
  EXPECT_FALSE(has_key(id));
}

TEST_F(UnitOfWork, AUnitThatIsNotCommittedLeavesTheOthersOfItsBatch) {
  store::Batch batch(database);
  {
    store::Unit kept(batch);
    static_cast<void>(kept.commit(event(), server.now(), 0));
  }
  { const store::Unit dropped(batch); }
  {
    store::Unit kept(batch);
    static_cast<void>(kept.commit(event(), server.now(), 0));
  }
  static_cast<void>(std::move(batch).commit());
  EXPECT_EQ(server.event_count(), events_before + 2);
}

TEST_F(UnitOfWork, UndoDropsStagedKeysAndKeepsTheEvent) {
  const KeyId undone = KeyId::random();
  const KeyId kept = KeyId::random();
  store::Batch batch(database);
  {
    store::Unit unit(batch);
    unit.stage_key(undone, store::KeyPurpose::case_file);
    unit.undo_writes();
    static_cast<void>(unit.commit(event(), server.now(), 0));
  }
  {
    store::Unit unit(batch);
    unit.stage_key(kept, store::KeyPurpose::case_file);
    static_cast<void>(unit.commit(event(), server.now(), 0));
  }
  static_cast<void>(std::move(batch).commit());
  EXPECT_EQ(server.event_count(), events_before + 2);
  EXPECT_FALSE(has_key(undone));
  EXPECT_TRUE(has_key(kept));
}

TEST_F(UnitOfWork, TheLogGoesOnAfterADroppedBatchWithoutAGap) {
  {
    store::Batch dropped(database);
    store::Unit unit(dropped);
    static_cast<void>(unit.commit(event(), server.now(), 0));
  }
  store::Batch batch(database);
  {
    store::Unit unit(batch);
    static_cast<void>(unit.commit(event(), server.now(), 0));
  }
  static_cast<void>(std::move(batch).commit());
  server.installation().checkpointer().sign_if_due();
  EXPECT_EQ(server.last_event().sequence(), events_before);
  server.restart();  // compares the log with its checkpoint
  EXPECT_EQ(server.event_count(), events_before + 1);
}

}  // namespace
}  // namespace sspf::test
