// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: cases, assignments and notes.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag note() { return positional("note", "note", value::note, msg("Reference of the note")); }

Flag identity_number() {
  return option("identity-number", "identity_number", value::number,
                msg("Personal or coordination number, YYYYMMDDNNNN"));
}

std::vector<Column> note_columns() {
  return {column(msg("Note"), "note"),
          column(msg("Agency"), "owner_agency_code"),
          column(msg("Written by"), "author_handle"),
          column(msg("Written"), "written_at"),
          column(msg("Kind of information"), "kind"),
          column(msg("Secrecy"), "secrecy_class"),
          column(msg("Version"), "version"),
          text_column(msg("Recipients"), "recipient_agency_codes"),
          text_column(msg("Text"), "text")};
}

std::vector<Column> case_columns() {
  return {column(msg("Case"), "number"),
          text_column(msg("State"), "state"),
          text_column(msg("Concerns"), "title"),
          column(msg("Age"), "age"),
          extra_column(msg("Kind"), "kind"),
          column(msg("Version"), "version"),
          extra_column(msg("Municipality"), "municipality_code"),
          extra_column(msg("Referred"), "referred_on")};
}

Section case_shown() {
  return {
      nullptr,
      "case",
      Layout::fields,
      {column(msg("Case"), "number"), column(msg("Kind"), "kind"), column(msg("State"), "state"),
       text_column(msg("Concerns"), "title"), column(msg("Identity number"), "identity_number"),
       column(msg("Born"), "birth_date"), column(msg("Age"), "age"),
       column(msg("Municipality"), "municipality_code"), column(msg("Referred"), "referred_on"),
       column(msg("Referred by"), "referring_agency_code"), column(msg("Version"), "version"),
       text_column(msg("Warnings"), "warnings")}};
}

CommandTable reading_commands() {
  return {
      {.noun = "case",
       .verb = "list",
       .method = "CaseService.ListCases",
       .summary = msg("List the cases that you work with"),
       .flags = {option("state", "state", value::word, msg("Only cases in this state"))},
       .sections = {{nullptr, "cases", Layout::table, case_columns()}}},
      {.noun = "case",
       .verb = "show",
       .method = "CaseService.GetCase",
       .summary = msg("Show a case"),
       .flags = {named_case()},
       .sections = {case_shown()}},
      {.noun = "case",
       .verb = "find",
       .method = "CaseService.FindCase",
       .summary = msg("Find the case of a person by personal number alone"),
       .flags = {municipality_option(), identity_number()},
       .sections = {{nullptr, "cases", Layout::table, case_columns()}}},
  };
}

CommandTable writing_commands() {
  return {
      {.noun = "case",
       .verb = "create",
       .method = "CaseService.CreateCase",
       .summary = msg("Register a referral as a new case"),
       .flags = {municipality_option(),
                 option("kind", "kind", value::word,
                        msg("One young person, or a group or place without persons")),
                 option("title", "title", value::name,
                        msg("Name of the young person, or of the group or place")),
                 identity_number(),
                 option("birth-date", "birth_date", value::date,
                        msg("Birth date; taken from the personal number when left out")),
                 option("referring-agency", "referring_agency_code", value::agency,
                        msg("Agency that raises the concern")),
                 option("referred-on", "referred_on", value::date,
                        msg("Day of the referral; today when left out")),
                 option("concern", "concern", value::text, msg("Why the case is raised"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Case"), "number"), column(msg("Version"), "version"),
                      text_column(msg("Warnings"), "warnings")}}}},
      {.noun = "case",
       .verb = "advance",
       .method = "CaseService.AdvanceCase",
       .summary = msg("Move a case to its next state, or close it"),
       .flags = {named_case(), version_option(),
                 option("to", "state", value::word, msg("The new state")),
                 option("reason", "reason", value::text, msg("Why; required when the case ends"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("State"), "state"), column(msg("Version"), "version")}}}},
  };
}

