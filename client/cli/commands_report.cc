// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: reports.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

std::vector<Section> tertial_sections() {
  return {
      {msg("Tertial report"),
       "",
       Layout::fields,
       {column(msg("Municipality"), "municipality_code"), column(msg("From"), "from_date"),
        column(msg("To"), "to_date"), column(msg("Smallest number shown"), "small_cell_min")}},
      {msg("Meetings"),
       "meetings",
       Layout::fields,
       {column(msg("Planned"), "planned"), column(msg("Not held"), "not_held"),
        column(msg("Held and not closed"), "left_open"), column(msg("Held and closed"), "closed")}},
      {msg("Attendance"),
       "attendance",
       Layout::table,
       {column(msg("Agency"), "agency_code"), column(msg("Invited"), "invited"),
        column(msg("Present"), "present"), column(msg("Remote"), "remote"),
        column(msg("Deputised"), "deputised"), column(msg("Absent"), "absent")}},
      {msg("Commitments"),
       "commitments",
       Layout::table,
       {column(msg("Agency"), "agency_code"), column(msg("Due in the period"), "due"),
        column(msg("Done on time"), "done_on_time"), column(msg("Done late"), "done_late"),
        column(msg("Open and overdue"), "open_and_overdue"),
        column(msg("Ended otherwise"), "ended_otherwise")}},
      {msg("Cases"),
       "cases",
       Layout::fields,
       {column(msg("Referrals"), "referred"), column(msg("Consented"), "consented"),
        column(msg("Median days to consent"), "median_days_to_consent"),
        column(msg("Plans begun"), "planned"),
        column(msg("Median days to plan"), "median_days_to_plan"),
        column(msg("Consents refused"), "consents_refused"),
        column(msg("Consents revoked"), "consents_revoked")}},
      {msg("Closures"),
       "closures",
       Layout::fields,
       {column(msg("Cases ended"), "ended"), column(msg("Ended as planned"), "closed"),
        column(msg("Moved away"), "moved"), column(msg("Handed over to others"), "handed_over"),
        column(msg("Too old"), "aged_out")}},
  };
}

}  // namespace

CommandTable report_commands() {
  return {
      {.noun = "report",
       .verb = "tertial",
       .method = "ReportService.GetTertialReport",
       .summary = msg("Show the figures of four months that are over: no number below the smallest "
                      "one shown, and \"..\" where another number could be computed"),
       .flags = {option("municipality", "municipality_code", value::municipality,
                        msg("Code of the municipality")),
                 option("year", "year", value::number, msg("Year")),
                 option("tertial", "tertial", value::number,
                        msg("1: January to April, 2: May to August, 3: September to December"))},
       .sections = tertial_sections()},
  };
}

}  // namespace sspf::cli
