// SPDX-License-Identifier: Apache-2.0
//
// What a follow-up may say (domain.md 5): one table of status, colour and day, and what yellow and
// red ask for beside them.
#include <gtest/gtest.h>

#include "tests/request/plan_words.h"
#include "tests/support/planning.h"

namespace sspf::test::planning::progress {
namespace {

constexpr auto not_started = v1::COMMITMENT_STATUS_NOT_STARTED;
constexpr auto started = v1::COMMITMENT_STATUS_STARTED;
constexpr auto done = v1::COMMITMENT_STATUS_DONE;
constexpr auto partly_done = v1::COMMITMENT_STATUS_PARTLY_DONE;
constexpr auto not_done = v1::COMMITMENT_STATUS_NOT_DONE;
constexpr auto withdrawn = v1::COMMITMENT_STATUS_WITHDRAWN;
constexpr auto green = v1::RAG_STATUS_GREEN;
constexpr auto yellow = v1::RAG_STATUS_YELLOW;
constexpr auto red = v1::RAG_STATUS_RED;

constexpr v1::CommitmentStatus statuses[] = {not_started, started,  done,
                                             partly_done, not_done, withdrawn};
constexpr v1::RagStatus colours[] = {green, yellow, red};

// A commitment from the first of December to the tenth.
const std::string before_start = "2026-11-30";
const std::string first_day = "2026-12-01";
const std::string second_day = "2026-12-02";
const std::string last_day = "2026-12-10";
const std::string day_after = "2026-12-11";
const std::string days[] = {before_start, first_day, second_day, last_day, day_after};

const std::string stored = "+commitment_version +request ~commitment";
const std::string taken = "dry run";
const std::string off_plan = "refused failed_precondition/green_means_on_plan(rag)";
const std::string is_started = "refused invalid_argument/red_means_not_started(rag)";
const std::string is_not_started = "refused invalid_argument/yellow_means_started(rag)";
const std::string too_early = "refused failed_precondition/red_before_start(rag)";
const std::string falls_short = "refused invalid_argument/not_done_means_off_plan(rag)";
const std::string is_done = "refused invalid_argument/done_means_green(rag)";
const std::string no_cause = "refused invalid_argument/missing(cause)";
const std::string no_measures = "refused invalid_argument/missing(measures)";
const std::string started_already = "refused failed_precondition/started_already(status)";
const std::string has_ended = "refused failed_precondition/commitment_ended";

struct Rule {
  v1::CommitmentStatus status;
  v1::RagStatus colour;
  std::vector<std::string> by_day;  // on each of `days`
};

// Of a commitment without a colour, with cause and measures.
const Rule rules[] = {
    {not_started, green, {taken, taken, off_plan, off_plan, off_plan}},
    {not_started, yellow, std::vector(5, is_not_started)},
    {not_started, red, {too_early, taken, taken, taken, taken}},
    {started, green, {taken, taken, taken, taken, off_plan}},
    {started, yellow, std::vector(5, taken)},
    {started, red, std::vector(5, is_started)},
    {done, green, std::vector(5, taken)},
    {done, yellow, std::vector(5, is_done)},
    {done, red, std::vector(5, is_started)},
    {partly_done, green, std::vector(5, falls_short)},
    {partly_done, yellow, std::vector(5, taken)},
    {partly_done, red, std::vector(5, is_started)},
    {not_done, green, std::vector(5, falls_short)},
    {not_done, yellow, std::vector(5, taken)},
    {not_done, red, {too_early, taken, taken, taken, taken}},
    {withdrawn, green, std::vector(5, taken)},
    {withdrawn, yellow, std::vector(5, taken)},
    {withdrawn, red, std::vector(5, is_started)},
};

std::string words(v1::CommitmentStatus status, v1::RagStatus colour) {
  return v1::CommitmentStatus_Name(status) + " " + v1::RagStatus_Name(colour);
}

struct FollowUp : testing::Test {
  Planning plans;
  Caseload& load = plans.load;
  const Account& school = load.cast.school_tyr;
  const std::string number = load.mapped();
  Named named{number, "", 1};

  void SetUp() override {
    load.assign(number, school);
    named.commitment = add("2026-12-01", "2026-12-10");
  }

