// SPDX-License-Identifier: Apache-2.0
//
// SQL of accounts, roles, enrolment codes and certificates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/access/caller.h"
#include "server/access/scopes.h"
#include "server/base/clock.h"
#include "server/base/result.h"
#include "server/store/sqlite.h"
#include "sspf/v1/account.pb.h"

namespace sspf::store {

struct AccountRow {
  AccountId id;
  std::string handle;
  std::string name;
  AgencyId agency;
  std::vector<access::RoleGrant> grants;
};

struct CertificateRow {
  crypto::Digest fingerprint{};
  std::string serial;
  std::int64_t not_before = 0;  // microseconds since 1970
  std::int64_t not_after = 0;
  std::optional<crypto::Digest> renewed_from;
};

class Accounts {
 public:
  explicit Accounts(Connection& connection) : connection_(&connection) {}

  // Refuses with already_there when the handle is taken.
  Result<Done> add(const access::Directory& scope, const AccountRow& row);
  v1::Account get(const AccountId& id) const;
  std::string handle(const AccountId& id) const;
  // By handle, for a request that names a colleague; refuses with unknown_value and the field.
  Result<AccountId> find(const std::string& handle, const std::string& field) const;
  AgencyId agency_of(const AccountId& id) const;
  bool has_role_in(const AccountId& id, v1::Role role, const MunicipalityId& municipality) const;

  // Accounts whose agency serves a municipality of the scope, by handle, after `after`.
  std::vector<v1::Account> list(const access::Directory& scope, const std::string& after,
                                std::uint32_t count) const;

  // Refuses with stale_version unless `version` is the stored one. Returns the next.
  Result<std::uint64_t> set_roles(const access::AccountAccess& account, std::uint64_t version,
                                  const std::vector<access::RoleGrant>& grants);
  std::uint64_t set_suspended(const access::AccountAccess& account, int suspended);

  // Replaces any unused code of the account.
  void add_enrolment_code(const AccountId& account, const crypto::Digest& code_hash,
                          std::int64_t expires_at);
  void use_enrolment_code(const access::Enrolment& enrolment, Instant now);

  // Refuses with too_many_certificates when the account has as many live ones as are allowed: the
  // oldest may be in use, so none is revoked instead.
  Result<Done> add_certificate(const AccountId& account, const CertificateRow& row, Instant now);
  bool has_certificate_in_force(const AccountId& account, Instant now) const;
  std::vector<v1::Certificate> list_certificates(const access::AccountAccess& account) const;
  std::int64_t certificate_expiry(const crypto::Digest& fingerprint) const;
  // And every certificate that was renewed from it, or a thief's renewal would live on. Returns the
  // fingerprint of the one that has the serial number. Refuses with revoked_already.
  Result<crypto::Digest> revoke_certificate(const access::AccountAccess& account,
                                            const std::string& serial, Instant now);

 private:
  // With the grants that lie in the scope; all, without one.
  v1::Account read(const AccountId& id, const access::Directory* scope) const;
  void replace_grants(const AccountId& id, const std::vector<access::RoleGrant>& grants);

  Connection* connection_;
};

}  // namespace sspf::store
