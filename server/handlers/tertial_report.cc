// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/tertial_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "server/handlers/case_flow.h"
#include "server/handlers/suppression.h"

namespace sspf::handlers {
namespace {

constexpr std::int64_t day_microseconds = 24LL * 3600 * 1'000'000;
constexpr std::array last_days{"04-30", "08-31", "12-31"};

// Of a year that can be written in a date, and a tertial from 1 to 3.
Result<store::Period> period_that_is_over(std::uint32_t year, std::uint32_t tertial,
                                          const std::string& today) {
  if (!is_date(fmt::format("{:04}-01-01", year))) return refusal(Reason::unknown_value, "year");
  if (tertial > last_days.size()) return refusal(Reason::unknown_value, "tertial");
  store::Period period;
  period.first_day = fmt::format("{:04}-{:02}-01", year, 4 * tertial - 3);
  period.last_day = fmt::format("{:04}-{}", year, last_days.at(tertial - 1));
  if (today <= period.last_day) return refusal(Reason::period_not_over, "tertial");
  period.from = start_of(period.first_day);
  period.to = start_of(tertial == 3 ? fmt::format("{:04}-01-01", year + 1)
                                    : fmt::format("{:04}-{:02}-01", year, 4 * tertial + 1));
  return period;
}

// Counts of one row, or of one row for each agency, and how they are told.
class Figures {
 public:
  Figures(const Counts& parts, std::uint64_t smallest)
      : counts_(with_totals(parts)), marks_(marks_of(counts_, smallest)), smallest_(smallest) {}

  std::size_t rows() const { return counts_.size(); }
  std::string part(std::size_t row, std::size_t column) const {
    return text_of(counts_.at(row).at(column), marks_.at(row).at(column), smallest_);
  }
  std::string total(std::size_t row) const { return part(row, counts_.at(row).size() - 1); }

 private:
  Counts counts_;
  Marks marks_;
  std::uint64_t smallest_;
};

// The rows of a table by the code of the agency; that of the sum has none.
using Rows = std::map<std::string, std::vector<std::uint64_t>>;

// Of no agency, the sum alone.
void ensure_a_row(Rows& rows, std::size_t columns) {
  if (rows.empty()) rows.try_emplace("", columns);
}

Counts counts_of(const Rows& rows) {
  Counts counts;
  for (const auto& [code, row] : rows) counts.push_back(row);
  return counts;
}

std::vector<std::string> codes_of(const Rows& rows) {
  std::vector<std::string> codes;
  for (const auto& [code, row] : rows) codes.push_back(code);
  codes.emplace_back();
  return codes;
}

v1::MeetingFigures meeting_figures(const std::map<v1::MeetingState, std::uint64_t>& meetings,
                                   std::uint64_t smallest) {
  const auto count = [&](v1::MeetingState state) {
    const auto found = meetings.find(state);
    return found == meetings.end() ? 0 : found->second;
  };
  const Figures shown({{count(v1::MEETING_STATE_PLANNED), count(v1::MEETING_STATE_OPEN),
                        count(v1::MEETING_STATE_CLOSED)}},
                      smallest);
  v1::MeetingFigures figures;
  figures.set_planned(shown.total(0));
  figures.set_not_held(shown.part(0, 0));
  figures.set_left_open(shown.part(0, 1));
  figures.set_closed(shown.part(0, 2));
  return figures;
}

std::size_t column_of(v1::AttendanceStatus status) {
  switch (status) {
    case v1::ATTENDANCE_STATUS_PRESENT:
      return 0;
    case v1::ATTENDANCE_STATUS_REMOTE:
      return 1;
    case v1::ATTENDANCE_STATUS_DEPUTISED:
      return 2;
    default:
      return 3;
  }
}

void add_attendance(const store::Reports& reports, const access::MunicipalityAccess& in,
                    const store::Period& period, v1::GetTertialReportResponse& report) {
  Rows rows;
  for (const auto& [of, count] : reports.attendance(in, period)) {
    auto& row = rows.try_emplace(of.first, 4).first->second;
    row.at(column_of(of.second)) += count;
  }
  ensure_a_row(rows, 4);
  const Figures shown(counts_of(rows), report.small_cell_min());
  const auto codes = codes_of(rows);
  for (std::size_t r = 0; r < shown.rows(); ++r) {
    v1::AttendanceFigures& figures = *report.add_attendance();
    figures.set_agency_code(codes.at(r));
    figures.set_invited(shown.total(r));
    figures.set_present(shown.part(r, 0));
    figures.set_remote(shown.part(r, 1));
    figures.set_deputised(shown.part(r, 2));
    figures.set_absent(shown.part(r, 3));
  }
}

std::size_t column_of(const store::DueCommitment& row) {
  const bool is_done = row.status == v1::COMMITMENT_STATUS_DONE && row.done_at;
  if (is_done) return date_of({*row.done_at}) <= row.due_date ? 0 : 1;
  const bool is_open = row.status == v1::COMMITMENT_STATUS_NOT_STARTED ||
                       row.status == v1::COMMITMENT_STATUS_STARTED;
  return is_open && !is_ended(row.case_state) ? 2 : 3;
}

void add_commitments(const std::vector<store::DueCommitment>& commitments,
                     v1::GetTertialReportResponse& report) {
  Rows rows;
  for (const store::DueCommitment& each : commitments) {
    auto& row = rows.try_emplace(each.agency_code, 4).first->second;
    ++row.at(column_of(each));
  }
  ensure_a_row(rows, 4);
  const Figures shown(counts_of(rows), report.small_cell_min());
  const auto codes = codes_of(rows);
  for (std::size_t r = 0; r < shown.rows(); ++r) {
    v1::CommitmentFigures& figures = *report.add_commitments();
    figures.set_agency_code(codes.at(r));
    figures.set_due(shown.total(r));
    figures.set_done_on_time(shown.part(r, 0));
    figures.set_done_late(shown.part(r, 1));
    figures.set_open_and_overdue(shown.part(r, 2));
    figures.set_ended_otherwise(shown.part(r, 3));
  }
}

// A count that is part of no sum.
std::string alone(std::uint64_t count, std::uint64_t smallest) {
  const bool is_small = count > 0 && count < smallest;
  return text_of(count, is_small ? Mark::small : Mark::shown, smallest);
}

// The whole days from the referral to a state, of those who came into it in the period.
struct Waits {
  std::vector<std::int64_t> days;

