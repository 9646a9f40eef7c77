// SPDX-License-Identifier: Apache-2.0
#include "client/cli/audit.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "client/cli/render.h"
#include "tests/unit/client/audit_fixture.h"

namespace sspf::cli {
namespace {

using test::AuditVerifyCommand;
using test::event;
using test::events_of;
using test::exported;
using test::Log;
using test::origin;
using test::run_program;
using test::Words;

TEST_F(AuditVerifyCommand, AWholeLogIsWholeWithoutAContext) {
  const auto ran = verified(exported(log_.note(events_), events_));
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(nlohmann::json::parse(ran.out)["size"], "7");
  EXPECT_TRUE(user_.store().names().empty());
}

TEST_F(AuditVerifyCommand, TheKeyMayLieInAFile) {
  const std::string key = user_.file("log.vkey", log_.vkey() + "\n");
  const std::string file = user_.file("export", exported(log_.note(events_), events_));
  EXPECT_EQ(run_program({"audit", "verify", file, "--key", key}).exit, 0);
  EXPECT_EQ(run_program({"audit", "verify", file, "--key", Log().vkey(), "--key", key}).exit, 0);
  EXPECT_EQ(run_program({"audit", "verify", file, "--key", Log().vkey()}).exit, 2);
}

TEST_F(AuditVerifyCommand, AnEditedEventIsNoticed) {
  auto edited = events_;
  edited[3] = event(3, 1'000'003) + std::string("\x3a\x01x", 3);  // another purpose
  EXPECT_NE(tampered(exported(log_.note(events_), edited)), "");
}

TEST_F(AuditVerifyCommand, ADeletedEventIsNamed) {
  auto fewer = events_;
  fewer.erase(fewer.begin() + 3);
  EXPECT_EQ(tampered(exported(log_.note(events_), fewer)), "events[3]");
}

TEST_F(AuditVerifyCommand, AnInsertedEventIsNamed) {
  auto more = events_;
  more.insert(more.begin() + 4, event(4, 1'000'003));
  EXPECT_EQ(tampered(exported(log_.note(events_), more)), "events[5]");
}

TEST_F(AuditVerifyCommand, ReorderedEventsAreNamed) {
  auto reordered = events_;
  std::swap(reordered[2], reordered[3]);
  EXPECT_EQ(tampered(exported(log_.note(events_), reordered)), "events[2]");
}

TEST_F(AuditVerifyCommand, ATruncatedLogIsNoticed) {
  auto fewer = events_;
  fewer.pop_back();
  EXPECT_EQ(tampered(exported(log_.note(events_), fewer)), "events[6]");
  const std::string bytes = exported(log_.note(events_), events_);
  EXPECT_EQ(tampered(bytes.substr(0, bytes.size() - 1)), "events[6]");
}

// What the server itself signed may still be no honest log.
TEST_F(AuditVerifyCommand, AGapInTheNumbersIsNoticedUnderAGoodSignature) {
  auto gap = events_;
  gap[5] = event(6, 1'000'005);
  EXPECT_EQ(tampered(exported(log_.note(gap), gap)), "events[5]");
}

TEST_F(AuditVerifyCommand, TimeThatRunsBackwardsIsNoticedUnderAGoodSignature) {
  auto backwards = events_;
  backwards[5] = event(5, 1'000'003);
  EXPECT_EQ(tampered(exported(log_.note(backwards), backwards)), "events[5]");
}

TEST_F(AuditVerifyCommand, BytesThatAreNoEventAreNoticedUnderAGoodSignature) {
  auto odd = events_;
  odd[1] = "\xff\xff\xff";
  EXPECT_EQ(tampered(exported(log_.note(odd), odd)), "events[1]");
}

TEST_F(AuditVerifyCommand, AKeptCheckpointShowsAForkAndACut) {
  const std::string file = user_.file("export", exported(log_.note(events_), events_));
  const auto with = [&](const Words& kept) {
    return run_program({"audit", "verify", file, "--key", log_.vkey(), "--checkpoint",
                        user_.file("kept", log_.note(kept))})
        .exit;
  };
  EXPECT_EQ(with(events_of(4)), 0);
  auto forked = events_of(4);
  forked[1] = event(1, 1'000'000);
  EXPECT_EQ(with(forked), 1);
  EXPECT_EQ(with(events_of(8)), 1);
}

// Exit code 1 says that the log was changed: nothing else may end with it.
TEST_F(AuditVerifyCommand, WhatCannotBeReadIsNoVerdict) {
  EXPECT_EQ(verified("nonsense").exit, 2);
  EXPECT_EQ(verified("").exit, 2);
  EXPECT_EQ(run_program({"audit", "verify", "/nonexistent", "--key", log_.vkey()}).exit, 2);
  EXPECT_EQ(run_program({"audit", "verify", "--key", log_.vkey()}).exit, 2);
  EXPECT_EQ(run_program({"audit", "verify", "--no-such-flag"}).exit, 2);
  EXPECT_EQ(run_program({"--lang", "sv", "audit", "verify", "a", "--key", "no key"}).exit, 2);
}

TEST_F(AuditVerifyCommand, ItEndsAsAVerifierWhereverTheOptionsStand) {
  auto fewer = events_;
  fewer.erase(fewer.begin() + 3);
  const std::string changed = user_.file("changed", exported(log_.note(events_), fewer));
  const std::string garbage = user_.file("garbage", "nonsense");
  for (const Words& begin : {Words{"audit", "--lang", "sv", "verify"},
                             Words{"-o", "json", "audit", "--lang=sv", "verify"}}) {
    const auto ended = [&](const std::string& file) {
      Words words = begin;
      words.insert(words.end(), {file, "--key", log_.vkey()});
      return run_program(words).exit;
    };
    EXPECT_EQ(ended(changed), 1);
    EXPECT_EQ(ended(garbage), 2);
    EXPECT_EQ(ended("--no-such-flag"), 2);
  }
  EXPECT_EQ(run_program({"incident", "--lang", "sv", "verify", "/nonexistent"}).exit, 2);
  EXPECT_EQ(run_program({"help", "audit", "verify", "more", "and", "more"}).exit, 1);
}

TEST_F(AuditVerifyCommand, TheVerdictIsToldInSwedish) {
  auto fewer = events_;
  fewer.erase(fewer.begin() + 3);
  const auto ran =
      run_program({"audit", "verify", user_.file("export", exported(log_.note(events_), fewer)),
                   "--key", log_.vkey(), "--lang", "sv"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err,
            "sspf: Loggen har ändrats. Första händelsen som är eller kan vara fel: 3. Dess nummer "
            "följer inte på det föregående.\n");
}

TEST(AuditList, ACauseThatWasAnsweredIsNotRepeated) {
  const test::User user;
  speak(Language::english);
  const CommandTable table = all_commands();
  v1::ListEventsResponse response;
  for (const char* const cause : {"wrong_check_digit", "no_basis"}) {
    v1::EventView& view = *response.add_events();
    view.set_told_reason(cause == std::string("no_basis") ? "not_found" : cause);
    view.set_cause_reason(cause);
  }
  const std::string text =
      response_text(response, find_command(table, "audit", "list")->sections, test::wide);
  const auto at = text.find("wrong_check_digit");
  EXPECT_NE(at, std::string::npos) << text;
  EXPECT_EQ(at, text.rfind("wrong_check_digit")) << text;
  EXPECT_NE(text.find("no_basis"), std::string::npos) << text;
}

}  // namespace
}  // namespace sspf::cli
