// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: what lies beside the events of the access log, and its erasure by two
// auditors.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag municipality_of_events() {
  return option("municipality", "municipality_code", value::municipality,
                msg("Code of the municipality; without it, of the events that have none"));
}

}  // namespace

CommandTable audit_details_commands() {
  return {
      {.noun = "audit",
       .verb = "details",
       .method = "AuditDetailsService.GetAuditDetails",
       .summary = msg("Show from where and with what program an event's call came, until that is "
                      "erased"),
       .flags = {positional("sequence", "sequence", value::number, msg("Number of the event"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Erased"), "erased"), text_column(msg("Address"), "peer_address"),
                      text_column(msg("Program"), "user_agent"),
                      text_column(msg("Field"), "field")}}}},
      {.noun = "audit",
       .verb = "erase-details",
       .method = "AuditDetailsService.RequestDetailsErasure",
       .summary = msg("Ask for the erasure of a month's details, at least two years after it; "
                      "another auditor approves"),
       .flags = {municipality_of_events(),
                 option("month", "month", value::month, msg("The month: 2026-11"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Erasure"), "erasure")}}}},
      {.noun = "audit",
       .verb = "erasures",
       .method = "AuditDetailsService.ListDetailsErasures",
       .summary = msg("List erasures of details that were asked for, and those that were done"),
       .flags = {municipality_of_events()},
       .sections = {{nullptr,
                     "erasures",
                     Layout::table,
                     {column(msg("Erasure"), "erasure"), column(msg("Month"), "month"),
                      column(msg("Asked by"), "asked_by_handle"), column(msg("Asked"), "asked_at"),
                      column(msg("Approved by"), "approved_by_handle"),
                      column(msg("Erased"), "approved_at")}}}},
      {.noun = "audit",
       .verb = "approve-erasure",
       .method = "AuditDetailsService.ApproveDetailsErasure",
       .summary = msg("Approve an erasure that another auditor has asked for: the details are gone "
                      "at once, from every backup, and for good"),
       .flags = {positional("erasure", "erasure", value::erasure, msg("Reference of the erasure")),
                 municipality_of_events()},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Month"), "month")}}}},
  };
}

}  // namespace sspf::cli
