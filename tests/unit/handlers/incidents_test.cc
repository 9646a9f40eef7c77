// SPDX-License-Identifier: Apache-2.0
#include "server/handlers/incidents.h"

#include <gtest/gtest.h>

namespace sspf::handlers {
namespace {

// The last day of a final report about what became known at this hour of a day, Swedish time.
std::string final_report(const std::string& date, int hour) {
  use_stockholm_time();
  const auto deadlines = deadlines_from({start_of(date).microseconds + hour * 3600LL * 1'000'000});
  return local_time_of({deadlines.final_report_by().seconds() * 1'000'000}).substr(0, 16);
}

TEST(IncidentDeadlines, AMonthIsTheSameDayAndHourOfTheNextMonth) {
  EXPECT_EQ(final_report("2026-11-24", 12), "2026-12-24T12:00");
  EXPECT_EQ(final_report("2026-12-31", 23), "2027-01-31T23:00");
}

TEST(IncidentDeadlines, AMonthEndsWithAShorterMonth) {
  EXPECT_EQ(final_report("2026-01-31", 10), "2026-02-28T10:00");
  EXPECT_EQ(final_report("2028-01-30", 10), "2028-02-29T10:00");
  EXPECT_EQ(final_report("2026-03-31", 10), "2026-04-30T10:00");
}

TEST(IncidentDeadlines, SummerTimeChangesNoHourOfTheMonthButOfTheHours) {
  EXPECT_EQ(final_report("2026-10-10", 14), "2026-11-10T14:00");
  EXPECT_EQ(final_report("2026-03-10", 14), "2026-04-10T14:00");
  const Instant known = start_of("2026-10-24");
  EXPECT_EQ(deadlines_from(known).early_warning_by().seconds(),
            known.microseconds / 1'000'000 + 24 * 3600);
  EXPECT_EQ(deadlines_from(known).report_by().seconds(),
            known.microseconds / 1'000'000 + 72 * 3600);
}

}  // namespace
}  // namespace sspf::handlers
