// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: reviews of the access log.
#include <utility>

#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag campaign() {
  return positional("campaign", "campaign", value::campaign,
                    msg("Number of the campaign: TYR-G-2026-10"));
}

Flag review_item() {
  return positional("item", "review_item", value::review_item, msg("Reference of the item"));
}

std::vector<Column> campaign_columns(bool is_of_report) {
  const auto path = [&](const char* inner, const char* whole) {
    return is_of_report ? whole : inner;
  };
  return {column(msg("Campaign"), path("campaign", "campaign.campaign")),
          column(msg("Month"), path("month", "campaign.month")),
          column(msg("Part of the month"), path("partial", "campaign.partial")),
          column(msg("State"), path("state", "campaign.state")),
          column(msg("Due"), path("due_on", "campaign.due_on")),
          column(msg("Overdue"), path("overdue", "campaign.overdue")),
          column(msg("Items"), path("items", "campaign.items")),
          column(msg("Unjudged"), path("unjudged", "campaign.unjudged")),
          extra_column(msg("Opened by"), path("opened_by_handle", "campaign.opened_by_handle")),
          extra_column(msg("Opened"), path("opened_at", "campaign.opened_at")),
          extra_column(msg("Drawn by"), path("drawn_by_handle", "campaign.drawn_by_handle")),
          extra_column(msg("Drawn"), path("drawn_at", "campaign.drawn_at")),
          extra_column(msg("Signed by"), path("signed_by_handle", "campaign.signed_by_handle")),
          extra_column(msg("Signed"), path("signed_at", "campaign.signed_at"))};
}

Section rule_counts() {
  return {msg("Rules"),
          "rules",
          Layout::table,
          {column(msg("Rule"), "rule"), column(msg("Found"), "found"),
           column(msg("In the sample"), "drawn")}};
}

std::vector<Section> item_shown() {
  return {
      {nullptr,
       "item",
       Layout::fields,
       {column(msg("Item"), "review_item"), column(msg("No."), "sequence"),
        column(msg("Time"), "time"), column(msg("Account"), "account"), column(msg("Role"), "role"),
        column(msg("Agency"), "agency_code"), column(msg("Call"), "rpc"),
        column(msg("Outcome"), "outcome"), column(msg("Cause"), "cause_reason"),
        column(msg("Case"), "case_refs"), column(msg("Basis"), "basis_refs"),
        column(msg("Shown"), "items_shown"), column(msg("Rules"), "rules"),
        column(msg("Verdict"), "verdict"), column(msg("Version"), "version"),
        column(msg("Incident"), "incident")}},
      {msg("Verdicts"),
       "judgements",
       Layout::blocks,
       {column(msg("Version"), "version"), column(msg("Verdict"), "verdict"),
        column(msg("Judged by"), "judged_by_handle"), column(msg("Judged"), "judged_at"),
        text_column(msg("Comment"), "comment")}},
      {msg("Questions"),
       "questions",
       Layout::blocks,
       {column(msg("Question"), "review_question"), column(msg("Asked by"), "asked_by_handle"),
        column(msg("Asked"), "asked_at"), column(msg("To"), "asked_handle"),
        text_column(msg("Text"), "question"), column(msg("Answered"), "answered_at"),
        text_column(msg("Answer"), "answer")}},
      {msg("Incident report"), "", Layout::fields, {text_column(msg("Text"), "incident_text")}}};
}

