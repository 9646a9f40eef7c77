// SPDX-License-Identifier: Apache-2.0
#include "server/store/requests.h"

#include <algorithm>

namespace sspf::store {

std::optional<StoredReply> Requests::find(const AccountId& account,
                                          const std::string& request_id) const {
  Query query(
      *connection_,
      "SELECT rpc, body_digest, reply FROM request WHERE account_id = ?1 AND request_id = ?2",
      account, request_id);
  if (!query.step()) return std::nullopt;
  StoredReply stored{query.text(0), {}, query.blob(2)};
  const std::string digest = query.blob(1);
  std::copy(digest.begin(), digest.end(), stored.body_digest.begin());
  return stored;
}

void Requests::add(const AccountId& account, const std::string& request_id,
                   const StoredReply& reply, Instant now) {
  Query(*connection_,
        "INSERT INTO request (account_id, request_id, rpc, body_digest, reply, stored_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        account, request_id, reply.rpc, reply.body_digest, Blob{reply.reply}, now.microseconds)
      .run();
}

}  // namespace sspf::store
