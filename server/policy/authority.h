// SPDX-License-Identifier: Apache-2.0
//
// Authority: the only maker of Caller and Permit. Decides from the server's own records at every
// call, in the transaction of the call, and never from anything that the client claims
// (trust.md 1.5).
#pragma once

#include <optional>
#include <string>
#include <type_traits>

#include "server/access/permit.h"
#include "server/access/pseudonym.h"
#include "server/base/http.h"
#include "server/base/result.h"
#include "server/store/unit.h"

namespace sspf::policy {

// What the call names: taken from the request by field name, so that a request cannot name one case
// for the check and another for the act.
struct Named {
  std::string case_number;
  std::string meeting_number;
  std::string municipality_code;
  std::string handle;
  std::string serial;
  std::string code;
  std::string identity_number;
};

// One call while it is decided and carried out.
struct Scope {
  store::Unit& unit;
  access::Tally& tally;
  Instant now;
  std::string today;
  std::string cursor;  // of a stream; empty at its beginning
};

template <typename Request>
Named named_by(const Request& request) {
  Named named;
  if constexpr (requires { request.case_number(); }) named.case_number = request.case_number();
  if constexpr (requires { request.meeting_number(); })
    named.meeting_number = request.meeting_number();
  if constexpr (requires { request.municipality_code(); })
    named.municipality_code = request.municipality_code();
  if constexpr (requires { request.handle(); }) named.handle = request.handle();
  if constexpr (requires { request.serial(); }) named.serial = request.serial();
  if constexpr (requires { request.code(); }) named.code = request.code();
  if constexpr (requires { request.identity_number(); })
    named.identity_number = request.identity_number();
  return named;
}

class Authority {
 public:
  explicit Authority(const access::Pseudonyms& pseudonyms) : pseudonyms_(pseudonyms) {}

  // Refuses with one public text for every cause: unknown, revoked or expired certificate,
  // suspended account.
  Result<access::Caller> authenticate(const std::optional<PeerCertificate>& certificate,
                                      Scope& scope) const;

  // The caller of a call that needs no certificate: nobody.
  access::Caller nobody() const { return access::Caller(); }

  template <access::Action A, typename Request>
  Result<access::Permit<A>> authorize(const access::Caller& caller, const Request& request,
                                      Scope& scope) const {
    using Traits = access::ActionTraits<A>;
    auto target = resolve(For<typename Traits::Target>{}, Traits::requirement, caller,
                          named_by(request), scope);
    if (!target.ok()) return target.refusal();
    if constexpr (Traits::effect == access::Effect::writes &&
                  std::is_same_v<typename Traits::Target, access::CaseAccess>) {
      if (enters_by_emergency_alone(target.value())) return refusal(Reason::emergency_only_reads);
    }
    return access::Permit<A>(caller, std::move(target).value());
  }

 private:
  template <typename Target>
  struct For {};
  using Requirement = access::Requirement;
  using Caller = access::Caller;

  Result<access::Nothing> resolve(For<access::Nothing>, Requirement, const Caller&, const Named&,
                                  Scope&) const;
  Result<access::Enrolment> resolve(For<access::Enrolment>, Requirement, const Caller&,
                                    const Named&, Scope&) const;
  Result<access::Directory> resolve(For<access::Directory>, Requirement, const Caller&,
                                    const Named&, Scope&) const;
  Result<access::AccountAccess> resolve(For<access::AccountAccess>, Requirement, const Caller&,
                                        const Named&, Scope&) const;
  Result<access::MunicipalityAccess> resolve(For<access::MunicipalityAccess>, Requirement,
                                             const Caller&, const Named&, Scope&) const;
  Result<access::CaseAccess> resolve(For<access::CaseAccess>, Requirement, const Caller&,
                                     const Named&, Scope&) const;
  Result<access::CaseList> resolve(For<access::CaseList>, Requirement, const Caller&, const Named&,
                                   Scope&) const;
  Result<access::EmergencyAccess> resolve(For<access::EmergencyAccess>, Requirement, const Caller&,
                                          const Named&, Scope&) const;
  Result<access::MeetingAccess> resolve(For<access::MeetingAccess>, Requirement, const Caller&,
                                        const Named&, Scope&) const;
  Result<access::MeetingList> resolve(For<access::MeetingList>, Requirement, const Caller&,
                                      const Named&, Scope&) const;
  Result<access::LogAccess> resolve(For<access::LogAccess>, Requirement, const Caller&,
                                    const Named&, Scope&) const;
  Result<access::QuietCases> resolve(For<access::QuietCases>, Requirement, const Caller&,
                                     const Named&, Scope&) const;
  Result<access::Destruction> resolve(For<access::Destruction>, Requirement, const Caller&,
                                      const Named&, Scope&) const;
  Result<access::ReviewAccess> resolve(For<access::ReviewAccess>, Requirement, const Caller&,
                                       const Named&, Scope&) const;
  Result<access::Sampling> resolve(For<access::Sampling>, Requirement, const Caller&, const Named&,
                                   Scope&) const;
  Result<access::OwnEnquiries> resolve(For<access::OwnEnquiries>, Requirement, const Caller&,
                                       const Named&, Scope&) const;

  Result<access::LogDetails> resolve(For<access::LogDetails>, Requirement, const Caller&,
                                     const Named&, Scope&) const;
  Result<access::DetailsErasure> resolve(For<access::DetailsErasure>, Requirement, const Caller&,
                                         const Named&, Scope&) const;

  // An emergency opening lets read; whoever may enter anyway may write all the same.
  static bool enters_by_emergency_alone(const access::CaseAccess& access);
  // The case with its key, and nothing decided of the caller yet.
  std::optional<access::CaseAccess> unlock(const store::CaseRow& row, Scope& scope) const;
  // The case as this caller sees it, or the cause why the caller may not enter it.
  Result<access::CaseAccess> enter(const store::CaseRow& row, const Caller& caller,
                                   Scope& scope) const;
  Result<access::MeetingAccess> enter(const store::MeetingRow& row, const Caller& caller,
                                      Scope& scope) const;
  // The municipality's cases that may be of the person whom the call names by identity number; none
  // when it names nobody, or not by a number.
  std::vector<access::CaseAccess> candidates(const MunicipalityId& municipality,
                                             const Caller& caller, const Named& named,
                                             Scope& scope) const;
  static access::ReviewTexts review_texts(Scope& scope);
  // The last word of the name of the person whom this case is about; empty of a group, and when it
  // cannot be opened.
  std::string surname_in(const std::string& case_number, Scope& scope) const;
  access::Directory directory_of(const Caller& caller, Requirement requirement, Scope& scope) const;

  const access::Pseudonyms& pseudonyms_;
};

}  // namespace sspf::policy
