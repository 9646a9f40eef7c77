// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: the commands about the program itself, its user and its contexts.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

CommandTable sign_in_commands() {
  return {
      {.noun = "",
       .verb = "enroll",
       .method = "AccountService.Enroll",
       .summary = msg("Sign in for the first time, with a one-time enrolment code"),
       .flags = {option("server", "", value::server, msg("Address of the server, host:port")),
                 option("code-file", "", value::file,
                        msg("File with the enrolment code, or - for standard input"))},
       .sections = {{nullptr, "", Layout::fields, {column(msg("Account"), "handle")}}}},
      {.noun = "",
       .verb = "renew",
       .method = "AccountService.Renew",
       .summary = msg("Get a new key and a new certificate before the old one expires")},
      {.noun = "",
       .verb = "whoami",
       .method = "AccountService.WhoAmI",
       .summary = msg("Show your account, your roles and when your certificate expires"),
       .sections =
           {{nullptr,
             "",
             Layout::fields,
             {column(msg("Account"), "account.handle"), text_column(msg("Name"), "account.name"),
              column(msg("Agency"), "account.agency_code"),
              text_column(msg("Agency name"), "agency_name"), column(msg("Kind"), "agency_kind"),
              text_column(msg("Roles"), "account.roles"),
              column(msg("Certificate expires"), "certificate_not_after"),
              column(msg("Server version"), "server_version")}}}},
  };
}

CommandTable context_commands() {
  return {
      {.noun = "context",
       .verb = "list",
       .method = "",
       .summary = msg("List the servers that you have enrolled with")},
      {.noun = "context",
       .verb = "use",
       .method = "",
       .summary = msg("Choose the context that commands use"),
       .flags = {positional("context-name", "", value::context, msg("Name of the context"))}},
      {.noun = "context",
       .verb = "show",
       .method = "",
       .summary = msg("Show a context: server, account, certificate and newest checkpoint"),
       .flags = {positional("context-name", "", value::context,
                            msg("Name of the context; the one in use when left out"))}},
      {.noun = "context",
       .verb = "trust-log",
       .method = "AuditService.GetCheckpoint",
       .summary = msg("Go on with the log of a new epoch, after the server was restored"),
       .flags = {positional("key", "", value::key,
                            msg("New verifier key of the log, from security staff")),
                 option("lost", "", value::none,
                        msg("Go on although the new log does not hold all that was shown before: "
                            "security staff say that events were lost"))}},
      {.noun = "context",
       .verb = "remove",
       .method = "",
       .summary = msg("Delete a context with its key, certificate and checkpoint"),
       .flags = {positional("context-name", "", value::context, msg("Name of the context")),
                 option("yes", "", value::none,
                        msg("Do not ask; needed when there is no terminal"))}},
  };
}

CommandTable program_commands() {
  return {
      {.noun = "",
       .verb = "help",
       .method = "",
       .summary = msg("Explain a command or a topic"),
       .flags = {positional("topic", "", value::word,
                            msg("A noun, a noun and a verb, or a topic"))}},
      {.noun = "",
       .verb = "completion",
       .method = "",
       .summary = msg("Print completions for bash, zsh or fish"),
       .flags = {positional("shell", "", value::word, msg("bash, zsh or fish"))}},
      {.noun = "",
       .verb = "man",
       .method = "",
       .summary = msg("Print a manual page, or write all of them to a folder"),
       .flags = {positional("page", "", value::word, msg("sspf, or the noun of the page")),
                 option("write-to", "", value::file, msg("Folder for all the pages"))}},
      {.noun = "",
       .verb = "version",
       .method = "",
       .summary = msg("Print the version of this program")},
  };
}

}  // namespace

CommandTable own_commands() {
  CommandTable table = sign_in_commands();
  for (const auto& rows : {program_commands(), context_commands()}) {
    table.insert(table.end(), rows.begin(), rows.end());
  }
  return table;
}

}  // namespace sspf::cli
