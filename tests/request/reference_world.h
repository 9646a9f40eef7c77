// SPDX-License-Identifier: Apache-2.0
//
// Almost sixty accounts in three municipalities who do what they may, at random, through the real
// calls; and what they did, told to the reference model.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "sspf/v1/protection.pb.h"
#include "tests/request/reference_model.h"
#include "tests/support/caseload.h"

namespace sspf::test {

using reference::Case;
using reference::Colleague;
using reference::Consent;

struct Actor {
  Colleague person;
  Account account;
};

struct ReferenceWorld : testing::Test {
  static constexpr std::uint32_t seed = 20261125;
  static constexpr std::size_t cases_max = 20;

  Caseload load;
  std::mt19937 random{seed};
  std::vector<Actor> actors;
  std::vector<Case> cases;
  std::uint64_t replies = 0;
  int texts = 0;

  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random); }
  bool one_in(int count) { return below(count) == 0; }
  template <typename Value>
  Value& any_of(std::vector<Value>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
  }
  reference::Now now() { return {load.server.today(), load.server.now().microseconds / 1'000'000}; }

  template <typename Response>
  Response send(const Account& caller, const std::string& rpc,
                const google::protobuf::Message& request) {
    ++replies;
    return load.get<Response>(caller, rpc, request);
  }

  void SetUp() override {
    v1::CreateMunicipalityRequest municipality;
    municipality.set_code("VAR");
    municipality.set_name("Värmdö");
    load.get<v1::CreateMunicipalityResponse>(
        load.cast.root, "MunicipalityService/CreateMunicipality", municipality);
    add_agency("VAR", "SSPF", v1::AGENCY_KIND_PARTNER);
    add_agency("VAR", "SKO", v1::AGENCY_KIND_SCHOOL);
    add_agency("VAR", "SOC", v1::AGENCY_KIND_SOCIAL_SERVICES);
    add_agency("NAC", "SOC", v1::AGENCY_KIND_SOCIAL_SERVICES);
    for (const char* code : {"NAC", "VAR"}) add_agency(code, "FRI", v1::AGENCY_KIND_RECREATION);
    for (const std::string code : {"TYR", "NAC", "VAR"}) {
      for (int i = 0; i < 3; ++i) add_actor({code}, code + "-SSPF", v1::ROLE_COORDINATOR);
      for (int i = 0; i < 6; ++i) add_actor({code}, code + "-SKO", v1::ROLE_MEMBER);
      for (int i = 0; i < 6; ++i) add_actor({code}, code + "-SOC", v1::ROLE_MEMBER);
      for (int i = 0; i < 3; ++i) add_actor({code}, code + "-FRI", v1::ROLE_MEMBER);
    }
    for (int i = 0; i < 5; ++i) add_actor({"TYR", "NAC"}, "LPO-POL", v1::ROLE_MEMBER);
  }
  void add_agency(const std::string& municipality, const std::string& what, v1::AgencyKind kind) {
    v1::CreateAgencyRequest request;
    request.set_code(municipality + "-" + what);
    request.set_name("Part");
    request.set_kind(kind);
    request.add_municipality_codes(municipality);
    load.get<v1::CreateAgencyResponse>(load.cast.root, "AgencyService/CreateAgency", request);
  }
  void add_actor(const std::vector<std::string>& codes, const std::string& agency, v1::Role role) {
    const std::string handle = "konto." + std::to_string(actors.size());
    Actor actor{{handle, agency, {codes.begin(), codes.end()}, role == v1::ROLE_COORDINATOR, false},
                make_account(load.server, {handle, agency, role, codes})};
    actors.push_back(std::move(actor));
  }

  // Somebody who may enter the case and is wanted; nobody, when there is none.
  template <typename Wanted>
  const Actor* somebody(const Case& about, const Wanted& wanted) {
    std::vector<const Actor*> found;
    for (const Actor& actor : actors) {
      const bool enters = reference::answer(actor.person, about, now()) == "ok";
      if (enters && wanted(actor.person)) found.push_back(&actor);
    }
    return found.empty() ? nullptr : any_of(found);
  }
  const Actor* coordinator_of(const Case& about) {
    return somebody(about, [](const Colleague& person) { return person.coordinates; });
  }
  // A colleague in the municipality, by handle.
  const Colleague& colleague(const Case& about) {
    for (;;) {
      const Colleague& person = any_of(actors).person;
      if (!person.is_suspended && person.works_in.count(about.municipality) > 0) return person;
    }
  }

  void create_case() {
    const Actor& actor = any_of(actors);
    if (!actor.person.coordinates || actor.person.is_suspended || cases.size() == cases_max) return;
    Case made;
    made.municipality = *actor.person.works_in.begin();
    made.coordinating_agency = actor.person.agency;
    made.is_group = one_in(6);
    v1::CreateCaseRequest request = made.is_group ? new_group() : new_person("");
    request.set_municipality_code(made.municipality);
    request.set_referring_agency_code(made.municipality + "-SKO");
    if (!made.is_group && !one_in(5)) {
      // Some turn fifteen or eighteen while the test runs.
      made.born = std::to_string(one_in(2) ? 2011 : 2008) + "-12-" + std::to_string(10 + below(18));
      request.set_birth_date(made.born);
    }
    made.number =
        send<v1::CreateCaseResponse>(actor.account, "CaseService/CreateCase", request).number();
    cases.push_back(std::move(made));
  }
  void assign(Case& about) {
    const Actor* coordinator = coordinator_of(about);
    const std::string handle = colleague(about).handle;
    if (coordinator == nullptr) return;
    if (about.assigned.insert(handle).second) {
      v1::AssignAccountRequest request;
      request.set_case_number(about.number);
      request.set_handle(handle);
      send<v1::AssignAccountResponse>(coordinator->account, "CaseService/AssignAccount", request);
    } else {
      v1::UnassignAccountRequest request;
      request.set_case_number(about.number);
      request.set_handle(handle);
      send<v1::UnassignAccountResponse>(coordinator->account, "CaseService/UnassignAccount",
                                        request);
      about.assigned.erase(handle);
    }
  }
  void consent(Case& about) {
    const Actor* coordinator = coordinator_of(about);
    if (coordinator == nullptr || about.is_group) return;
    Consent made;
    Terms terms;
    terms.signers = one_in(3) ? "g" : one_in(3) ? "y" : one_in(3) ? "gg" : "gy";
    terms.agencies = {about.municipality + (one_in(2) ? "-SKO" : "-SOC")};
    if (one_in(2)) terms.agencies.push_back(about.municipality + "-FRI");
    made.on_identity = one_in(2);
    made.on_mapping = !one_in(3) || !made.on_identity;
    terms.kinds.clear();
    if (made.on_identity) terms.kinds.push_back(v1::INFORMATION_KIND_IDENTITY);
    if (made.on_mapping) terms.kinds.push_back(v1::INFORMATION_KIND_MAPPING);
    made.for_mapping = !one_in(4);
    terms.purposes = {made.for_mapping ? v1::PURPOSE_MAPPING : v1::PURPOSE_PLANNING};
    terms.from_date = one_in(5) ? "2026-12-20" : "2026-11-01";
    terms.to_date = one_in(3) ? "2027-01-05" : "2027-03-31";
    v1::RecordConsentRequest request = new_consent(about.number, terms);
    made.agencies.insert(terms.agencies.begin(), terms.agencies.end());
    made.first_day = terms.from_date;
    made.last_day = terms.to_date;
    for (const char signer : terms.signers) {
      made.guardians_signed += signer == 'g' ? 1 : 0;
      made.youth_signed = made.youth_signed || signer == 'y';
    }
    for (v1::Signatory& each : *request.mutable_signatories())
      each.set_signed_on(load.server.today());
    made.signed_on = load.server.today();
    made.guardians = static_cast<int>(request.guardians());
    made.ref = send<v1::RecordConsentResponse>(coordinator->account, "ConsentService/RecordConsent",
                                               request)
                   .consent();
    about.consents.push_back(std::move(made));
  }
  void revoke(Case& about) {
    const Actor* coordinator = coordinator_of(about);
    if (coordinator == nullptr || about.consents.empty()) return;
    Consent& consent = any_of(about.consents);
    if (consent.is_revoked) return;
    v1::RevokeConsentRequest request;
    request.set_case_number(about.number);
    request.set_consent(consent.ref);
    send<v1::RevokeConsentResponse>(coordinator->account, "ConsentService/RevokeConsent", request);
    consent.is_revoked = true;
  }
  void note(Case& about) {
    const Actor* author = somebody(about, [&](const Colleague& person) {
      return person.coordinates || about.opened_until.count(person.handle) == 0;
    });
    if (author == nullptr) return;
    v1::AddNoteRequest request;
    request.set_case_number(about.number);
    request.set_text("Anteckning " + std::to_string(++texts));
    std::set<std::string> recipients;
    for (const std::string& agency : reference::named_agencies(about, now())) {
      if (one_in(3)) recipients.insert(agency);
    }
    for (const std::string& agency : recipients) request.add_recipient_agency_codes(agency);
    send<v1::AddNoteResponse>(author->account, "CaseService/AddNote", request);
    about.notes.push_back({request.text(), author->person.agency, recipients});
  }
  void block(Case& about) {
    const Actor* coordinator = coordinator_of(about);
    const std::string handle = colleague(about).handle;
    if (coordinator == nullptr || handle == coordinator->person.handle) return;
    if (about.blocked.insert(handle).second) {
      v1::BlockAccountRequest request;
      request.set_case_number(about.number);
      request.set_handle(handle);
      request.set_reason("Jäv");
      send<v1::BlockAccountResponse>(coordinator->account, "BlockService/BlockAccount", request);
    } else {
      v1::UnblockAccountRequest request;
      request.set_case_number(about.number);
      request.set_handle(handle);
      send<v1::UnblockAccountResponse>(coordinator->account, "BlockService/UnblockAccount",
                                       request);
      about.blocked.erase(handle);
    }
  }
  void protect(Case& about) {
    const Actor* coordinator = coordinator_of(about);
    if (coordinator == nullptr || about.is_group) return;
    if (about.is_protected) {
      v1::UnprotectIdentityRequest request;
      request.set_case_number(about.number);
      send<v1::UnprotectIdentityResponse>(coordinator->account,
                                          "ProtectionService/UnprotectIdentity", request);
      about.handlers.clear();
    } else {
      v1::ProtectIdentityRequest request;
      request.set_case_number(about.number);
      request.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
      about.handlers = {coordinator->person.handle, colleague(about).handle};
      send<v1::ProtectIdentityResponse>(coordinator->account, "ProtectionService/ProtectIdentity",
                                        request);
      for (const std::string& handle : about.handlers) {
        if (handle == coordinator->person.handle) continue;  // is one already
        v1::AddHandlerRequest add;
        add.set_case_number(about.number);
        add.set_handle(handle);
        send<v1::AddHandlerResponse>(coordinator->account, "ProtectionService/AddHandler", add);
      }
    }
    about.is_protected = !about.is_protected;
  }
  // Somebody who works there and is not kept out; another coordinator reviews it at once.
  void open_in_emergency(Case& about) {
    const Colleague& person = colleague(about);
    const bool kept_out = about.blocked.count(person.handle) > 0 ||
                          (about.is_protected && about.handlers.count(person.handle) == 0);
    const Actor* reviewer = somebody(about, [&](const Colleague& each) {
      return each.coordinates && each.handle != person.handle;
    });
    if (kept_out || person.is_suspended || reviewer == nullptr) return;
    v1::OpenInEmergencyRequest request;
    request.set_case_number(about.number);
    request.set_reason("Fara");
    const auto opened = send<v1::OpenInEmergencyResponse>(
        account_of(person), "EmergencyService/OpenInEmergency", request);
    about.opened_until[person.handle] = opened.expires_at().seconds();
    v1::ReviewOpeningRequest review;
    review.set_case_number(about.number);
    review.set_opening(opened.opening());
    review.set_verdict(v1::OPENING_VERDICT_JUSTIFIED);
    review.set_comment("Befogad");
    send<v1::ReviewOpeningResponse>(reviewer->account, "EmergencyService/ReviewOpening", review);
  }
  const Account& account_of(const Colleague& person) {
    for (const Actor& actor : actors) {
      if (actor.person.handle == person.handle) return actor.account;
    }
    throw std::runtime_error("an actor without an account");
  }
  void suspend() {
    Actor& actor = any_of(actors);
    if (actor.person.is_suspended) {
      v1::ReinstateAccountRequest request;
      request.set_handle(actor.person.handle);
      send<v1::ReinstateAccountResponse>(load.cast.root, "AccountService/ReinstateAccount",
                                         request);
    } else {
      v1::SuspendAccountRequest request;
      request.set_handle(actor.person.handle);
      send<v1::SuspendAccountResponse>(load.cast.root, "AccountService/SuspendAccount", request);
    }
    actor.person.is_suspended = !actor.person.is_suspended;
  }
};

}  // namespace sspf::test
