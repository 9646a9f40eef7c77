// SPDX-License-Identifier: Apache-2.0
//
// What lies sealed beside the events of the log: leave to open it, and leave to destroy the key of
// a month. Made by policy::Authority alone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "crypto/secret.h"
#include "server/access/scopes.h"
#include "server/access/tally.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::policy {
class Authority;
}

namespace sspf::access {

// As stored: salt and message under the month's key.
struct SealedDetails {
  KeyId key;
  std::string sealed;
};

inline constexpr std::size_t details_salt_bytes = 32;
// The associated data of the details of this event.
std::string details_context(std::uint64_t sequence);

class LogDetails {
 public:
  const LogAccess& log() const { return log_; }
  // Nothing when their key has been destroyed. Throws Fault when they are not the ones that the
  // event is bound to.
  std::optional<v1::AuditDetails> open(const SealedDetails& details,
                                       const v1::AuditEvent& event) const;

 private:
  friend class policy::Authority;
  using FindKey = std::function<std::optional<crypto::Secret>(const KeyId&)>;
  LogDetails(LogAccess log, FindKey find_key) : log_(log), find_key_(std::move(find_key)) {}
  LogAccess log_;
  FindKey find_key_;
};

// The details of one municipality in which the caller is auditor, or of the events that have none.
class DetailsErasure {
 public:
  const std::optional<MunicipalityId>& municipality() const { return municipality_; }
  bool has_key_of(const std::string& month) const { return keys_.find(month).has_value(); }
  // With the call's commit the month's key is destroyed, and all that is sealed under it is
  // unreadable, in every backup too. Nothing happens when the call is undone. The event names the
  // month. Aborts unless has_key_of().
  KeyId destroy_key_of(const std::string& month) const;

 private:
  friend class policy::Authority;
  struct Keys {
    std::function<std::optional<KeyId>(const std::string& month)> find;
    std::function<std::uint32_t(const KeyId&)> destroy;  // the epoch without it
  };
  DetailsErasure(std::optional<MunicipalityId> municipality, Keys keys, Tally& tally)
      : municipality_(municipality), keys_(std::move(keys)), tally_(&tally) {}
  std::optional<MunicipalityId> municipality_;
  Keys keys_;
  Tally* tally_;
};

}  // namespace sspf::access
