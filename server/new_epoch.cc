// SPDX-License-Identifier: Apache-2.0
//
// The way back after a restore. Every step may be cut short and is made once: run again with the
// same origin, the command goes on where it was.
#include <fmt/format.h>

#include <algorithm>

#include "crypto/key_file.h"
#include "crypto/note.h"
#include "server/audit/event.h"
#include "server/installation.h"
#include "server/programs.h"
#include "server/store/log_epochs.h"

namespace sspf {
namespace {

constexpr std::size_t origin_characters_max = 200;
constexpr std::size_t approvers_needed = 2;

Trouble refused(const std::string& why) { return {why, exit_codes::epoch}; }

// A checkpoint that this installation has signed.
struct Known {
  std::string note;
  crypto::Checkpoint checkpoint;
};

class Epoch {
 public:
  Epoch(const Config& config, const EpochWanted& wanted)
      : config_(config),
        wanted_(wanted),
        open_(config, system_clock(), OpenInstallation::CheckLog::no),
        database_(open_.database()),
        keystore_(open_.keystore()) {}

  // The event and the number of the epoch in one commit: from then on the old origin opens nothing.
  void begin() {
    refuse_used_origin();
    const std::string trouble = database_.log_tree_trouble();
    if (!trouble.empty()) throw refused("the restored log does not hold together: " + trouble);
    const Known last = last_known();
    store::EventDraft draft = audit::describe_own_act("server/new_epoch", 0);
    v1::AuditEvent::NewEpoch& epoch = *draft.event.mutable_new_epoch();
    epoch.set_previous_origin(database_.log_epoch().origin);
    epoch.set_last_checkpoint(last.note);
    for (const store::Approver& each : approvers()) epoch.add_approver_ids(each.account.blob());
    tell(last.checkpoint);
    store::begin_log_epoch(database_, wanted_.origin, std::move(draft), system_clock()());
  }

  // It was begun, and nothing has been logged since: what is left of it can be done, or done again.
  bool is_begun() {
    const store::LogEpoch epoch = database_.log_epoch();
    if (epoch.origin != wanted_.origin || database_.log_size() != epoch.first_sequence + 1) {
      return false;
    }
    if (!log_key()) return true;
    if (const auto outside = known_in(config_.paths.checkpoint_file)) {
      return outside->checkpoint.origin != wanted_.origin || is_covered(outside->checkpoint);
    }
    // Without it nobody can tell whether the server has run since the first checkpoint.
    const auto newest = crypto::checkpoint_in(database_.newest_checkpoint());
    return !newest || newest->origin != wanted_.origin;
  }

  // The key, which has signed nothing yet when it is made here; the first checkpoint; the settings.
  void finish() {
    if (!log_key()) {
      keystore_.put_secret(log_secret_name(wanted_.origin), crypto::SigningKey::generate().seed());
    }
    const crypto::SigningKey key = *log_key();
    audit::Checkpointer checkpointer(database_, key, wanted_.origin, config_.paths.checkpoint_file);
    checkpointer.sign_if_due();
    fmt::print("verifier key of the log: {}\n", checkpointer.verifier().text());
    if (config_.audit.origin != wanted_.origin) set_origin();
  }

 private:
  void refuse_used_origin() {
    std::vector<std::string> used = database_.log_origins();
    used.push_back(config_.audit.origin);
    for (const crypto::NoteVerifier& log : logs()) used.push_back(log.name);
    if (std::find(used.begin(), used.end(), wanted_.origin) == used.end()) return;
    throw refused("this log has had the origin before, and none is used twice: " + wanted_.origin);
  }

  // Every log of this installation: the keystore is not restored with the database, and knows
  // epochs that an older database does not.
  std::vector<crypto::NoteVerifier> logs() {
    std::vector<crypto::NoteVerifier> logs;
    for (const std::string& name : keystore_.secret_names()) {
      const bool is_first = name == "log";
      if (!is_first && !name.starts_with(log_secret_prefix)) continue;
      const crypto::SigningKey key(keystore_.find_secret(name).value());
      logs.push_back(
          {is_first ? database_.log_origins().front() : name.substr(log_secret_prefix.size()),
           key.public_key()});
    }
    return logs;
  }

  std::optional<crypto::SigningKey> log_key() {
    auto seed = keystore_.find_secret(log_secret_name(wanted_.origin));
    if (!seed) return std::nullopt;
    return crypto::SigningKey(std::move(*seed));
  }