  std::string count(std::uint64_t smallest) const { return alone(days.size(), smallest); }
  std::string median(std::uint64_t smallest) {
    if (days.size() < smallest) return text_of(0, Mark::withheld, smallest);
    std::sort(days.begin(), days.end());
    return std::to_string(days[(days.size() - 1) / 2]);
  }
};

// What became of the cases in the period.
struct Flow {
  explicit Flow(const store::Period& of) : period(of) {}

  void add(const store::StateTimes& times) {
    if (is_in(times, v1::CASE_STATE_REFERRED)) ++referred;
    if (is_in(times, v1::CASE_STATE_CONSENT_REFUSED)) ++refused;
    wait_for(times, v1::CASE_STATE_MAPPING, consented);
    wait_for(times, v1::CASE_STATE_PLAN_ACTIVE, planned);
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (is_in(times, ends.at(i))) ++ended.at(i);
    }
  }

  static constexpr std::array ends{v1::CASE_STATE_CLOSED, v1::CASE_STATE_MOVED,
                                   v1::CASE_STATE_HANDED_OVER, v1::CASE_STATE_AGED_OUT};
  std::uint64_t referred = 0;
  std::uint64_t refused = 0;
  Waits consented;
  Waits planned;
  std::vector<std::uint64_t> ended = std::vector<std::uint64_t>(ends.size());

 private:
  bool is_in(const store::StateTimes& times, v1::CaseState state) const {
    const auto found = times.find(state);
    return found != times.end() && found->second >= period.from.microseconds;
  }
  void wait_for(const store::StateTimes& times, v1::CaseState state, Waits& waits) const {
    const auto referral = times.find(v1::CASE_STATE_REFERRED);
    if (!is_in(times, state) || referral == times.end()) return;
    waits.days.push_back((times.at(state) - referral->second) / day_microseconds);
  }

  const store::Period& period;
};

void add_cases(const store::Reports& reports, const access::MunicipalityAccess& in,
               const store::Period& period, v1::GetTertialReportResponse& report) {
  Flow flow(period);
  for (const store::StateTimes& times : reports.cases(in, period)) flow.add(times);
  const std::uint64_t smallest = report.small_cell_min();
  v1::CaseFigures& cases = *report.mutable_cases();
  cases.set_referred(alone(flow.referred, smallest));
  cases.set_consented(flow.consented.count(smallest));
  cases.set_median_days_to_consent(flow.consented.median(smallest));
  cases.set_planned(flow.planned.count(smallest));
  cases.set_median_days_to_plan(flow.planned.median(smallest));
  cases.set_consents_refused(alone(flow.refused, smallest));
  cases.set_consents_revoked(alone(reports.revoked_consents(in, period), smallest));
  const Figures shown({flow.ended}, smallest);
  v1::ClosureFigures& closures = *report.mutable_closures();
  closures.set_ended(shown.total(0));
  closures.set_closed(shown.part(0, 0));
  closures.set_moved(shown.part(0, 1));
  closures.set_handed_over(shown.part(0, 2));
  closures.set_aged_out(shown.part(0, 3));
}

}  // namespace

Result<v1::GetTertialReportResponse> get_tertial_report(
    const Permit<Action::get_tertial_report>& permit, Workspace& workspace,
    const v1::GetTertialReportRequest& request) {
  const store::Period period =
      TRY(period_that_is_over(request.year(), request.tertial(), workspace.today));
  const access::MunicipalityAccess& in = permit.target();
  const store::Reports& reports = workspace.tables.reports;
  v1::GetTertialReportResponse report;
  report.set_municipality_code(in.code());
  report.set_from_date(period.first_day);
  report.set_to_date(period.last_day);
  report.set_small_cell_min(workspace.installation.small_cell_min);
  *report.mutable_meetings() =
      meeting_figures(reports.meetings(in, period), report.small_cell_min());
  add_attendance(reports, in, period, report);
  add_commitments(reports.commitments(in, period), report);
  add_cases(reports, in, period, report);
  return report;
}

}  // namespace sspf::handlers