CommandTable assignment_commands() {
  const Flag account =
      positional("account", "handle", value::account, msg("User name of the account"));
  return {
      {.noun = "case",
       .verb = "assign",
       .method = "CaseService.AssignAccount",
       .summary = msg("Let an account work with a case"),
       .flags = {named_case(), account,
                 option("first-day", "from_date", value::date,
                        msg("First day; today when left out")),
                 option("last-day", "to_date", value::date,
                        msg("Last day; until further notice when left out"))}},
      {.noun = "case",
       .verb = "unassign",
       .method = "CaseService.UnassignAccount",
       .summary = msg("End an account's work with a case; acts at once"),
       .flags = {named_case(), account}},
      {.noun = "case",
       .verb = "assignments",
       .method = "CaseService.ListAssignments",
       .summary = msg("List who works with a case"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "assignments",
                     Layout::table,
                     {column(msg("Account"), "handle"), column(msg("Agency"), "agency_code"),
                      column(msg("First day"), "from_date"), column(msg("Last day"), "to_date")}}}},
  };
}

CommandTable note_commands() {
  const Flag text = option("text", "text", value::text, msg("Text of the note"));
  return {
      {.noun = "case",
       .verb = "notes",
       .method = "CaseService.ListNotes",
       .summary = msg("Show the notes of a case"),
       .flags = {named_case()},
       .sections = {{nullptr, "notes", Layout::blocks, note_columns()}}},
      {.noun = "case",
       .verb = "add-note",
       .method = "CaseService.AddNote",
       .summary = msg("Write a note; your agency owns it"),
       .flags = {named_case(),
                 option("kind", "kind", value::word,
                        msg("Kind of information; mapping when left out")),
                 option("secrecy", "secrecy_class", value::word,
                        msg("Secrecy; that of your agency when left out")),
                 option("recipient", "recipient_agency_codes", value::agency,
                        msg("Agency that may see the note by a consent; when left out, every "
                            "agency that a consent names, but not recreation")),
                 text},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Note"), "note"), column(msg("Version"), "version"),
                      text_column(msg("Warnings"), "warnings")}}}},
      {.noun = "case",
       .verb = "correct-note",
       .method = "CaseService.CorrectNote",
       .summary = msg("Write a new version of a note; the old ones are kept"),
       .flags = {named_case(), note(), version_option(),
                 option("recipient", "recipient_agency_codes", value::agency,
                        msg("Agency that may see the new version by a consent; those of the "
                            "version before when left out")),
                 text},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Version"), "version"),
                      text_column(msg("Warnings"), "warnings")}}}},
      {.noun = "case",
       .verb = "note-versions",
       .method = "CaseService.ListNoteVersions",
       .summary = msg("Show every version of a note"),
       .flags = {named_case(), note()},
       .sections = {{nullptr, "versions", Layout::blocks, note_columns()}}},
  };
}

CommandTable access_commands() {
  return {
      {.noun = "case",
       .verb = "why",
       .method = "BasisService.ExplainAccess",
       .summary = msg("Show what lets you see a case"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "grounds",
                     Layout::blocks,
                     {column(msg("Ground"), "kind"), column(msg("Reference"), "reference"),
                      text_column(msg("Paragraph"), "paragraph"),
                      text_column(msg("Kinds of information"), "kinds"),
                      text_column(msg("Purposes"), "purposes"),
                      column(msg("Counts now"), "serves_purpose"),
                      column(msg("Only notes to your agency"), "only_addressed_notes"),
                      column(msg("Reference in the log"), "basis_ref")}}}},
      {.noun = "case",
       .verb = "readers",
       .method = "CaseReaderService.ListCaseReaders",
       .summary = msg("List who has looked at a case, for those who coordinate it"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "readers",
                     Layout::table,
                     {column(msg("Account"), "account"), column(msg("Agency"), "agency_code"),
                      column(msg("Role"), "role"), column(msg("First"), "first_at"),
                      column(msg("Last"), "last_at"), column(msg("Times"), "times"),
                      extra_column(msg("Basis"), "basis_refs")}}}},
  };
}

}  // namespace

CommandTable case_commands() {
  CommandTable table = reading_commands();
  for (const auto& rows :
       {writing_commands(), assignment_commands(), note_commands(), access_commands()}) {
    table.insert(table.end(), rows.begin(), rows.end());
  }
  return table;
}

}  // namespace sspf::cli
