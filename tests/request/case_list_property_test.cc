// SPDX-License-Identifier: Apache-2.0
//
// Property: a list of cases holds exactly those that the rule lets the caller enter, one by one,
// and that GetCase answers; over random assignments and consents, on many days. The seed is fixed,
// and printed with whatever fails.
#include <gtest/gtest.h>

#include <random>

#include "server/access/visibility.h"
#include "tests/support/caseload.h"

namespace sspf::test::case_list_property {
namespace {

constexpr std::uint32_t seed = 20261124;
constexpr int case_count = 24;
constexpr int rounds = 6;

// What was done to a case, as the test remembers it; the model that the server is held against.
struct Assigned {
  std::string handle;
  std::string from_date;
  std::string to_date;  // empty: until further notice
};
struct Consented {
  std::string ref;
  std::vector<std::string> agencies;
  std::string from_date;
  std::string to_date;
  bool is_complete = false;
  bool is_revoked = false;
};
struct Remembered {
  std::string number;
  std::string municipality;
  v1::CaseKind kind = v1::CASE_KIND_INDIVIDUAL;
  std::vector<Assigned> assignments;
  std::vector<Consented> consents;
};
// An account, with the agency that the directory says it has.
struct Actor {
  Account account;
  std::string agency;
  std::string coordinates;  // municipality, or none
  bool has_role = true;     // as member; taken away from one on the way
};

bool includes(const std::string& from, const std::string& to, const std::string& day) {
  return from <= day && (to.empty() || day <= to);
}

struct CaseLists : testing::Test {
  Caseload load;
  std::mt19937 random{seed};
  std::vector<Remembered> cases;
  std::vector<Actor> actors = {{load.cast.coordinator_tyr, "TYR-SSPF", "TYR"},
                               {load.cast.coordinator_nac, "NAC-SSPF", "NAC"},
                               {load.cast.school_tyr, "TYR-SKO", ""},
                               {load.cast.school2_tyr, "TYR-SKO", ""},
                               {load.cast.social_tyr, "TYR-SOC", ""},
                               {load.cast.recreation_tyr, "TYR-FRI", ""},
                               {load.cast.police, "LPO-POL", ""},
                               {load.cast.school_nac, "NAC-SKO", ""},
                               {load.cast.admin_tyr, "TYR-SSPF", ""},
                               {load.cast.auditor, "TYR-SSPF", ""}};

  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random); }
  bool one_in(int count) { return below(count) == 0; }
  // A day from 2026-11-20 to 2026-11-29.
  std::string day() { return "2026-11-2" + std::to_string(below(10)); }
  const Account& coordinator_of(const Remembered& each) {
    return each.municipality == "TYR" ? load.cast.coordinator_tyr : load.cast.coordinator_nac;
  }

  void add_case() {
    Remembered added;
    added.municipality = one_in(3) ? "NAC" : "TYR";
    v1::CreateCaseRequest request = one_in(4) ? new_group() : new_person("");
    request.set_municipality_code(added.municipality);
    request.set_referring_agency_code("LPO-POL");
    added.kind = request.kind();
    added.number =
        load.get<v1::CreateCaseResponse>(coordinator_of(added), "CaseService/CreateCase", request)
            .number();
    cases.push_back(added);
  }

  void add_assignment(Remembered& to) {
    const Actor& actor = actors[static_cast<std::size_t>(below(8))];
    v1::AssignAccountRequest request;
    request.set_case_number(to.number);
    request.set_handle(actor.account.handle);
    request.set_from_date(day());
    if (!one_in(2)) request.set_to_date(day());
    const Answered answered =
        load.server.call(coordinator_of(to), "sspf.v1.CaseService/AssignAccount", request);
    // Overlapping, backwards or of another municipality: refused, and so not remembered.
    if (answered.ok()) {
      to.assignments.push_back({actor.account.handle, request.from_date(), request.to_date()});
    }
  }

  void end_assignments(Remembered& of) {
    const std::string handle = actors[static_cast<std::size_t>(below(8))].account.handle;
    v1::UnassignAccountRequest request;
    request.set_case_number(of.number);
    request.set_handle(handle);
    load.server.call(coordinator_of(of), "sspf.v1.CaseService/UnassignAccount", request);
    const std::string today = load.server.today();
    std::erase_if(of.assignments, [&](const Assigned& each) {
      return each.handle == handle && (each.to_date.empty() || each.to_date >= today);
    });
  }

  void add_consent(Remembered& to) {
    Terms terms;
    // Without a birth date both have to sign.
    terms.signers = one_in(4) ? "g" : "gy";
    terms.agencies.clear();
    for (const char* code : {"TYR-SKO", "TYR-SOC", "TYR-FRI", "LPO-POL", "NAC-SKO"}) {
      if (one_in(2)) terms.agencies.emplace_back(code);
    }
    terms.from_date = day();
    terms.to_date = day();
    const Answered answered = load.server.call(
        coordinator_of(to), "sspf.v1.ConsentService/RecordConsent", new_consent(to.number, terms));
    if (!answered.ok()) return;
    to.consents.push_back({answered.as<v1::RecordConsentResponse>().consent(), terms.agencies,
                           terms.from_date, terms.to_date, terms.signers == "gy", false});
  }

