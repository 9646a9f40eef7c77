// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: protected identity, blocks and emergency openings.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag account() {
  return positional("account", "handle", value::account, msg("User name of the account"));
}

CommandTable protect_commands() {
  return {
      {.noun = "protect",
       .verb = "show",
       .method = "ProtectionService.GetProtection",
       .summary = msg("Show whether an identity is protected, and who handles the case"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Protection"), "level"),
                      text_column(msg("Handlers"), "handler_handles")}}}},
      {.noun = "protect",
       .verb = "set",
       .method = "ProtectionService.ProtectIdentity",
       .summary = msg("Protect an identity: the case is there for its named handlers alone"),
       .flags = {named_case(),
                 option("level", "level", value::word, msg("Which protection the person has"))}},
      {.noun = "protect",
       .verb = "remove",
       .method = "ProtectionService.UnprotectIdentity",
       .summary = msg("Take the protection off a case"),
       .flags = {named_case()}},
      {.noun = "protect",
       .verb = "add-handler",
       .method = "ProtectionService.AddHandler",
       .summary = msg("Name one more handler of a protected case"),
       .flags = {named_case(), account()}},
      {.noun = "protect",
       .verb = "remove-handler",
       .method = "ProtectionService.RemoveHandler",
       .summary = msg("Remove a handler of a protected case"),
       .flags = {named_case(), account()}},
  };
}

CommandTable block_commands() {
  return {
      {.noun = "block",
       .verb = "list",
       .method = "BlockService.ListBlocks",
       .summary = msg("List who is kept out of a case for a conflict of interest"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "blocks",
                     Layout::table,
                     {column(msg("Account"), "handle"), text_column(msg("Reason"), "reason"),
                      column(msg("Decided by"), "author_handle"),
                      column(msg("Since"), "blocked_at")}}}},
      {.noun = "block",
       .verb = "add",
       .method = "BlockService.BlockAccount",
       .summary = msg("Keep an account out of a case, whatever its role"),
       .flags = {named_case(), account(),
                 option("reason", "reason", value::text, msg("Why; nobody else sees it"))}},
      {.noun = "block",
       .verb = "remove",
       .method = "BlockService.UnblockAccount",
       .summary = msg("Let an account into a case again"),
       .flags = {named_case(), account()}},
  };
}

CommandTable emergency_commands() {
  return {
      {.noun = "emergency",
       .verb = "open",
       .method = "EmergencyService.OpenInEmergency",
       .summary = msg("Read a case for an hour to avert danger; it is reviewed afterwards"),
       .flags = {named_case(),
                 option("reason", "reason", value::text, msg("The danger to life or health"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Opening"), "opening"), column(msg("Until"), "expires_at")}}}},
      {.noun = "emergency",
       .verb = "list",
       .method = "EmergencyService.ListOpenings",
       .summary = msg("List the emergency openings of a case"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "openings",
                     Layout::blocks,
                     {column(msg("Opening"), "opening"), column(msg("Account"), "handle"),
                      column(msg("Opened"), "opened_at"), column(msg("Until"), "expires_at"),
                      text_column(msg("Reason"), "reason"), column(msg("Verdict"), "verdict"),
                      column(msg("Reviewed by"), "reviewer_handle"),
                      column(msg("Reviewed"), "reviewed_at"),
                      text_column(msg("Comment"), "comment")}}}},
      {.noun = "emergency",
       .verb = "review",
       .method = "EmergencyService.ReviewOpening",
       .summary = msg("Review somebody else's emergency opening"),
       .flags = {named_case(),
                 positional("opening", "opening", value::opening, msg("Reference of the opening")),
                 option("verdict", "verdict", value::word, msg("What the review found")),
                 option("comment", "comment", value::text, msg("Why"))}},
  };
}

}  // namespace

CommandTable protection_commands() {
  CommandTable table = protect_commands();
  for (const auto& rows : {block_commands(), emergency_commands()}) {
    table.insert(table.end(), rows.begin(), rows.end());
  }
  return table;
}

}  // namespace sspf::cli