  // Nothing when there is none, or none that this installation has signed.
  std::optional<Known> known_in(const std::filesystem::path& file) {
    std::optional<std::string> bytes;
    try {
      bytes = crypto::read_file(file, crypto::note_bytes_max);
    } catch (const std::system_error&) {
      return std::nullopt;
    }
    if (!bytes) return std::nullopt;
    for (const crypto::NoteVerifier& log : logs()) {
      if (const auto checkpoint = crypto::verified_checkpoint(*bytes, log)) {
        return Known{*bytes, *checkpoint};
      }
    }
    return std::nullopt;
  }

  bool is_covered(const crypto::Checkpoint& checkpoint) {
    return checkpoint.size <= database_.log_size() &&
           database_.log_root_at(checkpoint.size) == checkpoint.root;
  }

  // The largest one that the log does not cover. Throws when it covers all, or none verifies.
  Known last_known() {
    const std::optional<Known> outside = known_in(config_.paths.checkpoint_file);
    std::optional<Known> given;
    if (!wanted_.known_checkpoint.empty()) {
      given = known_in(wanted_.known_checkpoint);
      if (!given) {
        throw refused("--known-checkpoint: no checkpoint that this installation has signed");
      }
    }
    if (!outside && !given) {
      throw refused(
          "the checkpoint outside the database is missing, or not signed by this installation: "
          "give the last known one with --known-checkpoint");
    }
    std::optional<Known> last;
    for (const std::optional<Known>& each : {outside, given}) {
      if (!each || is_covered(each->checkpoint)) continue;
      if (!last || last->checkpoint.size < each->checkpoint.size) last = each;
    }
    if (!last) {
      throw refused(
          "the log holds everything that its last known checkpoint covers: nothing is lost, and no "
          "new epoch is needed");
    }
    return *last;
  }

  std::vector<store::Approver> approvers() {
    if (wanted_.approved_by.size() != approvers_needed) {
      throw refused("two approvers are needed: give --approved-by twice");
    }
    std::vector<store::Approver> approvers;
    for (const std::string& handle : wanted_.approved_by) {
      const auto found = database_.find_approver(handle);
      if (!found) throw refused("there is no account with the handle " + handle);
      if (found->is_suspended) throw refused("the account is suspended: " + handle);
      approvers.push_back(*found);
    }
    if (approvers[0].account == approvers[1].account) {
      throw refused("the two approvers are one account");
    }
    if (!approvers[0].is_administrator) std::swap(approvers[0], approvers[1]);
    if (!approvers[0].is_administrator || !approvers[1].is_auditor) {
      throw refused("an administrator and an auditor of the whole installation have to approve");
    }
    return approvers;
  }

  void tell(const crypto::Checkpoint& last) {
    const std::uint64_t size = database_.log_size();
    fmt::print(
        "the log goes on from {} events of {}; the last known checkpoint covers {} events of {}",
        size, database_.log_epoch().origin, last.size, last.origin);
    if (last.size > size) {
      fmt::print(": at least {} events are lost\n", last.size - size);
    } else {
      fmt::print(", and they are other ones\n");
    }
  }

  void set_origin() {
    const std::string file = wanted_.config_file.filename().string();
    try {
      replace_log_origin(wanted_.config_file, wanted_.origin);
    } catch (const std::exception& error) {
      throw Trouble(fmt::format("everything is done but the settings: in {}, table [audit], set "
                                "origin = \"{}\" by hand ({})",
                                file, wanted_.origin, error.what()),
                    exit_codes::config);
    }
    fmt::print("{}: audit.origin is now {}\n", file, wanted_.origin);
  }

  const Config& config_;
  const EpochWanted& wanted_;
  OpenInstallation open_;
  store::Database& database_;
  store::Keystore& keystore_;
};

// What is a key's name in a signed note, and can stand in a file of settings as it is.
bool is_origin(const std::string& text) {
  const auto is_plain = [](char c) {
    return c > ' ' && c < 0x7F && c != '+' && c != '"' && c != '\'' && c != '\\';
  };
  return !text.empty() && text.size() <= origin_characters_max &&
         std::all_of(text.begin(), text.end(), is_plain);
}

}  // namespace

int new_epoch(const Config& config, const EpochWanted& wanted) {
  if (!is_origin(wanted.origin)) {
    throw refused(
        fmt::format("an origin is 1 to {} characters of ASCII, without spaces, plus signs, "
                    "quotes and backslashes",
                    origin_characters_max));
  }
  Epoch epoch(config, wanted);
  try {
    if (epoch.is_begun()) {
      fmt::print("the new epoch was begun before: the rest is done now\n");
    } else {
      epoch.begin();
    }
    epoch.finish();
  } catch (const Trouble&) {
    throw;
  } catch (const std::exception& error) {
    throw Trouble(fmt::format("cut short, run the same command again: {}", error.what()),
                  exit_codes::commit);
  }
  return 0;
}

}  // namespace sspf
