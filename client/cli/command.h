// SPDX-License-Identifier: Apache-2.0
//
// The command table: one row for each thing `sspf` can do. Parsing, requests, output, help, manual
// pages and completions are all made from these rows, so that they cannot disagree.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <vector>

#include "client/cli/language.h"

namespace sspf::cli {

enum class Place { option, positional };

// One input of a command. `path` is the request field it fills, "draft.due_date"; empty for what
// the client itself needs. Whether it is repeated, required or secret, the .proto says.
struct Flag {
  const char* name;  // without dashes
  const char* path;
  const char* value;  // what stands for the value in help, a message id; empty for a switch
  const char* summary;
  Place place = Place::option;
};

enum class Layout { fields, table, blocks };
enum class Fit { keep, shrink, leave_out };

// One field of a row. To fit a table into the terminal, columns that may shrink are cut first, and
// then some are left out, the last one first. An id is never cut.
struct Column {
  const char* header;
  const char* path;
  Fit fit = Fit::keep;
};

// A part of the answer: one message, or one row for each message of a repeated field. `path` is
// where it lies in the response; empty for the response itself.
struct Section {
  const char* title;
  const char* path;
  Layout layout;
  std::vector<Column> columns;
};

struct Command {
  const char* noun;  // empty for `sspf whoami` and the like
  const char* verb;
  const char* method;  // "CaseService.CreateCase"; empty when the server is not called
  const char* summary;
  std::vector<Flag> flags = {};
  std::vector<Section> sections = {};
};

struct Noun {
  const char* name;
  const char* summary;
};

using CommandTable = std::vector<Command>;

// Every command, grouped by noun in the order in which help lists them.
CommandTable all_commands();
std::vector<Noun> all_nouns();

// The .proto files whose services the table must cover.
std::vector<const google::protobuf::FileDescriptor*> service_files();

// Nothing (null) for a command that does not call the server.
const google::protobuf::MethodDescriptor* method_of(const Command& command);
bool is_write(const Command& command);

// The field at the end of a flag's path. Null when the path is empty; aborts when it is wrong.
const google::protobuf::FieldDescriptor* field_of(const Command& command, const Flag& flag);
const google::protobuf::FieldDescriptor* field_at(const google::protobuf::Descriptor* type,
                                                  std::string_view path);

// As it is typed: "case create", "whoami".
std::string full_name(const Command& command);
// Null when there is none.
const Command* find_command(const CommandTable& table, std::string_view noun,
                            std::string_view verb);

// Short forms for the rows of the table.
Flag option(const char* name, const char* path, const char* value, const char* summary);
Flag positional(const char* name, const char* path, const char* value, const char* summary);
Column column(const char* header, const char* path);
Column text_column(const char* header, const char* path);
Column extra_column(const char* header, const char* path);
// What many of them have.
Flag named_case();
Flag named_meeting();
Flag named_municipality();
Flag municipality_option();
Section version_written();

// What stands for a value in help.
namespace value {
inline constexpr const char* account = msg("ACCOUNT");
inline constexpr const char* agency = msg("AGENCY");
inline constexpr const char* alert = msg("ALERT");
inline constexpr const char* basis = msg("BASIS");
inline constexpr const char* case_number = msg("CASE");
inline constexpr const char* code = msg("CODE");
inline constexpr const char* commitment = msg("COMMITMENT");
inline constexpr const char* consent = msg("CONSENT");
inline constexpr const char* context = msg("CONTEXT");
inline constexpr const char* date = msg("DATE");
inline constexpr const char* extract = msg("EXTRACT");
inline constexpr const char* file = msg("FILE");
inline constexpr const char* hold = msg("HOLD");
inline constexpr const char* key = msg("KEY");
inline constexpr const char* item = msg("ITEM");
inline constexpr const char* list = msg("LIST");
inline constexpr const char* meeting = msg("MEETING");
inline constexpr const char* municipality = msg("MUNICIPALITY");
inline constexpr const char* name = msg("NAME");
inline constexpr const char* note = msg("NOTE");
inline constexpr const char* number = msg("NUMBER");
inline constexpr const char* participant = msg("PARTICIPANT");
inline constexpr const char* piece = msg("PIECE");
inline constexpr const char* role = msg("ROLE");
inline constexpr const char* server = msg("SERVER");
inline constexpr const char* text = msg("TEXT");
inline constexpr const char* time = msg("TIME");
inline constexpr const char* word = msg("WORD");
inline constexpr const char* opening = msg("OPENING");
inline constexpr const char* request = msg("REQUEST");
inline constexpr const char* campaign = msg("CAMPAIGN");
inline constexpr const char* month = msg("MONTH");
inline constexpr const char* question = msg("QUESTION");
inline constexpr const char* review_item = msg("REVIEW-ITEM");
inline constexpr const char* erasure = msg("ERASURE");
inline constexpr const char* folder = msg("FOLDER");
inline constexpr const char* none = "";
}  // namespace value

// The version of what was read: writes are refused when somebody else has changed it since.
Flag version_option();

// One for each file of the table.
CommandTable own_commands();
CommandTable account_commands();
CommandTable case_commands();
CommandTable consent_commands();
CommandTable basis_commands();
CommandTable disclosure_commands();
CommandTable protection_commands();
CommandTable meeting_commands();
CommandTable agenda_commands();
CommandTable plan_commands();
CommandTable retention_commands();
CommandTable disposal_commands();
CommandTable subject_access_commands();
CommandTable review_commands();
CommandTable reidentification_commands();  // also of the noun review
CommandTable alert_commands();
CommandTable report_commands();
CommandTable incident_commands();
CommandTable audit_details_commands();  // also of the noun audit
CommandTable audit_commands();

}  // namespace sspf::cli
