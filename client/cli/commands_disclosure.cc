// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: disclosures, and requests under a duty to disclose.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag basis() {
  return option("basis", "basis_code", value::basis, msg("Paragraph, as in OSL-10-2"));
}

CommandTable disclosures() {
  return {
      {.noun = "disclosure",
       .verb = "list",
       .method = "DisclosureService.ListDisclosures",
       .summary = msg("List what of your agency's notes was given to others outside meetings"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "disclosures",
                     Layout::blocks,
                     {column(msg("Disclosure"), "disclosure"), column(msg("Note"), "note"),
                      column(msg("Version"), "note_version"),
                      column(msg("Recipient"), "recipient_agency_code"),
                      column(msg("Basis"), "basis_code"), column(msg("Day"), "disclosed_on"),
                      text_column(msg("Decided by"), "decided_by"),
                      text_column(msg("Reasoning"), "reasoning"),
                      column(msg("Recorded by"), "author_handle"),
                      column(msg("Recorded"), "recorded_at")}}}},
      {.noun = "disclosure",
       .verb = "record",
       .method = "DisclosureService.RecordDisclosure",
       .summary = msg("Record that a note was given to another agency, after an assessment"),
       .flags = {named_case(),
                 positional("note", "note", value::note, msg("Reference of the note")),
                 version_option(),
                 option("to", "recipient_agency_code", value::agency, msg("Who got it")), basis(),
                 option("on", "disclosed_on", value::date, msg("Day; today if absent")),
                 option("decided-by", "decided_by", value::name, msg("Who decided")),
                 option("reasoning", "reasoning", value::text,
                        msg("What spoke for and against, and what harm it could do"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Disclosure"), "disclosure")}}}},
      {.noun = "disclosure",
       .verb = "shown",
       .method = "DisclosureService.ListShownItems",
       .summary = msg("List what of your agency's others were shown here, and by what"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "items",
                     Layout::table,
                     {column(msg("Owner"), "owner_agency_code"),
                      column(msg("Recipient"), "recipient_agency_code"),
                      column(msg("Stored item"), "item_ref"),
                      column(msg("Version"), "item_version"), column(msg("Event"), "sequence"),
                      extra_column(msg("Reference in the log"), "basis_ref")}}}},
  };
}

CommandTable duties() {
  return {
      {.noun = "disclosure",
       .verb = "requests",
       .method = "DutyService.ListDutyRequests",
       .summary = msg("List what law enforcement has asked your agency for by law"),
       .flags = {named_case()},
       .sections = {{nullptr,
                     "requests",
                     Layout::blocks,
                     {column(msg("Request"), "duty_request"),
                      column(msg("Asked by"), "asking_agency_code"),
                      column(msg("Basis"), "basis_code"), column(msg("Received"), "received_on"),
                      text_column(msg("Question"), "question"), column(msg("Answer"), "answer"),
                      text_column(msg("Decided by"), "decided_by"),
                      text_column(msg("Reasoning"), "reasoning"),
                      column(msg("Answered by"), "answered_by_handle"),
                      column(msg("Answered"), "answered_at")}}}},
      {.noun = "disclosure",
       .verb = "register-request",
       .method = "DutyService.RegisterDutyRequest",
       .summary = msg("Record what law enforcement asks your agency for by law"),
       .flags = {named_case(),
                 option("asked-by", "asking_agency_code", value::agency, msg("Who asks")), basis(),
                 option("received", "received_on", value::date, msg("Day when it came")),
                 option("question", "question", value::text, msg("What is asked for"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Request"), "duty_request")}}}},
      {.noun = "disclosure",
       .verb = "answer-request",
       .method = "DutyService.AnswerDutyRequest",
       .summary = msg("Record how a request by law was answered, and the balancing behind it"),
       .flags = {named_case(),
                 positional("request", "duty_request", value::request,
                            msg("Reference of the request")),
                 option("answer", "answer", value::word, msg("Was it given?")),
                 option("decided-by", "decided_by", value::name, msg("Who decided")),
                 option("reasoning", "reasoning", value::text,
                        msg("The balancing of interests, and what was given"))}},
  };
}

}  // namespace

CommandTable disclosure_commands() {
  CommandTable table = disclosures();
  const CommandTable rows = duties();
  table.insert(table.end(), rows.begin(), rows.end());
  return table;
}

}  // namespace sspf::cli
