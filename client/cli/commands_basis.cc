// SPDX-License-Identifier: Apache-2.0
//
// Rows of the table: legal bases.
#include "client/cli/command.h"

namespace sspf::cli {
namespace {

Flag basis_code() {
  return positional("basis", "basis_code", value::basis, msg("Code of the basis, as in OSL-10-2"));
}

Flag first_day() {
  return option("valid-from", "valid_from", value::date, msg("First day of the row"));
}

std::vector<Flag> new_basis() {
  return {
      positional("basis", "basis.code", value::basis, msg("Code of the basis, as in OSL-10-2")),
      option("paragraph", "basis.paragraph", value::text, msg("Paragraph, as it is cited")),
      option("title-sv", "basis.title_swedish", value::text, msg("What it is about, in Swedish")),
      option("title-en", "basis.title_english", value::text, msg("What it is about, in English")),
      option("form", "basis.form", value::word, msg("How it lifts secrecy")),
      option("from-kind", "basis.from_kind", value::word,
             msg("From which kind of agency; any if absent")),
      option("to-kind", "basis.to_kind", value::word,
             msg("To which kind of agency; any if absent")),
      option("secrecy-class", "basis.secrecy_classes", value::word, msg("Secrecy that it lifts")),
      option("below-age", "basis.below_age", value::number, msg("Only about persons younger")),
      option("valid-from", "basis.valid_from", value::date, msg("First day in force")),
      option("valid-to", "basis.valid_to", value::date, msg("Last day in force")),
      option("enabled", "basis.enabled_by_default", value::none,
             msg("Enabled where no municipality has decided otherwise")),
  };
}

}  // namespace

CommandTable basis_commands() {
  return {
      {.noun = "basis",
       .verb = "list",
       .method = "BasisService.ListBases",
       .summary = msg("List the legal bases that lift secrecy, as they stand in a municipality"),
       .flags = {positional("municipality", "municipality_code", value::municipality,
                            msg("Municipality"))},
       .sections = {{nullptr,
                     "bases",
                     Layout::table,
                     {column(msg("Code"), "basis.code"), column(msg("In force"), "in_force"),
                      column(msg("Enabled"), "enabled"), column(msg("Way"), "basis.form"),
                      column(msg("From"), "basis.from_kind"), column(msg("To"), "basis.to_kind"),
                      extra_column(msg("Under"), "basis.below_age"),
                      column(msg("Valid from"), "basis.valid_from"),
                      column(msg("Valid until"), "basis.valid_to"),
                      text_column(msg("Paragraph"), "basis.paragraph"),
                      extra_column(msg("Secrecy"), "basis.secrecy_classes"),
                      extra_column(msg("Decided by"), "decided_by"),
                      extra_column(msg("Decision"), "decision")}}}},
      {.noun = "basis",
       .verb = "add",
       .method = "BasisService.AddBasis",
       .summary = msg("Add a legal basis, or its next wording"),
       .flags = new_basis()},
      {.noun = "basis",
       .verb = "end",
       .method = "BasisService.EndBasis",
       .summary = msg("Set the last day of a legal basis"),
       .flags = {basis_code(), first_day(),
                 option("valid-to", "valid_to", value::date, msg("Last day in force"))}},
      {.noun = "basis",
       .verb = "decide",
       .method = "BasisService.DecideBasis",
       .summary = msg("Enable or disable a legal basis in a municipality, by a lawyer's decision"),
       .flags = {positional("municipality", "municipality_code", value::municipality,
                            msg("Municipality")),
                 basis_code(), first_day(),
                 option("enable", "enabled", value::none, msg("Enable; disabled without it")),
                 option("decided-by", "decided_by", value::name, msg("The lawyer who decided")),
                 option("decision", "decision", value::text, msg("Reference of the decision")),
                 option("decided-on", "decided_on", value::date, msg("Day of the decision"))}},
  };
}

}  // namespace sspf::cli
