// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: the access log.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

CommandTable log_commands() {
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
                 option("municipality", "municipality_code", value::municipality,
                        msg("Only what concerns this municipality, where you are auditor")),
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
  };
}

// What can be judged without the server.
CommandTable evidence_commands() {
  return {
      {.noun = "audit",
       .verb = "export",
       .method = "AuditService.ExportEvents",
       .summary = msg("Write the whole log to a file that can be verified without the server"),
       .flags = {positional("file", "", value::file, msg("The file to write; it must not exist")),
                 option("layout", "", value::word,
                        msg("file, or tiles: a folder that other tools for logs can read"))}},
      {.noun = "audit",
       .verb = "forward",
       .method = "AuditService.ExportEvents",
       .summary = msg("Hand new events on to a collector of logs, each at least once"),
       .flags = {option("to", "", value::server,
                        msg("syslog+tls://HOST:PORT (RFC 5424 and 5425), or a file for JSON lines "
                            "with the names of the Elastic Common Schema")),
                 option("ca", "", value::file,
                        msg("The authority, in PEM, that the collector's certificate comes from")),
                 option("cursor", "", value::file,
                        msg("The file that remembers how far the log has been handed on")),
                 option("every", "", value::number,
                        msg("Go on, and ask for new events again after so many seconds"))}},
      {.noun = "audit",
       .verb = "receipt",
       .method = "AuditService.GetInclusionProof",
       .summary = msg("Write the proof that one event is in the log to a file, and verify it"),
       .flags = {positional("sequence", "sequence", value::number, msg("Number of the event")),
                 positional("file", "", value::file, msg("The file to write; it must not exist"))}},
      {.noun = "audit",
       .verb = "consistency",
       .method = "AuditService.GetConsistencyProof",
       .summary = msg("Show the proof that the log of one size is the beginning of a larger one"),
       .flags = {positional("first", "first_size", value::number, msg("The smaller size")),
                 positional("second", "second_size", value::number, msg("The larger size"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Hashes"), "consistency_proof")}}}},
      {.noun = "audit",
       .verb = "verify",
       .method = "",
       .summary = msg("Verify an exported log or a receipt; names the first bad event. Ends with 0 "
                      "when all is well, 1 when it was changed and 2 when that cannot be told"),
       .flags = {positional("file", "", value::file,
                            msg("The exported file or folder, or the receipt")),
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

}  // namespace

CommandTable audit_commands() {
  CommandTable table = log_commands();
  for (const Command& command : evidence_commands()) table.push_back(command);
  return table;
}

}  // namespace sspf::cli