  std::string add(const std::string& start_date, const std::string& due_date) {
    v1::AddCommitmentRequest request = new_commitment(number, "TYR-SKO");
    request.mutable_draft()->set_start_date(start_date);
    request.mutable_draft()->set_due_date(due_date);
    return plans.commit(request);
  }
  v1::LogProgressRequest saying(v1::CommitmentStatus status, v1::RagStatus colour) {
    v1::LogProgressRequest request = follow_up(named);
    request.set_status(status);
    request.set_rag(colour);
    request.set_cause("Läraren är sjuk.");
    request.set_measures("En vikarie tar över.");
    return request;
  }
  std::string outcome(const v1::LogProgressRequest& request) {
    return plans.outcome(school, log_progress, request);
  }
  std::string tried(v1::LogProgressRequest request) {
    request.mutable_write()->set_dry_run(true);
    return outcome(request);
  }
};

TEST_F(FollowUp, OfEachStatusColourAndDay) {
  for (std::size_t day = 0; day < std::size(days); ++day) {
    load.server.set_date(days[day]);
    for (const Rule& rule : rules) {
      EXPECT_EQ(tried(saying(rule.status, rule.colour)), rule.by_day[day])
          << words(rule.status, rule.colour) << " on " << days[day];
    }
  }
  EXPECT_EQ(std::size(rules), std::size(statuses) * std::size(colours));
  EXPECT_EQ(plans.history(school, named).versions_size(), 1);
}

// The same table once it is started, but for what cannot be said of it any more.
TEST_F(FollowUp, OfOneThatIsStartedDoesNotGoBackToNotStarted) {
  load.server.set_date(before_start);
  EXPECT_EQ(outcome(saying(started, yellow)), "allowed: " + stored);
  named.version = 2;
  for (std::size_t day = 0; day < std::size(days); ++day) {
    load.server.set_date(days[day]);
    for (const Rule& rule : rules) {
      EXPECT_EQ(tried(saying(rule.status, rule.colour)),
                rule.status == not_started ? started_already : rule.by_day[day])
          << words(rule.status, rule.colour) << " on " << days[day];
    }
  }
  EXPECT_EQ(outcome(saying(not_started, red)), started_already);
  EXPECT_EQ(plans.history(school, named).commitment().status(), started);
}

// What is withdrawn is not judged anew.
TEST_F(FollowUp, OfWhatWasRedMayWithdrawItAsRed) {
  named.commitment = add("2026-11-24", "2026-12-10");  // from today
  EXPECT_EQ(outcome(saying(not_started, red)), "allowed: " + stored);
  v1::ChangeCommitmentRequest later = change_of({number, named.commitment, 2}, "TYR-SKO");
  later.mutable_draft()->set_start_date("2026-12-01");
  later.mutable_draft()->set_due_date("2026-12-10");
  EXPECT_EQ(plans.outcome(school, "CommitmentService/ChangeCommitment", later),
            "allowed: " + stored);
  named.version = 3;
  for (std::size_t day = 0; day < std::size(days); ++day) {
    load.server.set_date(days[day]);
    for (const Rule& rule : rules) {
      const bool keeps_red = rule.status == withdrawn && rule.colour == red;
      EXPECT_EQ(tried(saying(rule.status, rule.colour)), keeps_red ? taken : rule.by_day[day])
          << words(rule.status, rule.colour) << " on " << days[day];
    }
  }
  v1::LogProgressRequest silent = saying(withdrawn, red);
  silent.clear_cause();
  EXPECT_EQ(tried(silent), no_cause);
}

// The colour is refused before what it would ask for, and green asks for nothing.
TEST_F(FollowUp, YellowAndRedSayWhyAndWhatIsDone) {
  const std::string blanks[] = {"", " ", "  \n "};
  for (std::size_t day = 0; day < std::size(days); ++day) {
    load.server.set_date(days[day]);
    for (const Rule& rule : rules) {
      const bool asks = rule.by_day[day] == taken && rule.colour != green;
      for (const std::string& blank : blanks) {
        v1::LogProgressRequest request = saying(rule.status, rule.colour);
        request.set_cause(blank);
        EXPECT_EQ(tried(request), asks ? no_cause : rule.by_day[day])
            << words(rule.status, rule.colour) << " on " << days[day];
        request = saying(rule.status, rule.colour);
        request.set_measures(blank);
        EXPECT_EQ(tried(request), asks ? no_measures : rule.by_day[day])
            << words(rule.status, rule.colour) << " on " << days[day];
      }
    }
  }
}

TEST_F(FollowUp, OfOneDayIsOnPlanOnThatDayAlone) {
  named.commitment = add("2026-12-05", "2026-12-05");
  load.server.set_date("2026-12-05");
  EXPECT_EQ(tried(saying(not_started, green)), taken);
  EXPECT_EQ(tried(saying(started, green)), taken);
  load.server.set_date("2026-12-06");
  EXPECT_EQ(tried(saying(not_started, green)), off_plan);
  EXPECT_EQ(tried(saying(started, green)), off_plan);
}

// The day is Stockholm's, where it begins an hour before that of UTC.
TEST_F(FollowUp, IsHeldAgainstTheDayInStockholm) {
  load.server.set_date(last_day);
  load.server.advance_seconds(12 * 3600 - 1);
  EXPECT_EQ(tried(saying(started, green)), taken);
  load.server.advance_seconds(1);
  EXPECT_EQ(tried(saying(started, green)), off_plan);
}

TEST_F(FollowUp, OfOneThatHasEndedIsRefused) {
  for (const auto& [end, end_colour] :
       {std::pair{done, green}, {partly_done, yellow}, {not_done, yellow}, {withdrawn, green}}) {
    named = {number, add("2026-12-01", "2026-12-10"), 1};
    EXPECT_EQ(outcome(saying(end, end_colour)), "allowed: " + stored);
    named.version = 2;
    for (const v1::CommitmentStatus status : statuses) {
      for (const v1::RagStatus colour : colours) {
        EXPECT_EQ(outcome(saying(status, colour)), has_ended) << words(status, colour);
      }
    }
    EXPECT_EQ(
        plans.outcome(school, "CommitmentService/ChangeCommitment", change_of(named, "TYR-SKO")),
        has_ended);
    EXPECT_EQ(plans.outcome(load.cast.coordinator_tyr, log_progress, saying(started, green)),
              has_ended);
    const v1::GetCommitmentResponse kept = plans.history(school, named);
    EXPECT_EQ(kept.commitment().status(), end);
    EXPECT_EQ(kept.versions_size(), 2);
  }
}

// Not started, then started; each says what it says alone.
TEST_F(FollowUp, IsKeptWithItsAuthorTimeAndWords) {
  load.server.set_date(second_day);
  EXPECT_EQ(outcome(saying(not_started, red)), "allowed: " + stored);
  named.version = 2;
  load.server.advance_seconds(60);
  EXPECT_EQ(plans.outcome(load.cast.coordinator_tyr, log_progress, follow_up(named)),
            "allowed: " + stored);
  const v1::GetCommitmentResponse kept = plans.history(school, named);
  ASSERT_EQ(kept.progress_size(), 2);
  EXPECT_EQ(kept.progress(0).author_handle(), school.handle);
  EXPECT_EQ(kept.progress(0).status(), not_started);
  EXPECT_EQ(kept.progress(0).rag(), red);
  EXPECT_EQ(kept.progress(0).text(), "Första samtalet är hållet.");
  EXPECT_EQ(kept.progress(0).cause(), "Läraren är sjuk.");
  EXPECT_EQ(kept.progress(0).measures(), "En vikarie tar över.");
  EXPECT_EQ(kept.progress(1).author_handle(), load.cast.coordinator_tyr.handle);
  EXPECT_EQ(kept.progress(1).written_at().seconds() - kept.progress(0).written_at().seconds(), 60);
  EXPECT_EQ(kept.progress(1).written_at().seconds(), load.server.now().microseconds / 1'000'000);
  EXPECT_EQ(kept.progress(1).status(), started);
  EXPECT_EQ(kept.progress(1).rag(), green);
  EXPECT_EQ(kept.progress(1).cause(), "");
  EXPECT_EQ(kept.progress(1).measures(), "");
  EXPECT_EQ(kept.commitment().cause(), "");  // that of the newest follow-up
  EXPECT_EQ(kept.versions(1).commitment().cause(), "Läraren är sjuk.");
}

TEST_F(FollowUp, WritesOnTheNewestVersionOnly) {
  named.version = 2;
  EXPECT_EQ(outcome(follow_up(named)), "refused aborted/stale_version");
  named.version = 1;
  EXPECT_EQ(outcome(follow_up(named)), "allowed: " + stored);
  EXPECT_EQ(outcome(follow_up(named)), "refused aborted/stale_version");
}

}  // namespace
}  // namespace sspf::test::planning::progress
