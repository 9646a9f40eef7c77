// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: commitment plans and commitments.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag commitment() {
  return positional("commitment", "commitment", value::commitment,
                    msg("Reference of the commitment"));
}

std::vector<Flag> with(std::vector<Flag> flags, const std::vector<Flag>& more) {
  flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

std::vector<Flag> content() {
  return {
      option("goal", "content.goals", value::text, msg("A goal; in a file, one goal a line")),
      option("review-date", "content.review_date", value::date,
             msg("Day on which the plan is followed up")),
      option("problem-areas", "content.problem_areas", value::text, msg("Problem areas")),
      option("strengths", "content.strengths", value::text, msg("Strengths")),
      option("youth-view", "content.youth_view", value::text, msg("What the young person thinks")),
      option("guardian-view", "content.guardian_view", value::text,
             msg("What the guardians think"))};
}

std::vector<Flag> draft() {
  return {option("responsible", "draft.responsible", value::name,
                 msg("The person who is responsible, or the role")),
          option("action", "draft.action", value::text, msg("What shall be done")),
          option("start", "draft.start_date", value::date, msg("First day; today when left out")),
          option("due", "draft.due_date", value::date, msg("Day by which it shall be done"))};
}

std::vector<Column> plan_columns() {
  return {column(msg("Version"), "version"),
          column(msg("Written by"), "author_handle"),
          column(msg("Written"), "written_at"),
          column(msg("Review date"), "content.review_date"),
          text_column(msg("Goals"), "content.goals"),
          text_column(msg("Problem areas"), "content.problem_areas"),
          text_column(msg("Strengths"), "content.strengths"),
          text_column(msg("The young person's view"), "content.youth_view"),
          text_column(msg("The guardians' view"), "content.guardian_view")};
}

std::vector<Column> commitment_columns() {
  return {column(msg("Commitment"), "commitment"),
          column(msg("Case"), "case_number"),
          text_column(msg("Action"), "action"),
          extra_column(msg("Responsible"), "responsible"),
          column(msg("Due"), "due_date"),
          text_column(msg("Status"), "status"),
          column(msg("Colour"), "rag"),
          column(msg("Overdue"), "overdue"),
          column(msg("Withdrawn"), "withdrawn"),
          extra_column(msg("Agency"), "agency_code"),
          extra_column(msg("Version"), "version")};
}

// Of one case, whose number was typed: so there is always room for who is responsible.
std::vector<Column> commitment_columns_of_case() {
  auto columns = commitment_columns();
  columns.erase(columns.begin() + 1);
  columns[2].fit = Fit::shrink;
  return columns;
}

std::vector<Column> commitment_facts() {
  return {column(msg("Commitment"), "commitment"), column(msg("Case"), "case_number"),
          column(msg("Agency"), "agency_code"),    text_column(msg("Responsible"), "responsible"),
          text_column(msg("Action"), "action"),    column(msg("Start"), "start_date"),
          column(msg("Due"), "due_date"),          column(msg("Overdue"), "overdue"),
          column(msg("Status"), "status"),         column(msg("Colour"), "rag"),
          text_column(msg("Cause"), "cause"),      text_column(msg("Measures"), "measures"),
          column(msg("Version"), "version")};
}

std::vector<Column> progress_columns() {
  return {column(msg("Written"), "written_at"),    column(msg("Written by"), "author_handle"),
          column(msg("Status"), "status"),         column(msg("Colour"), "rag"),
          text_column(msg("Text"), "text"),        text_column(msg("Cause"), "cause"),
          text_column(msg("Measures"), "measures")};
}

std::vector<Column> version_columns() {
  return {
      column(msg("Version"), "version"),          column(msg("Written"), "written_at"),
      column(msg("Written by"), "author_handle"), text_column(msg("Action"), "commitment.action"),
      column(msg("Due"), "commitment.due_date"),  column(msg("Status"), "commitment.status")};
}

CommandTable whole_plan_commands() {
  return {
      {.noun = "plan",
       .verb = "show",
       .method = "PlanService.GetPlan",
       .summary = msg("Show the commitment plan of a case, with its commitments"),
       .flags = {named_case()},
       .sections = {{nullptr, "plan", Layout::fields, plan_columns()},
                    {msg("Commitments"), "commitments", Layout::table,
                     commitment_columns_of_case()}}},
      {.noun = "plan",
       .verb = "create",
       .method = "PlanService.CreatePlan",
       .summary = msg("Write the commitment plan of a case"),
       .flags = with({named_case()}, content()),
       .sections = {version_written()}},
      {.noun = "plan",
       .verb = "revise",
       .method = "PlanService.RevisePlan",
       .summary = msg("Write the next version of a plan; the earlier ones are kept"),
       .flags = with({named_case(), version_option()}, content()),
       .sections = {version_written()}},
      {.noun = "plan",
       .verb = "versions",
       .method = "PlanService.ListPlanVersions",
       .summary = msg("Show every version of a plan"),
       .flags = {named_case()},
       .sections = {{nullptr, "versions", Layout::blocks, plan_columns()}}},
  };
}

CommandTable commitment_reading() {
  return {
      {.noun = "commitment",
       .verb = "list",
       .method = "CommitmentService.ListCommitments",
       .summary = msg("List the commitments of every case that you may see, soonest due first"),
       .flags = {option("own", "own_agency", value::none, msg("Only those of your own agency")),
                 option("overdue", "overdue", value::none,
                        msg("Only those past their due date and not ended"))},
       .sections = {{nullptr, "commitments", Layout::table, commitment_columns()}}},
      {.noun = "commitment",
       .verb = "show",
       .method = "CommitmentService.GetCommitment",
       .summary = msg("Show a commitment with its follow-ups and earlier versions"),
       .flags = {named_case(), commitment()},
       .sections = {{nullptr, "commitment", Layout::fields, commitment_facts()},
                    {msg("Follow-ups"), "progress", Layout::blocks, progress_columns()},
                    {msg("Versions"), "versions", Layout::table, version_columns()}}},
  };
}

CommandTable commitment_writing() {
  return {
      {.noun = "commitment",
       .verb = "add",
       .method = "CommitmentService.AddCommitment",
       .summary = msg("Add a commitment to the plan of a case"),
       .flags = with({named_case(), option("agency", "draft.agency_code", value::agency,
                                           msg("Agency that makes the commitment"))},
                     draft()),
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Commitment"), "commitment"),
                      column(msg("Version"), "version")}}}},
      {.noun = "commitment",
       .verb = "change",
       .method = "CommitmentService.ChangeCommitment",
       .summary = msg("Change what a commitment says; its agency cannot be changed"),
       .flags = with({named_case(), commitment(), version_option(),
                      option("agency", "draft.agency_code", value::agency,
                             msg("Agency of the commitment, as it is"))},
                     draft()),
       .sections = {version_written()}},
      {.noun = "commitment",
       .verb = "log",
       .method = "CommitmentService.LogProgress",
       .summary = msg("Follow up a commitment: status, colour and what has been done"),
       .flags = {named_case(), commitment(), version_option(),
                 option("status", "status", value::word, msg("How far it has come")),
                 option("colour", "rag", value::word,
                        msg("Green: on plan. Yellow: off plan or at risk. Red: not started")),
                 option("text", "text", value::text, msg("What has been done")),
                 option("cause", "cause", value::text, msg("Why; required for yellow and red")),
                 option("measures", "measures", value::text,
                        msg("What is done about it; required for yellow and red"))},
       .sections = {version_written()}},
  };
}

}  // namespace

CommandTable plan_commands() {
  CommandTable table = whole_plan_commands();
  for (const auto& rows : {commitment_reading(), commitment_writing()}) {
    table.insert(table.end(), rows.begin(), rows.end());
  }
  return table;
}

}  // namespace sspf::cli
