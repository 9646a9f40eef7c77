// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <vector>

#include "server/installation.h"
#include "server/programs.h"

namespace sspf {
namespace {

// Collects what is wrong; the first gives the exit code.
class Findings {
 public:
  void add(const std::string& what, int exit_code) {
    fmt::print("wrong: {}\n", what);
    if (first_ == 0) first_ = exit_code;
  }
  void good(const std::string& what) { fmt::print("ok: {}\n", what); }
  int exit_code() const { return first_; }

 private:
  int first_ = 0;
};

// What is wrong with the file of the database by itself; empty when nothing is.
std::string pages_trouble(const Config& config) {
  try {
    const std::string trouble =
        store::pages_trouble(config.database_file().string(), read_key(config.root_key_file()));
    return trouble.empty() ? trouble : "the database is damaged: " + trouble;
  } catch (const Fault& fault) {
    return fmt::format("the database does not open: {}", fault.what());
  }
}

void check_installation(const Config& config, Findings& findings) {
  OpenInstallation open(config, system_clock(), OpenInstallation::CheckLog::no);
  findings.good("settings, keys, keystore, CA and database open");
  try {
    findings.good(fmt::format("every one of {} wrapped keys opens", open.keystore().verify_all()));
    std::size_t missing = 0;
    for (const KeyId& id : open.database().keys_in_use()) {
      if (!open.keystore().find(id)) ++missing;
    }
    if (missing > 0) {
      findings.add(fmt::format("the keystore lacks the keys of {} cases or meetings: it is older "
                               "than the database",
                               missing),
                   exit_codes::key);
    }
  } catch (const Fault& fault) {
    findings.add(fault.what(), exit_codes::key);
  }
  const std::string trouble = open.log_trouble();
  if (trouble.empty()) {
    findings.good(
        fmt::format("the log of {} events covers its checkpoint", open.database().log_size()));
  } else {
    findings.add(trouble, exit_codes::log);
  }
}

}  // namespace

int check(const Config& config) {
  Findings findings;
  std::string pages;
  try {
    const InstallationLock lock(config.paths.data_directory);
    pages = pages_trouble(config);
  } catch (const Trouble& trouble) {
    findings.add(trouble.what(), trouble.exit_code);
    return findings.exit_code();
  }
  try {
    check_installation(config, findings);
  } catch (const Trouble& trouble) {
    findings.add(trouble.what(), trouble.exit_code);
  }
  // Looked at before anything else opens the file, but told last: with a wrong key no page is
  // right, and then the key is what is wrong.
  if (pages.empty()) {
    findings.good("every page of the database");
  } else {
    findings.add(pages, exit_codes::database);
  }
  return findings.exit_code();
}

}  // namespace sspf
