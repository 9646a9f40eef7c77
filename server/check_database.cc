// SPDX-License-Identifier: Apache-2.0
#include "server/check_database.h"

#include "server/store/database.h"

namespace sspf {
namespace {

// Why the step could not be taken; empty when it was.
std::string fault_of(const std::function<void()>& step) {
  try {
    step();
    return {};
  } catch (const std::exception& error) {
    return error.what();
  }
}

// As one of the lines about the same.
void add_fault(std::vector<std::string>& lines, std::string_view what, const std::string& fault) {
  if (!fault.empty()) lines.push_back(fmt::format("{}: {}", what, fault));
}

}  // namespace

DatabaseFile read_database(const Config& config, const crypto::Secret& root_key) {
  const std::string path = config.database_file().string();
  DatabaseFile file;
  // A newer or another version opens as well, and is told of as a server would.
  file.does_not_open =
      fault_of([&] { file.pages_trouble = store::inspect_database(path, root_key).pages_trouble; });
  file.pending_unknown = fault_of(
      [&] { file.pending_migrations = store::pending_database_migrations(path, root_key); });
  file.log_unread = fault_of([&] { file.log = store::read_whole_log(path, root_key); });
  // What all of them meet is that it does not open.
  if (!file.does_not_open.empty() && !file.log_unread.empty()) return file;
  add_fault(file.references, "the references cannot be read",
            fault_of([&] { file.references = store::reference_troubles(path, root_key); }));
  if (!file.pending_unknown.empty()) return file;
  add_fault(file.schema, "the schema cannot be compared",
            fault_of([&] { file.schema = store::schema_troubles(path, root_key); }));
  return file;
}

void tell_of_content(const DatabaseFile& file, Findings& findings) {
  if (!file.does_not_open.empty() && !file.log_unread.empty()) {
    findings.pass_over("pages, events, references and schema of the database",
                       "which does not open");
    return;
  }
  if (!file.pages_trouble.empty()) {
    findings.add("the database is damaged: " + file.pages_trouble, exit_codes::database);
  } else if (file.does_not_open.empty()) {
    findings.good("every page of the database");
  } else {
    findings.pass_over("the pages of the database", "for the reason above");
  }
  if (!file.log_unread.empty()) {
    findings.add("the events of the log cannot be read: " + file.log_unread, exit_codes::log);
  } else {
    findings.add_all(file.log.troubles, exit_codes::log,
                     fmt::format("every one of {} events is what was hashed", file.log.events));
  }
  findings.add_all(file.references, exit_codes::database,
                   "every reference in the database leads to a row");
  if (!file.pending_unknown.empty()) {
    findings.pass_over("the schema of the database", "without knowing its version");
    return;
  }
  findings.add_all(file.schema, exit_codes::database,
                   "the schema is the one that the migrations make");
}

}  // namespace sspf
