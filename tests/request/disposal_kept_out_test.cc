// SPDX-License-Identifier: Apache-2.0
//
// Lists of disposal and those whom a block or a protected identity keeps out: for them the case is
// on no list, counts nowhere, and is not destroyed by their hand.
#include <gtest/gtest.h>

#include "tests/support/disposing.h"

namespace sspf::test {
namespace {

using Lines = std::vector<std::string>;

struct DisposalKeptOut : testing::Test {
  Disposing town;
  const Cast& cast = town.cast;
  const std::string open_case = town.old_group();
  const std::string kept_case = town.old_person("2008-06-06");

  void protect() {
    auto request = of_case<v1::ProtectIdentityRequest>(kept_case);
    request.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
    town.load.get<v1::ProtectIdentityResponse>(town.coordinator,
                                               "ProtectionService/ProtectIdentity", request);
  }
  void add_handler(const Account& account) {
    auto request = of_case<v1::AddHandlerRequest>(kept_case);
    request.set_handle(account.handle);
    town.load.get<v1::AddHandlerResponse>(town.coordinator, "ProtectionService/AddHandler",
                                          request);
  }
  void block(const Account& account) {
    auto request = of_case<v1::BlockAccountRequest>(kept_case);
    request.set_handle(account.handle);
    request.set_reason("Moster till den unge.");
    town.load.get<v1::BlockAccountResponse>(town.coordinator, "BlockService/BlockAccount", request);
  }
  // Its cases and how many it says that there are: "TYR-2020-0001 of 1, 1 to review".
  std::string seen(const Account& caller, const std::string& list) {
    auto request = of_tyr<v1::GetDisposalListRequest>();
    request.set_list(list);
    const Answered answered =
        town.load.server.call(caller, "sspf.v1.DisposalService/GetDisposalList", request);
    if (!answered.ok()) return answered.summary();
    const auto shown = answered.as<v1::GetDisposalListResponse>();
    std::string line;
    for (const v1::DisposalItem& item : shown.items()) line += item.case_number() + " ";
    return line + "of " + std::to_string(shown.list().items()) + ", " +
           std::to_string(shown.list().unreviewed()) + " to review";
  }
  std::size_t lists(const Account& caller) {
    return static_cast<std::size_t>(
        town.load
            .get<v1::ListDisposalListsResponse>(caller, "DisposalService/ListDisposalLists",
                                                of_tyr<v1::ListDisposalListsRequest>())
            .lists_size());
  }
  Lines disposed_by(const Account& caller, const std::string& list) {
    const auto response = town.load.get<v1::ExecuteDisposalResponse>(
        caller, "DisposalService/ExecuteDisposal", execution_of(list));
    EXPECT_EQ(response.left_case_numbers_size(), 0);
    return {response.disposed_case_numbers().begin(), response.disposed_case_numbers().end()};
  }
};

TEST_F(DisposalKeptOut, AProtectedCaseIsOnTheListForItsHandlersAlone) {
  const std::string list = town.list();
  protect();
  const std::string both = open_case + " " + kept_case + " of 2, 2 to review";
  const std::string one = open_case + " of 1, 1 to review";
  EXPECT_EQ(seen(town.coordinator, list), both);
  EXPECT_EQ(seen(town.reviewer, list), one);
  EXPECT_EQ(seen(cast.admin_tyr, list), one);
  EXPECT_EQ(seen(cast.root, list), one);
  EXPECT_EQ(town.load.server.last_event().cases_shown_size(), 1);
  add_handler(town.reviewer);
  EXPECT_EQ(seen(town.reviewer, list), both);
}

TEST_F(DisposalKeptOut, ABlockedAccountReadsOfItNowhere) {
  const std::string list = town.list();
  block(town.reviewer);
  EXPECT_EQ(seen(town.reviewer, list), open_case + " of 1, 1 to review");
  EXPECT_EQ(seen(town.executor, list), open_case + " " + kept_case + " of 2, 2 to review");
}

TEST_F(DisposalKeptOut, AListOfSuchCasesAloneIsNotThere) {
  town.hold(open_case);
  const std::string list = town.list();
  EXPECT_EQ(lists(town.reviewer), 1U);
  protect();
  EXPECT_EQ(lists(town.reviewer), 0U);
  EXPECT_EQ(lists(town.coordinator), 1U);
  EXPECT_EQ(seen(town.reviewer, list), "not_found/not_found");
  EXPECT_EQ(town.outcome(town.executor, "DisposalService/ExecuteDisposal", execution_of(list)),
            "refused not_found/not_found for not_found");
}

// Whoever may not know of it neither waits for its review nor destroys it.
TEST_F(DisposalKeptOut, IsLeftByAnExecutorWhoMayNotKnowOfIt) {
  const std::string list = town.list();
  town.review(list, open_case, v1::DISPOSAL_VERDICT_DISPOSE);
  protect();
  EXPECT_EQ(disposed_by(town.executor, list), Lines{open_case});
  const auto shown = town.show(list);
  ASSERT_EQ(shown.items_size(), 2);
  EXPECT_EQ(shown.items(1).case_number(), kept_case);
  EXPECT_EQ(shown.items(1).outcome(), v1::DISPOSAL_OUTCOME_LEFT);
  EXPECT_EQ(town.retention(kept_case).status(), v1::RETENTION_STATUS_DUE);
  // It comes on the next list, and a handler destroys it.
  add_handler(town.reviewer);
  add_handler(town.executor);
  const std::string next = town.list();
  town.review_all(next);
  EXPECT_EQ(disposed_by(town.executor, next), Lines{kept_case});
}

}  // namespace
}  // namespace sspf::test
