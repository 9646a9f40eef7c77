// SPDX-License-Identifier: Apache-2.0
//
// The log by account: what the account did, and what was done to it. A certificate that lets nobody
// in is of the second kind, so an auditor finds what a suspended account tried.
#include <gtest/gtest.h>

#include "tests/support/caseload.h"

namespace sspf::test::event_filter {
namespace {

constexpr auto list_events = "AuditService/ListEvents";
constexpr auto list_cases = "CaseService/ListCases";

using Events = std::vector<v1::EventView>;
using Sequences = std::vector<std::uint64_t>;

struct EventFilter : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;

  Events list(const Account& auditor, const std::string& handle) {
    v1::ListEventsRequest request;
    request.set_handle(handle);
    const auto response = load.get<v1::ListEventsResponse>(auditor, list_events, request);
    return {response.events().begin(), response.events().end()};
  }
  std::string try_to_list_cases(const Account& caller) {
    return load.server.call(caller, std::string("sspf.v1.") + list_cases, v1::ListCasesRequest())
        .summary();
  }
  void revoke_certificate(const Account& account) {
    v1::ListCertificatesRequest of;
    of.set_handle(account.handle);
    const auto listed =
        load.get<v1::ListCertificatesResponse>(cast.root, "AccountService/ListCertificates", of);
    v1::RevokeCertificateRequest revoke;
    revoke.set_serial(listed.certificates(0).serial());
    load.get<v1::RevokeCertificateResponse>(cast.root, "AccountService/RevokeCertificate", revoke);
  }
  void expect_refused_last(const Account& account, Reason cause) {
    const Events events = list(cast.auditor, account.handle);
    ASSERT_FALSE(events.empty());
    const v1::EventView& last = events.back();
    EXPECT_EQ(last.rpc(), std::string("sspf.v1.") + list_cases);
    EXPECT_EQ(last.outcome(), v1::OUTCOME_REFUSED);
    EXPECT_EQ(last.cause_reason(), name_of(cause));
    EXPECT_EQ(last.account(), "");
    EXPECT_EQ(last.subject_account(), account.handle);
  }
};

// Those that are of the account, by what they say themselves.
Sequences of_account(const Events& events, const std::string& handle) {
  Sequences found;
  for (const v1::EventView& event : events) {
    if (event.account() == handle || event.subject_account() == handle) {
      found.push_back(event.sequence());
    }
  }
  return found;
}

Sequences below(const Events& events, std::uint64_t end) {
  Sequences found;
  for (const v1::EventView& event : events) {
    if (event.sequence() < end) found.push_back(event.sequence());
  }
  return found;
}

TEST_F(EventFilter, FindsWhatASuspendedAccountTried) {
  EXPECT_EQ(try_to_list_cases(cast.suspended), "unauthenticated/unknown_certificate");
  expect_refused_last(cast.suspended, Reason::account_suspended);
}

TEST_F(EventFilter, FindsWhatWasTriedWithARevokedCertificate) {
  EXPECT_EQ(try_to_list_cases(cast.school_tyr), "ok");
  revoke_certificate(cast.school_tyr);
  EXPECT_EQ(try_to_list_cases(cast.school_tyr), "unauthenticated/unknown_certificate");
  expect_refused_last(cast.school_tyr, Reason::certificate_revoked);
}

TEST_F(EventFilter, HoldsAllThatTheAccountDidOrThatWasDoneToItAndNothingElse) {
  const std::string number = load.mapped();
  load.assign(number, cast.school_tyr);
  load.show(cast.school_tyr, number);
  try_to_list_cases(cast.suspended);
  v1::GetAccountRequest own;
  own.set_handle(cast.root.handle);
  load.get<v1::GetAccountResponse>(cast.root, "AccountService/GetAccount", own);  // listed once
  const std::string handles[] = {cast.root.handle,        cast.admin_tyr.handle,
                                 cast.school_tyr.handle,  cast.coordinator_tyr.handle,
                                 cast.suspended.handle,   cast.school_nac.handle,
                                 cast.auditor_tyr.handle, "finns.inte"};
  for (const Account& auditor : {cast.auditor, cast.auditor_tyr}) {
    const Events all = list(auditor, "");
    const std::uint64_t end = all.back().sequence() + 1;
    for (const std::string& handle : handles) {
      EXPECT_EQ(below(list(auditor, handle), end), of_account(all, handle))
          << auditor.handle << " about " << handle;
    }
  }
  // Assigned by the coordinator, and what it did itself.
  const Events school = list(cast.auditor, cast.school_tyr.handle);
  const auto is_by = [&](const Account& account) {
    return [&](const v1::EventView& event) { return event.account() == account.handle; };
  };
  EXPECT_EQ(std::count_if(school.begin(), school.end(), is_by(cast.coordinator_tyr)), 1);
  EXPECT_EQ(std::count_if(school.begin(), school.end(), is_by(cast.school_tyr)), 1);
}

// As every list of an auditor of one municipality, it holds what concerns that one.
TEST_F(EventFilter, OfAnAuditorOfOneMunicipalityStaysWithinIt) {
  try_to_list_cases(cast.suspended);   // of TYR-SKO
  try_to_list_cases(cast.school_nac);  // of NAC-SKO
  EXPECT_EQ(list(cast.auditor_tyr, cast.suspended.handle).back().cause_reason(),
            "account_suspended");
  EXPECT_TRUE(list(cast.auditor_tyr, cast.school_nac.handle).empty());
  EXPECT_FALSE(list(cast.auditor, cast.school_nac.handle).empty());
}

}  // namespace
}  // namespace sspf::test::event_filter
