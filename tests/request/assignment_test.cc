// SPDX-License-Identifier: Apache-2.0
//
// Who is assigned to a case, from and to which day.
#include <gtest/gtest.h>

#include "tests/support/caseload.h"

namespace sspf::test {
namespace {

struct Assignments : testing::Test {
  Caseload load;
  const Account& coordinator = load.cast.coordinator_tyr;
  const std::string number = load.mapped();

  struct Wanted {
    std::string handle;
    std::string from_date;
    std::string to_date;
  };
  Answered assign(const Wanted& wanted) {
    v1::AssignAccountRequest request;
    request.set_case_number(number);
    request.set_handle(wanted.handle);
    request.set_from_date(wanted.from_date);
    request.set_to_date(wanted.to_date);
    return load.server.call(coordinator, "sspf.v1.CaseService/AssignAccount", request);
  }
  std::string unassign(const std::string& handle) {
    v1::UnassignAccountRequest request;
    request.set_case_number(number);
    request.set_handle(handle);
    return load.server.call(coordinator, "sspf.v1.CaseService/UnassignAccount", request).summary();
  }
  std::vector<std::string> list() {
    v1::ListAssignmentsRequest request;
    request.set_case_number(number);
    const auto response =
        load.get<v1::ListAssignmentsResponse>(coordinator, "CaseService/ListAssignments", request);
    std::vector<std::string> lines;
    for (const v1::Assignment& each : response.assignments()) {
      lines.push_back(each.handle() + " " + each.agency_code() + " " + each.from_date() + ".." +
                      each.to_date());
    }
    return lines;
  }
  bool enters(const Account& account) { return !load.listed(account).empty(); }
};

TEST_F(Assignments, LastFromTheirFirstDayToTheirLast) {
  const Account& school = load.cast.school_tyr;
  EXPECT_TRUE(assign({school.handle, "2026-11-26", "2026-11-28"}).ok());
  EXPECT_EQ(list(), std::vector<std::string>{"sven.skog TYR-SKO 2026-11-26..2026-11-28"});
  for (const auto& [day, expected] : {std::pair{"2026-11-25", false},
                                      {"2026-11-26", true},
                                      {"2026-11-28", true},
                                      {"2026-11-29", false}}) {
    load.server.set_date(day);
    EXPECT_EQ(enters(school), expected) << day;
  }
}

TEST_F(Assignments, BeginTodayAndLastUntilFurtherNoticeWhenNothingElseIsSaid) {
  load.assign(number, load.cast.social_tyr);
  EXPECT_EQ(list(), std::vector<std::string>{"sara.sten TYR-SOC 2026-11-24.."});
  const v1::AuditEvent event = [&] {
    const auto events = load.server.events();
    return events[events.size() - 2];
  }();
  EXPECT_EQ(event.rpc(), "sspf.v1.CaseService/AssignAccount");
  EXPECT_EQ(event.subject_account_id().size(), 16U);
  EXPECT_EQ(event.item_id().size(), 16U);
  load.server.set_date("2027-01-31");
  EXPECT_TRUE(enters(load.cast.social_tyr));
}

TEST_F(Assignments, EndOnTheNextCallForThatAccountAlone) {
  load.assign(number, load.cast.school_tyr);
  load.assign(number, load.cast.school2_tyr);
  EXPECT_TRUE(enters(load.cast.school_tyr));
  EXPECT_EQ(unassign(load.cast.school_tyr.handle), "ok");
  EXPECT_FALSE(enters(load.cast.school_tyr));
  EXPECT_TRUE(enters(load.cast.school2_tyr));
  EXPECT_EQ(list(), std::vector<std::string>{"siv.sjo TYR-SKO 2026-11-24.."});
  // And may be made again.
  load.assign(number, load.cast.school_tyr);
  EXPECT_TRUE(enters(load.cast.school_tyr));
}

TEST_F(Assignments, EndWithTheFutureOnesToo) {
  const std::string handle = load.cast.school_tyr.handle;
  EXPECT_TRUE(assign({handle, "2026-11-01", "2026-11-30"}).ok());
  EXPECT_TRUE(assign({handle, "2026-12-01", ""}).ok());
  EXPECT_EQ(list().size(), 2U);
  EXPECT_EQ(unassign(handle), "ok");
  EXPECT_TRUE(list().empty());
}

TEST_F(Assignments, OfAnAccountDoNotOverlap) {
  const std::string handle = load.cast.school_tyr.handle;
  EXPECT_TRUE(assign({handle, "2026-12-01", "2026-12-31"}).ok());
  for (const auto& [from, to, expected] :
       {std::tuple{"2026-11-01", "2026-11-30", "ok"},
        {"2026-11-25", "2026-12-01", "already_exists/assigned_already(handle)"},
        {"2026-12-31", "", "already_exists/assigned_already(handle)"},
        {"2026-12-10", "2026-12-10", "already_exists/assigned_already(handle)"},
        {"2026-10-01", "", "already_exists/assigned_already(handle)"},
        {"2027-01-01", "", "ok"}}) {
    EXPECT_EQ(assign({handle, from, to}).summary(), expected) << from << ".." << to;
  }
}

TEST_F(Assignments, AnAccountThatMayNotBeAssignedAnswersAsOneThatIsNotThere) {
  const Answered absent = assign({"finns.inte", "", ""});
  EXPECT_EQ(absent.summary(), "invalid_argument/unknown_value(handle)");
  const std::pair<std::string, Reason> rows[] = {
      {load.cast.school_nac.handle, Reason::other_municipality},
      {load.cast.coordinator_nac.handle, Reason::other_municipality},
      {load.cast.admin_tyr.handle, Reason::role_missing},
      {load.cast.auditor_tyr.handle, Reason::role_missing},
      {load.cast.suspended.handle, Reason::account_suspended},
  };
  for (const auto& [handle, cause] : rows) {
    const Answered answered = assign({handle, "", ""});
    EXPECT_EQ(answered.summary(), absent.summary()) << handle;
    EXPECT_EQ(answered.message, absent.message) << handle;
    EXPECT_EQ(load.server.last_event().cause_reason(), static_cast<std::uint32_t>(cause)) << handle;
  }
  EXPECT_TRUE(list().empty());
  EXPECT_TRUE(assign({load.cast.police.handle, "", ""}).ok());
  EXPECT_TRUE(assign({coordinator.handle, "", ""}).ok());
}

TEST_F(Assignments, WhoeverIsNotAssignedCannotBeUnassigned) {
  const std::string not_found = "not_found/not_found";
  EXPECT_EQ(unassign(load.cast.school_tyr.handle), not_found);
  EXPECT_EQ(unassign(load.cast.school_nac.handle), not_found);
  EXPECT_EQ(unassign("finns.inte"), not_found);
  // One that has run out.
  EXPECT_TRUE(assign({load.cast.school_tyr.handle, "2026-11-01", "2026-11-23"}).ok());
  EXPECT_EQ(unassign(load.cast.school_tyr.handle), not_found);
}

TEST_F(Assignments, BadInputIsNamed) {
  const std::string handle = load.cast.school_tyr.handle;
  EXPECT_EQ(assign({handle, "2026-12-02", "2026-12-01"}).summary(),
            "invalid_argument/ends_before_start(to_date)");
  EXPECT_EQ(assign({handle, "", "2026-11-23"}).summary(),
            "invalid_argument/ends_before_start(to_date)");
  EXPECT_EQ(assign({handle, "2026-13-01", ""}).summary(), "invalid_argument/wrong_date(from_date)");
  EXPECT_EQ(assign({"", "", ""}).summary(), "invalid_argument/missing(handle)");
  EXPECT_EQ(assign({"SVEN", "", ""}).summary(), "invalid_argument/wrong_handle_form(handle)");
}

}  // namespace
}  // namespace sspf::test
