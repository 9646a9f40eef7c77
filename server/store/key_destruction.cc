// SPDX-License-Identifier: Apache-2.0
//
// How the keystore destroys keys: what makes a wrapped key unreadable is that its epoch key is
// gone.
#include <algorithm>

#include "server/store/keystore.h"

namespace sspf::store {

bool Keystore::is_wrapped_by_newest(const KeyId& id) {
  Query query(connection_, "SELECT epoch FROM wrapped_key WHERE key_id = ?1", id);
  return query.step() && static_cast<std::uint32_t>(query.integer(0)) == epochs_.newest();
}

std::uint32_t Keystore::epoch_without(const KeyId& id) {
  return is_wrapped_by_newest(id) ? epochs_.newest() + 1 : epochs_.newest();
}

void Keystore::prepare_to_destroy(const std::vector<KeyId>& ids) {
  const bool needs_next = std::any_of(ids.begin(), ids.end(),
                                      [&](const KeyId& id) { return is_wrapped_by_newest(id); });
  if (needs_next) epochs_.make_next();
}

void Keystore::move_to_newest(const KeyId& id) {
  if (is_wrapped_by_newest(id)) return;
  const auto key = find(id);
  if (!key) throw Fault("a key of the keystore vanished while it was wrapped anew");
  Query(connection_, "UPDATE wrapped_key SET epoch = ?1, wrapped = ?2 WHERE key_id = ?3",
        epochs_.newest(), wrapped_by_newest(id, *key), id)
      .run();
}

void Keystore::destroy(const std::vector<KeyId>& ids) {
  prepare_to_destroy(ids);
  Query(connection_, "BEGIN IMMEDIATE").run();
  try {
    for (const KeyId& id : ids) {
      Query(connection_, "DELETE FROM detail_key WHERE key_id = ?1", id).run();
      Query(connection_, "DELETE FROM wrapped_key WHERE key_id = ?1", id).run();
    }
    for (const KeyId& id : all_keys()) move_to_newest(id);
    Query(connection_, "COMMIT").run();
  } catch (const Fault&) {
    Query(connection_, "ROLLBACK").run();
    throw;
  }
  // Past this point nothing could be opened with the older keys that cannot be opened without.
  verify_all();
  epochs_.destroy_older();
}

bool Keystore::is_settled_without(const std::vector<KeyId>& ids) {
  if (!epochs_.is_settled()) return false;
  Query older(connection_, "SELECT 1 FROM wrapped_key WHERE epoch <> ?1", epochs_.newest());
  if (older.step()) return false;
  return std::none_of(ids.begin(), ids.end(),
                      [&](const KeyId& id) { return is_wrapped_by_newest(id); });
}

}  // namespace sspf::store
