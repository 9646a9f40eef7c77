// SPDX-License-Identifier: Apache-2.0
//
// Contexts: the servers that the user has enrolled with, as files. Under the configuration folder
// lies contexts/NAME/ with the server's address, its CA, the user's certificate and encrypted key;
// under the state folder lies NAME/checkpoint, the newest checkpoint that this user was shown, and
// beside it NAME/checkpoint-KEYID, the last one of an earlier epoch of the log.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/connection.h"
#include "crypto/note.h"

namespace sspf::cli {

struct Context {
  std::string name;
  std::string server;   // "host:port"
  std::string account;  // handle
  std::string ca_pem;
  std::string identity_pem;      // the certificate and the encrypted key, in one file
  std::string log_verifier_key;  // c2sp.org/signed-note

  ServerAddress address() const;
  std::string certificate_pem() const;
  std::string key_pem() const;
};

// What config.json may hold; each is the weakest source of its setting.
struct Preferences {
  std::string context;
  std::string output;
  std::string lang;
};

class ContextStore {
 public:
  // SSPF_CONFIG_DIR, else $XDG_CONFIG_HOME/sspf, else ~/.config/sspf; and SSPF_STATE_DIR, else
  // $XDG_STATE_HOME/sspf, else ~/.local/state/sspf.
  static ContextStore of_user();
  ContextStore(std::filesystem::path config, std::filesystem::path state);

  Preferences preferences() const;
  std::vector<std::string> names() const;  // sorted

  // Each throws a Failure: when there is none of that name, or when others may read the key file.
  Context load(const std::string& name) const;
  void save(const Context& context) const;
  // Throws a Failure when a context of this name could not be saved. Leaves nothing of it behind.
  void prove_writable(const std::string& name) const;
  void remove(const std::string& name) const;
  void prefer(const std::string& name) const;  // becomes the context in use

  bool has(const std::string& name) const;
  // Replaces certificate and key at once, so that no crash leaves one without the other.
  void replace_identity(const std::string& name, const std::string& identity_pem) const;

  void replace_log_key(const std::string& name, const crypto::NoteVerifier& log) const;

  std::optional<std::string> checkpoint(const std::string& name) const;
  void remember_checkpoint(const std::string& name, const std::string& note) const;
  // Keeps the checkpoint of a log that has come to its end, as a proof of what it was and as a sign
  // that it has.
  void leave_log(const std::string& name, const crypto::NoteVerifier& log) const;
  bool has_left_log(const std::string& name, const crypto::NoteVerifier& log) const;
  // Whether a checkpoint was remembered so short a time ago.
  bool has_checked_log_within(const std::string& name, std::chrono::minutes time) const;

 private:
  // Throws a Failure when the environment names no folder for them.
  std::filesystem::path contexts_folder() const;
  std::filesystem::path folder_of(const std::string& name) const;
  std::filesystem::path left_checkpoint(const std::string& name,
                                        const crypto::NoteVerifier& log) const;

  std::filesystem::path config_;
  std::filesystem::path state_;
};

// 1 to 40 characters a-z, A-Z, 0-9, dot, _ and -, not beginning with a dot.
bool is_context_name(const std::string& name);

// The first PEM block with this label; empty when there is none.
std::string pem_block(const std::string& text, const std::string& label);

}  // namespace sspf::cli
