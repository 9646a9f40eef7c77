// SPDX-License-Identifier: Apache-2.0
#include "server/store/accounts.h"

#include <algorithm>

#include "server/base/ensure.h"
#include "server/base/limits.h"
#include "server/store/timestamps.h"

namespace sspf::store {

void Accounts::replace_grants(const AccountId& id, const std::vector<access::RoleGrant>& grants) {
  Query(*connection_, "DELETE FROM role_grant WHERE account_id = ?1", id).run();
  for (const access::RoleGrant& grant : grants) {
    Query(*connection_,
          "INSERT INTO role_grant (account_id, role, municipality_id) VALUES (?1, ?2, ?3)", id,
          static_cast<int>(grant.role), grant.municipality)
        .run();
  }
}

Result<Done> Accounts::add(const access::Directory& /*scope*/, const AccountRow& row) {
  const int added =
      Query(*connection_,
            "INSERT INTO account (account_id, handle, name, agency_id, suspended, version) "
            "VALUES (?1, ?2, ?3, ?4, 0, 1) ON CONFLICT (handle) DO NOTHING",
            row.id, row.handle, row.name, row.agency)
          .run();
  if (added == 0) return refusal(Reason::already_there, "handle");
  replace_grants(row.id, row.grants);
  return Done();
}

v1::Account Accounts::get(const AccountId& id) const { return read(id, nullptr); }

v1::Account Accounts::read(const AccountId& id, const access::Directory* scope) const {
  v1::Account account;
  {
    Query query(*connection_,
                "SELECT a.handle, a.name, g.code, a.suspended, a.version FROM account a "
                "JOIN agency g ON g.agency_id = a.agency_id WHERE a.account_id = ?1",
                id);
    if (!query.step()) throw Fault("a reference names an account that is not there");
    account.set_handle(query.text(0));
    account.set_name(query.text(1));
    account.set_agency_code(query.text(2));
    account.set_suspended(query.integer(3) != 0);
    account.set_version(static_cast<std::uint64_t>(query.integer(4)));
  }
  Query query(*connection_,
              "SELECT r.role, m.code, r.municipality_id FROM role_grant r LEFT JOIN municipality m "
              "ON m.municipality_id = r.municipality_id WHERE r.account_id = ?1 "
              "ORDER BY r.role, m.code",
              id);
  while (query.step()) {
    const auto municipality = query.optional_id<MunicipalityId>(2);
    if (scope != nullptr && municipality && !scope->covers(*municipality)) continue;
    v1::RoleGrant& grant = *account.add_roles();
    grant.set_role(query.enumerator<v1::Role>(0));
    grant.set_municipality_code(query.text(1));
  }
  return account;
}

std::string Accounts::handle(const AccountId& id) const {
  Query query(*connection_, "SELECT handle FROM account WHERE account_id = ?1", id);
  return query.step() ? query.text(0) : std::string();
}

Result<AccountId> Accounts::find(const std::string& handle, const std::string& field) const {
  Query query(*connection_, "SELECT account_id FROM account WHERE handle = ?1", handle);
  if (!query.step()) return refusal(Reason::unknown_value, field);
  return query.id<AccountId>(0);
}

AgencyId Accounts::agency_of(const AccountId& id) const {
  Query query(*connection_, "SELECT agency_id FROM account WHERE account_id = ?1", id);
  if (!query.step()) throw Fault("a reference names an account that is not there");
  return query.id<AgencyId>(0);
}

bool Accounts::has_role_in(const AccountId& id, v1::Role role,
                           const MunicipalityId& municipality) const {
  Query query(*connection_,
              "SELECT 1 FROM role_grant r JOIN account a ON a.account_id = r.account_id "
              "JOIN agency_municipality s ON s.agency_id = a.agency_id "
              "AND s.municipality_id = r.municipality_id "
              "WHERE r.account_id = ?1 AND r.role = ?2 AND r.municipality_id = ?3",
              id, static_cast<int>(role), municipality);
  return query.step();
}

std::vector<v1::Account> Accounts::list(const access::Directory& scope, const std::string& after,
                                        std::uint32_t count) const {
  std::vector<AccountId> ids;
  {
    Query query(*connection_,
                "SELECT a.account_id, s.municipality_id FROM account a "
                "LEFT JOIN agency_municipality s ON s.agency_id = a.agency_id "
                "WHERE a.handle > ?1 ORDER BY a.handle",
                after);
    while (ids.size() < count && query.step()) {
      const auto id = query.id<AccountId>(0);
      const auto municipality = query.optional_id<MunicipalityId>(1);
      const bool seen = municipality ? scope.covers(*municipality) : scope.is_everything();
      if (seen && (ids.empty() || ids.back() != id)) ids.push_back(id);
    }
  }
  std::vector<v1::Account> accounts;
  for (const AccountId& id : ids) accounts.push_back(read(id, &scope));
  return accounts;
}

Result<std::uint64_t> Accounts::set_roles(const access::AccountAccess& account,
                                          std::uint64_t version,
                                          const std::vector<access::RoleGrant>& grants) {
  const int changed = Query(*connection_,
                            "UPDATE account SET version = version + 1 "
                            "WHERE account_id = ?1 AND version = ?2",
                            account.account(), version)
                          .run();
  if (changed == 0) return refusal(Reason::stale_version);
  replace_grants(account.account(), grants);
  return version + 1;
}

std::uint64_t Accounts::set_suspended(const access::AccountAccess& account, int suspended) {
  Query query(*connection_,
              "UPDATE account SET suspended = ?1, version = version + 1 WHERE account_id = ?2 "
              "RETURNING version",
              suspended, account.account());
  if (!query.step()) throw Fault("a permit names an account that is not there");
  return static_cast<std::uint64_t>(query.integer(0));
}

void Accounts::add_enrolment_code(const AccountId& account, const crypto::Digest& code_hash,
                                  std::int64_t expires_at) {
  Query(*connection_, "DELETE FROM enrolment_code WHERE account_id = ?1 AND used_at IS NULL",
        account)
      .run();
  Query(*connection_,
        "INSERT INTO enrolment_code (code_hash, account_id, expires_at) VALUES (?1, ?2, ?3)",
        code_hash, account, expires_at)
      .run();
}

void Accounts::use_enrolment_code(const access::Enrolment& enrolment, Instant now) {
  Query(*connection_, "UPDATE enrolment_code SET used_at = ?1 WHERE code_hash = ?2",
        now.microseconds, enrolment.code_hash())
      .run();
}

bool Accounts::has_certificate_in_force(const AccountId& account, Instant now) const {
  return Query(*connection_,
               "SELECT 1 FROM certificate WHERE account_id = ?1 AND revoked_at IS NULL "
               "AND not_after > ?2",
               account, now.microseconds)
      .step();
}

Result<Done> Accounts::add_certificate(const AccountId& account, const CertificateRow& row,
                                       Instant now) {
  const int added =
      Query(*connection_,
            "INSERT INTO certificate (fingerprint, serial, account_id, not_before, not_after, "
            "renewed_from) SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE (SELECT count(*) FROM certificate "
            "WHERE account_id = ?3 AND revoked_at IS NULL AND not_after > ?7) < ?8",
            row.fingerprint, row.serial, account, row.not_before, row.not_after, row.renewed_from,
            now.microseconds, limits::live_certificates_per_account_max)
          .run();
  if (added == 0) return refusal(Reason::too_many_certificates);
  return Done();
}

std::vector<v1::Certificate> Accounts::list_certificates(
    const access::AccountAccess& account) const {
  std::vector<v1::Certificate> rows;
  Query query(*connection_,
              "SELECT serial, not_before, not_after, revoked_at FROM certificate "
              "WHERE account_id = ?1 ORDER BY not_before",
              account.account());
  while (query.step()) {
    v1::Certificate& row = rows.emplace_back();
    row.set_serial(query.text(0));
    *row.mutable_not_before() = timestamp_of(query.integer(1));
    *row.mutable_not_after() = timestamp_of(query.integer(2));
    if (!query.is_null(3)) *row.mutable_revoked_at() = timestamp_of(query.integer(3));
  }
  return rows;
}

std::int64_t Accounts::certificate_expiry(const crypto::Digest& fingerprint) const {
  Query query(*connection_, "SELECT not_after FROM certificate WHERE fingerprint = ?1",
              fingerprint);
  return query.step() ? query.integer(0) : 0;
}

Result<crypto::Digest> Accounts::revoke_certificate(const access::AccountAccess& account,
                                                    const std::string& serial, Instant now) {
  crypto::Digest named{};
  {
    Query query(*connection_,
                "SELECT fingerprint FROM certificate WHERE serial = ?1 AND account_id = ?2 "
                "AND revoked_at IS NULL",
                serial, account.account());
    if (!query.step()) return refusal(Reason::revoked_already);
    const std::string bytes = query.blob(0);
    ENSURE(bytes.size() == named.size());
    std::copy(bytes.begin(), bytes.end(), named.begin());
  }
  Query(*connection_,
        "WITH RECURSIVE line (fingerprint) AS (SELECT ?2 UNION "
        "SELECT c.fingerprint FROM certificate c JOIN line l ON c.renewed_from = l.fingerprint) "
        "UPDATE certificate SET revoked_at = ?1 "
        "WHERE revoked_at IS NULL AND fingerprint IN (SELECT fingerprint FROM line)",
        now.microseconds, named)
      .run();
  return named;
}

}  // namespace sspf::store