CommandTable campaigns() {
  return {
      {.noun = "review",
       .verb = "open",
       .method = "ReviewService.OpenCampaign",
       .summary = msg("Open the campaign of a month that is over"),
       .flags = {municipality_option(),
                 option("month", "month", value::month, msg("The month: 2026-10")),
                 option("due", "due_on", value::date,
                        msg("Day by which it is signed off; in thirty days when left out")),
                 option("random", "random_items", value::number,
                        msg("How many items are drawn by lot; 30 when left out")),
                 option("partial", "partial", value::none,
                        msg("A part of the running month, which does not count as its review"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Campaign"), "campaign"), column(msg("Due"), "due_on")}}}},
      {.noun = "review",
       .verb = "list",
       .method = "ReviewService.ListCampaigns",
       .summary = msg("List campaigns, and months without one"),
       .flags = {municipality_option()},
       .sections = {{nullptr, "campaigns", Layout::table, campaign_columns(false)},
                    {nullptr,
                     "",
                     Layout::fields,
                     {text_column(msg("Months without campaign"), "months_without_campaign"),
                      text_column(msg("Overdue months"), "months_overdue")}}}},
      {.noun = "review",
       .verb = "draw",
       .method = "ReviewService.DrawSample",
       .summary = msg("Draw the sample of a campaign, once"),
       .flags = {campaign(), municipality_option()},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Items"), "items")}}, rule_counts()}},
      {.noun = "review",
       .verb = "sign-off",
       .method = "ReviewService.SignOff",
       .summary = msg("Sign a campaign off in which everything is judged; nothing changes after"),
       .flags = {campaign(), municipality_option()}},
  };
}

CommandTable reports() {
  return {
      {.noun = "review",
       .verb = "report",
       .method = "ReviewService.GetReviewReport",
       .summary = msg("Show the proof that a review took place"),
       .flags = {campaign(), municipality_option()},
       .sections = {{nullptr, "", Layout::fields, campaign_columns(true)},
                    {msg("Period"),
                     "",
                     Layout::fields,
                     {column(msg("From"), "from"), column(msg("To"), "to"),
                      column(msg("Events"), "period_events"),
                      column(msg("Looked through"), "scanned_events"),
                      column(msg("Of cases"), "case_events"), column(msg("Log size"), "log_size"),
                      text_column(msg("Checkpoint"), "checkpoint_note")}},
                    rule_counts(),
                    {msg("Verdicts"),
                     "verdicts",
                     Layout::table,
                     {column(msg("Verdict"), "verdict"), column(msg("Items"), "items")}},
                    {msg("Follow-up"),
                     "",
                     Layout::fields,
                     {column(msg("Questions"), "questions"),
                      text_column(msg("Incidents"), "incidents"),
                      text_column(msg("Months without campaign"), "months_without_campaign")}}}},
  };
}

CommandTable judging() {
  return {
      {.noun = "review",
       .verb = "items",
       .method = "ReviewService.ListReviewItems",
       .summary = msg("List the sample: who, when, what call, by which rule it was drawn"),
       .flags = {campaign(), municipality_option()},
       .sections =
           {{nullptr,
             "items",
             Layout::table,
             {column(msg("Item"), "review_item"), column(msg("No."), "sequence"),
              column(msg("Time"), "time"), text_column(msg("Account"), "account"),
              text_column(msg("Call"), "rpc"), column(msg("Outcome"), "outcome"),
              text_column(msg("Rules"), "rules"), column(msg("Verdict"), "verdict"),
              extra_column(msg("Version"), "version"),
              extra_column(msg("Open questions"), "open_questions"),
              extra_column(msg("Role"), "role"), extra_column(msg("Agency"), "agency_code"),
              extra_column(msg("Case"), "case_refs"), extra_column(msg("Basis"), "basis_refs"),
              extra_column(msg("Shown"), "items_shown"), extra_column(msg("Cause"), "cause_reason"),
              extra_column(msg("Incident"), "incident"),
              extra_column(msg("Judged by"), "judged_by_handle")}}}},
      {.noun = "review",
       .verb = "show",
       .method = "ReviewService.GetReviewItem",
       .summary = msg("Show an item with its verdicts, questions and incident report"),
       .flags = {review_item(), municipality_option()},
       .sections = item_shown()},
      {.noun = "review",
       .verb = "verdict",
       .method = "ReviewService.RecordVerdict",
       .summary = msg("Judge an item that is not your own doing"),
       .flags = {review_item(), municipality_option(), version_option(),
                 option("verdict", "verdict", value::word, msg("Whether the access was justified")),
                 option("comment", "comment", value::text,
                        msg("Why; required unless it was justified. Nothing of a case"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Version"), "version"), column(msg("Unjudged"), "unjudged")}}}},
      {.noun = "review",
       .verb = "ask",
       .method = "ReviewService.AskExplanation",
       .summary = msg("Ask a coordinator or administrator to explain an item"),
       .flags = {review_item(), municipality_option(),
                 option("account", "handle", value::account, msg("Who is to answer")),
                 option("question", "question", value::text, msg("The question"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Question"), "review_question")}}}},
      {.noun = "review",
       .verb = "escalate",
       .method = "ReviewService.Escalate",
       .summary = msg("Make an incident report of an item"),
       .flags = {review_item(), municipality_option(),
                 option("text", "text", value::text, msg("What has happened"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Incident"), "incident")}}}},
  };
}

CommandTable answering() {
  return {
      {.noun = "review",
       .verb = "questions",
       .method = "ReviewService.ListEnquiries",
       .summary = msg("List what you are asked to explain"),
       .sections = {{nullptr,
                     "enquiries",
                     Layout::blocks,
                     {column(msg("Question"), "review_question"), column(msg("Time"), "time"),
                      column(msg("Account"), "account"), column(msg("Call"), "rpc"),
                      column(msg("Case"), "case_refs"), text_column(msg("Text"), "question"),
                      column(msg("Asked"), "asked_at"), column(msg("Answered"), "answered_at")}}}},
      {.noun = "review",
       .verb = "answer",
       .method = "ReviewService.AnswerExplanation",
       .summary = msg("Answer a question, once"),
       .flags = {positional("question", "review_question", value::question,
                            msg("Reference of the question")),
                 option("answer", "answer", value::text, msg("The answer. Nothing of a case"))}},
      {.noun = "review",
       .verb = "rules",
       .method = "ReviewService.ListReviewRules",
       .summary = msg("List the rules by which samples are drawn"),
       .flags = {municipality_option()},
       .sections = {{nullptr,
                     "rules",
                     Layout::table,
                     {column(msg("Rule"), "rule"), column(msg("Enabled"), "enabled"),
                      column(msg("Threshold"), "threshold"),
                      extra_column(msg("Set by"), "set_by_handle"),
                      extra_column(msg("Set"), "set_at")}}}},
      {.noun = "review",
       .verb = "set-rule",
       .method = "ReviewService.SetReviewRule",
       .summary = msg("Enable or disable a rule, or change its threshold"),
       .flags = {municipality_option(), option("rule", "rule", value::word, msg("The rule")),
                 option("enabled", "enabled", value::none,
                        msg("Enable it; without this it is disabled")),
                 option("threshold", "threshold", value::number,
                        msg("Times the median, or refusals within an hour"))}},
  };
}

}  // namespace

CommandTable review_commands() {
  CommandTable table;
  for (CommandTable part :
       {campaigns(), reports(), judging(), answering(), reidentification_commands()}) {
    for (Command& row : part) table.push_back(std::move(row));
  }
  return table;
}

}  // namespace sspf::cli
