// SPDX-License-Identifier: Apache-2.0
//
// Enough of everything in the third tertial of 2026 for its report to show figures, and that report
// as lines.
#pragma once

#include <string>
#include <vector>

#include "sspf/v1/protection.pb.h"
#include "sspf/v1/report.pb.h"
#include "tests/support/meetings.h"
#include "tests/support/planning.h"

namespace sspf::test {

inline constexpr auto get_report = "ReportService/GetTertialReport";

struct ReportWorld {
  Meetings town;
  const Cast& cast = town.load.cast;
  std::vector<std::string> consents;  // of agree_day_by_day()
  std::string commitments_case;
  std::vector<std::string> open_commitments;

  static v1::GetTertialReportRequest asking(std::uint32_t year, std::uint32_t tertial) {
    v1::GetTertialReportRequest request;
    request.set_municipality_code("TYR");
    request.set_year(year);
    request.set_tertial(tertial);
    return request;
  }
  v1::GetTertialReportResponse read(std::uint32_t year, std::uint32_t tertial) {
    return town.load.get<v1::GetTertialReportResponse>(cast.coordinator_tyr, get_report,
                                                       asking(year, tertial));
  }

  // The texts of a message in the order of its fields.
  static std::string line(const google::protobuf::Message& figures) {
    std::string text;
    const auto& type = *figures.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      text += (i > 0 ? " " : "") + figures.GetReflection()->GetString(figures, type.field(i));
    }
    return text;
  }
  template <typename Rows>
  static std::vector<std::string> lines(const Rows& rows) {
    std::vector<std::string> texts;
    for (const auto& row : rows) texts.push_back(line(row));
    return texts;
  }

  void attend(const std::string& meeting, const Account& account, v1::AttendanceStatus status) {
    auto request = about_meeting<v1::RecordAttendanceRequest>(meeting);
    request.set_participant(town.participant(meeting, account));
    request.set_status(status);
    town.load.get<v1::RecordAttendanceResponse>(town.coordinator,
                                                "AttendanceService/RecordAttendance", request);
  }
  // Seven meetings that are not held, six that are closed and five that stay open: to each the
  // school and the social services come, or do not.
  void meet_often() {
    for (int i = 0; i < 18; ++i) {
      const std::string meeting = town.plan();
      town.invite(meeting, cast.school_tyr);
      town.invite(meeting, cast.social_tyr);
      town.invite_guest(meeting, "Lena Ledare");  // of no agency: not counted
      if (i < 7) continue;
      town.open(meeting);
      const bool is_early = i < 13;
      if (is_early) attend(meeting, cast.school_tyr, v1::ATTENDANCE_STATUS_PRESENT);
      attend(meeting, cast.social_tyr,
             is_early ? v1::ATTENDANCE_STATUS_DEPUTISED : v1::ATTENDANCE_STATUS_REMOTE);
      if (is_early) town.close(meeting);
    }
    // Of the next tertial.
    v1::CreateMeetingRequest later = new_meeting("TYR");
    later.mutable_starts_at()->set_seconds(1'798'758'000);  // 2027-01-01 at 00:00 in Stockholm
    later.mutable_ends_at()->set_seconds(1'798'758'000 + 7200);
    town.load.get<v1::CreateMeetingResponse>(town.coordinator, "MeetingService/CreateMeeting",
                                             later);
  }

  std::string commit(const std::string& agency, const std::string& due) {
    v1::AddCommitmentRequest request = new_commitment(commitments_case, agency);
    request.mutable_draft()->set_due_date(due);
    return town.load
        .get<v1::AddCommitmentResponse>(cast.coordinator_tyr, "CommitmentService/AddCommitment",
                                        request)
        .commitment();
  }
  void log(const Account& account, const std::string& commitment, v1::CommitmentStatus status) {
    v1::LogProgressRequest request = follow_up({commitments_case, commitment, 1});
    request.set_status(status);
    town.load.get<v1::LogProgressResponse>(account, "CommitmentService/LogProgress", request);
  }
  // Of the school five done on time and six open, of the social services six done late and six
  // withdrawn; and one that is due in January.
  void commit_often() {
    commitments_case = town.load.mapped();
    town.load.assign(commitments_case, cast.school_tyr);
    town.load.assign(commitments_case, cast.social_tyr);
    town.load.get<v1::CreatePlanResponse>(cast.coordinator_tyr, "PlanService/CreatePlan",
                                          new_plan(commitments_case));
    std::vector<std::string> on_time;
    std::vector<std::string> late;
    std::vector<std::string> withdrawn;
    for (int i = 0; i < 5; ++i) on_time.push_back(commit("TYR-SKO", "2026-11-26"));
    for (int i = 0; i < 6; ++i) open_commitments.push_back(commit("TYR-SKO", "2026-12-31"));
    for (int i = 0; i < 6; ++i) late.push_back(commit("TYR-SOC", "2026-11-25"));
    for (int i = 0; i < 6; ++i) withdrawn.push_back(commit("TYR-SOC", "2026-12-01"));
    commit("TYR-SOC", "2027-01-01");
    town.load.server.advance_seconds(2 * 24 * 3600);  // the 26th
    for (const std::string& each : on_time) log(cast.school_tyr, each, v1::COMMITMENT_STATUS_DONE);
    for (const std::string& each : late) log(cast.social_tyr, each, v1::COMMITMENT_STATUS_DONE);
    for (const std::string& each : withdrawn) {
      log(cast.social_tyr, each, v1::COMMITMENT_STATUS_WITHDRAWN);
    }
  }
  void finish_the_open_ones() {
    for (const std::string& each : open_commitments) {
      log(cast.school_tyr, each, v1::COMMITMENT_STATUS_DONE);
    }
  }

  std::vector<std::string> refer(int count) {
    std::vector<std::string> numbers;
    for (int i = 0; i < count; ++i) numbers.push_back(town.load.create(new_person("")));
    return numbers;
  }
  void agree_day_by_day(const std::vector<std::string>& numbers, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      town.load.server.advance_seconds(24 * 3600);
      consents.push_back(town.load.consent(numbers.at(i), Terms()));
      town.load.advance(numbers.at(i), v1::CASE_STATE_CONSENT_PENDING);
      town.load.advance(numbers.at(i), v1::CASE_STATE_MAPPING);
    }
  }
  // Ten days after the referral of those that agreed in seven.
  void begin_plans(const std::vector<std::string>& numbers, std::size_t count) {
    town.load.server.advance_seconds(3 * 24 * 3600);
    for (std::size_t i = 0; i < count; ++i) {
      town.load.advance(numbers.at(i), v1::CASE_STATE_PLAN_ACTIVE);
    }
  }
};

}  // namespace sspf::test
