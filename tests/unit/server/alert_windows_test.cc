// SPDX-License-Identifier: Apache-2.0
//
// Counting within a window of time, without a server.
#include "server/alert_windows.h"

#include <gtest/gtest.h>

namespace sspf {
namespace {

constexpr std::int64_t second_us = 1'000'000;

struct Windows : testing::Test {
  // The count of what is raised; 0 when nothing is.
  std::uint64_t count(std::int64_t second, std::uint64_t amount) {
    const auto full =
        windows.count(key, {next_++, second * second_us, amount}, rule, AlertWindows::Raise::yes);
    return full ? full->count : 0;
  }

  AlertWindows windows;
  store::AlertKey key{MunicipalityId::random(), v1::ALERT_KIND_VOLUME, AccountId::random()};
  store::AlertRule rule{true, 10, 1};
  std::uint64_t next_ = 100;
};

TEST_F(Windows, AreFullAtTheThreshold) {
  EXPECT_EQ(count(0, 9), 0U);
  EXPECT_EQ(count(59, 1), 10U);
}

TEST_F(Windows, LetGoOfWhatIsOlder) {
  EXPECT_EQ(count(0, 9), 0U);
  EXPECT_EQ(count(60, 9), 0U);
  EXPECT_EQ(count(119, 1), 10U);
}

TEST_F(Windows, AreOfOneKeyEach) {
  EXPECT_EQ(count(0, 9), 0U);
  key.account = AccountId::random();
  EXPECT_EQ(count(0, 9), 0U);
}

TEST_F(Windows, RaiseAgainWhenAWindowHasPassedAndCountAnew) {
  EXPECT_EQ(count(0, 30), 30U);
  EXPECT_EQ(count(59, 30), 0U);
  EXPECT_EQ(count(60, 1), 31U) << "what came after the first";
}

TEST_F(Windows, DoNotCountWhatAnAlertHasCounted) {
  windows.remember({{key, {102, 0}}});
  EXPECT_EQ(count(0, 9), 0U);    // 100
  EXPECT_EQ(count(0, 9), 0U);    // 101
  EXPECT_EQ(count(0, 9), 0U);    // 102
  EXPECT_EQ(count(61, 9), 0U);   // 103
  EXPECT_EQ(count(61, 1), 10U);  // 104
}

TEST_F(Windows, CountWithoutRaising) {
  const auto seen = windows.count(key, {1, 0, 10}, rule, AlertWindows::Raise::no);
  EXPECT_FALSE(seen);
  EXPECT_EQ(count(1, 1), 11U);
}

TEST(AlertHits, OfAnEventThatConcernsNobodyAreNone) {
  v1::AuditEvent event;
  event.set_rpc("sspf.v1.AccountService/WhoAmI");
  event.set_outcome(v1::OUTCOME_ALLOWED);
  event.set_account_id(AccountId::random().blob());
  EXPECT_TRUE(alert_hits_of(event, {}).empty());
}

// Who calls cannot make up an act of the server's own.
TEST(AlertHits, AnActOfTheServersOwnHasNoCaller) {
  v1::AuditEvent event;
  event.set_rpc("server/clock_behind");
  event.set_outcome(v1::OUTCOME_ALLOWED);
  EXPECT_EQ(alert_hits_of(event, {}).size(), 1U);
  event.set_account_id(AccountId::random().blob());
  EXPECT_TRUE(alert_hits_of(event, {}).empty());
}

TEST(AlertHits, ADecoyIsNamedByTheCallOrByWhatItShowed) {
  const CaseId decoy = CaseId::random();
  v1::AuditEvent event;
  event.set_account_id(AccountId::random().blob());
  event.set_outcome(v1::OUTCOME_REFUSED);
  event.set_case_id(decoy.blob());
  ASSERT_EQ(alert_hits_of(event, {{decoy, {}}}).size(), 1U);
  EXPECT_EQ(alert_hits_of(event, {{decoy, {}}}).front().kind, v1::ALERT_KIND_DECOY);
  EXPECT_TRUE(alert_hits_of(event, {{CaseId::random(), {}}}).empty());
  event.clear_case_id();
  event.add_cases_shown()->set_case_id(decoy.blob());
  EXPECT_EQ(alert_hits_of(event, {{decoy, {}}}).size(), 1U);
}

TEST(AlertHits, ADecoyIsOneFromItsFirstMomentUntilItIsRemoved) {
  const CaseId decoy = CaseId::random();
  v1::AuditEvent event;
  event.set_account_id(AccountId::random().blob());
  event.set_case_id(decoy.blob());
  const store::Decoys decoys = {{decoy, {10, 20}}, {decoy, {30, 40}}};
  for (const auto& [time, is_decoy] : std::map<std::int64_t, bool>{
           {9, false}, {10, true}, {19, true}, {20, false}, {29, false}, {30, true}, {40, false}}) {
    event.set_time_us(time);
    EXPECT_EQ(alert_hits_of(event, decoys).size(), is_decoy ? 1U : 0U) << time;
  }
}

}  // namespace
}  // namespace sspf
