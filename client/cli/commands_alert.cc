// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: alerts of the access log.
#include <utility>

#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag alert() { return positional("alert", "alert", value::alert, msg("Reference of the alert")); }

Flag case_ref() {
  return positional("case", "case_ref", value::case_number,
                    msg("Reference of the case in the log"));
}

CommandTable alerts() {
  return {
      {.noun = "alert",
       .verb = "list",
       .method = "AlertService.ListAlerts",
       .summary = msg("List alerts, the newest first"),
       .flags = {option("unacknowledged", "unacknowledged", value::none,
                        msg("Only those that nobody has acknowledged"))},
       .sections = {{nullptr,
                     "alerts",
                     Layout::table,
                     {column(msg("Alert"), "alert"), column(msg("Time"), "raised_at"),
                      column(msg("Kind"), "kind"), column(msg("Municipality"), "municipality_code"),
                      text_column(msg("Account"), "account"), column(msg("Count"), "count"),
                      extra_column(msg("First event"), "first_sequence"),
                      extra_column(msg("Last event"), "last_sequence"),
                      extra_column(msg("Acknowledged by"), "acknowledged_by_handle"),
                      extra_column(msg("Acknowledged"), "acknowledged_at")}}}},
      {.noun = "alert",
       .verb = "show",
       .method = "AlertService.GetAlert",
       .summary = msg("Show an alert, and which events of the log it counts"),
       .flags = {alert()},
       .sections = {{nullptr,
                     "alert",
                     Layout::fields,
                     {column(msg("Alert"), "alert"), column(msg("Kind"), "kind"),
                      column(msg("Municipality"), "municipality_code"),
                      column(msg("Account"), "account"), column(msg("Time"), "raised_at"),
                      column(msg("Count"), "count"), column(msg("First event"), "first_sequence"),
                      column(msg("Last event"), "last_sequence"),
                      column(msg("Acknowledged by"), "acknowledged_by_handle"),
                      column(msg("Acknowledged"), "acknowledged_at")}}}},
      {.noun = "alert",
       .verb = "acknowledge",
       .method = "AlertService.AcknowledgeAlert",
       .summary = msg("Say that you look after an alert, once; not one about your own account"),
       .flags = {alert()}},
  };
}

CommandTable rules_and_decoys() {
  return {
      {.noun = "alert",
       .verb = "rules",
       .method = "AlertService.ListAlertRules",
       .summary = msg("List what raises an alert"),
       .flags = {municipality_option()},
       .sections =
           {{nullptr,
             "rules",
             Layout::table,
             {column(msg("Kind"), "kind"), column(msg("Enabled"), "enabled"),
              column(msg("Threshold"), "threshold"), column(msg("Minutes"), "window_minutes"),
              extra_column(msg("Set by"), "set_by_handle"), extra_column(msg("Set"), "set_at")}}}},
      {.noun = "alert",
       .verb = "set-rule",
       .method = "AlertService.SetAlertRule",
       .summary = msg("Enable or disable a kind of alert, or change when it is raised"),
       .flags = {municipality_option(),
                 option("kind", "kind", value::word, msg("The kind of alert")),
                 option("enabled", "enabled", value::none,
                        msg("Enable it; without this it is disabled")),
                 option("threshold", "threshold", value::number,
                        msg("Items shown, or attempts; the default when left out")),
                 option("minutes", "window_minutes", value::number,
                        msg("Within how many minutes; the default when left out"))}},
      {.noun = "alert",
       .verb = "decoys",
       .method = "AlertService.ListDecoys",
       .summary = msg("List cases that nobody has a reason to look at"),
       .flags = {municipality_option()},
       .sections = {{nullptr,
                     "decoys",
                     Layout::table,
                     {column(msg("Case"), "case_ref"), column(msg("Added by"), "added_by_handle"),
                      column(msg("Added"), "added_at")}}}},
      {.noun = "alert",
       .verb = "add-decoy",
       .method = "AlertService.AddDecoy",
       .summary = msg("Raise an alert whenever somebody touches this case"),
       .flags = {case_ref(), municipality_option()}},
      {.noun = "alert",
       .verb = "remove-decoy",
       .method = "AlertService.RemoveDecoy",
       .summary = msg("Let a case be no decoy any more"),
       .flags = {case_ref(), municipality_option()}},
  };
}

}  // namespace

CommandTable alert_commands() {
  CommandTable table = alerts();
  for (Command& row : rules_and_decoys()) table.push_back(std::move(row));
  return table;
}

}  // namespace sspf::cli
