// SPDX-License-Identifier: Apache-2.0
#include "server/policy/authority.h"

#include <algorithm>

#include "crypto/encoding.h"
#include "crypto/hash.h"

namespace sspf::policy {
namespace {

store::KeyPurpose purpose_of(access::NewKey key) {
  switch (key) {
    case access::NewKey::of_case:
      return store::KeyPurpose::case_file;
    case access::NewKey::of_meeting:
      return store::KeyPurpose::meeting;
  }
  ENSURE(false);
}

bool serves(const store::AccountFacts& facts, const MunicipalityId& municipality) {
  const auto& served = facts.agency_municipalities;
  return std::find(served.begin(), served.end(), municipality) != served.end();
}

// A grant in a municipality that the agency has ceased to serve gives nothing.
std::vector<access::RoleGrant> grants_in_force(const store::AccountFacts& facts) {
  std::vector<access::RoleGrant> grants;
  for (const access::RoleGrant& grant : facts.grants) {
    if (!grant.municipality || serves(facts, *grant.municipality)) grants.push_back(grant);
  }
  return grants;
}

// Which roles in a municipality open it, the one that is named in the event first.
std::vector<v1::Role> roles_that_open(access::Requirement requirement) {
  switch (requirement) {
    case access::Requirement::coordinator:
      return {v1::ROLE_COORDINATOR};
    case access::Requirement::coordinator_or_administrator:
      return {v1::ROLE_COORDINATOR, v1::ROLE_ADMINISTRATOR};
    case access::Requirement::coordinator_or_auditor:
      return {v1::ROLE_COORDINATOR, v1::ROLE_AUDITOR};
    case access::Requirement::administrator:
      return {v1::ROLE_ADMINISTRATOR};
    case access::Requirement::administrator_or_auditor:
      return {v1::ROLE_ADMINISTRATOR, v1::ROLE_AUDITOR};
    case access::Requirement::auditor:
      return {v1::ROLE_AUDITOR};
    case access::Requirement::enrolment_code:
    case access::Requirement::account:
    case access::Requirement::participant:
    case access::Requirement::administrator_of_another:
    case access::Requirement::installation_administrator:
    case access::Requirement::installation_auditor:
      break;
  }
  ENSURE(false);
}

std::optional<v1::Role> role_that_counts(access::Requirement requirement,
                                         const access::Caller& caller, const MunicipalityId& id) {
  for (const v1::Role role : roles_that_open(requirement)) {
    if (caller.has_role_in(role, id)) return role;
  }
  return std::nullopt;
}

bool works_in(const access::Caller& caller, const MunicipalityId& id) {
  return caller.has_role_in(v1::ROLE_COORDINATOR, id) || caller.has_role_in(v1::ROLE_MEMBER, id) ||
         caller.has_role_in(v1::ROLE_AUDITOR, id) || caller.has_role_in(v1::ROLE_ADMINISTRATOR, id);
}

bool may_administer(const store::AccountFacts& facts, const access::Directory& directory) {
  if (directory.is_everything()) return true;
  for (const MunicipalityId& municipality : facts.agency_municipalities) {
    if (!directory.covers(municipality)) return false;
  }
  for (const access::RoleGrant& grant : facts.grants) {
    if (!grant.municipality || !directory.covers(*grant.municipality)) return false;
  }
  return true;
}

}  // namespace

Result<access::Caller> Authority::authenticate(const std::optional<PeerCertificate>& certificate,
                                               Scope& scope) const {
  if (!certificate) return refusal(Reason::no_certificate);
  const auto use = scope.unit.facts().certificate(certificate->fingerprint);
  const auto refuse = [](Reason cause) { return Refusal{Reason::unknown_certificate, cause, {}}; };
  if (!use) return refuse(Reason::unknown_certificate);
  const store::AccountFacts facts = scope.unit.facts().account(use->account);
  access::Caller caller;
  caller.account_ = facts.account;
  caller.agency_ = facts.agency;
  caller.agency_kind_ = facts.agency_kind;
  caller.certificate_ = certificate->fingerprint;
  caller.grants_ = grants_in_force(facts);
  scope.tally.subject_account = facts.account;
  if (use->revoked) return refuse(Reason::certificate_revoked);
  if (use->not_after <= scope.now.microseconds) return refuse(Reason::certificate_expired);
  if (facts.suspended) return refuse(Reason::account_suspended);
  scope.tally.subject_account.reset();
  return caller;
}

Result<access::Nothing> Authority::resolve(For<access::Nothing>, Requirement requirement,
                                           const Caller& /*caller*/, const Named& /*named*/,
                                           Scope& /*scope*/) const {
  ENSURE(requirement == Requirement::account);
  return access::Nothing();
}

Result<access::Enrolment> Authority::resolve(For<access::Enrolment>, Requirement requirement,
                                             const Caller& /*caller*/, const Named& named,
                                             Scope& scope) const {
  ENSURE(requirement == Requirement::enrolment_code);
  const auto refuse = [](Reason cause) { return Refusal{Reason::wrong_enrolment_code, cause, {}}; };
  const crypto::Bytes code = crypto::from_base32(named.code).value_or(crypto::Bytes());
  const crypto::Digest hash = crypto::sha256(code);
  const auto facts = scope.unit.facts().enrolment(hash);
  if (!facts) return refuse(Reason::wrong_enrolment_code);
  scope.tally.subject_account = facts->account;
  if (facts->used) return refuse(Reason::enrolment_code_used);
  if (facts->expires_at <= scope.now.microseconds) return refuse(Reason::enrolment_code_expired);
  if (scope.unit.facts().account(facts->account).suspended) {
    return refuse(Reason::account_suspended);
  }
  access::Enrolment enrolment;
  enrolment.account_ = facts->account;
  enrolment.code_hash_ = hash;
  return enrolment;
}

access::Directory Authority::directory_of(const Caller& caller, Requirement requirement,
                                          Scope& scope) const {
  access::Directory directory;
  directory.everything_ = caller.has_role_everywhere(v1::ROLE_ADMINISTRATOR);
  for (const access::RoleGrant& grant : caller.grants()) {
    if (!grant.municipality) continue;
    const bool counts = grant.role == v1::ROLE_ADMINISTRATOR ||
                        requirement == Requirement::account ||
                        (requirement == Requirement::coordinator_or_administrator &&
                         grant.role == v1::ROLE_COORDINATOR);
    if (counts && !directory.covers(*grant.municipality)) {
      directory.municipalities_.push_back(*grant.municipality);
    }
  }
  if (requirement != Requirement::account) return directory;
  // Everybody may see the directory of the municipalities that the own agency serves.
  for (const MunicipalityId& id :
       scope.unit.facts().account(caller.account()).agency_municipalities) {
    if (!directory.covers(id)) directory.municipalities_.push_back(id);
  }
  return directory;
}

Result<access::Directory> Authority::resolve(For<access::Directory>, Requirement requirement,
                                             const Caller& caller, const Named& /*named*/,
                                             Scope& scope) const {
  access::Directory directory = directory_of(caller, requirement, scope);
  const bool leave = requirement == Requirement::account ||
                     (requirement == Requirement::installation_administrator
                          ? directory.is_everything()
                          : directory.is_everything() || !directory.municipalities().empty());
  if (!leave) return refusal(Reason::role_missing);
  if (requirement != Requirement::account) {
    scope.tally.role =
        caller.has_role(v1::ROLE_ADMINISTRATOR) ? v1::ROLE_ADMINISTRATOR : v1::ROLE_COORDINATOR;
  }
  return directory;
}

Result<access::AccountAccess> Authority::resolve(For<access::AccountAccess>,
                                                 Requirement requirement, const Caller& caller,
                                                 const Named& named, Scope& scope) const {
  ENSURE(requirement == Requirement::administrator ||
         requirement == Requirement::administrator_of_another);
  if (!caller.has_role(v1::ROLE_ADMINISTRATOR)) return refusal(Reason::role_missing);
  scope.tally.role = v1::ROLE_ADMINISTRATOR;
  const auto id = named.serial.empty() ? scope.unit.facts().account_of(named.handle)
                                       : scope.unit.facts().account_of_certificate(named.serial);
  if (!id) return hidden(Reason::not_found);
  scope.tally.subject_account = *id;
  if (*id == caller.account() && requirement == Requirement::administrator_of_another) {
    return refusal(Reason::own_account);
  }
  access::Directory directory = directory_of(caller, requirement, scope);
  if (!may_administer(scope.unit.facts().account(*id), directory)) {
    return hidden(Reason::other_municipality);
  }
  access::AccountAccess access(std::move(directory));
  access.account_ = *id;
  return access;
}

Result<access::MunicipalityAccess> Authority::resolve(For<access::MunicipalityAccess>,
                                                      Requirement requirement, const Caller& caller,
                                                      const Named& named, Scope& scope) const {
  const auto row = scope.unit.facts().municipality(named.municipality_code);
  if (!row) return hidden(Reason::not_found);
  scope.tally.municipality = row->id;
  const auto role = role_that_counts(requirement, caller, row->id);
  if (!role) {
    return works_in(caller, row->id) ? refusal(Reason::role_missing)
                                     : hidden(Reason::other_municipality);
  }
  scope.tally.role = *role;
  store::Unit& unit = scope.unit;
  access::MunicipalityAccess access(
      [&unit](const KeyId& id, access::NewKey key) { return unit.stage_key(id, purpose_of(key)); },
      scope.tally);
  access.municipality_ = row->id;
  access.code_ = row->code;
  access.caller_agency_ = caller.agency();
  access.signature_rules_ = unit.facts().signature_rules(row->id);
  access.candidates_ = candidates(row->id, caller, named, scope);
  return access;
}

Result<access::LogAccess> Authority::resolve(For<access::LogAccess>, Requirement requirement,
                                             const Caller& caller, const Named& /*named*/,
                                             Scope& scope) const {
  access::LogAccess log;
  log.everything_ = caller.has_role_everywhere(v1::ROLE_AUDITOR);
  log.auditor_ = caller.account();
  const bool may_list = requirement == Requirement::auditor && caller.has_role(v1::ROLE_AUDITOR);
  if (!log.everything_ && !may_list) return refusal(Reason::role_missing);
  scope.tally.role = v1::ROLE_AUDITOR;
  return log;
}

}  // namespace sspf::policy
