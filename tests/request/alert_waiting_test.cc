// SPDX-License-Identifier: Apache-2.0
//
// What is raised waits to be delivered: when it is tried again, and what goes first.
#include <gtest/gtest.h>

#include "tests/support/alerting.h"

namespace sspf::test {
namespace {

struct AlertsWaiting : testing::Test {
  Alerting town;
  TestServer& server = town.server;
  const Cast& cast = town.cast;

  void SetUp() override { town.look(); }
};

TEST_F(AlertsWaiting, WhatWaitsIsTriedAgainLaterAndLaterUntilItIsDelivered) {
  rpc::record_own_act(server.installation().services(), "server/clock_behind", 1);
  town.look();
  auto first = town.watch->due();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->notice.kind, v1::ALERT_KIND_CLOCK_BEHIND);
  EXPECT_EQ(first->notice.municipality_code, "");
  town.watch->take(*first, AlertWatch::Delivered::yes);
  for (const int seconds : {10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600}) {
    const auto due = town.watch->due();
    ASSERT_TRUE(due) << seconds;
    EXPECT_NE(due->channel, first->channel);
    town.watch->take(*due, AlertWatch::Delivered::no);
    server.advance_seconds(seconds - 1);
    EXPECT_FALSE(town.watch->due()) << seconds;
    server.advance_seconds(1);
  }
  town.restart();
  town.look();
  const auto last = town.watch->due();
  ASSERT_TRUE(last);
  town.watch->take(*last, AlertWatch::Delivered::yes);
  server.advance_seconds(7200);
  EXPECT_FALSE(town.watch->due());
}

TEST_F(AlertsWaiting, ANewAlertDoesNotWaitBehindOnesThatFail) {
  rpc::record_own_act(server.installation().services(), "server/clock_behind", 1);
  town.look();
  for (int i = 0; i < 2; ++i) town.watch->take(*town.watch->due(), AlertWatch::Delivered::no);
  server.advance_seconds(60);
  town.fail_to_read(cast.school_tyr, 10);
  town.look();
  EXPECT_EQ(town.watch->due()->notice.kind, v1::ALERT_KIND_ENUMERATION);
}

}  // namespace
}  // namespace sspf::test
