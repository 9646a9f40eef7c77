// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: consents.
#include "client/cli/command.h"

namespace sspf::cli {

CommandTable consent_commands() {
  const Flag case_number =
      positional("case", "case_number", value::case_number, msg("Number of the case"));
  return {
      {.noun = "consent",
       .verb = "list",
       .method = "ConsentService.ListConsents",
       .summary = msg("Show the consents of a case"),
       .flags = {case_number},
       .sections = {{nullptr,
                     "consents",
                     Layout::blocks,
                     {column(msg("Consent"), "consent"), column(msg("In force"), "in_force"),
                      text_column(msg("Warnings"), "warnings"),
                      column(msg("Valid from"), "from_date"), column(msg("Valid until"), "to_date"),
                      column(msg("Revoked"), "revoked_at"),
                      text_column(msg("Agencies"), "agency_codes"),
                      text_column(msg("Kinds of information"), "kinds"),
                      text_column(msg("Signed by"), "signatories")}}}},
      {.noun = "consent",
       .verb = "record",
       .method = "ConsentService.RecordConsent",
       .summary = msg("Record a signed consent"),
       .flags = {case_number,
                 option("signatory", "signatories", value::text,
                        msg("Who signed: guardian:DATE:- or youth:DATE:@FILE, the name last")),
                 option("agency", "agency_codes", value::agency, msg("Agencies that may share")),
                 option("kind", "kinds", value::word,
                        msg("Kinds of information that may be shared")),
                 option("valid-from", "from_date", value::date, msg("First day in force")),
                 option("valid-to", "to_date", value::date, msg("Last day in force"))},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Consent"), "consent"),
                      text_column(msg("Warnings"), "warnings")}}}},
      {.noun = "consent",
       .verb = "revoke",
       .method = "ConsentService.RevokeConsent",
       .summary = msg("Revoke a consent; sharing ends at once"),
       .flags = {case_number,
                 positional("consent", "consent", value::consent, msg("Reference of the consent"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Revoked"), "revoked_at")}}}},
  };
}

}  // namespace sspf::cli
