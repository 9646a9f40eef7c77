// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: which case a reference in the log is, by two auditors.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag reidentification() {
  return positional("request", "reidentification", value::request, msg("Reference of the request"));
}

}  // namespace

CommandTable reidentification_commands() {
  return {
      {.noun = "review",
       .verb = "reidentify",
       .method = "ReidentificationService.RequestReidentification",
       .summary = msg("Ask to learn which case a reference is; another auditor approves"),
       .flags = {positional("case", "case_ref", value::case_number,
                            msg("Reference of the case in the log")),
                 municipality_option(),
                 option("reason", "reason", value::text, msg("Why it is needed"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Request"), "reidentification")}}}},
      {.noun = "review",
       .verb = "reidentifications",
       .method = "ReidentificationService.ListReidentifications",
       .summary = msg("List requests to learn which case a reference is"),
       .flags = {municipality_option()},
       .sections = {{nullptr,
                     "requests",
                     Layout::blocks,
                     {column(msg("Request"), "reidentification"), column(msg("Case"), "case_ref"),
                      column(msg("Asked by"), "asked_by_handle"), column(msg("Asked"), "asked_at"),
                      column(msg("Approved by"), "approved_by_handle"),
                      column(msg("Approved"), "approved_at"), column(msg("Shown"), "shown_at"),
                      text_column(msg("Reason"), "reason")}}}},
      {.noun = "review",
       .verb = "approve",
       .method = "ReidentificationService.ApproveReidentification",
       .summary = msg("Approve such a request of another auditor"),
       .flags = {reidentification(), municipality_option()}},
      {.noun = "review",
       .verb = "reveal",
       .method = "ReidentificationService.ShowReidentified",
       .summary = msg("Show the number of the case, once and within an hour of the approval"),
       .flags = {reidentification(), municipality_option()},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Case"), "case_number")}}}},
  };
}

}  // namespace sspf::cli
