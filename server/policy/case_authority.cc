// SPDX-License-Identifier: Apache-2.0
//
// Leave to enter cases and meetings. An unknown number and one that the caller may not enter take
// the same steps and give the same answer; only the audit event tells them apart.
#include <algorithm>

#include "server/base/identity_number.h"
#include "server/base/limits.h"
#include "server/policy/authority.h"

namespace sspf::policy {
namespace {

struct BasesFound {
  std::vector<store::RunningConsent> consents;
  std::vector<store::StandingBasisFacts> standing;
};

// All but what depends on the person's age.
access::Viewer viewer_of(const store::CaseRow& row, const access::Caller& caller,
                         const store::Standing& standing, Scope& scope) {
  access::Viewer viewer;
  viewer.agency = caller.agency();
  viewer.agency_kind = caller.agency_kind();
  viewer.coordinates = caller.has_role_in(v1::ROLE_COORDINATOR, row.municipality);
  const bool works_there =
      viewer.coordinates || caller.has_role_in(v1::ROLE_MEMBER, row.municipality);
  const bool is_assigned = scope.unit.facts().is_assigned(row.id, caller.account(), scope.today);
  viewer.is_assigned = works_there && is_assigned;
  viewer.is_kept_out = standing.is_blocked || standing.is_protected_from;
  if (works_there) viewer.emergency = standing.emergency;
  return viewer;
}

// What lifts secrecy today, for a person of this age.
void find_bases(access::Viewer& viewer, const BasesFound& found, const access::Signing& signing,
                const std::string& today) {
  for (const store::RunningConsent& running : found.consents) {
    if (signing.missing(running.signatures, today).any()) continue;
    viewer.consents.push_back(running.consent);
  }
  for (const store::StandingBasisFacts& standing : found.standing) {
    if (standing.below_age != 0 && !signing.is_below(standing.below_age, today)) continue;
    viewer.standing.push_back(standing.basis);
  }
}

// The private cause; the answer is always "not found".
Refusal no_entry(const store::CaseRow& row, const access::Viewer& viewer,
                 const store::Standing& standing) {
  if (row.id.is_nothing()) return hidden(Reason::not_found);
  if (standing.is_blocked) return hidden(Reason::blocked);
  if (standing.is_protected_from) return hidden(Reason::not_a_handler);
  return hidden(viewer.is_assigned ? Reason::no_basis : Reason::not_assigned);
}

store::ListOf list_of(const access::Caller& caller, const Scope& scope) {
  return {caller.account(), caller.agency(), caller.agency_kind(), scope.now,
          scope.today,      scope.cursor,    limits::page_size_max};
}

// An attempt on another municipality's case is for that one's security staff: here it would tell
// that there is such a case.
void note_case_at_meeting(const store::CaseRow& row, const MunicipalityId& here,
                          access::Tally& tally) {
  tally.case_id = row.id;
  if (row.municipality == here) return;
  tally.municipality = row.municipality;
  tally.meeting.reset();
}

}  // namespace

std::optional<access::CaseAccess> Authority::unlock(const store::CaseRow& row, Scope& scope) const {
  auto key = scope.unit.find_key(same_id<KeyId>(row.id));
  if (!key) return std::nullopt;  // disposed of
  access::CaseAccess access(std::move(*key), scope.tally);
  access.case_id_ = row.id;
  access.number_ = row.number;
  access.municipality_ = row.municipality;
  access.facts_ = row.facts;
  access.state_ = row.state;
  access.version_ = row.version;
  std::optional<std::string> birth_date;
  if (row.birth_date) birth_date = access.open_birth_date(*row.birth_date);
  access.signing_ =
      access::Signing(scope.unit.facts().signature_rules(row.municipality), std::move(birth_date));
  return access;
}

Result<access::CaseAccess> Authority::enter(const store::CaseRow& row, const Caller& caller,
                                            Scope& scope) const {
  const store::AccessFacts& facts = scope.unit.facts();
  const store::Standing standing = facts.standing(row.id, caller.account(), scope.now);
  access::Viewer viewer = viewer_of(row, caller, standing, scope);
  const store::PlaceAndDay here{row.municipality, scope.today};
  // Whoever is kept out costs as much as a number that is not there.
  const BasesFound found{facts.consents(viewer.is_kept_out ? CaseId() : row.id, here),
                         facts.standing_bases(caller.agency_kind(), here)};
  // The key is asked for by those alone whom the age could let in.
  const bool could_enter = viewer.coordinates || viewer.is_assigned || viewer.emergency;
  if (row.id.is_nothing() || viewer.is_kept_out || !could_enter) {
    return no_entry(row, viewer, standing);
  }
  auto access = unlock(row, scope);
  if (!access) return hidden(Reason::not_found);
  find_bases(viewer, found, access->signing_, scope.today);
  if (!access::may_enter(viewer, row.facts)) return no_entry(row, viewer, standing);
  access->viewer_ = std::move(viewer);
  return std::move(*access);
}

bool Authority::enters_by_emergency_alone(const access::CaseAccess& access) {
  access::Viewer otherwise = access.viewer();
  otherwise.emergency.reset();
  return !access::may_enter(otherwise, access.facts());
}

Result<access::EmergencyAccess> Authority::resolve(For<access::EmergencyAccess>,
                                                   Requirement requirement, const Caller& caller,
                                                   const Named& named, Scope& scope) const {
  ENSURE(requirement == Requirement::account);
  const auto found = scope.unit.facts().case_of(named.case_number);
  const store::CaseRow row = found.value_or(store::CaseRow());
  if (found) {
    scope.tally.case_id = row.id;
    scope.tally.municipality = row.municipality;
  }
  const store::Standing standing = scope.unit.facts().standing(row.id, caller.account(), scope.now);
  const access::Viewer viewer = viewer_of(row, caller, standing, scope);
  const bool works_there =
      viewer.coordinates || caller.has_role_in(v1::ROLE_MEMBER, row.municipality);
  if (!works_there || viewer.is_kept_out || row.id.is_nothing()) {
    return no_entry(row, viewer, standing);
  }
  scope.tally.role = viewer.coordinates ? v1::ROLE_COORDINATOR : v1::ROLE_MEMBER;
  auto access = unlock(row, scope);
  if (!access) return hidden(Reason::not_found);
  return access::EmergencyAccess(std::move(*access));
}

std::vector<access::CaseAccess> Authority::candidates(const MunicipalityId& municipality,
                                                      const Caller& caller, const Named& named,
                                                      Scope& scope) const {
  std::vector<access::CaseAccess> found;
  // A text that is no number is the handler's to refuse.
  const auto number = parse_identity_number(named.identity_number, scope.today, "identity_number");
  if (!number.ok()) return found;
  const auto index = pseudonyms_.index_of(municipality, number.value().canonical);
  for (const store::CaseRow& row : scope.unit.facts().cases_with_index(municipality, index)) {
    auto access = enter(row, caller, scope);
    if (access.ok()) found.push_back(std::move(access).value());
  }
  return found;
}

Result<access::CaseAccess> Authority::resolve(For<access::CaseAccess>, Requirement requirement,
                                              const Caller& caller, const Named& named,
                                              Scope& scope) const {
  const auto found = scope.unit.facts().case_of(named.case_number);
  const store::CaseRow row = found.value_or(store::CaseRow());
  if (found) {
    scope.tally.case_id = row.id;
    scope.tally.municipality = row.municipality;
  }
  auto access = enter(row, caller, scope);
  if (!access.ok()) return access.refusal();
  scope.tally.role = access.value().coordinates() ? v1::ROLE_COORDINATOR : v1::ROLE_MEMBER;
  if (requirement == Requirement::coordinator && !access.value().coordinates()) {
    return refusal(Reason::role_missing);
  }
  return access;
}

Result<access::CaseList> Authority::resolve(For<access::CaseList>, Requirement requirement,
                                            const Caller& caller, const Named& named,
                                            Scope& scope) const {
  access::CaseList list;
  if (requirement == Requirement::coordinator) {
    auto municipality =
        TRY(resolve(For<access::MunicipalityAccess>{}, requirement, caller, named, scope));
    list.cases_ = std::move(municipality.candidates_);
    return list;
  }
  const auto rows = scope.unit.facts().cases(list_of(caller, scope));
  for (const store::CaseRow& row : rows) {
    auto access = enter(row, caller, scope);
    if (access.ok()) {
      list.cases_.push_back(std::move(access).value());
    } else if (access.refusal().cause == Reason::no_basis &&
               scope.unit.facts().has_committed(row.id, caller.agency())) {
      list.withdrawn_.push_back({row.id, row.number, scope.tally});
    }
  }
  if (rows.size() == limits::page_size_max) list.next_cursor_ = rows.back().number;
  return list;
}

Result<access::MeetingAccess> Authority::enter(const store::MeetingRow& row, const Caller& caller,
                                               Scope& scope) const {
  const bool coordinates = caller.has_role_in(v1::ROLE_COORDINATOR, row.municipality);
  const bool works_there = coordinates || caller.has_role_in(v1::ROLE_MEMBER, row.municipality);
  const bool is_participant = scope.unit.facts().is_participant(row.id, caller.account());
  const bool takes_part = works_there && is_participant;
  if (row.id.is_nothing()) return hidden(Reason::not_found);
  if (!coordinates && !takes_part) return hidden(Reason::not_invited);
  auto key = scope.unit.find_key(same_id<KeyId>(row.id));
  if (!key) return hidden(Reason::not_found);
  access::MeetingAccess access(std::move(*key), scope.tally);
  access.meeting_id_ = row.id;
  access.number_ = row.number;
  access.municipality_ = row.municipality;
  access.state_ = row.state;
  access.version_ = row.version;
  access.coordinates_ = coordinates;
  return access;
}

Result<access::MeetingAccess> Authority::resolve(For<access::MeetingAccess>,
                                                 Requirement requirement, const Caller& caller,
                                                 const Named& named, Scope& scope) const {
  const auto found = scope.unit.facts().meeting_of(named.meeting_number);
  if (found) {
    scope.tally.meeting = found->id;
    scope.tally.municipality = found->municipality;
  }
  auto access = TRY(enter(found.value_or(store::MeetingRow()), caller, scope));
  scope.tally.role = access.coordinates() ? v1::ROLE_COORDINATOR : v1::ROLE_MEMBER;
  if (requirement == Requirement::coordinator && !access.coordinates()) {
    return refusal(Reason::role_missing);
  }
  for (const store::CaseRow& row : scope.unit.facts().cases_at_meeting(access.meeting_id())) {
    auto entered = enter(row, caller, scope);
    if (entered.ok()) access.cases_.push_back(std::move(entered).value());
  }
  if (named.case_number.empty()) return access;

  // A case that is to be put on the agenda, or for which a guest comes: of the same municipality,
  // and the caller's to enter.
  const auto row = scope.unit.facts().case_of(named.case_number);
  if (row) note_case_at_meeting(*row, access.municipality(), scope.tally);
  auto entered = TRY(enter(row.value_or(store::CaseRow()), caller, scope));
  if (entered.municipality() != access.municipality()) return hidden(Reason::other_municipality);
  access.named_case_ = entered.case_id();
  if (access.find_case(entered.case_id()) == nullptr) access.cases_.push_back(std::move(entered));
  return access;
}

Result<access::MeetingList> Authority::resolve(For<access::MeetingList>, Requirement requirement,
                                               const Caller& caller, const Named& /*named*/,
                                               Scope& scope) const {
  ENSURE(requirement == Requirement::account);
  const auto rows = scope.unit.facts().meetings(list_of(caller, scope));
  access::MeetingList list;
  for (const store::MeetingRow& row : rows) {
    auto access = enter(row, caller, scope);
    if (access.ok()) list.meetings_.push_back(std::move(access).value());
  }
  if (rows.size() == limits::page_size_max) list.next_cursor_ = rows.back().number;
  return list;
}

}  // namespace sspf::policy
