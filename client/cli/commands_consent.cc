// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: consents.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

std::vector<Flag> new_consent() {
  return {
      named_case(),
      option("signatory", "signatories", value::text,
             msg("Who signed: guardian:DATE:- or youth:DATE:@FILE, the name last")),
      option("agency", "agency_codes", value::agency, msg("Agencies that may share")),
      option("kind", "kinds", value::word, msg("Kinds of information that may be shared")),
      option("purpose", "purposes", value::word, msg("What the information may be used for")),
      option("valid-from", "from_date", value::date, msg("First day in force")),
      option("valid-to", "to_date", value::date, msg("Last day in force")),
      option("form", "form_sha256", value::text,
             msg("The signed form: @FILE, or its SHA-256 sum; only the sum is sent")),
      option("guardians", "guardians", value::number,
             msg("How many guardians the young person has")),
      option("basis", "secrecy_basis", value::basis,
             msg("Paragraph that lifts secrecy, as in OSL-12-2; see `sspf basis list`")),
      option("gdpr", "gdpr_basis", value::word, msg("Basis of processing, article 6 of the GDPR")),
      option("special", "special_data_basis", value::word,
             msg("Basis for special categories, article 9 of the GDPR")),
      option("override", "signature_override.role", value::word,
             msg("Whose missing signature is overridden")),
      option("override-reason", "signature_override.reason", value::text,
             msg("Why the consent counts without it")),
      option("youth-view", "youth_view", value::text,
             msg("What a child who has not signed thinks of it"))};
}

CommandTable record_commands() {
  return {
      {.noun = "consent",
       .verb = "list",
       .method = "ConsentService.ListConsents",
       .summary = msg("Show the consents of a case"),
       .flags = {named_case()},
       .sections =
           {{nullptr,
             "consents",
             Layout::blocks,
             {column(msg("Consent"), "consent"), column(msg("In force"), "in_force"),
              text_column(msg("Warnings"), "warnings"), column(msg("Valid from"), "from_date"),
              column(msg("Valid until"), "to_date"), column(msg("Revoked"), "revoked_at"),
              text_column(msg("Agencies"), "agency_codes"),
              text_column(msg("Kinds of information"), "kinds"),
              text_column(msg("Purposes"), "purposes"),
              text_column(msg("Signed by"), "signatories"), column(msg("Guardians"), "guardians"),
              text_column(msg("Override"), "signature_override"),
              text_column(msg("What the child thinks"), "youth_view"),
              column(msg("Secrecy basis"), "secrecy_basis"),
              column(msg("GDPR basis"), "gdpr_basis"),
              column(msg("Special categories"), "special_data_basis"),
              column(msg("Sum of the form"), "form_sha256")}}}},
      {.noun = "consent",
       .verb = "record",
       .method = "ConsentService.RecordConsent",
       .summary = msg("Record a signed consent"),
       .flags = new_consent(),
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Consent"), "consent"),
                      text_column(msg("Warnings"), "warnings")}}}},
      {.noun = "consent",
       .verb = "revoke",
       .method = "ConsentService.RevokeConsent",
       .summary = msg("Revoke a consent; sharing ends at once"),
       .flags = {named_case(),
                 positional("consent", "consent", value::consent, msg("Reference of the consent"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Revoked"), "revoked_at")}}}},
  };
}

CommandTable rule_commands() {
  return {
      {.noun = "consent",
       .verb = "rules",
       .method = "ConsentService.ListSignatureRules",
       .summary = msg("Show who must sign at which age in a municipality"),
       .flags = {named_municipality()},
       .sections = {{nullptr,
                     "rules",
                     Layout::table,
                     {column(msg("From age"), "from_age"), column(msg("Guardians"), "guardians"),
                      column(msg("The youth"), "youth")}}}},
      {.noun = "consent",
       .verb = "set-rules",
       .method = "ConsentService.SetSignatureRules",
       .summary = msg("Decide who must sign at which age in a municipality"),
       .flags = {named_municipality(),
                 option(
                     "rule", "rules", value::text,
                     msg("From an age on, as in 15:all:youth: the guardians none, one or all"))}},
  };
}

}  // namespace

CommandTable consent_commands() {
  CommandTable table = record_commands();
  const CommandTable rules = rule_commands();
  table.insert(table.end(), rules.begin(), rules.end());
  return table;
}

}  // namespace sspf::cli
