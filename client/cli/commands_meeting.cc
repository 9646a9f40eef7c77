// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: meetings, participants and attendance.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

std::vector<Column> meeting_columns() {
  return {column(msg("Meeting"), "number"),
          column(msg("State"), "state"),
          column(msg("Starts"), "starts_at"),
          extra_column(msg("Ends"), "ends_at"),
          text_column(msg("Place"), "place"),
          column(msg("Version"), "version"),
          extra_column(msg("Municipality"), "municipality_code")};
}

CommandTable planning_commands() {
  return {
      {.noun = "meeting",
       .verb = "list",
       .method = "MeetingService.ListMeetings",
       .summary = msg("List the meetings"),
       .sections = {{nullptr, "meetings", Layout::table, meeting_columns()}}},
      {.noun = "meeting",
       .verb = "show",
       .method = "MeetingService.GetMeeting",
       .summary = msg("Show a meeting"),
       .flags = {named_meeting()},
       .sections = {{nullptr, "meeting", Layout::fields, meeting_columns()}}},
      {.noun = "meeting",
       .verb = "invitation",
       .method = "MeetingService.GetMeeting",
       .summary = msg("Write an invitation as an iCalendar file, without persons, cases and place"),
       .flags = {named_meeting(), positional("file", "", value::file,
                                             msg("The new file, for a calendar or an e-mail"))},
       .sections = {{nullptr,
                     "meeting",
                     Layout::fields,
                     {column(msg("Meeting"), "number"), column(msg("Starts"), "starts_at"),
                      column(msg("Ends"), "ends_at"), column(msg("Version"), "version")}}}},
      {.noun = "meeting",
       .verb = "create",
       .method = "MeetingService.CreateMeeting",
       .summary = msg("Plan a meeting; the agenda is made from the municipality's template"),
       .flags = {option("municipality", "municipality_code", value::municipality,
                        msg("Code of the municipality")),
                 option("starts", "starts_at", value::time,
                        msg("Start, Swedish time: 2026-12-01T13:00")),
                 option("ends", "ends_at", value::time, msg("End, Swedish time: 2026-12-01T15:00")),
                 option("place", "place", value::text, msg("Where the meeting is held"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Meeting"), "number"), column(msg("Version"), "version")}}}},
      {.noun = "meeting",
       .verb = "open",
       .method = "MeetingService.OpenMeeting",
       .summary = msg("Open a meeting, so that notes and decisions can be written"),
       .flags = {named_meeting(), version_option()},
       .sections = {version_written()}},
      {.noun = "meeting",
       .verb = "close",
       .method = "MeetingService.CloseMeeting",
       .summary = msg("Close a meeting; nothing of it can be changed afterwards"),
       .flags = {named_meeting(), version_option()},
       .sections = {version_written()}},
  };
}

CommandTable participant_commands() {
  return {
      {.noun = "meeting",
       .verb = "participants",
       .method = "MeetingService.ListParticipants",
       .summary = msg("List who takes part in a meeting"),
       .flags = {named_meeting()},
       .sections = {{nullptr,
                     "participants",
                     Layout::table,
                     {column(msg("Participant"), "participant"), column(msg("Account"), "handle"),
                      text_column(msg("Name"), "name"), column(msg("Agency"), "agency_code"),
                      column(msg("Stands in for"), "deputy_for"),
                      extra_column(msg("Case"), "case_number")}}}},
      {.noun = "meeting",
       .verb = "add-participant",
       .method = "MeetingService.AddParticipant",
       .summary = msg("Add an account or a guest to a meeting"),
       .flags = {named_meeting(),
                 option("account", "handle", value::account, msg("User name of the account")),
                 option("guest", "guest_name", value::name,
                        msg("Name of a guest without an account; all who take part see it "
                            "when --case is left out")),
                 option("case", "case_number", value::case_number,
                        msg("Case for which the guest comes, always for a guardian: then only "
                            "those who may see the case see the guest")),
                 option("deputy-for", "deputy_for", value::participant,
                        msg("The participant for whom this one stands in"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Participant"), "participant")}}}},
  };
}

CommandTable attendance_commands() {
  return {
      {.noun = "attendance",
       .verb = "list",
       .method = "AttendanceService.ListAttendance",
       .summary = msg("List the attendance at a meeting"),
       .flags = {named_meeting(), option("history", "history", value::none,
                                         msg("Every value that was recorded, the oldest first"))},
       .sections = {{nullptr,
                     "attendances",
                     Layout::table,
                     {column(msg("Participant"), "participant"),
                      extra_column(msg("Account"), "handle"), text_column(msg("Name"), "name"),
                      column(msg("Agenda item"), "item"), column(msg("Attendance"), "status"),
                      column(msg("Version"), "version"),
                      extra_column(msg("Recorded"), "recorded_at"),
                      extra_column(msg("Recorded by"), "author_handle")}}}},
      {.noun = "attendance",
       .verb = "record",
       .method = "AttendanceService.RecordAttendance",
       .summary = msg("Record attendance, at the whole meeting or at one agenda item"),
       .flags = {named_meeting(),
                 positional("participant", "participant", value::participant,
                            msg("Reference of the participant")),
                 option("item", "item", value::item,
                        msg("Agenda item; the whole meeting when left out")),
                 option("status", "status", value::word, msg("Attendance")), version_option()},
       .sections = {version_written()}},
  };
}

}  // namespace

CommandTable meeting_commands() {
  CommandTable table = planning_commands();
  for (const auto& rows : {participant_commands(), attendance_commands()}) {
    table.insert(table.end(), rows.begin(), rows.end());
  }
  return table;
}

}  // namespace sspf::cli
