// SPDX-License-Identifier: Apache-2.0
//
// Lists of disposal: which cases come on one, and what three persons do with it.
#include <gtest/gtest.h>

#include "server/base/limits.h"
#include "tests/support/disposing.h"

namespace sspf::test::disposal_list {
namespace {

constexpr auto create = "DisposalService/CreateDisposalList";
constexpr auto judge = "DisposalService/ReviewDisposalItem";
constexpr auto carry_out = "DisposalService/ExecuteDisposal";
const std::string nothing_due = "refused failed_precondition/nothing_due for nothing_due";

struct DisposalLists : testing::Test {
  Disposing town;
  const Cast& cast = town.cast;

  std::string created() {
    return town.outcome(town.coordinator, create, of_tyr<v1::CreateDisposalListRequest>());
  }
  std::string judged(const Account& caller, const v1::ReviewDisposalItemRequest& request) {
    return town.outcome(caller, judge, request);
  }
  std::string executed(const Account& caller, const std::string& list) {
    return town.outcome(caller, carry_out, execution_of(list));
  }
  // The cases on it with verdict and outcome: "TYR-2020-0001 DISPOSE LEFT".
  std::vector<std::string> items(const std::string& list) {
    std::vector<std::string> found;
    const auto shown = town.show(list);
    for (const v1::DisposalItem& item : shown.items()) {
      std::string line = item.case_number();
      if (item.verdict() != 0) line += v1::DisposalVerdict_Name(item.verdict()).substr(16);
      if (item.outcome() != 0) line += v1::DisposalOutcome_Name(item.outcome()).substr(16);
      found.push_back(line);
    }
    return found;
  }
};

using Lines = std::vector<std::string>;

TEST_F(DisposalLists, HoldTheEndedCasesWhoseDayHasComeAndThatNothingKeeps) {
  EXPECT_EQ(created(), nothing_due);
  const std::string due = town.old_group();
  const std::string person = town.old_person("2008-06-06");
  town.old_person("2008-06-15");
  town.hold(town.old_group());
  town.load.server.set_date("2020-03-01");
  town.load.create(new_group());  // still open
  town.load.server.set_date("2022-03-01");
  const std::string younger = town.load.create(new_group());
  town.load.advance(younger, v1::CASE_STATE_MOVED);
  town.load.server.set_date("2026-11-24");
  const std::string list = town.list();
  const v1::AuditEvent event = town.load.server.last_event();
  EXPECT_EQ(event.item_id().size(), 16U);
  EXPECT_EQ(event.disposed_case_ids_size(), 0);
  EXPECT_EQ(items(list), (Lines{due, person}));
  const auto shown = town.show(list);
  EXPECT_EQ(shown.list().items(), 2U);
  EXPECT_EQ(shown.list().unreviewed(), 2U);
  EXPECT_EQ(shown.list().created_by_handle(), "anna.alm");
  EXPECT_EQ(shown.items(0).due_on(), "2025-03-01");
  // The event of a look names each case.
  EXPECT_EQ(town.load.server.last_event().cases_shown_size(), 2);
  EXPECT_EQ(town.load.server.last_event().cases_shown(0).case_id(), town.id_of(due));
}

TEST_F(DisposalLists, DoNotHoldACaseThatIsOnAnother) {
  const std::string first = town.old_group();
  const std::string list = town.list();
  EXPECT_EQ(created(), nothing_due);
  town.review(list, first, v1::DISPOSAL_VERDICT_KEEP);
  EXPECT_EQ(created(), nothing_due);
  town.execute(list);
  EXPECT_EQ(items(list), Lines{first + "_KEEP_LEFT"});
  EXPECT_EQ(items(town.list()), Lines{first});
}

TEST_F(DisposalLists, AreEmptyWhereEverythingIsPreserved) {
  town.old_group();
  v1::SetRetentionRuleRequest rule = new_rule(5);
  rule.set_preserves_everything(true);
  EXPECT_EQ(town.outcome(cast.admin_tyr, "RetentionService/SetRetentionRule", rule), "allowed");
  EXPECT_EQ(created(), nothing_due);
}

TEST_F(DisposalLists, HoldNoMoreThanTheyMay) {
  town.load.server.set_date("2020-03-01");
  for (std::size_t i = 0; i <= limits::disposal_items_max; ++i) {
    const std::string number = town.load.create(new_group());
    town.load.advance(number, v1::CASE_STATE_MOVED);
  }
  town.load.server.set_date("2026-11-24");
  const auto make = [&] {
    return town.load.get<v1::CreateDisposalListResponse>(town.coordinator, create,
                                                         of_tyr<v1::CreateDisposalListRequest>());
  };
  const auto first = make();
  EXPECT_EQ(first.items(), limits::disposal_items_max);
  EXPECT_TRUE(first.more());
  EXPECT_EQ(items(first.list()).size(), limits::disposal_items_max);
  const auto second = make();
  EXPECT_EQ(second.items(), 1U);
  EXPECT_FALSE(second.more());
}

TEST_F(DisposalLists, AreListedTheNewestFirstInPieces) {
  Lines made;
  for (std::uint32_t i = 0; i <= limits::page_size_max; ++i) {
    town.old_group();
    made.insert(made.begin(), town.list());
  }
  const Answered answered =
      town.load.server.call(cast.admin_tyr, "sspf.v1.DisposalService/ListDisposalLists",
                            of_tyr<v1::ListDisposalListsRequest>());
  EXPECT_EQ(answered.bodies.size(), 2U);
  Lines listed;
  const auto response = answered.as<v1::ListDisposalListsResponse>();
  for (const v1::DisposalList& list : response.lists()) {
    listed.push_back(list.list());
    EXPECT_EQ(list.unreviewed(), 1U);
  }
  EXPECT_EQ(listed, made);
}

TEST_F(DisposalLists, AreReviewedItemByItemOnceByAnother) {
  const std::string first = town.old_group();
  const std::string second = town.old_group();
  const std::string list = town.list();
  const auto dispose = verdict_on(list, first, v1::DISPOSAL_VERDICT_DISPOSE);
  EXPECT_EQ(judged(town.coordinator, dispose),
            "refused failed_precondition/list_made_by_caller for list_made_by_caller");
  EXPECT_EQ(judged(town.reviewer, dispose), "allowed");
  const v1::AuditEvent event = town.load.server.last_event();
  EXPECT_EQ(event.case_id(), town.id_of(first));
  EXPECT_EQ(event.disposed_case_ids_size(), 0);
  EXPECT_EQ(judged(town.reviewer, dispose),
            "refused failed_precondition/reviewed_already for reviewed_already");
  EXPECT_EQ(judged(town.executor, verdict_on(list, first, v1::DISPOSAL_VERDICT_KEEP)),
            "refused failed_precondition/reviewed_already for reviewed_already");
  EXPECT_EQ(executed(town.executor, list),
            "refused failed_precondition/not_reviewed for not_reviewed");
  EXPECT_EQ(judged(town.reviewer, verdict_on(list, second, v1::DISPOSAL_VERDICT_KEEP)), "allowed");
  EXPECT_EQ(items(list), (Lines{first + "_DISPOSE", second + "_KEEP"}));
  EXPECT_EQ(town.show(list).items(0).reviewed_by_handle(), "rita.ros");
  const auto shown = town.retention(second);
  ASSERT_EQ(shown.kept_size(), 1);
  EXPECT_EQ(shown.kept(0).list(), list);
  EXPECT_EQ(shown.kept(0).reason(), "Syskonets ärende pågår.");
}

TEST_F(DisposalLists, RefuseVerdictsThatAreWrong) {
  const std::string number = town.old_group();
  const std::string list = town.list();
  const std::string other = town.old_group();
  auto request = verdict_on(list, number, v1::DISPOSAL_VERDICT_KEEP);
  request.set_reason(" \n");
  EXPECT_EQ(judged(town.reviewer, request), "refused invalid_argument/missing(reason) for missing");
  request = verdict_on(list, number, v1::DISPOSAL_VERDICT_DISPOSE);
  request.set_reason("Skäl.");
  EXPECT_EQ(judged(town.reviewer, request),
            "refused invalid_argument/unexpected(reason) for unexpected");
  request.clear_verdict();
  EXPECT_EQ(judged(town.reviewer, request),
            "refused invalid_argument/missing(verdict) for missing");
  const std::string absent = "refused not_found/not_found for not_found";
  EXPECT_EQ(judged(town.reviewer, verdict_on(list, other, v1::DISPOSAL_VERDICT_DISPOSE)), absent);
  EXPECT_EQ(judged(town.reviewer, verdict_on("zzzzzzzz", number, v1::DISPOSAL_VERDICT_DISPOSE)),
            absent);
  const std::string hold = town.hold(number);
  EXPECT_EQ(judged(town.reviewer, verdict_on(list, number, v1::DISPOSAL_VERDICT_DISPOSE)),
            "refused failed_precondition/case_on_hold for case_on_hold");
  EXPECT_EQ(judged(town.reviewer, verdict_on(list, number, v1::DISPOSAL_VERDICT_KEEP)), "allowed");
}

TEST_F(DisposalLists, AreExecutedOnceByAThird) {
  const std::string number = town.old_group();
  const std::string list = town.list();
  town.review_all(list);
  EXPECT_EQ(executed(town.coordinator, list),
            "refused failed_precondition/list_made_by_caller for list_made_by_caller");
  EXPECT_EQ(executed(town.reviewer, list),
            "refused failed_precondition/list_reviewed_by_caller for list_reviewed_by_caller");
  EXPECT_EQ(executed(town.executor, list), "allowed");
  EXPECT_EQ(items(list), Lines{number + "_DISPOSE_DISPOSED"});
  EXPECT_EQ(town.show(list).list().executed_by_handle(), "eskil.ek");
  EXPECT_EQ(town.show(list).list().disposed(), 1U);
  EXPECT_EQ(executed(cast.admin_tyr, list),
            "refused failed_precondition/executed_already for executed_already");
  const std::string other = town.old_group();
  EXPECT_EQ(judged(town.reviewer, verdict_on(list, other, v1::DISPOSAL_VERDICT_KEEP)),
            "refused failed_precondition/executed_already for executed_already");
}

TEST_F(DisposalLists, OfOneReviewerAmongSeveralStillNeedAThird) {
  const std::string first = town.old_group();
  const std::string second = town.old_group();
  const std::string list = town.list();
  town.review(list, first, v1::DISPOSAL_VERDICT_KEEP);
  EXPECT_EQ(judged(town.executor, verdict_on(list, second, v1::DISPOSAL_VERDICT_DISPOSE)),
            "allowed");
  EXPECT_EQ(executed(town.executor, list),
            "refused failed_precondition/list_reviewed_by_caller for list_reviewed_by_caller");
  EXPECT_EQ(executed(cast.admin_tyr, list), "allowed");
  EXPECT_EQ(items(list), (Lines{first + "_KEEP_LEFT", second + "_DISPOSE_DISPOSED"}));
}

// What came in between the review and the execution.
TEST_F(DisposalLists, LeaveWhatIsOnHoldOrNotDueAnyMore) {
  const std::string held = town.old_group();
  const std::string gone = town.old_group();
  std::string list = town.list();
  town.review_all(list);
  const std::string hold = town.hold(held);
  const auto response = town.execute(list);
  EXPECT_EQ(response.left_case_numbers_size(), 1);
  EXPECT_EQ(items(list), (Lines{held + "_DISPOSE_LEFT", gone + "_DISPOSE_DISPOSED"}));
  EXPECT_EQ(town.retention(held).status(), v1::RETENTION_STATUS_ON_HOLD);

  town.lift(held, hold);
  list = town.list();
  town.review_all(list);
  EXPECT_EQ(town.outcome(cast.admin_tyr, "RetentionService/SetRetentionRule", new_rule(5)),
            "allowed");
  EXPECT_EQ(executed(town.executor, list), "allowed");
  EXPECT_EQ(town.load.server.last_event().disposed_case_ids_size(), 0);
  EXPECT_EQ(items(list), Lines{held + "_DISPOSE_LEFT"});
  EXPECT_EQ(items(town.list()), Lines{held});
}

TEST_F(DisposalLists, ADryRunSaysWhatWouldBeAndDestroysNothing) {
  const std::string number = town.old_group();
  const std::string list = town.list();
  town.review_all(list);
  v1::ExecuteDisposalRequest request = execution_of(list);
  request.mutable_write()->set_dry_run(true);
  EXPECT_EQ(town.outcome(town.executor, carry_out, request), "dry run");
  const auto response =
      town.load.get<v1::ExecuteDisposalResponse>(town.executor, carry_out, request);
  ASSERT_EQ(response.disposed_case_numbers_size(), 1);
  EXPECT_EQ(response.disposed_case_numbers(0), number);
  EXPECT_EQ(town.retention(number).status(), v1::RETENTION_STATUS_DUE);
  EXPECT_TRUE(std::filesystem::exists(town.load.server.config().epoch_key_file(1)));
  EXPECT_FALSE(std::filesystem::exists(town.load.server.config().epoch_key_file(2)));
}

}  // namespace
}  // namespace sspf::test::disposal_list
