// SPDX-License-Identifier: Apache-2.0
//
// The tertial report: who may read it, when, and what its figures count.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "server/base/limits.h"
#include "tests/request/report_world.h"

namespace sspf::test {
namespace {

using testing::ElementsAre;

struct TertialReport : testing::Test, ReportWorld {};

TEST_F(TertialReport, IsForCoordinatorsAndAuditorsOfTheMunicipality) {
  const std::string no_role = "refused permission_denied/role_missing for role_missing";
  const std::string elsewhere = "refused not_found/not_found for other_municipality";
  town.load.server.set_date("2027-01-01");
  const std::vector<std::tuple<Account, std::string, v1::Role>> table{
      {cast.nobody, "refused unauthenticated/no_certificate for no_certificate", {}},
      {cast.suspended, "refused unauthenticated/unknown_certificate for account_suspended", {}},
      {cast.root, no_role, {}},
      {cast.admin_tyr, no_role, {}},
      {cast.auditor, "allowed", v1::ROLE_AUDITOR},
      {cast.auditor_tyr, "allowed", v1::ROLE_AUDITOR},
      {cast.coordinator_tyr, "allowed", v1::ROLE_COORDINATOR},
      {cast.school_tyr, no_role, {}},
      {cast.police, no_role, {}},
      {cast.coordinator_nac, elsewhere, {}},
      {cast.school_nac, elsewhere, {}}};
  const std::string before = town.stored();
  for (const auto& [caller, expected, role] : table) {
    EXPECT_EQ(town.outcome(caller, get_report, asking(2026, 3)), expected) << caller.handle;
    const v1::AuditEvent event = town.load.server.last_event();
    EXPECT_EQ(event.role(), static_cast<std::uint32_t>(role)) << caller.handle;
    EXPECT_EQ(event.items_shown(), 0U);
    EXPECT_EQ(event.cases_shown_size(), 0);
  }
  EXPECT_EQ(town.stored(), before);
  v1::GetTertialReportRequest unknown = asking(2026, 3);
  unknown.set_municipality_code("ZZZ");
  EXPECT_EQ(town.outcome(cast.auditor_tyr, get_report, unknown),
            "refused not_found/not_found for not_found");
}

TEST_F(TertialReport, IsRefusedUntilThePeriodIsOver) {
  const std::string not_over =
      "refused failed_precondition/period_not_over(tertial) for period_not_over";
  const auto outcome = [&](std::uint32_t year, std::uint32_t tertial) {
    return town.outcome(cast.coordinator_tyr, get_report, asking(year, tertial));
  };
  EXPECT_EQ(outcome(2026, 2), "allowed");
  EXPECT_EQ(outcome(2026, 3), not_over);
  EXPECT_EQ(outcome(2027, 1), not_over);
  EXPECT_EQ(outcome(2199, 3), not_over);
  town.load.server.set_date("2026-12-31");
  EXPECT_EQ(outcome(2026, 3), not_over);
  town.load.server.advance_seconds(12 * 3600 - 1);
  EXPECT_EQ(outcome(2026, 3), not_over);
  town.load.server.advance_seconds(1);
  EXPECT_EQ(outcome(2026, 3), "allowed");
  EXPECT_EQ(outcome(2027, 1), not_over);
}

TEST_F(TertialReport, NamesAYearAndATertialThatAreNone) {
  const auto outcome = [&](std::uint32_t year, std::uint32_t tertial) {
    return town.outcome(cast.coordinator_tyr, get_report, asking(year, tertial));
  };
  EXPECT_EQ(outcome(0, 1), "refused invalid_argument/missing(year) for missing");
  EXPECT_EQ(outcome(2026, 0), "refused invalid_argument/missing(tertial) for missing");
  for (const std::uint32_t year : {1899U, 2200U, 10'000U, 4'294'967'295U}) {
    EXPECT_EQ(outcome(year, 1), "refused invalid_argument/unknown_value(year) for unknown_value")
        << year;
  }
  for (const std::uint32_t tertial : {4U, 1'073'741'825U, 4'294'967'295U}) {
    EXPECT_EQ(outcome(2026, tertial),
              "refused invalid_argument/unknown_value(tertial) for unknown_value")
        << tertial;
  }
}

TEST_F(TertialReport, OfNothingIsZero) {
  town.load.server.set_date("2027-01-01");
  const auto report = read(2026, 3);
  EXPECT_EQ(report.municipality_code(), "TYR");
  EXPECT_EQ(report.from_date(), "2026-09-01");
  EXPECT_EQ(report.to_date(), "2026-12-31");
  EXPECT_EQ(report.small_cell_min(), 5U);
  EXPECT_EQ(line(report.meetings()), "0 0 0 0");
  EXPECT_THAT(lines(report.attendance()), ElementsAre(" 0 0 0 0 0"));
  EXPECT_THAT(lines(report.commitments()), ElementsAre(" 0 0 0 0 0"));
  EXPECT_EQ(line(report.cases()), "0 0 .. 0 .. 0 0");
  EXPECT_EQ(line(report.closures()), "0 0 0 0 0");
  const auto spring = read(2026, 1);
  EXPECT_EQ(spring.from_date() + spring.to_date(), "2026-01-012026-04-30");
  const auto summer = read(2026, 2);
  EXPECT_EQ(summer.from_date() + summer.to_date(), "2026-05-012026-08-31");
}

TEST_F(TertialReport, CountsMeetingsAndWhoCame) {
  meet_often();
  town.load.server.set_date("2027-01-01");
  const auto report = read(2026, 3);
  // The coordinator is on the list of each and was never recorded. Planned: six held and closed,
  // five opened alone, seven that were not held.
  EXPECT_EQ(line(report.meetings()), "18 7 5 6");
  EXPECT_THAT(lines(report.attendance()), ElementsAre("TYR-SKO 11 6 0 0 5", "TYR-SOC 11 0 5 6 0",
                                                      "TYR-SSPF 11 0 0 0 11", " 33 6 5 6 16"));
}

TEST_F(TertialReport, CountsCommitmentsAsTheyStoodWhenThePeriodEnded) {
  commit_often();
  town.load.server.set_date("2027-01-01");
  // Done on time, done late, open, withdrawn.
  const std::vector<std::string> expected{"TYR-SKO 11 5 0 6 0", "TYR-SOC 12 0 6 0 6",
                                          " 23 5 6 6 6"};
  EXPECT_EQ(lines(read(2026, 3).commitments()), expected);
  // What is done in January changes nothing of it.
  finish_the_open_ones();
  EXPECT_EQ(lines(read(2026, 3).commitments()), expected);
}

TEST_F(TertialReport, CountsCasesAndHowLongTheyWaited) {
  const auto numbers = refer(8);
  agree_day_by_day(numbers, 7);  // after one day, two, three ... seven
  begin_plans(numbers, 5);       // after ten days
  town.load.server.set_date("2027-01-01");
  EXPECT_EQ(line(read(2026, 3).cases()), "8 7 4 5 10 0 0");
  // A case that is registered in January and dated back is none of that tertial's.
  v1::CreateCaseRequest late = new_person("");
  late.set_referred_on("2026-12-30");
  town.load.create(late);
  EXPECT_EQ(line(read(2026, 3).cases()), "8 7 4 5 10 0 0");
}

TEST_F(TertialReport, HidesFewCasesAndWhatTheyWaited) {
  const auto numbers = refer(4);
  agree_day_by_day(numbers, 4);
  town.load.server.set_date("2027-01-01");
  EXPECT_EQ(line(read(2026, 3).cases()), "<5 <5 .. 0 .. 0 0");
}

TEST_F(TertialReport, CountsHowCasesEnd) {
  const auto numbers = refer(18);
  agree_day_by_day(numbers, 6);
  for (std::size_t i = 0; i < 6; ++i) town.load.revoke(numbers.at(i), consents.at(i));
  for (std::size_t i = 6; i < 11; ++i) {
    town.load.advance(numbers.at(i), v1::CASE_STATE_CONSENT_PENDING);
    town.load.advance(numbers.at(i), v1::CASE_STATE_CONSENT_REFUSED);
  }
  for (std::size_t i = 11; i < 17; ++i) town.load.advance(numbers.at(i), v1::CASE_STATE_MOVED);
  town.load.advance(numbers.at(17), v1::CASE_STATE_AGED_OUT);
  town.load.server.set_date("2027-01-01");
  const auto report = read(2026, 3);
  EXPECT_EQ(line(report.cases()), "18 6 3 0 .. 5 6");
  // One of few takes the next one along, for the sum would tell it.
  EXPECT_EQ(line(report.closures()), "7 0 .. 0 <5");
}

TEST_F(TertialReport, LeavesOutProtectedIdentitiesInEveryFigure) {
  commit_often();
  const auto numbers = refer(8);
  agree_day_by_day(numbers, 7);
  town.load.revoke(numbers.at(0), consents.at(0));
  town.load.revoke(numbers.at(7), town.load.consent(numbers.at(7), Terms()));
  const auto protect = [&](const std::string& number) {
    v1::ProtectIdentityRequest request;
    request.set_case_number(number);
    request.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
    town.load.get<v1::ProtectIdentityResponse>(cast.coordinator_tyr,
                                               "ProtectionService/ProtectIdentity", request);
  };
  protect(commitments_case);
  for (std::size_t i = 0; i < 2; ++i) protect(numbers.at(i));
  protect(numbers.at(7));
  town.load.server.set_date("2027-01-01");
  const auto report = read(2026, 3);
  EXPECT_THAT(lines(report.commitments()), ElementsAre(" 0 0 0 0 0"));
  EXPECT_EQ(line(report.cases()), "5 5 5 0 .. 0 0");
}

TEST_F(TertialReport, CountsNoGroup) {
  for (int i = 0; i < 6; ++i) {
    town.load.advance(town.load.create(new_group()), v1::CASE_STATE_MAPPING);
  }
  town.load.server.set_date("2027-01-01");
  EXPECT_EQ(line(read(2026, 3).cases()), "0 0 .. 0 .. 0 0");
}

TEST_F(TertialReport, StaysWithinItsMunicipality) {
  meet_often();
  commit_often();
  const auto numbers = refer(6);
  agree_day_by_day(numbers, 6);
  for (std::size_t i = 0; i < 6; ++i) town.load.revoke(numbers.at(i), consents.at(i));
  town.load.server.set_date("2027-01-01");
  EXPECT_NE(line(read(2026, 3).meetings()), "0 0 0 0");
  v1::GetTertialReportRequest request = asking(2026, 3);
  request.set_municipality_code("NAC");
  const auto report =
      town.load.get<v1::GetTertialReportResponse>(cast.coordinator_nac, get_report, request);
  EXPECT_EQ(line(report.meetings()), "0 0 0 0");
  EXPECT_THAT(lines(report.attendance()), ElementsAre(" 0 0 0 0 0"));
  EXPECT_THAT(lines(report.commitments()), ElementsAre(" 0 0 0 0 0"));
  EXPECT_EQ(line(report.cases()), "0 0 .. 0 .. 0 0");
  EXPECT_EQ(line(report.closures()), "0 0 0 0 0");
}

}  // namespace
}  // namespace sspf::test
