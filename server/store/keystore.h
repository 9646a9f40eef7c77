// SPDX-License-Identifier: Apache-2.0
//
// The keystore: one wrapped 256-bit key for each case, meeting and month of audit details, in a
// small SQLCipher file of its own (trust.md 3). A key is wrapped under the newest epoch key.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/store/epoch_keys.h"
#include "server/store/sqlite.h"

namespace sspf::store {

enum class KeyPurpose { case_file = 1, meeting = 2, details = 3 };

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

  // That of a month, if there is one; a destroyed one is not there.
  std::optional<KeyId> find_details_key(const std::optional<MunicipalityId>& municipality,
                                        const std::string& month);

  // Destruction of keys, in two steps around the commit that says so (trust.md 3). The first makes
  // the generation of epoch keys that goes on without these, unless an interrupted change has made
  // it already; the second wraps all others under it, verifies each, and destroys the older epoch
  // keys, with which every copy of these could still be opened. Both may be repeated. They throw
  // Fault; after the second has, a start finishes it.
  void prepare_to_destroy(const std::vector<KeyId>& ids);
  void destroy(const std::vector<KeyId>& ids);
  // The generation that goes on without this key.
  std::uint32_t epoch_without(const KeyId& id);
  // Nothing is left of these keys, and one generation of epoch keys wraps everything else.
  bool is_settled_without(const std::vector<KeyId>& ids);

  // The server's own secrets, wrapped under the root key: "ca", "tls", "log", and "log/ORIGIN" of
  // each later epoch of the log.
  void put_secret(const std::string& name, const crypto::Secret& secret);
  std::optional<crypto::Secret> find_secret(const std::string& name);
  std::vector<std::string> secret_names();

  // Opens every key; how many there are. Throws Fault at the first that does not open. For `check`.
  std::size_t verify_all();

 private:
  crypto::Bytes wrapped_by_newest(const KeyId& id, const crypto::Secret& key) const;
  std::vector<KeyId> all_keys();
  bool is_wrapped_by_newest(const KeyId& id);
  void move_to_newest(const KeyId& id);

  Connection connection_;
  crypto::Secret wrapping_key_;
  EpochKeys epochs_;
};

// How many migrations the file still lacks; changes nothing. Throws Fault when it cannot be opened,
// or is of a newer version. For `sspfd check`.
std::size_t pending_keystore_migrations(const std::string& path, const crypto::Secret& root_key);

}  // namespace sspf::store
