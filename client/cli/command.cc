// SPDX-License-Identifier: Apache-2.0
#include "client/cli/command.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "sspf/v1/account.pb.h"
#include "sspf/v1/alert.pb.h"
#include "sspf/v1/audit.pb.h"
#include "sspf/v1/audit_details.pb.h"
#include "sspf/v1/basis.pb.h"
#include "sspf/v1/case.pb.h"
#include "sspf/v1/consent.pb.h"
#include "sspf/v1/disclosure.pb.h"
#include "sspf/v1/disposal.pb.h"
#include "sspf/v1/incident.pb.h"
#include "sspf/v1/meeting.pb.h"
#include "sspf/v1/plan.pb.h"
#include "sspf/v1/processing_register.pb.h"
#include "sspf/v1/protection.pb.h"
#include "sspf/v1/report.pb.h"
#include "sspf/v1/review.pb.h"
#include "sspf/v1/subject_access.pb.h"

namespace sspf::cli {
namespace {

// A row of the table that does not fit the .proto files is a bug of this program.
[[noreturn]] void broken_row(std::string_view what) {
  static_cast<void>(std::fprintf(stderr,
                                 "sspf: the command table names what does not exist: %.*s\n",
                                 static_cast<int>(what.size()), what.data()));
  std::abort();
}

void append(CommandTable& table, CommandTable rows) {
  for (auto& row : rows) table.push_back(std::move(row));
}

}  // namespace

CommandTable all_commands() {
  CommandTable table;
  append(table, own_commands());
  append(table, account_commands());
  append(table, case_commands());
  append(table, consent_commands());
  append(table, basis_commands());
  append(table, disclosure_commands());
  append(table, protection_commands());
  append(table, meeting_commands());
  append(table, agenda_commands());
  append(table, plan_commands());
  append(table, retention_commands());
  append(table, disposal_commands());
  append(table, subject_access_commands());
  append(table, review_commands());
  append(table, alert_commands());
  append(table, report_commands());
  append(table, incident_commands());
  append(table, audit_commands());
  append(table, audit_details_commands());
  return table;
}

std::vector<Noun> all_nouns() {
  return {
      {"context", msg("Servers that you have enrolled with")},
      {"municipality", msg("Municipalities")},
      {"agency", msg("Agencies that take part: social services, schools, police, recreation")},
      {"account", msg("Accounts, roles and certificates")},
      {"case", msg("Cases, who works with them, and notes")},
      {"consent", msg("Consents to share information")},
      {"basis", msg("Legal bases that lift secrecy")},
      {"disclosure", msg("What has gone from one agency to another, and why")},
      {"protect", msg("Protected identities")},
      {"block", msg("Conflicts of interest")},
      {"emergency", msg("Emergency openings")},
      {"meeting", msg("Meetings and who takes part")},
      {"agenda", msg("Agendas, agenda templates, notes and decisions")},
      {"attendance", msg("Attendance at meetings and agenda items")},
      {"plan", msg("Commitment plans")},
      {"commitment", msg("Commitments and their follow-up")},
      {"retention", msg("How long cases are kept, and legal holds")},
      {"disposal", msg("Disposal of cases: lists, review and execution")},
      {"subject-access", msg("Extracts that a person is entitled to")},
      {"review", msg("Reviews of the access log: sample, verdicts and signature")},
      {"alert", msg("Alerts of the access log, their rules, and decoy cases")},
      {"report", msg("Reports of figures, without persons")},
      {"incident", msg("Bundles of evidence for the authorities")},
      {"audit", msg("The access log, and proof that it is whole")},
  };
}

std::vector<const google::protobuf::FileDescriptor*> service_files() {
  return {
      v1::Account::descriptor()->file(),        v1::Case::descriptor()->file(),
      v1::Consent::descriptor()->file(),        v1::LegalBasis::descriptor()->file(),
      v1::Disclosure::descriptor()->file(),     v1::Opening::descriptor()->file(),
      v1::Meeting::descriptor()->file(),        v1::Plan::descriptor()->file(),
      v1::DisposalList::descriptor()->file(),   v1::AuditEvent::descriptor()->file(),
      v1::SubjectAccess::descriptor()->file(),  v1::ProcessingRecord::descriptor()->file(),
      v1::ReviewCampaign::descriptor()->file(), v1::MeetingFigures::descriptor()->file(),
      v1::IncidentExport::descriptor()->file(), v1::DetailsErasure::descriptor()->file(),
      v1::Alert::descriptor()->file(),
  };
}

const google::protobuf::MethodDescriptor* method_of(const Command& command) {
  const std::string_view name = command.method;
  if (name.empty()) return nullptr;
  for (const auto* const file : service_files()) {
    const auto* const method = file->pool()->FindMethodByName("sspf.v1." + std::string(name));
    if (method != nullptr) return method;
  }
  broken_row(name);
}

bool is_write(const Command& command) {
  const auto* const method = method_of(command);
  return method != nullptr && method->input_type()->FindFieldByName("write") != nullptr;
}

const google::protobuf::FieldDescriptor* field_at(const google::protobuf::Descriptor* type,
                                                  std::string_view path) {
  const google::protobuf::FieldDescriptor* field = nullptr;
  for (std::string_view rest = path; !rest.empty();) {
    const auto dot = rest.find('.');
    if (type == nullptr) broken_row(path);
    field = type->FindFieldByName(std::string(rest.substr(0, dot)));
    if (field == nullptr) broken_row(path);
    type = field->message_type();
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  return field;
}

const google::protobuf::FieldDescriptor* field_of(const Command& command, const Flag& flag) {
  const auto* const method = method_of(command);
  return method == nullptr ? nullptr : field_at(method->input_type(), flag.path);
}

std::string full_name(const Command& command) {
  const std::string noun = command.noun;
  return noun.empty() ? command.verb : noun + " " + command.verb;
}

const Command* find_command(const CommandTable& table, std::string_view noun,
                            std::string_view verb) {
  for (const auto& command : table) {
    if (command.noun == noun && command.verb == verb) return &command;
  }
  return nullptr;
}

Flag option(const char* name, const char* path, const char* value, const char* summary) {
  return {name, path, value, summary, Place::option};
}
Flag positional(const char* name, const char* path, const char* value, const char* summary) {
  return {name, path, value, summary, Place::positional};
}
Column column(const char* header, const char* path) { return {header, path, Fit::keep}; }
Column text_column(const char* header, const char* path) { return {header, path, Fit::shrink}; }
Column extra_column(const char* header, const char* path) { return {header, path, Fit::leave_out}; }

Flag named_case() {
  return positional("case", "case_number", value::case_number, msg("Number of the case"));
}
Flag named_meeting() {
  return positional("meeting", "meeting_number", value::meeting, msg("Number of the meeting"));
}
Flag named_municipality() {
  return positional("municipality", "municipality_code", value::municipality,
                    msg("Code of the municipality"));
}
Flag municipality_option() {
  return option("municipality", "municipality_code", value::municipality,
                msg("Code of the municipality"));
}
Section version_written() {
  return {nullptr, "", Layout::fields, {column(msg("Version"), "version")}};
}

Flag version_option() {
  return option("version", "version", value::number,
                msg("The version that you read; refused when somebody else has changed it since"));
}

}  // namespace sspf::cli
