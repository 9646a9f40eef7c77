// SPDX-License-Identifier: Apache-2.0
#include "server/store/keystore.h"

#include <vector>

#include "crypto/derive.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "crypto/seal.h"
#include "schema/migrations.h"
#include "server/store/migrate.h"

namespace sspf::store {
namespace {

crypto::Bytes context_of(std::string_view what, crypto::ByteView id) {
  crypto::Bytes context(what.begin(), what.end());
  context.push_back('/');
  context.insert(context.end(), id.begin(), id.end());
  return context;
}

}  // namespace

Keystore::Keystore(const std::string& path, const crypto::Secret& root_key, EpochKeys epochs,
                   OpenMode mode)
    : connection_(path, crypto::derive(root_key, "sspf/keystore/v1"), mode),
      wrapping_key_(crypto::derive(root_key, "sspf/wrap/v1")),
      epochs_(std::move(epochs)) {
  migrate(connection_, schema::keystore_migrations());
  connection_.guard();
}

crypto::Bytes Keystore::wrapped_by_newest(const KeyId& id, const crypto::Secret& key) const {
  return crypto::seal(epochs_.key(epochs_.newest()), context_of("sspf/key/v1", id.bytes()),
                      key.reveal());
}

void Keystore::add(const KeyId& id, KeyPurpose purpose, const crypto::Secret& key) {
  const crypto::Bytes wrapped = wrapped_by_newest(id, key);
  const auto check_value = crypto::key_check_value(key);
  Query(connection_,
        "INSERT INTO wrapped_key (key_id, kind, epoch, wrapped, key_check_value) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        id, static_cast<int>(purpose), epochs_.newest(), wrapped, crypto::ByteView(check_value))
      .run();
}

std::optional<crypto::Secret> Keystore::find(const KeyId& id) {
  Query query(connection_,
              "SELECT epoch, wrapped, key_check_value FROM wrapped_key WHERE key_id = ?1", id);
  if (!query.step()) return std::nullopt;
  const std::string wrapped = query.blob(1);
  auto key = crypto::open(epochs_.key(static_cast<std::uint32_t>(query.integer(0))),
                          context_of("sspf/key/v1", id.bytes()), crypto::view_of(wrapped));
  if (!key) throw Fault("a key in the keystore does not unwrap");
  const auto check_value = crypto::key_check_value(*key);
  const std::string stored = query.blob(2);
  if (!crypto::equal(check_value, crypto::view_of(stored))) {
    throw Fault("a key in the keystore is not the one its check value names");
  }
  return key;
}

std::optional<KeyId> Keystore::find_details_key(const std::optional<MunicipalityId>& municipality,
                                                const std::string& month) {
  Query query(connection_,
              "SELECT key_id FROM detail_key WHERE municipality_id IS ?1 AND month = ?2",
              municipality, month);
  if (!query.step()) return std::nullopt;
  return query.id<KeyId>(0);
}

std::pair<KeyId, crypto::Secret> Keystore::details_key(
    const std::optional<MunicipalityId>& municipality, const std::string& month) {
  if (const auto found = find_details_key(municipality, month)) {
    auto key = find(*found);
    if (!key) throw Fault("a key of audit details is missing");
    return {*found, std::move(*key)};
  }
  const KeyId id = KeyId::random();
  crypto::Secret key = crypto::random_secret(32);
  add(id, KeyPurpose::details, key);
  Query(connection_, "INSERT INTO detail_key (municipality_id, month, key_id) VALUES (?1, ?2, ?3)",
        municipality, month, id)
      .run();
  return {id, std::move(key)};
}

void Keystore::put_secret(const std::string& name, const crypto::Secret& secret) {
  const crypto::Bytes wrapped = crypto::seal(
      wrapping_key_, context_of("sspf/secret/v1", crypto::view_of(name)), secret.reveal());
  Query(connection_,
        "INSERT INTO server_secret (name, wrapped) VALUES (?1, ?2) "
        "ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped",
        name, wrapped)
      .run();
}

std::optional<crypto::Secret> Keystore::find_secret(const std::string& name) {
  Query query(connection_, "SELECT wrapped FROM server_secret WHERE name = ?1", name);
  if (!query.step()) return std::nullopt;
  const std::string wrapped = query.blob(0);
  auto secret = crypto::open(wrapping_key_, context_of("sspf/secret/v1", crypto::view_of(name)),
                             crypto::view_of(wrapped));
  if (!secret) throw Fault("a secret in the keystore does not open with this root key");
  return secret;
}

std::vector<std::string> Keystore::secret_names() {
  std::vector<std::string> names;
  Query query(connection_, "SELECT name FROM server_secret ORDER BY name");
  while (query.step()) names.push_back(query.text(0));
  return names;
}

std::vector<KeyId> Keystore::all_keys() {
  std::vector<KeyId> ids;
  Query query(connection_, "SELECT key_id FROM wrapped_key");
  while (query.step()) ids.push_back(query.id<KeyId>(0));
  return ids;
}

std::size_t Keystore::verify_all() {
  const std::vector<KeyId> ids = all_keys();
  for (const KeyId& id : ids) {
    if (!find(id)) throw Fault("a key of the keystore vanished while it was checked");
  }
  return ids.size();
}

std::size_t pending_keystore_migrations(const std::string& path, const crypto::Secret& root_key) {
  Connection connection(path, crypto::derive(root_key, "sspf/keystore/v1"), OpenMode::existing);
  return pending_migrations(connection, schema::keystore_migrations());
}

}  // namespace sspf::store