  void revoke_consent(Remembered& of) {
    if (of.consents.empty()) return;
    Consented& consent =
        of.consents[static_cast<std::size_t>(below(static_cast<int>(of.consents.size())))];
    v1::RevokeConsentRequest request;
    request.set_case_number(of.number);
    request.set_consent(consent.ref);
    load.server.call(coordinator_of(of), "sspf.v1.ConsentService/RevokeConsent", request);
    consent.is_revoked = true;
  }

  void shuffle() {
    for (Remembered& each : cases) {
      for (int i = 0; i < 4; ++i) add_assignment(each);
      for (int i = 0; i < 3; ++i) add_consent(each);
      if (one_in(3)) revoke_consent(each);
      if (one_in(4)) end_assignments(each);
    }
  }

  // An assignment outlives the role, and opens nothing without it.
  void take_role(Actor& actor) {
    v1::GetAccountRequest read;
    read.set_handle(actor.account.handle);
    v1::SetRolesRequest request;
    request.set_handle(actor.account.handle);
    request.set_version(
        load.get<v1::GetAccountResponse>(load.cast.root, "AccountService/GetAccount", read)
            .account()
            .version());
    request.add_roles()->set_role(v1::ROLE_AUDITOR);
    load.get<v1::SetRolesResponse>(load.cast.root, "AccountService/SetRoles", request);
    actor.has_role = false;
  }

  // SQL leaves the age, and so who must sign, to the rule.
  enum class Signing { counts, left_out };
  access::Viewer viewer_of(const Actor& actor, const Remembered& seen, Signing signing) {
    access::Viewer viewer;
    viewer.coordinates = actor.coordinates == seen.municipality;
    const std::string today = load.server.today();
    for (const Assigned& each : seen.assignments) {
      if (each.handle == actor.account.handle && includes(each.from_date, each.to_date, today)) {
        viewer.is_assigned = actor.has_role;
      }
    }
    for (const Consented& each : seen.consents) {
      const bool names = std::count(each.agencies.begin(), each.agencies.end(), actor.agency) > 0;
      const bool suffices = each.is_complete || signing == Signing::left_out;
      if (names && suffices && !each.is_revoked && includes(each.from_date, each.to_date, today)) {
        viewer.consents.push_back({BasisId::random(),
                                   {viewer.agency},
                                   {v1::INFORMATION_KIND_PLAN},
                                   {v1::PURPOSE_MAPPING}});
      }
    }
    return viewer;
  }

  access::CaseFacts facts_of(const Remembered& seen) {
    access::CaseFacts facts;
    facts.kind = seen.kind;
    facts.purpose = v1::PURPOSE_MAPPING;
    return facts;
  }

  std::vector<std::string> admitted_by_sql(const Actor& actor) {
    std::vector<std::string> numbers;
    for (const Remembered& each : cases) {
      if (access::may_enter(viewer_of(actor, each, Signing::left_out), facts_of(each))) {
        numbers.push_back(each.number);
      }
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  }

  std::vector<std::string> entered(const Actor& actor) {
    std::vector<std::string> numbers;
    for (const Remembered& each : cases) {
      v1::GetCaseRequest request;
      request.set_case_number(each.number);
      const bool expected =
          access::may_enter(viewer_of(actor, each, Signing::counts), facts_of(each));
      const Answered answered =
          load.server.call(actor.account, "sspf.v1.CaseService/GetCase", request);
      EXPECT_EQ(answered.summary(), expected ? "ok" : "not_found/not_found")
          << actor.account.handle << " " << each.number << " on " << load.server.today();
      if (expected) numbers.push_back(each.number);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  }

  std::vector<std::string> filtered_in_sql(const Actor& actor) {
    store::Batch batch(load.server.installation().database());
    store::Unit unit(batch);
    const auto account = unit.facts().account_of(actor.account.handle);
    if (!account) throw std::runtime_error("an actor without an account");
    const store::AccountFacts facts = unit.facts().account(*account);
    const store::ListOf list{
        *account, facts.agency, facts.agency_kind, load.server.now(), load.server.today(),
        "",       1000};
    std::vector<std::string> numbers;
    for (const auto& row : unit.facts().cases(list)) {
      numbers.push_back(row.number);
    }
    return numbers;
  }
};

TEST_F(CaseLists, HoldExactlyWhatTheRuleLetsTheCallerEnter) {
  for (int i = 0; i < case_count; ++i) add_case();
  std::size_t entered_by_members = 0;
  for (int round = 0; round < rounds; ++round) {
    load.server.set_date("2026-11-2" + std::to_string(round + 4));
    shuffle();
    if (round == rounds / 2) take_role(actors[3]);
    for (const Actor& actor : actors) {
      const auto expected = entered(actor);
      EXPECT_EQ(load.listed(actor.account), expected)
          << "seed " << seed << ", " << actor.account.handle << " on " << load.server.today();
      EXPECT_EQ(filtered_in_sql(actor), admitted_by_sql(actor))
          << "seed " << seed << ", " << actor.account.handle << " on " << load.server.today();
      if (actor.coordinates.empty()) entered_by_members += expected.size();
    }
  }
  // The property is not true for want of cases: members enter many, and not all.
  EXPECT_GT(entered_by_members, 50U);
  EXPECT_LT(entered_by_members, static_cast<std::size_t>(case_count * rounds * 6));
}

}  // namespace
}  // namespace sspf::test::case_list_property
