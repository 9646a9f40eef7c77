// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: bundles of evidence about an incident.
#include "client/cli/command.h"

namespace sspf::cli {
CommandTable incident_commands() {
  return {
      {.noun = "incident",
       .verb = "export",
       .method = "IncidentService.RecordIncidentExport",
       .summary = msg("Write events of the log to a new folder, with proofs, a timeline and the "
                      "authorities' deadlines, sealed by the log. It names accounts: it is for the "
                      "authority and nobody else"),
       .flags = {municipality_option(),
                 option("known-at", "known_at", value::time, msg("When the incident became known")),
                 option("output-directory", "", value::folder,
                        msg("The folder to write; it must not exist")),
                 option("account", "", value::account,
                        msg("Only what this account did, or what was done to it")),
                 option("case-ref", "", value::case_number,
                        msg("Only of this case, by its reference in the log")),
                 option("since", "from", value::time,
                        msg("From this time, Swedish time: 2026-12-01 or 2026-12-01T13:00")),
                 option("until", "to", value::time, msg("Before this time"))}},
      {.noun = "incident",
       .verb = "list",
       .method = "IncidentService.ListIncidentExports",
       .summary = msg("List the bundles that have been exported, with their deadlines"),
       .flags = {municipality_option()},
       .sections = {{nullptr,
                     "exports",
                     Layout::blocks,
                     {column(msg("Incident"), "incident"), column(msg("Known"), "known_at"),
                      column(msg("Early warning by"), "deadlines.early_warning_by"),
                      column(msg("Report by"), "deadlines.report_by"),
                      column(msg("Final report by"), "deadlines.final_report_by"),
                      column(msg("From"), "from"), column(msg("To"), "to"),
                      column(msg("Events"), "events"),
                      column(msg("Sum of the manifest"), "bundle_sha256"),
                      column(msg("Exported by"), "exported_by_handle"),
                      column(msg("Exported"), "exported_at")}}}},
      {.noun = "incident",
       .verb = "verify",
       .method = "",
       .summary =
           msg("Verify an exported bundle without the server; names the first bad file. Ends "
               "with 0 when all is well, 1 when it was changed and 2 when that cannot be "
               "told"),
       .flags = {positional("file", "", value::folder, msg("The folder of the bundle")),
                 option("key", "", value::file,
                        msg("Verifier key of the log, or a file with it; that of the context when "
                            "left out")),
                 option("policy", "", value::file,
                        msg("Instead of a key: a policy that names the logs and the witnesses that "
                            "must have cosigned")),
                 option("checkpoint", "", value::file,
                        msg("A signed checkpoint that somebody kept, in a file"))}},
  };
}

}  // namespace sspf::cli
