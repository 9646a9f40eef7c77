// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "crypto/certificate.h"
#include "crypto/key_file.h"
#include "crypto/note.h"
#include "server/check_database.h"
#include "server/check_findings.h"
#include "server/check_places.h"
#include "server/installation.h"
#include "server/programs.h"
#include "server/store/database.h"
#include "server/witnesses.h"

namespace sspf {
namespace {

constexpr std::size_t authority_bytes_max = std::size_t{64} * 1024;

std::string older_version(std::string_view file, std::size_t pending) {
  return fmt::format(
      "the {} is of an older version: {} migrations are pending; back it up, and `sspfd serve` "
      "makes them",
      file, pending);
}

// They are asked as at a start, and may cosign the newest checkpoint; here nothing is kept of it.
void ask_witnesses(const Config& config, Findings& findings) {
  OpenInstallation open(config, system_clock(), OpenInstallation::CheckLog::no);
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

// How much is missing, and what may be done about it. Whether the checkpoint is signed, the finding
// before this has said.
void explain_log(store::Database& database, const std::optional<std::string>& outside_note) {
  const auto outside = outside_note ? crypto::checkpoint_in(*outside_note) : std::nullopt;
  const std::vector<std::string> origins = database.log_origins();
  const std::uint64_t size = database.log_size();
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

// The parts of an installation are opened one by one, in the order of a start, and each is looked
// at although another has failed.
class Check {
 public:
  Check(const Config& config, Findings& findings) : config_(config), findings_(findings) {}

  // Whether the log is as it was left, as far as what is here can tell.
  bool run() {
    if (!take_lock()) return false;
    findings_.look(exit_codes::key, [&] { root_key_ = read_key(config_.root_key_file()); });
    if (root_key_) {
      file_ = read_database(config_, *root_key_);
      findings_.look(exit_codes::key, [&] { open_keystore(); });
      findings_.look(exit_codes::database, [&] { open_database(); });
    } else {
      findings_.pass_over("the keystore, the database and the log", "without the root key");
      findings_.look(exit_codes::key,
                     [&] { static_cast<void>(store::EpochKeys(config_.paths.key_directory)); });
    }
    findings_.look(exit_codes::database, [&] { look_at_authority(); });
    if (has_authority_ && keystore_ && database_) {
      findings_.good("settings, keys, keystore, CA and database open");
    }
    if (keystore_) findings_.look(exit_codes::key, [&] { look_at_keys(); });
    findings_.look(exit_codes::log, [&] { look_at_log(); });
    if (root_key_) tell_of_content(file_, findings_);
    return has_authority_ && is_log_as_left_;
  }

 private:
  // False when somebody else may be writing. Without a data directory nobody is, and the keys are
  // elsewhere.
  bool take_lock() {
    findings_.look(exit_codes::config, [&] { lock_.emplace(config_.paths.data_directory); });
    std::error_code ignored;
    if (lock_ || !std::filesystem::exists(config_.paths.data_directory, ignored)) return true;
    findings_.pass_over("keys, keystore, CA, database and log", "without their lock");
    return false;
  }

  // To open either file with migrations pending would be to migrate it, and a check changes
  // nothing.
  void open_keystore() {
    const std::string path = config_.keystore_file().string();
    try {
      const std::size_t pending = store::pending_keystore_migrations(path, *root_key_);
      if (pending > 0) throw Trouble(older_version("keystore", pending), exit_codes::database);
      keystore_.emplace(path, *root_key_, store::EpochKeys(config_.paths.key_directory),
                        store::OpenMode::existing);
    } catch (const Fault& fault) {
      throw Trouble(fmt::format("the keystore does not open: {}", fault.what()), exit_codes::key);
    }
  }

  void open_database() {
    for (const std::string& why : {file_.does_not_open, file_.pending_unknown}) {
      if (why.empty()) continue;
      throw Trouble("the database does not open: " + why, exit_codes::database);
    }
    if (file_.pending_migrations > 0) {
      throw Trouble(older_version("database", file_.pending_migrations), exit_codes::database);
    }
    if (!keystore_) {
      findings_.pass_over("what a start reads in the database", "without the keystore");
      return;
    }
    try {
      database_.emplace(config_.database_file().string(), *root_key_, *keystore_,
                        store::OpenMode::existing);
    } catch (const Fault& fault) {
      throw Trouble(fmt::format("the database does not open: {}", fault.what()),
                    exit_codes::database);
    }
  }

  // The server's own, and those of the cases.
  void look_at_keys() {
    for (const char* name : {"ca", "tls"}) {
      if (keystore_->find_secret(name)) continue;
      findings_.add(fmt::format("the keystore lacks the server's own key {}", name),
                    exit_codes::key);
    }
    findings_.look(exit_codes::key, [&] {
      findings_.good(fmt::format("every one of {} wrapped keys opens", keystore_->verify_all()));
    });
    if (!database_) {
      findings_.pass_over("whether the keystore fits the database", "which is not open");
      return;
    }
    std::size_t missing = 0;
    for (const KeyId& id : database_->keys_in_use()) {
      if (!keystore_->find(id)) ++missing;
    }
    if (missing > 0) {
      findings_.add(fmt::format("the keystore lacks the keys of {} cases or meetings: it is older "
                                "than the database, or the database is older than a disposal",
                                missing),
                    exit_codes::key);
    }
    if (!keystore_->is_settled_without(database_->destroyed_keys())) {
      findings_.add("a disposal was interrupted: `sspfd serve` finishes it", exit_codes::key);
    }
  }

  void look_at_authority() {
    const auto pem = crypto::read_file(config_.ca_file(), authority_bytes_max);
    if (!pem) throw Trouble("missing: ca.pem", exit_codes::database);
    if (!crypto::read_certificate(*pem)) {
      throw Trouble("the CA certificate does not parse", exit_codes::database);
    }
    has_authority_ = true;
  }

  std::optional<crypto::Secret> log_seed() {
    auto own = keystore_->find_secret(log_secret_name(config_.audit.origin));
    return own ? std::move(own) : keystore_->find_secret("log");
  }

  void look_at_log() {
    if (!database_) {
      look_at_checkpoint_alone();
      return;
    }
    auto seed = log_seed();
    if (!seed) throw Trouble("the keystore lacks the log's key", exit_codes::key);
    compare_log({config_.audit.origin, crypto::SigningKey(std::move(*seed)).public_key()});
  }

  // Who signed it, and what it covers, nobody can tell without the rest.
  void look_at_checkpoint_alone() {
    const auto text = crypto::read_file(config_.paths.checkpoint_file, crypto::note_bytes_max);
    if (!text) {
      findings_.add("the checkpoint file outside the database is missing", exit_codes::log);
    } else if (!crypto::checkpoint_in(*text)) {
      findings_.add("the checkpoint file outside the database is damaged", exit_codes::log);
    }
    findings_.pass_over("the log against its checkpoint", "without database and keystore");
  }

  void compare_log(const crypto::NoteVerifier& verifier) {
    findings_.good("verifier key of the log: " + verifier.text());
    const auto note = crypto::read_file(config_.paths.checkpoint_file, crypto::note_bytes_max);
    const std::string origin = database_->log_epoch().origin;
    const std::string trouble =
        origin == verifier.name
            ? audit::log_trouble(*database_, verifier, note)
            : "audit.origin is not the name of this database's log, which is " + origin;
    is_log_as_left_ = trouble.empty();
    if (is_log_as_left_) {
      findings_.good(
          fmt::format("the log of {} events covers its checkpoint", database_->log_size()));
      return;
    }
    findings_.add(trouble, exit_codes::log);
    explain_log(*database_, note);
  }

  const Config& config_;
  Findings& findings_;
  std::optional<InstallationLock> lock_;
  std::optional<crypto::Secret> root_key_;
  DatabaseFile file_;
  std::optional<store::Keystore> keystore_;
  std::optional<store::Database> database_;
  bool has_authority_ = false;
  bool is_log_as_left_ = false;
};

}  // namespace

int check(const Config& config) {
  Findings findings;
  look_at_alerts(config, findings);
  // The installation is opened anew for the witnesses, so what looked at it before is gone by then.
  const bool is_log_as_left = Check(config, findings).run();
  if (!config.audit.witnesses.empty()) {
    if (is_log_as_left) {
      findings.look(exit_codes::log, [&] { ask_witnesses(config, findings); });
    } else {
      findings.pass_over("the witnesses", "without a log to show them");
    }
  }
  look_at_directories(config, findings);
  return findings.exit_code();
}

}  // namespace sspf
