// SPDX-License-Identifier: Apache-2.0
//
// What a log shows by a basis, against what it says of that basis.
#include "client/cli/event_check.h"

#include <gtest/gtest.h>

#include "client/cli/stockholm.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {
namespace {

constexpr auto tyr = "municipality of 1";
constexpr auto nac = "municipality of 2";

std::int64_t us_of(const std::string& local) {
  return parse_stockholm(local).value().time_since_epoch().count() * 1'000'000;
}

// A log that is written by the clock, and the number of the first event that is complained of.
class Story {
 public:
  explicit Story(const std::string& starts) : now_us_(us_of(starts)) {}

  Story& at(const std::string& local) {
    now_us_ = us_of(local);
    return *this;
  }
  Story& begins(const std::string& from, const std::string& to) {
    v1::AuditEvent event;
    event.mutable_basis_change()->set_from_date(from);
    event.mutable_basis_change()->set_to_date(to);
    return changes(event, tyr);
  }
  Story& opens_until(const std::string& local) {
    v1::AuditEvent event;
    event.mutable_basis_change()->set_until_us(us_of(local));
    return changes(event, tyr);
  }
  Story& ends(const std::string& from, const std::string& to) {  // in every municipality
    v1::AuditEvent event;
    event.mutable_basis_change()->set_from_date(from);
    event.mutable_basis_change()->set_to_date(to);
    return changes(event, "");
  }
  Story& is_decided_in(const std::string& municipality, bool enabled) {
    v1::AuditEvent event;
    event.mutable_basis_change()->set_from_date("2026-01-01");
    event.mutable_basis_change()->set_withdrawn(!enabled);
    return changes(event, municipality);
  }
  Story& shows(v1::Outcome outcome) {
    v1::AuditEvent event;
    event.set_outcome(outcome);
    v1::AuditEvent::CaseShown& shown = *event.add_cases_shown();
    shown.set_case_id("a case");
    shown.set_basis_id("a basis");
    return append(event);
  }
  Story& shows() { return shows(v1::OUTCOME_ALLOWED); }
  Story& shows_judged_at(const std::string& local) {
    v1::AuditEvent event;
    event.set_outcome(v1::OUTCOME_ALLOWED);
    event.set_clock_us(us_of(local));
    event.add_cases_shown()->set_basis_id("a basis");
    return append(event);
  }
  Story& append(v1::AuditEvent event) {
    event.set_sequence(events_.size());
    event.set_time_us(now_us_);
    events_.push_back(event.SerializeAsString());
    return *this;
  }

  // -1 when there is none.
  int first_bad() const {
    std::vector<EpochBegin> epochs;
    const crypto::EntryCheck check = event_check(epochs);
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (check(i, crypto::view_of(events_[i]))) return static_cast<int>(i);
    }
    return -1;
  }

 private:
  Story& changes(v1::AuditEvent& event, const std::string& municipality) {
    event.set_outcome(v1::OUTCOME_ALLOWED);
    event.set_municipality_id(municipality);
    event.mutable_basis_change()->set_basis_id("a basis");
    return append(event);
  }

  std::int64_t now_us_;
  std::vector<std::string> events_;
};

Story november() { return Story("2026-11-20T12:00"); }

v1::AuditEvent begins_epoch(const std::string& last_checkpoint) {
  v1::AuditEvent event;
  event.set_rpc("server/new_epoch");
  event.set_outcome(v1::OUTCOME_ALLOWED);
  event.mutable_new_epoch()->set_previous_origin("log/1");
  event.mutable_new_epoch()->set_last_checkpoint(last_checkpoint);
  return event;
}

TEST(EventCheck, ANewEpochHoldsTheLastCheckpointBeforeIt) {
  const crypto::Checkpoint last{"log/1", 7, {}};
  const std::string note = crypto::marshal_note(crypto::sign_note(
      crypto::marshal_checkpoint(last), last.origin, crypto::SigningKey::generate()));
  EXPECT_EQ(november().append({}).append(begins_epoch(note)).first_bad(), -1);
  EXPECT_EQ(november().append({}).append(begins_epoch("")).first_bad(), 1);
  EXPECT_EQ(november().append({}).append(begins_epoch(note.substr(1))).first_bad(), -1);
  EXPECT_EQ(november().append({}).append(begins_epoch(note + "x")).first_bad(), 1);

  std::vector<EpochBegin> epochs;
  const crypto::EntryCheck check = event_check(epochs);
  const std::string bytes = begins_epoch(note).SerializeAsString();
  EXPECT_FALSE(check(0, crypto::view_of(bytes)));
  ASSERT_EQ(epochs.size(), 1U);
  EXPECT_EQ(epochs[0].sequence, 0U);
  EXPECT_EQ(epochs[0].previous_origin, "log/1");
  EXPECT_EQ(epochs[0].last_checkpoint, last);
}

TEST(EventCheck, WhatNoBasisHadToLiftNeedsNone) {
  v1::AuditEvent event;
  event.set_outcome(v1::OUTCOME_ALLOWED);
  event.add_cases_shown()->set_case_id("a case");
  EXPECT_EQ(november().append(event).first_bad(), -1);
}

