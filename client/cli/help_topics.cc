// SPDX-License-Identifier: Apache-2.0
//
// What is documented once for all commands.
#include "client/cli/help.h"

namespace sspf::cli {
namespace {

Topic exit_codes() {
  return {"exit-codes",
          msg("How a script can tell what happened"),
          {},
          {{"0", msg("It was done.")},
           {"1", msg("The command line was wrong, the server did not accept a value, or "
                     "something failed on this computer.")},
           {"2", msg("The server failed or could not be reached.")},
           {"3", msg("You are not permitted to do it.")},
           {"4", msg("You are not signed in: no context, a wrong passphrase, or a certificate that "
                     "is no longer valid.")},
           {"5", msg("It does not exist, or you may not know of it.")},
           {"6", msg("It conflicts with what is there: somebody else has changed it, it exists "
                     "already, or its state does not allow it.")},
           {"7", msg("A verification failed: the log, a checkpoint, or the server's identity.")}}};
}

Topic output() {
  return {"output",
          msg("What is written, and where"),
          {msg("Data is written to standard output, everything else to standard error. On a "
               "terminal a table is cut to its width; elsewhere nothing is cut. Control "
               "characters are always written as \\x1b and the like."),
           msg("With --output json there is one object on standard output: \"api\" with the value "
               "\"sspf/v1\", and the fields of the answer in protobuf's JSON form: names in "
               "lowerCamelCase, 64-bit numbers as strings, times in UTC. A list that comes in "
               "parts is put together. Fields may be added; none is renamed or removed."),
           msg("An error is then also one object, on standard error: \"api\", and \"error\" with "
               "\"code\", \"reason\", \"field\", \"message\" and \"exit\". A warning is an object "
               "on a line of its own before it, with \"api\", and \"warning\" with \"message\"."),
           msg("Dates are written as 2026-12-01, times as 2026-12-01 13:00 in Swedish time.")},
          {}};
}

Topic input() {
  return {
      "input",
      msg("How values are given, and why some not on the command line"),
      {msg("Names, personal numbers and what is written about a case must not stand on the "
           "command line: other users of the computer can see it, and the shell remembers it. "
           "Such a value is given in one of these ways."),
       msg("What is required and left out is asked for, when there is a terminal.")},
      {{"--text -", msg("From standard input; one value in each command.")},
       {msg("--text @FILE"), msg("From a file. Where several values are allowed: one a line.")},
       {msg("--from FILE"), msg("The whole request as JSON, from a file or - for standard input. "
                                "Flags go before what is in it. `sspf help NOUN VERB` shows the "
                                "names.")},
       {"--kind a,b", msg("Codes and words that can be repeated may be separated by commas.")}}};
}

Topic contexts() {
  return {"contexts",
          msg("Where sign-in details are kept, and which ones are used"),
          {msg("`sspf enroll` makes a context: the server's address and authority, your "
               "certificate, and your key, encrypted with your passphrase. It lies in "
               "$XDG_CONFIG_HOME/sspf/contexts, or ~/.config/sspf/contexts. The newest checkpoint "
               "of the log that you have been shown lies in $XDG_STATE_HOME/sspf, or "
               "~/.local/state/sspf."),
           msg("The context is chosen by --context, else SSPF_CONTEXT, else the one chosen with "
               "`sspf context use`, else the only one there is. All settings follow this order: "
               "flag, environment, config.json, default."),
           msg("The certificate is valid for 90 days. From 14 days before it expires every command "
               "reminds you; `sspf renew` gets a new one.")},
          {}};
}

Topic environment() {
  return {"environment",
          msg("Variables that the program reads"),
          {},
          {{"SSPF_CONTEXT", msg("Context to use.")},
           {"SSPF_OUTPUT", msg("table or json.")},
           {"SSPF_LANG", msg("sv or en. When it is not set, LC_ALL, LC_MESSAGES or LANG decides; "
                             "when they do not say, the language is Swedish.")},
           {"SSPF_PASSPHRASE_FILE", msg("File with the passphrase, readable by you alone.")},
           {"SSPF_PASSPHRASE_COMMAND",
            msg("Program that prints the passphrase, such as a password manager.")},
           {"SSPF_CONFIG_DIR", msg("Folder for contexts, in place of $XDG_CONFIG_HOME/sspf.")},
           {"SSPF_STATE_DIR", msg("Folder for checkpoints, in place of $XDG_STATE_HOME/sspf.")},
           {"SSPF_LOCALE_DIR", msg("Folder with translations.")},
           {"NO_COLOR", msg("No colours, when it is not empty.")},
           {"COLUMNS", msg("Width of the terminal.")}}};
}

}  // namespace

std::vector<Topic> all_topics() {
  return {exit_codes(), output(), input(), contexts(), environment()};
}

}  // namespace sspf::cli
