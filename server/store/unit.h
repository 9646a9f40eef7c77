// SPDX-License-Identifier: Apache-2.0
//
// Batch and Unit: several calls share one transaction and one fdatasync, and each is still a whole
// of its own. A Unit has one commit, and it takes the audit event; what it gives back is a reply
// that only a committed batch can release. So no reply leaves before its event is durable, by
// construction.
#pragma once

#include <utility>
#include <vector>

#include "server/base/clock.h"
#include "server/store/access_facts.h"
#include "server/store/database.h"
#include "server/store/requests.h"
#include "server/store/tables.h"

namespace sspf::store {

// Proof that a batch is durable. Only Batch makes one.
class Committed {
 private:
  friend class Batch;
  Committed() = default;
};

// A reply that must not leave before its batch is durable.
template <typename Reply>
class Uncommitted {
 public:
  Reply release(const Committed& /*proof*/) && { return std::move(reply_); }

 private:
  friend class Unit;
  explicit Uncommitted(Reply reply) : reply_(std::move(reply)) {}
  Reply reply_;
};

struct Founding;

struct StagedKey {
  KeyId id;
  KeyPurpose purpose;
  crypto::Secret key;
};

class Batch {
 public:
  explicit Batch(Database& database);  // BEGIN IMMEDIATE
  ~Batch();                            // ROLLBACK, unless committed
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  // Makes the staged keys durable, then the batch; then destroys the keys that its units gave up.
  // Throws CommitUnknown, also when the batch is durable and a key is not destroyed yet: the next
  // start finishes that. Or throws Fault when a key cannot be stored, and then nothing is
  // committed.
  Committed commit() &&;

 private:
  friend class Unit;
  Database& database_;
  LogState log_state_;  // becomes the database's when the batch is durable
  std::vector<StagedKey> staged_keys_;
  std::vector<KeyId> destroyed_keys_;
  bool open_ = true;
};

class Unit {
 public:
  explicit Unit(Batch& batch);  // SAVEPOINT
  ~Unit();                      // rolls back to it, unless committed
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;

  Tables& tables() { return tables_; }
  const AccessFacts& facts() const { return facts_; }
  Requests& requests() { return requests_; }
  // The key of a case or meeting, also of one that this batch has founded; nothing when it was
  // disposed of, by an earlier call of this batch too.
  std::optional<crypto::Secret> find_key(const KeyId& id) const;

  // A new key, durable before the batch is; dropped by undo_writes().
  crypto::Secret stage_key(const KeyId& id, KeyPurpose purpose);

  // The key that seals audit details, and texts of reviews, of this municipality and month; durable
  // at once, as it protects nothing by itself.
  std::pair<KeyId, crypto::Secret> details_key(const MunicipalityId& municipality,
                                               const std::string& month);

  // That of a month, if there is one; without a municipality, of the events that have none.
  std::optional<KeyId> find_details_key(const std::optional<MunicipalityId>& municipality,
                                        const std::string& month) const;

  // Gives a key up, to be destroyed once the batch is durable; forgotten by undo_writes(). The
  // epoch of the keys that go on without it.
  std::uint32_t destroy_key(const KeyId& id);

  void add_first_administrator(const Founding& founding);  // for found()
  // The next event is the first of the log under this origin (log_epochs.h).
  void begin_log_epoch(const std::string& origin);

  // Rows that this connection has changed so far.
  std::int64_t changes() const;

  // Takes back everything since the unit began. The unit can still be committed, with its event
  // alone.
  void undo_writes();

  // Appends the event and hands the reply over to the batch.
  template <typename Reply>
  Uncommitted<Reply> commit(EventDraft draft, Instant now, Reply reply) {
    append_and_release(std::move(draft), now);
    return Uncommitted<Reply>(std::move(reply));
  }

 private:
  void append_and_release(EventDraft draft, Instant now);

  Batch& batch_;
  Tables tables_;
  AccessFacts facts_;
  Requests requests_;
  std::vector<StagedKey> staged_keys_;
  std::vector<KeyId> destroyed_keys_;
  bool open_ = true;
};

}  // namespace sspf::store
