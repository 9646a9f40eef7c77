// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: the extract that a person is entitled to.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag extract() {
  return positional("extract", "subject_access", value::extract, msg("Reference of the extract"));
}

std::vector<Column> entry_columns() {
  return {column(msg("Piece"), "entry"),
          column(msg("Kind"), "source"),
          column(msg("Owner"), "owner_agency_code"),
          column(msg("Written"), "written_at"),
          column(msg("Version of the text"), "source_version"),
          column(msg("Decision"), "decision"),
          column(msg("Version"), "version"),
          text_column(msg("Paragraph"), "paragraph"),
          text_column(msg("Reason"), "reason"),
          column(msg("Decided by"), "decided_by_handle"),
          text_column(msg("Text"), "texts")};
}

CommandTable preparing() {
  return {
      {.noun = "subject-access",
       .verb = "open",
       .method = "SubjectAccessService.OpenSubjectAccess",
       .summary = msg("Begin the extract of everything that is kept about a young person"),
       .flags = {named_case(),
                 option("asked-on", "asked_on", value::date, msg("Day on which it was asked for")),
                 option("asked-by", "asked_by", value::word, msg("Who asked for it"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Extract"), "subject_access"),
                      column(msg("Pieces"), "entries")}}}},
      {.noun = "subject-access",
       .verb = "list",
       .method = "SubjectAccessService.ListSubjectAccesses",
       .summary = msg("List the extracts of a case"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "accesses",
                     Layout::table,
                     {column(msg("Extract"), "subject_access"),
                      column(msg("Asked for"), "asked_on"), column(msg("By"), "asked_by"),
                      column(msg("Pieces"), "entries"), column(msg("Undecided"), "undecided"),
                      column(msg("Closed"), "closed_at"),
                      extra_column(msg("Opened by"), "opened_by_handle"),
                      extra_column(msg("Opened"), "opened_at")}}}},
      {.noun = "subject-access",
       .verb = "queue",
       .method = "SubjectAccessService.ListSubjectAccessEntries",
       .summary = msg("List the pieces of an extract: your agency's own with their texts"),
       .flags = {named_case(), extract()},
       .sections = {{nullptr, "entries", Layout::blocks, entry_columns()}}},
      {.noun = "subject-access",
       .verb = "decide",
       .method = "SubjectAccessService.DecideSubjectAccessEntry",
       .summary = msg("Decide whether a piece of your agency's is released"),
       .flags =
           {named_case(), positional("piece", "entry", value::piece, msg("Reference of the piece")),
            version_option(), option("decision", "decision", value::word, msg("What is decided")),
            option("redacted", "redacted_text", value::text,
                   msg("The text without what concerns others")),
            option("paragraph", "paragraph", value::text, msg("Paragraph by which it is withheld")),
            option("reason", "reason", value::text, msg("Why it is withheld"))}},
  };
}

CommandTable finishing() {
  return {
      {.noun = "subject-access",
       .verb = "close",
       .method = "SubjectAccessService.CloseSubjectAccess",
       .summary = msg("Close an extract of which everything is decided"),
       .flags = {named_case(), extract()}},
      {.noun = "subject-access",
       .verb = "export",
       .method = "SubjectAccessService.ExportSubjectAccess",
       .summary = msg("Get a closed extract, to hand out: as PDF, or as JSON"),
       .flags = {named_case(), extract(),
                 option("pdf", "", value::file, msg("Write it as PDF; the file must not exist"))},
       .sections = {{nullptr,
                     "access",
                     Layout::fields,
                     {column(msg("Extract"), "subject_access"),
                      column(msg("Asked for"), "asked_on"), column(msg("By"), "asked_by"),
                      column(msg("Closed"), "closed_at")}},
                    {msg("Pieces"), "entries", Layout::blocks, entry_columns()},
                    {msg("Who has read or written, and when"),
                     "looks",
                     Layout::table,
                     {column(msg("Time"), "time"), column(msg("Agency"), "agency_code"),
                      column(msg("Role"), "role"), text_column(msg("Call"), "action"),
                      column(msg("Shown"), "items_shown"), column(msg("Wrote"), "wrote")}}}},
  };
}

}  // namespace

CommandTable subject_access_commands() {
  CommandTable table = preparing();
  const CommandTable rows = finishing();
  table.insert(table.end(), rows.begin(), rows.end());
  return table;
}

}  // namespace sspf::cli
