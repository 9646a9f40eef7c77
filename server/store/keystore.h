// SPDX-License-Identifier: Apache-2.0
//
// The keystore: one wrapped 256-bit key for each case, meeting and month of audit details, in a
// small SQLCipher file of its own (trust.md 3). A key is wrapped under the newest epoch key.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "server/store/sqlite.h"

namespace sspf::store {

enum class KeyPurpose { case_file = 1, meeting = 2, details = 3 };

// Made anew at a disposal of cases; only the newest two generations exist.
struct EpochKeys {
  std::uint32_t newest = 0;
  std::map<std::uint32_t, crypto::Secret> keys;
};

class Keystore {
 public:
  // Throws Fault as Connection and migrate() do.
  Keystore(const std::string& path, const crypto::Secret& root_key, EpochKeys epochs,
           OpenMode mode);

  // A new random key, durable on return. Called before the commit of what it protects, so a crash
  // between the two leaves a key that protects nothing.
  void add(const KeyId& id, KeyPurpose purpose, const crypto::Secret& key);

  // Nothing, when there is no such key: the case was disposed of. Throws Fault when a key is there
  // and does not unwrap, or is not the one its check value names.
  std::optional<crypto::Secret> find(const KeyId& id);

  // The key that seals the audit details of this month; made and durable when there is none.
  std::pair<KeyId, crypto::Secret> details_key(const std::optional<MunicipalityId>& municipality,
                                               const std::string& month);

  // The server's own secrets, wrapped under the root key: "ca", "tls", "log".
  void put_secret(const std::string& name, const crypto::Secret& secret);
  std::optional<crypto::Secret> find_secret(const std::string& name);

  // Opens every key; how many there are. Throws Fault at the first that does not open. For `check`.
  std::size_t verify_all();

 private:
  const crypto::Secret& epoch_key(std::uint32_t epoch) const;

  Connection connection_;
  crypto::Secret wrapping_key_;
  EpochKeys epochs_;
};

// How many migrations the file still lacks; changes nothing. Throws Fault when it cannot be opened,
// or is of a newer version. For `sspfd check`.
std::size_t pending_keystore_migrations(const std::string& path, const crypto::Secret& root_key);

}  // namespace sspf::store
