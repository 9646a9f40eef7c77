// SPDX-License-Identifier: Apache-2.0
//
// What keeps an account out of a case, and what may lift secrecy in it today: consents that are
// running, standing legal bases, emergency openings, and the rules of who must sign.
#include "server/store/access_facts.h"
#include "sspf/v1/basis.pb.h"
#include "sspf/v1/protection.pb.h"

namespace sspf::store {
namespace {

void read_scope(Connection& connection, access::ConsentInForce& consent) {
  {
    Query query(connection, "SELECT agency_id FROM consent_agency WHERE consent_id = ?1",
                consent.id);
    while (query.step()) consent.agencies.push_back(query.id<AgencyId>(0));
  }
  {
    Query query(connection, "SELECT kind FROM consent_kind WHERE consent_id = ?1", consent.id);
    while (query.step()) consent.kinds.push_back(query.enumerator<v1::InformationKind>(0));
  }
  Query query(connection, "SELECT purpose FROM consent_purpose WHERE consent_id = ?1", consent.id);
  while (query.step()) consent.purposes.push_back(query.enumerator<v1::Purpose>(0));
}

}  // namespace

Standing AccessFacts::standing(const CaseId& id, const AccountId& account, Instant now) const {
  Standing standing;
  {
    Query query(*connection_,
                "SELECT EXISTS (SELECT 1 FROM case_block WHERE case_id = ?1 AND account_id = ?2 "
                "AND lifted_at IS NULL), EXISTS (SELECT 1 FROM case_protection "
                "WHERE case_id = ?1) AND NOT EXISTS (SELECT 1 FROM case_handler "
                "WHERE case_id = ?1 AND account_id = ?2)",
                id, account);
    ENSURE(query.step());
    standing.is_blocked = query.integer(0) != 0;
    standing.is_protected_from = query.integer(1) != 0;
  }
  Query query(*connection_,
              "SELECT opening_id FROM emergency_opening WHERE account_id = ?1 AND case_id = ?2 "
              "AND opened_at <= ?3 AND expires_at > ?3 AND verdict <> ?4",
              account, id, now.microseconds, static_cast<int>(v1::OPENING_VERDICT_NOT_JUSTIFIED));
  if (query.step()) standing.emergency = query.id<BasisId>(0);
  return standing;
}

std::vector<RunningConsent> AccessFacts::consents(const CaseId& id, const PlaceAndDay& at) const {
  std::vector<RunningConsent> running;
  {
    Query query(*connection_,
                "SELECT c.consent_id, c.guardians_signed, c.guardians, c.youth_signed_on, "
                "c.overridden_role, c.recorded_at FROM consent c WHERE c.case_id = ?1 AND "
                "c.revoked_at IS NULL "
                "AND c.from_date <= ?2 AND c.to_date >= ?2 AND EXISTS ("
                "SELECT 1 FROM municipal_basis b WHERE b.municipality_id = ?3 "
                "AND b.code = c.secrecy_basis AND b.form = ?4 AND b.enabled = 1 "
                "AND b.valid_from <= ?2 AND (b.valid_to IS NULL OR b.valid_to >= ?2)) "
                "ORDER BY c.recorded_at, c.consent_id",
                id, at.today, at.municipality, static_cast<int>(v1::BASIS_FORM_CONSENT));
    while (query.step()) {
      RunningConsent& row = running.emplace_back();
      row.consent.id = query.id<BasisId>(0);
      row.signatures = {static_cast<std::uint32_t>(query.integer(1)),
                        static_cast<std::uint32_t>(query.integer(2)), query.text(3),
                        query.enumerator<v1::SignatoryRole>(4), date_of(Instant{query.integer(5)})};
    }
  }
  for (RunningConsent& row : running) read_scope(*connection_, row.consent);
  return running;
}

std::vector<StandingBasisFacts> AccessFacts::standing_bases(v1::AgencyKind to,
                                                            const PlaceAndDay& at) const {
  std::vector<StandingBasisFacts> bases;
  Query query(*connection_,
              "SELECT b.basis_id, b.from_kind, b.below_age, c.secrecy_class "
              "FROM municipal_basis b JOIN legal_basis_class c ON c.basis_id = b.basis_id "
              "WHERE b.municipality_id = ?1 AND b.form = ?2 AND b.enabled = 1 "
              "AND b.to_kind IN (0, ?3) AND b.valid_from <= ?4 "
              "AND (b.valid_to IS NULL OR b.valid_to >= ?4) ORDER BY b.code, b.basis_id",
              at.municipality, static_cast<int>(v1::BASIS_FORM_STANDING), static_cast<int>(to),
              at.today);
  while (query.step()) {
    const auto id = query.id<BasisId>(0);
    if (bases.empty() || bases.back().basis.id != id) {
      bases.push_back(
          {{id, query.enumerator<v1::AgencyKind>(1), {}}, static_cast<int>(query.integer(2))});
    }
    bases.back().basis.secrecy_classes.push_back(query.enumerator<v1::SecrecyClass>(3));
  }
  return bases;
}

std::vector<access::SignatureRule> AccessFacts::signature_rules(const MunicipalityId& id) const {
  std::vector<access::SignatureRule> rules;
  Query query(*connection_,
              "SELECT r.from_age, r.guardians, r.youth FROM signature_rule_version r "
              "WHERE r.municipality_id = ?1 AND r.version = (SELECT max(n.version) "
              "FROM signature_rule_version n WHERE n.municipality_id = ?1) ORDER BY r.from_age",
              id);
  while (query.step()) {
    rules.push_back({static_cast<int>(query.integer(0)),
                     query.enumerator<v1::GuardianSignatures>(1), query.integer(2) != 0});
  }
  return rules.empty() ? access::default_signature_rules() : rules;
}

}  // namespace sspf::store
