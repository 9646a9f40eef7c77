// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: agendas, their templates, notes and decisions.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag item() { return positional("item", "item", value::item, msg("Reference of the item")); }

CommandTable template_commands() {
  return {
      {.noun = "agenda",
       .verb = "show-template",
       .method = "AgendaService.GetAgendaTemplate",
       .summary = msg("Show the agenda template of a municipality"),
       .flags = {named_municipality()},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Version"), "version")}},
                    {nullptr,
                     "items",
                     Layout::table,
                     {column(msg("Kind"), "kind"), text_column(msg("Title"), "title")}}}},
      {.noun = "agenda",
       .verb = "update-template",
       .method = "AgendaService.UpdateAgendaTemplate",
       .summary = msg("Replace the agenda template; meetings that exist keep their agenda"),
       .flags = {named_municipality(), version_option(),
                 option("item", "items", value::text,
                        msg("An item, in order: general:Opening; or @FILE with one a line"))},
       .sections = {version_written()}},
  };
}

CommandTable agenda_views() {
  return {
      {.noun = "agenda",
       .verb = "list",
       .method = "AgendaService.ListAgenda",
       .summary = msg("Show the agenda of a meeting"),
       .flags = {named_meeting()},
       .sections = {{nullptr,
                     "items",
                     Layout::table,
                     {column(msg("Item"), "item"), column(msg("Kind"), "kind"),
                      text_column(msg("Title"), "title"), extra_column(msg("Case"), "case_number"),
                      text_column(msg("Decision"), "decision"),
                      column(msg("Version"), "version")}}}},
      {.noun = "agenda",
       .verb = "minutes",
       .method = "AgendaService.ListAgenda",
       .summary = msg("Show the notes and decisions of a meeting, item by item"),
       .flags = {named_meeting()},
       .sections = {{nullptr,
                     "items",
                     Layout::blocks,
                     {column(msg("Item"), "item"), text_column(msg("Title"), "title"),
                      column(msg("Case"), "case_number"), text_column(msg("Notes"), "notes"),
                      text_column(msg("Decision"), "decision")}}}},
  };
}

CommandTable item_commands() {
  return {
      {.noun = "agenda",
       .verb = "add",
       .method = "AgendaService.AddAgendaItem",
       .summary = msg("Add an item to an agenda"),
       .flags = {named_meeting(),
                 option("kind", "kind", value::word, msg("General, a group or place, or a case")),
                 option("title", "title", value::text,
                        msg("Title; not for a case, which shows its number")),
                 option("case", "case_number", value::case_number, msg("Number of the case")),
                 option("after", "after_item", value::item,
                        msg("The item that goes before; last when left out"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Item"), "item"), column(msg("Version"), "version")}}}},
      {.noun = "agenda",
       .verb = "move",
       .method = "AgendaService.MoveAgendaItem",
       .summary = msg("Move an item within its agenda"),
       .flags = {named_meeting(), item(), version_option(),
                 option("after", "after_item", value::item,
                        msg("The item that goes before; first when left out"))},
       .sections = {version_written()}},
      {.noun = "agenda",
       .verb = "remove",
       .method = "AgendaService.RemoveAgendaItem",
       .summary = msg("Remove an item from an agenda"),
       .flags = {named_meeting(), item(), version_option()}},
      {.noun = "agenda",
       .verb = "record",
       .method = "AgendaService.RecordMinutes",
       .summary = msg("Write the notes and the decision of an item, while the meeting is open"),
       .flags = {named_meeting(), item(), version_option(),
                 option("notes", "notes", value::text, msg("Notes; replace the earlier ones")),
                 option("decision", "decision", value::text,
                        msg("Decision; replaces the earlier one"))},
       .sections = {version_written()}},
  };
}

}  // namespace

CommandTable agenda_commands() {
  CommandTable table = agenda_views();
  for (const CommandTable& more : {item_commands(), template_commands()}) {
    table.insert(table.end(), more.begin(), more.end());
  }
  return table;
}

}  // namespace sspf::cli
