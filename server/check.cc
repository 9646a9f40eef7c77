// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <vector>

#include "crypto/key_file.h"
#include "crypto/note.h"
#include "server/alert_delivery.h"
#include "server/installation.h"
#include "server/programs.h"
#include "server/witnesses.h"

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

// What the two files show by themselves, before anything opens them to serve.
struct Files {
  std::string trouble;  // of the database; empty when nothing is wrong
  std::size_t pending_migrations = 0;
};

Files inspect(const Config& config) {
  Files files;
  const crypto::Secret root_key = read_key(config.root_key_file());
  try {
    const auto found = store::inspect_database(config.database_file().string(), root_key);
    if (!found.pages_trouble.empty()) {
      files.trouble = "the database is damaged: " + found.pages_trouble;
    }
    files.pending_migrations = found.pending_migrations;
  } catch (const Fault& fault) {
    files.trouble = fmt::format("the database does not open: {}", fault.what());
  }
  try {
    files.pending_migrations +=
        store::pending_keystore_migrations(config.keystore_file().string(), root_key);
  } catch (const Fault&) {
    // Opening the installation meets the same and names it.
  }
  return files;
}

// They are asked as at a start, and may cosign the newest checkpoint; here nothing is kept of it.
void ask_witnesses(OpenInstallation& open, const Config& config, Findings& findings) {
  if (config.audit.witnesses.empty()) return;
  const audit::Round round = first_round(config, open);
  for (std::size_t i = 0; i < round.said.size(); ++i) {
    const std::string& name = config.audit.witnesses[i].key.name;
    if (round.said[i].heard == audit::Heard::cosigned) {
      findings.good(fmt::format("the witness {} cosigns the newest checkpoint", name));
    } else if (round.said[i].heard != audit::Heard::disagrees) {
      fmt::print("warning: the witness {}: {}\n", name, round.said[i].what);
    }
  }
  const std::string trouble = witness_trouble(config, round);
  if (!trouble.empty()) findings.add(trouble, exit_codes::log);
}

// What the settings name is read, and nothing is sent.
void check_alerts(const Config& config, Findings& findings) {
  try {
    const AlertTargets targets = alert_targets_of(config);
    if (targets.webhook) {
      findings.good("alerts go to " + targets.webhook->destination.address.text());
    }
    if (targets.mail)
      findings.good("alerts go by mail through " + targets.mail->server.address.text());
  } catch (const Trouble& trouble) {
    findings.add(trouble.what(), trouble.exit_code);
  }
}

// How much is missing, and what may be done about it. Whether the checkpoint is signed, the finding
// before this has said.
void explain_log(OpenInstallation& open, const Config& config) {
  const auto text = crypto::read_file(config.paths.checkpoint_file, crypto::note_bytes_max);
  const auto note = text ? crypto::parse_note(*text) : std::nullopt;
  const auto outside = note ? crypto::parse_checkpoint(note->text) : std::nullopt;
  const std::vector<std::string> origins = open.database().log_origins();
  const std::uint64_t size = open.database().log_size();
  fmt::print("the database holds {} events of {}\n", size,
             origins.empty() ? "no log" : origins.back());
  if (outside) {
    fmt::print("the checkpoint outside it covers {} events of {}\n", outside->size,
               outside->origin);
    if (outside->size > size) fmt::print("missing: {} events\n", outside->size - size);
  }
  fmt::print(
      "Find the newest database first. If what is missing is lost for good, or `sspfd new-epoch` "
      "was cut short: RUNBOOK.md, \"Restore\".\n");
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
                               "than the database, or the database is older than a disposal",
                               missing),
                   exit_codes::key);
    }
    if (open.has_unfinished_disposal()) {
      findings.add("a disposal was interrupted: `sspfd serve` finishes it", exit_codes::key);
    }
  } catch (const Fault& fault) {
    findings.add(fault.what(), exit_codes::key);
  }
  findings.good("verifier key of the log: " + open.checkpointer().verifier().text());
  const std::string trouble = open.log_trouble();
  if (trouble.empty()) {
    findings.good(
        fmt::format("the log of {} events covers its checkpoint", open.database().log_size()));
  } else {
    findings.add(trouble, exit_codes::log);
    explain_log(open, config);
    return;
  }
  ask_witnesses(open, config, findings);
}

}  // namespace

int check(const Config& config) {
  Findings findings;
  Files files;
  try {
    const InstallationLock lock(config.paths.data_directory);
    files = inspect(config);
  } catch (const Trouble& trouble) {
    findings.add(trouble.what(), trouble.exit_code);
    return findings.exit_code();
  }
  if (files.pending_migrations > 0) {
    // To open it would be to migrate it, and a check changes nothing.
    findings.add(fmt::format("the database is of an older version: {} migrations are pending; back "
                             "it up, and `sspfd serve` makes them",
                             files.pending_migrations),
                 exit_codes::database);
    return findings.exit_code();
  }
  check_alerts(config, findings);
  try {
    check_installation(config, findings);
  } catch (const Trouble& trouble) {
    findings.add(trouble.what(), trouble.exit_code);
  }
  // Looked at before anything else opens the file, but told last: with a wrong key no page is
  // right, and then the key is what is wrong.
  if (files.trouble.empty()) {
    findings.good("every page of the database");
  } else {
    findings.add(files.trouble, exit_codes::database);
  }
  return findings.exit_code();
}

}  // namespace sspf
