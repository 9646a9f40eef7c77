// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: the access log.
#include "client/cli/command.h"

namespace sspf::cli {

CommandTable audit_commands() {
  return {
      {.noun = "audit",
       .verb = "list",
       .method = "AuditService.ListEvents",
       .summary = msg("List events of the access log, oldest first"),
       .flags = {option("since", "from", value::time,
                        msg("From this time, Swedish time: 2026-12-01 or 2026-12-01T13:00")),
                 option("until", "to", value::time, msg("Before this time")),
                 option("account", "handle", value::account,
                        msg("Only what this account did, or what was done to it")),
                 option("case", "case_ref", value::case_number,
                        msg("Only of this case, by its reference in the log")),
                 option("outcome", "outcome", value::word, msg("Only with this outcome")),
                 option("call", "rpc", value::word, msg("Only this call: CaseService/GetCase"))},
       .sections =
           {{nullptr,
             "events",
             Layout::table,
             {column(msg("No."), "sequence"), column(msg("Time"), "time"),
              text_column(msg("Account"), "account"), text_column(msg("Call"), "rpc"),
              column(msg("Outcome"), "outcome"), text_column(msg("Answered"), "told_reason"),
              extra_column(msg("Cause"), "cause_reason"), extra_column(msg("Case"), "case_ref"),
              extra_column(msg("Shown"), "items_shown"),
              extra_column(msg("Concerned account"), "subject_account"),
              extra_column(msg("Meeting"), "meeting_ref"), extra_column(msg("Item"), "item_ref"),
              extra_column(msg("Role"), "role"), extra_column(msg("Agency"), "agency_code"),
              extra_column(msg("Municipality"), "municipality_code"),
              extra_column(msg("Basis"), "basis_refs"),
              extra_column(msg("Disposed cases"), "disposed_cases"),
              extra_column(msg("Certificate"), "certificate_ref")}}}},
      {.noun = "audit",
       .verb = "checkpoint",
       .method = "AuditService.GetCheckpoint",
       .summary = msg("Show and verify the newest checkpoint, and compare it with the last one")},
      {.noun = "audit",
       .verb = "export",
       .method = "AuditService.ExportEvents",
       .summary = msg("Write the whole log to a file that can be verified without the server"),
       .flags = {positional("file", "", value::file, msg("The file to write; it must not exist"))}},
      {.noun = "audit",
       .verb = "verify",
       .method = "",
       .summary = msg("Verify an exported log; names the first bad event"),
       .flags = {positional("file", "", value::file, msg("The exported file")),
                 option("key", "", value::file,
                        msg("Verifier key of the log, or a file with it; that of the context when "
                            "left out")),
                 option("checkpoint", "", value::file,
                        msg("A signed checkpoint that somebody kept, in a file"))}},
  };
}

}  // namespace sspf::cli