TEST(EventCheck, ABasisThatTheLogDoesNotKnowLiftsNothing) {
  EXPECT_EQ(november().shows().first_bad(), 0);
  EXPECT_EQ(november().shows(v1::OUTCOME_DRY_RUN).first_bad(), 0);
  EXPECT_EQ(november().shows(v1::OUTCOME_REFUSED).first_bad(), -1);
}

TEST(EventCheck, AConsentLiftsFromItsFirstDayToItsLast) {
  const auto told = [](const std::string& local) {
    return november().begins("2026-11-22", "2026-11-30").at(local).shows().first_bad();
  };
  EXPECT_EQ(told("2026-11-21T23:59:59"), 1);
  EXPECT_EQ(told("2026-11-22T00:00"), -1);
  EXPECT_EQ(told("2026-11-30T23:59:59"), -1);
  EXPECT_EQ(told("2026-12-01T00:00"), 1);
}

TEST(EventCheck, WithoutALastDayItLiftsUntilFurtherNotice) {
  EXPECT_EQ(november().begins("2026-11-01", "").at("2036-01-01").shows().first_bad(), -1);
}

TEST(EventCheck, ARevokedConsentLiftsNothingAfterwards) {
  Story story = november().begins("2026-11-01", "2027-01-31").shows();
  EXPECT_EQ(story.first_bad(), -1);
  EXPECT_EQ(story.is_decided_in(tyr, false).shows().first_bad(), 3);
}

// What a refused or repeated call would have begun, it has not.
TEST(EventCheck, OnlyAnAllowedCallBeginsABasis) {
  for (const auto outcome : {v1::OUTCOME_REFUSED, v1::OUTCOME_DRY_RUN, v1::OUTCOME_REPEATED}) {
    v1::AuditEvent event;
    event.set_outcome(outcome);
    event.set_municipality_id(tyr);
    event.mutable_basis_change()->set_basis_id("a basis");
    event.mutable_basis_change()->set_from_date("2026-01-01");
    EXPECT_EQ(november().append(event).shows().first_bad(), 1);
  }
}

// The event that begins a basis shows nothing by it yet.
TEST(EventCheck, AnEventIsJudgedBeforeWhatItChanges) {
  v1::AuditEvent event;
  event.set_outcome(v1::OUTCOME_ALLOWED);
  event.set_municipality_id(tyr);
  event.mutable_basis_change()->set_basis_id("a basis");
  event.mutable_basis_change()->set_from_date("2026-01-01");
  event.add_cases_shown()->set_basis_id("a basis");
  EXPECT_EQ(november().append(event).first_bad(), 0);
}

TEST(EventCheck, AnEmergencyOpeningEndsByTheClock) {
  const auto told = [](const std::string& local) {
    return november().opens_until("2026-11-20T13:00").at(local).shows().first_bad();
  };
  EXPECT_EQ(told("2026-11-20T12:59:59"), -1);
  EXPECT_EQ(told("2026-11-20T13:00"), 1);
}

TEST(EventCheck, ARowOfTheCatalogueLiftsWhereSomebodyHasEnabledIt) {
  Story story = november().is_decided_in(tyr, true).is_decided_in(nac, true);
  EXPECT_EQ(story.is_decided_in(tyr, false).shows().first_bad(), -1);
  EXPECT_EQ(story.is_decided_in(nac, false).shows().first_bad(), 5);
}

TEST(EventCheck, ARowThatEndsEndsForEverybody) {
  Story story = november().is_decided_in(tyr, true).ends("2026-01-01", "2026-11-20");
  EXPECT_EQ(story.shows().first_bad(), -1);
  EXPECT_EQ(story.at("2026-11-21T00:00").shows().first_bad(), 3);
  // To end a row does not enable it anywhere.
  EXPECT_EQ(november().ends("2026-01-01", "2026-12-31").shows().first_bad(), 1);
}

// A log never goes back, so its time can be ahead of the clock that the call was judged by.
TEST(EventCheck, TheClockThatJudgedTheCallCounts) {
  Story story = november().begins("2026-11-01", "2026-11-20").at("2026-11-21T00:30");
  EXPECT_EQ(story.shows_judged_at("2026-11-20T23:59").first_bad(), -1);
  EXPECT_EQ(story.shows().first_bad(), 2);
}

TEST(EventCheck, ALoneEventIsHeldAgainstItsNumberOnly) {
  v1::AuditEvent event;
  event.set_sequence(7);
  event.set_outcome(v1::OUTCOME_ALLOWED);
  event.add_cases_shown()->set_basis_id("a basis");
  const std::string bytes = event.SerializeAsString();
  EXPECT_FALSE(lone_event_check()(7, crypto::view_of(bytes)));
  EXPECT_TRUE(lone_event_check()(8, crypto::view_of(bytes)));
  EXPECT_TRUE(lone_event_check()(7, crypto::view_of("\xff")));
}

}  // namespace
}  // namespace sspf::cli
