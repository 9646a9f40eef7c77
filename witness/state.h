// SPDX-License-Identifier: Apache-2.0
//
// What a witness keeps: its key, the logs that it watches, and of each the last checkpoint that it
// has cosigned. A folder of small files; whoever has it open has it alone.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "crypto/cosignature.h"
#include "server/lock.h"

namespace sspf::witness {

struct WatchedLog {
  crypto::NoteVerifier key;    // its name is the log's origin
  crypto::Checkpoint latest;   // size 0 before the first
  std::filesystem::path file;  // of the latest checkpoint's note
};

class State {
 public:
  // Makes the folder with a new key. Throws Trouble when there is one already.
  static void create(const std::filesystem::path& folder, const std::string& name);

  // Throws Trouble when another process has it open, or any file in it is not what it should be: a
  // witness that has forgotten something must not start.
  explicit State(const std::filesystem::path& folder);

  // Throws Trouble when the log is watched already.
  void add_log(const crypto::NoteVerifier& key);

  crypto::CosignatureVerifier verifier() const { return {name_, key_.public_key()}; }
  crypto::Cosigner cosigner() const { return {name_, key_}; }
  const std::map<std::string, WatchedLog>& logs() const { return logs_; }  // by origin
  WatchedLog* find(const std::string& origin);

  // Makes this the latest checkpoint, durable on return. Throws std::system_error: then what is on
  // disk is unknown.
  void advance(WatchedLog& log, const crypto::Checkpoint& checkpoint, const crypto::Note& cosigned);

  // Keeps the first request that shows the log to be two: with the latest checkpoint it is proof.
  void keep_dispute(const WatchedLog& log, const std::string& request);

 private:
  void read_log(const std::filesystem::path& key_file);
  void check_strangers() const;

  std::filesystem::path folder_;
  InstallationLock lock_;
  std::string name_;
  crypto::SigningKey key_;
  std::map<std::string, WatchedLog> logs_;
};

}  // namespace sspf::witness
