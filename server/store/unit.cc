// SPDX-License-Identifier: Apache-2.0
#include "server/store/unit.h"

#include <algorithm>

#include "crypto/random.h"
#include "server/base/ensure.h"

namespace sspf::store {
namespace {

std::optional<crypto::Secret> find_staged(const std::vector<StagedKey>& staged, const KeyId& id) {
  const auto found = std::find_if(staged.begin(), staged.end(),
                                  [&](const StagedKey& each) { return each.id == id; });
  if (found == staged.end()) return std::nullopt;
  return found->key.duplicate();
}

bool holds(const std::vector<KeyId>& ids, const KeyId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

Batch::Batch(Database& database) : database_(database), log_state_(database.log_state_) {
  Query(database_.connection_, "BEGIN IMMEDIATE").run();
}

Batch::~Batch() {
  if (!open_) return;
  try {
    Query(database_.connection_, "ROLLBACK").run();
  } catch (const Fault&) {
    // SQLite has rolled back by itself: that is how some errors end a transaction.
  }
}

Committed Batch::commit() && {
  ENSURE(open_);
  // A Fault here refuses the whole batch: nothing was asked of the database yet, and a key that
  // protects nothing does no harm.
  for (const StagedKey& staged : staged_keys_) {
    database_.keystore_.add(staged.id, staged.purpose, staged.key);
  }
  // Likewise: better no disposal than one whose keys cannot be replaced.
  database_.keystore_.prepare_to_destroy(destroyed_keys_);
  open_ = false;
  try {
    Query(database_.connection_, "COMMIT").run();
  } catch (const Fault& fault) {
    throw CommitUnknown(fault.what());
  }
  database_.log_state_ = std::move(log_state_);
  if (destroyed_keys_.empty()) return Committed();
  try {
    database_.keystore_.destroy(destroyed_keys_);
  } catch (const std::exception& error) {
    throw CommitUnknown(error.what());
  }
  return Committed();
}

Unit::Unit(Batch& batch)
    : batch_(batch),
      tables_(batch.database_.connection_),
      facts_(batch.database_.connection_),
      requests_(batch.database_.connection_) {
  ENSURE(batch_.open_);
  Query(batch_.database_.connection_, "SAVEPOINT call").run();
}

Unit::~Unit() {
  if (!open_) return;
  try {
    undo_writes();
    Query(batch_.database_.connection_, "RELEASE call").run();
  } catch (const Fault&) {
    // The batch cannot be committed after this either: its transaction is gone.
  }
}

std::optional<crypto::Secret> Unit::find_key(const KeyId& id) const {
  if (holds(destroyed_keys_, id) || holds(batch_.destroyed_keys_, id)) return std::nullopt;
  if (auto own = find_staged(staged_keys_, id)) return own;
  if (auto of_batch = find_staged(batch_.staged_keys_, id)) return of_batch;
  return batch_.database_.keystore_.find(id);
}

crypto::Secret Unit::stage_key(const KeyId& id, KeyPurpose purpose) {
  crypto::Secret key = crypto::random_secret(32);
  staged_keys_.push_back({id, purpose, key.duplicate()});
  return key;
}

std::pair<KeyId, crypto::Secret> Unit::details_key(const MunicipalityId& municipality,
                                                   const std::string& month) {
  return batch_.database_.keystore_.details_key(municipality, month);
}

std::optional<KeyId> Unit::find_details_key(const std::optional<MunicipalityId>& municipality,
                                            const std::string& month) const {
  const auto id = batch_.database_.keystore_.find_details_key(municipality, month);
  if (!id || holds(destroyed_keys_, *id) || holds(batch_.destroyed_keys_, *id)) return std::nullopt;
  return id;
}

std::uint32_t Unit::destroy_key(const KeyId& id) {
  destroyed_keys_.push_back(id);
  return batch_.database_.keystore_.epoch_without(id);
}

std::int64_t Unit::changes() const { return batch_.database_.connection_.total_changes(); }

void Unit::undo_writes() {
  Query(batch_.database_.connection_, "ROLLBACK TO call").run();
  staged_keys_.clear();
  destroyed_keys_.clear();
}

void Unit::append_and_release(EventDraft draft, Instant now) {
  ENSURE(open_);
  append_event(batch_.database_.connection_, batch_.database_.keystore_, batch_.log_state_,
               std::move(draft), now);
  Query(batch_.database_.connection_, "RELEASE call").run();
  for (StagedKey& staged : staged_keys_) batch_.staged_keys_.push_back(std::move(staged));
  staged_keys_.clear();
  batch_.destroyed_keys_.insert(batch_.destroyed_keys_.end(), destroyed_keys_.begin(),
                                destroyed_keys_.end());
  destroyed_keys_.clear();
  open_ = false;
}

}  // namespace sspf::store
