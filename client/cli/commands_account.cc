// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: municipalities, agencies and accounts.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag handle() {
  return positional("account", "handle", value::account, msg("User name of the account"));
}

Flag roles() {
  return option("role", "roles", value::role,
                msg("Role, with @MUNICIPALITY where it holds: coordinator@TYR, auditor"));
}

std::vector<Column> account_columns() {
  return {column(msg("Account"), "handle"),      text_column(msg("Name"), "name"),
          column(msg("Agency"), "agency_code"),  text_column(msg("Roles"), "roles"),
          column(msg("Suspended"), "suspended"), column(msg("Version"), "version")};
}

CommandTable municipality_commands() {
  return {
      {.noun = "municipality",
       .verb = "list",
       .method = "MunicipalityService.ListMunicipalities",
       .summary = msg("List the municipalities"),
       .sections = {{nullptr,
                     "municipalities",
                     Layout::table,
                     {column(msg("Code"), "code"), text_column(msg("Name"), "name")}}}},
      {.noun = "municipality",
       .verb = "create",
       .method = "MunicipalityService.CreateMunicipality",
       .summary = msg("Add a municipality"),
       .flags = {positional("code", "code", value::code,
                            msg("Code: 2 to 20 characters A-Z, 0-9 or -")),
                 option("name", "name", value::name, msg("Name"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Code"), "code")}}}},
  };
}

std::vector<Section> register_shown() {
  return {{nullptr, "", Layout::fields, {column(msg("Register of processing on"), "as_of")}},
          {nullptr,
           "records",
           Layout::blocks,
           {column(msg("Controller"), "agency_code"), text_column(msg("Name"), "agency_name"),
            column(msg("Kind"), "agency_kind"), text_column(msg("Purposes"), "purposes"),
            text_column(msg("About"), "data_subjects"),
            text_column(msg("Personal data (number of cases)"), "data_categories"),
            text_column(msg("Recipients"), "recipients"), text_column(msg("Kept"), "retention"),
            text_column(msg("Security"), "security_measures")}}};
}

CommandTable agency_commands() {
  const Flag code =
      positional("code", "code", value::code, msg("Code: 2 to 20 characters A-Z, 0-9 or -"));
  const Flag name = option("name", "name", value::name, msg("Name"));
  const Flag municipality = option("municipality", "municipality_codes", value::municipality,
                                   msg("Municipalities in which the agency takes part"));
  return {
      {.noun = "agency",
       .verb = "list",
       .method = "AgencyService.ListAgencies",
       .summary = msg("List the agencies"),
       .sections = {{nullptr,
                     "agencies",
                     Layout::table,
                     {column(msg("Code"), "code"), text_column(msg("Name"), "name"),
                      column(msg("Kind"), "kind"),
                      text_column(msg("Municipalities"), "municipality_codes"),
                      column(msg("Version"), "version")}}}},
      {.noun = "agency",
       .verb = "create",
       .method = "AgencyService.CreateAgency",
       .summary = msg("Add an agency"),
       .flags = {code, name,
                 option("kind", "kind", value::word,
                        msg("Kind of agency; it never changes, because secrecy rests on it")),
                 municipality},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Code"), "code"), column(msg("Version"), "version")}}}},
      {.noun = "agency",
       .verb = "update",
       .method = "AgencyService.UpdateAgency",
       .summary = msg("Replace the name and the municipalities of an agency"),
       .flags = {code, version_option(), name, municipality},
       .sections = {version_written()}},
      {.noun = "agency",
       .verb = "register",
       .method = "ProcessingRegisterService.GetProcessingRegister",
       .summary = msg("Show each agency's register of processing, as it stands today"),
       .flags = {positional("municipality", "municipality_code", value::municipality,
                            msg("Municipality"))},
       .sections = register_shown()},
  };
}

CommandTable person_commands() {
  return {
      {.noun = "account",
       .verb = "list",
       .method = "AccountService.ListAccounts",
       .summary = msg("List the accounts"),
       .sections = {{nullptr, "accounts", Layout::table, account_columns()}}},
      {.noun = "account",
       .verb = "show",
       .method = "AccountService.GetAccount",
       .summary = msg("Show an account"),
       .flags = {handle()},
       .sections = {{nullptr, "account", Layout::fields, account_columns()}}},
      {.noun = "account",
       .verb = "create",
       .method = "AccountService.CreateAccount",
       .summary = msg("Add an account; hand out a code with `sspf account issue-code`"),
       .flags = {positional("account", "handle", value::account,
                            msg("User name: 2 to 40 characters a-z, 0-9, dot or -")),
                 option("name", "name", value::name, msg("Name of the person")),
                 option("agency", "agency_code", value::agency, msg("Agency of the person")),
                 roles()},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Account"), "handle"), column(msg("Version"), "version")}}}},
      {.noun = "account",
       .verb = "set-roles",
       .method = "AccountService.SetRoles",
       .summary = msg("Replace the roles of an account"),
       .flags = {handle(), version_option(), roles()},
       .sections = {version_written()}},
      {.noun = "account",
       .verb = "suspend",
       .method = "AccountService.SuspendAccount",
       .summary = msg("Suspend an account; acts at once"),
       .flags = {handle()},
       .sections = {version_written()}},
      {.noun = "account",
       .verb = "reinstate",
       .method = "AccountService.ReinstateAccount",
       .summary = msg("Lift the suspension of an account"),
       .flags = {handle()},
       .sections = {version_written()}},
  };
}

CommandTable certificate_commands() {
  return {
      {.noun = "account",
       .verb = "issue-code",
       .method = "AccountService.IssueEnrolmentCode",
       .summary = msg("Make a one-time enrolment code; older codes stop working"),
       .flags = {handle()},
       .sections = {{nullptr,
                     "",
                     Layout::fields,
                     {column(msg("Enrolment code"), "code"),
                      column(msg("Valid until"), "expires_at")}}}},
      {.noun = "account",
       .verb = "certificates",
       .method = "AccountService.ListCertificates",
       .summary = msg("List the certificates of an account"),
       .flags = {handle()},
       .sections =
           {{nullptr,
             "certificates",
             Layout::table,
             {column(msg("Serial number"), "serial"), column(msg("Valid from"), "not_before"),
              column(msg("Valid until"), "not_after"), column(msg("Revoked"), "revoked_at")}}}},
      {.noun = "account",
       .verb = "revoke-certificate",
       .method = "AccountService.RevokeCertificate",
       .summary = msg("Revoke a certificate; acts at once, on open connections too"),
       .flags = {positional("serial", "serial", value::number,
                            msg("Serial number of the certificate"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Revoked"), "revoked_at")}}}},
  };
}

}  // namespace

CommandTable account_commands() {
  CommandTable table = municipality_commands();
  for (const auto& rows : {agency_commands(), person_commands(), certificate_commands()}) {
    table.insert(table.end(), rows.begin(), rows.end());
  }
  return table;
}

}  // namespace sspf::cli
