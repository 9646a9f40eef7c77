// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: retention and disposal.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag list() {
  return positional("list", "list", value::list, msg("Reference of the disposal list"));
}

std::vector<Column> rule_columns() {
  return {column(msg("Category"), "category"),
          column(msg("Rule"), "rule"),
          column(msg("Valid from"), "valid_from"),
          column(msg("Years"), "years"),
          column(msg("In force"), "in_force"),
          column(msg("Preserves everything"), "preserves_everything"),
          column(msg("Preserved birth days"), "preserved_birth_days"),
          extra_column(msg("Set by"), "set_by_handle"),
          extra_column(msg("Set"), "set_at")};
}

std::vector<Section> retention_shown() {
  return {{nullptr,
           "",
           Layout::fields,
           {column(msg("Retention"), "status"), column(msg("Ended"), "has_ended"),
            column(msg("Last activity"), "last_activity_on"), column(msg("Years"), "years"),
            column(msg("Rule"), "rule"), column(msg("Can be disposed of from"), "due_on")}},
          {msg("Legal holds"),
           "holds",
           Layout::blocks,
           {column(msg("Legal hold"), "hold"), column(msg("Set by"), "set_by_handle"),
            column(msg("Set"), "set_at"), column(msg("Lifted by"), "lifted_by_handle"),
            column(msg("Lifted"), "lifted_at"), text_column(msg("Reason"), "reason")}},
          {msg("Kept by reviewers"),
           "kept",
           Layout::blocks,
           {column(msg("List"), "list"), column(msg("Reviewed by"), "reviewed_by_handle"),
            column(msg("Reviewed"), "reviewed_at"), text_column(msg("Reason"), "reason")}}};
}

std::vector<Column> list_columns(const char* prefix_list, const char* created_by,
                                 const char* created) {
  return {column(msg("List"), prefix_list), column(msg("Made by"), created_by),
          column(msg("Made"), created)};
}

std::vector<Section> list_shown() {
  std::vector<Column> columns =
      list_columns("list.list", "list.created_by_handle", "list.created_at");
  columns.push_back(column(msg("Executed by"), "list.executed_by_handle"));
  columns.push_back(column(msg("Executed"), "list.executed_at"));
  return {{nullptr, "", Layout::fields, columns},
          {msg("Cases"),
           "items",
           Layout::table,
           {column(msg("Case"), "case_number"), column(msg("Disposal day"), "due_on"),
            extra_column(msg("Rule"), "rule"), column(msg("Verdict"), "verdict"),
            column(msg("Reviewed by"), "reviewed_by_handle"),
            extra_column(msg("Reviewed"), "reviewed_at"), column(msg("Outcome"), "outcome")}}};
}

std::vector<Column> lists_columns() {
  std::vector<Column> columns = list_columns("list", "created_by_handle", "created_at");
  columns.push_back(column(msg("Number of cases"), "items"));
  columns.push_back(column(msg("To review"), "unreviewed"));
  columns.push_back(extra_column(msg("Executed by"), "executed_by_handle"));
  columns.push_back(column(msg("Executed"), "executed_at"));
  columns.push_back(column(msg("Disposed of"), "disposed"));
  return columns;
}

}  // namespace

CommandTable retention_commands() {
  return {
      {.noun = "retention",
       .verb = "list",
       .method = "RetentionService.ListRetentionRules",
       .summary = msg("List the rules of retention of a municipality"),
       .flags = {municipality_option()},
       .sections = {{nullptr, "rules", Layout::table, rule_columns()}}},
      {.noun = "retention",
       .verb = "set",
       .method = "RetentionService.SetRetentionRule",
       .summary = msg("Set a new rule of retention; the earlier ones are kept"),
       .flags = {municipality_option(),
                 option("category", "category", value::word, msg("What the rule is about")),
                 option("valid-from", "valid_from", value::date,
                        msg("First day of the rule; today when left out")),
                 option("years", "years", value::number,
                        msg("How many years after the last note a case is kept")),
                 option("preserve-everything", "preserves_everything", value::none,
                        msg("Dispose of nothing, as in the exempt regions")),
                 option(
                     "preserve-birth-days", "preserved_birth_days", value::number,
                     msg("Days of the month on which those are born who are preserved: 5,15,25"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Rule"), "rule")}}}},
      {.noun = "retention",
       .verb = "show",
       .method = "RetentionService.GetRetention",
       .summary = msg("Show when a case may be disposed of; if it is open, as if it ended today"),
       .flags = {named_case()},
       .sections = retention_shown()},
      {.noun = "retention",
       .verb = "hold",
       .method = "RetentionService.SetLegalHold",
       .summary = msg("Put a legal hold on a case, so that it is not disposed of"),
       .flags = {named_case(),
                 option("reason", "reason", value::text, msg("Why the case must be kept"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Legal hold"), "hold")}}}},
      {.noun = "retention",
       .verb = "lift",
       .method = "RetentionService.LiftLegalHold",
       .summary = msg("Lift a legal hold"),
       .flags = {named_case(),
                 positional("hold", "hold", value::hold, msg("Reference of the legal hold"))}},
  };
}

CommandTable disposal_commands() {
  return {
      {.noun = "disposal",
       .verb = "create",
       .method = "DisposalService.CreateDisposalList",
       .summary = msg("Make a list of the cases that are due for disposal"),
       .flags = {municipality_option()},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("List"), "list"), column(msg("Number of cases"), "items"),
                      column(msg("More are due"), "more")}}}},
      {.noun = "disposal",
       .verb = "list",
       .method = "DisposalService.ListDisposalLists",
       .summary = msg("List the disposal lists of a municipality, the newest first"),
       .flags = {municipality_option()},
       .sections = {{nullptr, "lists", Layout::table, lists_columns()}}},
      {.noun = "disposal",
       .verb = "show",
       .method = "DisposalService.GetDisposalList",
       .summary = msg("Show a disposal list"),
       .flags = {list(), municipality_option()},
       .sections = list_shown()},
      {.noun = "disposal",
       .verb = "review",
       .method = "DisposalService.ReviewDisposalItem",
       .summary = msg("Judge one case of a disposal list that somebody else has made"),
       .flags = {list(), named_case(),
                 option("verdict", "verdict", value::word,
                        msg("Whether the case is disposed of or kept")),
                 option("reason", "reason", value::text,
                        msg("Why the case is kept; required then, and not given otherwise"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("To review"), "unreviewed")}}}},
      {.noun = "disposal",
       .verb = "execute",
       .method = "DisposalService.ExecuteDisposal",
       .summary = msg("Dispose of the cases of a reviewed list, for ever"),
       .flags = {list(), municipality_option()},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {text_column(msg("Disposed of"), "disposed_case_numbers"),
                      text_column(msg("Left"), "left_case_numbers")}}}},
  };
}

}  // namespace sspf::cli
