// SPDX-License-Identifier: Apache-2.0
//
// Replies of writes by request_id, so that a repeated write is done once.
#pragma once

#include <optional>
#include <string>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/store/sqlite.h"

namespace sspf::store {

struct StoredReply {
  std::string rpc;
  crypto::Digest body_digest{};
  std::string reply;
};

class Requests {
 public:
  explicit Requests(Connection& connection) : connection_(&connection) {}
  std::optional<StoredReply> find(const AccountId& account, const std::string& request_id) const;
  void add(const AccountId& account, const std::string& request_id, const StoredReply& reply,
           Instant now);

 private:
  Connection* connection_;
};

}  // namespace sspf::store
