// SPDX-License-Identifier: Apache-2.0
#include "server/store/protection.h"

#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {
namespace {

access::Place reason_place(const AccountId& account, std::uint64_t version) {
  return {"case_block.sealed_reason", account.bytes(), version};
}

}  // namespace

bool Protection::keeps_out(const access::CaseAccess& in, const AccountId& account) const {
  return Query(*connection_, "SELECT 1 FROM kept_out WHERE case_id = ?1 AND account_id = ?2",
               in.case_id(), account)
      .step();
}

v1::ProtectionLevel Protection::level(const access::CaseAccess& in) const {
  Query query(*connection_, "SELECT level FROM case_protection WHERE case_id = ?1", in.case_id());
  if (!query.step()) return v1::PROTECTION_LEVEL_UNSPECIFIED;
  return query.enumerator<v1::ProtectionLevel>(0);
}

Result<Done> Protection::protect(const access::CaseAccess& in, v1::ProtectionLevel level,
                                 Instant now) {
  const int added = Query(*connection_,
                          "INSERT INTO case_protection (case_id, level, protected_at) "
                          "VALUES (?1, ?2, ?3) ON CONFLICT (case_id) DO NOTHING",
                          in.case_id(), static_cast<int>(level), now.microseconds)
                        .run();
  if (added == 0) return refusal(Reason::protected_already);
  return Done();
}

Result<Done> Protection::unprotect(const access::CaseAccess& in) {
  Query(*connection_, "DELETE FROM case_handler WHERE case_id = ?1", in.case_id()).run();
  const int removed =
      Query(*connection_, "DELETE FROM case_protection WHERE case_id = ?1", in.case_id()).run();
  if (removed == 0) return refusal(Reason::not_protected);
  return Done();
}

std::vector<std::string> Protection::handlers(const access::CaseAccess& in) const {
  std::vector<std::string> handles;
  Query query(*connection_,
              "SELECT a.handle FROM case_handler h JOIN account a ON a.account_id = h.account_id "
              "WHERE h.case_id = ?1 ORDER BY a.handle",
              in.case_id());
  while (query.step()) handles.push_back(query.text(0));
  return handles;
}

bool Protection::is_handled_by_a_coordinator(const access::CaseAccess& in) const {
  return Query(*connection_,
               "SELECT 1 FROM case_handler h JOIN account a ON a.account_id = h.account_id "
               "AND a.suspended = 0 "
               "JOIN role_grant r ON r.account_id = a.account_id AND r.role = ?2 "
               "AND r.municipality_id = ?3 "
               "JOIN agency_municipality s ON s.agency_id = a.agency_id "
               "AND s.municipality_id = r.municipality_id WHERE h.case_id = ?1 "
               "AND NOT EXISTS (SELECT 1 FROM kept_out k WHERE k.case_id = h.case_id "
               "AND k.account_id = h.account_id)",
               in.case_id(), static_cast<int>(v1::ROLE_COORDINATOR), in.municipality())
      .step();
}

Result<Done> Protection::add_handler(const access::CaseAccess& in, const AccountId& account,
                                     Instant now) {
  const int added = Query(*connection_,
                          "INSERT INTO case_handler (case_id, account_id, named_at) "
                          "VALUES (?1, ?2, ?3) ON CONFLICT (case_id, account_id) DO NOTHING",
                          in.case_id(), account, now.microseconds)
                        .run();
  if (added == 0) return refusal(Reason::already_there, "handle");
  return Done();
}

Result<Done> Protection::remove_handler(const access::CaseAccess& in, const AccountId& account) {
  const int removed =
      Query(*connection_, "DELETE FROM case_handler WHERE case_id = ?1 AND account_id = ?2",
            in.case_id(), account)
          .run();
  if (removed == 0) return hidden(Reason::not_found);
  return Done();
}

Result<Done> Protection::block(const access::CaseAccess& in, const AccountId& account,
                               const std::string& reason, const Authorship& author) {
  std::uint64_t version = 0;
  {
    Query query(*connection_,
                "SELECT count(*), count(*) - count(lifted_at) FROM case_block "
                "WHERE case_id = ?1 AND account_id = ?2",
                in.case_id(), account);
    ENSURE(query.step());
    if (query.integer(1) > 0) return refusal(Reason::already_there, "handle");
    version = static_cast<std::uint64_t>(query.integer(0)) + 1;
  }
  if (version > limits::versions_per_item_max) return refusal(Reason::too_many_versions);
  const access::Sealed sealed = in.seal(in.coordination(), reason_place(account, version), reason);
  Query(*connection_,
        "INSERT INTO case_block (case_id, account_id, version, sealed_reason, author_id, "
        "blocked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        in.case_id(), account, version, Blob{sealed.bytes}, author.account, author.at.microseconds)
      .run();
  return Done();
}

Result<Done> Protection::unblock(const access::CaseAccess& in, const AccountId& account,
                                 Instant now) {
  const int lifted = Query(*connection_,
                           "UPDATE case_block SET lifted_at = ?1 WHERE case_id = ?2 "
                           "AND account_id = ?3 AND lifted_at IS NULL",
                           now.microseconds, in.case_id(), account)
                         .run();
  if (lifted == 0) return hidden(Reason::not_found);
  return Done();
}

std::vector<v1::Block> Protection::blocks(const access::CaseAccess& in) const {
  std::vector<v1::Block> blocks;
  Query query(*connection_,
              "SELECT b.account_id, b.version, b.sealed_reason, a.handle, w.handle, b.blocked_at "
              "FROM case_block b JOIN account a ON a.account_id = b.account_id "
              "JOIN account w ON w.account_id = b.author_id "
              "WHERE b.case_id = ?1 AND b.lifted_at IS NULL ORDER BY a.handle",
              in.case_id());
  while (query.step()) {
    const auto version = static_cast<std::uint64_t>(query.integer(1));
    const auto reason = in.open(in.coordination_item(v1::INFORMATION_KIND_IDENTITY),
                                reason_place(query.id<AccountId>(0), version), {query.blob(2)});
    v1::Block& block = blocks.emplace_back();
    block.set_handle(query.text(3));
    block.set_reason(reason.value_or(""));
    block.set_author_handle(query.text(4));
    *block.mutable_blocked_at() = timestamp_of(query.integer(5));
  }
  return blocks;
}

}  // namespace sspf::store
