// SPDX-License-Identifier: Apache-2.0
//
// Reads that meet what ends them, in ten thousand orders: a revoked consent, a block, a protection,
// a suspension. No read that comes after the reply succeeds, and none before it fails (trust.md 5).
// The seed is fixed, and printed with whatever fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "server/base/limits.h"
#include "sspf/v1/protection.pb.h"
#include "tests/request/log_judged.h"
#include "tests/support/caseload.h"

namespace sspf::test::interleaving {
namespace {

constexpr std::uint32_t seed = 20261125;
constexpr std::size_t case_count = 40;
constexpr int reads_of_case = 5;

// One call in the order in which it is sent. A read belongs to a case, and so does what ends it; an
// end without a case is of the account.
struct Sent {
  std::size_t case_index = 0;
  bool ends = false;
  HttpRequest http;
};

struct Interleavings : testing::Test {
  Caseload load;
  const Cast& cast = load.cast;
  std::vector<std::string> numbers;
  std::mt19937 random{seed};
  std::size_t met = 0;      // reads that met what ends them
  std::size_t allowed = 0;  // replies

  void SetUp() override {
    for (std::size_t i = 0; i < case_count; ++i) {
      numbers.push_back(load.create(new_person("")));
      load.assign(numbers.back(), cast.school_tyr);
    }
  }

  HttpRequest http_of(const Account& caller, const std::string& rpc,
                      const google::protobuf::Message& request) {
    HttpRequest http;
    http.path = "/sspf.v1." + rpc;
    http.content_type = "application/proto";
    http.body = body_with_request_id(request);
    http.peer_address = "127.0.0.1";
    http.certificate = caller.certificate;
    http.arrived = load.server.now();
    return http;
  }
  std::vector<Sent> reads() {
    std::vector<Sent> all;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      v1::GetCaseRequest request;
      request.set_case_number(numbers[i]);
      for (int j = 0; j < reads_of_case; ++j) {
        all.push_back({i, false, http_of(cast.school_tyr, "CaseService/GetCase", request)});
      }
    }
    return all;
  }

  // In batches of every size, as they come from many connections at once. The status of each.
  std::vector<int> send(const std::vector<Sent>& calls) {
    std::vector<int> statuses;
    while (statuses.size() < calls.size()) {
      const std::size_t left = calls.size() - statuses.size();
      const std::size_t size =
          std::uniform_int_distribution<std::size_t>(1, std::min<std::size_t>(left, 64))(random);
      std::vector<HttpRequest> batch;
      for (std::size_t i = 0; i < size; ++i) batch.push_back(calls[statuses.size() + i].http);
      for (const HttpResponse& response :
           rpc::serve_batch(load.server.installation().services(), batch)) {
        statuses.push_back(response.status);
        if (response.status == 200) ++allowed;
      }
    }
    return statuses;
  }

  // Sends the reads and what ends them in some order, and judges each reply by its place.
  void meet(std::vector<Sent> calls) {
    std::shuffle(calls.begin(), calls.end(), random);
    const std::vector<int> statuses = send(calls);
    std::vector<bool> ended(case_count, false);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      const Sent& sent = calls[i];
      if (sent.ends) {
        ASSERT_EQ(statuses[i], 200) << "seed " << seed;
        if (sent.case_index == case_count) {
          ended.assign(case_count, true);
        } else {
          ended[sent.case_index] = true;
        }
        continue;
      }
      ++met;
      ASSERT_EQ(statuses[i] == 200, !ended[sent.case_index])
          << "read " << i << " of " << numbers[sent.case_index] << ", seed " << seed;
    }
  }

  // For every case an end of its own.
  using End = std::function<HttpRequest(const std::string& number)>;
  void meet_in_every_case(const End& end) {
    std::vector<Sent> calls = reads();
    for (std::size_t i = 0; i < numbers.size(); ++i) calls.push_back({i, true, end(numbers[i])});
    meet(std::move(calls));
  }

  void meet_revocations(int rounds) {
    for (int round = 0; round < rounds && !HasFatalFailure(); ++round) {
      std::map<std::string, std::string> consents;
      for (const std::string& number : numbers) {
        consents[number] = load.consent(number, {});
      }
      meet_in_every_case([&](const std::string& number) {
        v1::RevokeConsentRequest request;
        request.set_case_number(number);
        request.set_consent(consents[number]);
        return http_of(cast.coordinator_tyr, "ConsentService/RevokeConsent", request);
      });
    }
    for (const std::string& number : numbers) load.consent(number, {});
  }
  void meet_blocks(int rounds) {
    for (int round = 0; round < rounds && !HasFatalFailure(); ++round) {
      meet_in_every_case([&](const std::string& number) {
        v1::BlockAccountRequest request;
        request.set_case_number(number);
        request.set_handle(cast.school_tyr.handle);
        request.set_reason("Jäv");
        return http_of(cast.coordinator_tyr, "BlockService/BlockAccount", request);
      });
      for (const std::string& number : numbers) {
        v1::UnblockAccountRequest request;
        request.set_case_number(number);
        request.set_handle(cast.school_tyr.handle);
        load.get<v1::UnblockAccountResponse>(cast.coordinator_tyr, "BlockService/UnblockAccount",
                                             request);
      }
    }
  }
  void meet_protections(int rounds) {
    for (int round = 0; round < rounds && !HasFatalFailure(); ++round) {
      meet_in_every_case([&](const std::string& number) {
        v1::ProtectIdentityRequest request;
        request.set_case_number(number);
        request.set_level(v1::PROTECTION_LEVEL_SECRECY_MARKING);
        return http_of(cast.coordinator_tyr, "ProtectionService/ProtectIdentity", request);
      });
      for (const std::string& number : numbers) {
        v1::UnprotectIdentityRequest request;
        request.set_case_number(number);
        load.get<v1::UnprotectIdentityResponse>(cast.coordinator_tyr,
                                                "ProtectionService/UnprotectIdentity", request);
      }
    }
  }
  void meet_suspensions(int rounds) {
    for (int round = 0; round < rounds && !HasFatalFailure(); ++round) {
      v1::SuspendAccountRequest suspend;
      suspend.set_handle(cast.school_tyr.handle);
      std::vector<Sent> calls = reads();
      calls.push_back(
          {case_count, true, http_of(cast.root, "AccountService/SuspendAccount", suspend)});
      meet(std::move(calls));
      v1::ReinstateAccountRequest reinstate;
      reinstate.set_handle(cast.school_tyr.handle);
      load.get<v1::ReinstateAccountResponse>(cast.root, "AccountService/ReinstateAccount",
                                             reinstate);
    }
  }
};

TEST_F(Interleavings, NoReadAfterTheReplySucceedsAndNoneBeforeItFails) {
  meet_revocations(24);
  meet_blocks(14);
  meet_protections(10);
  meet_suspensions(4);
  EXPECT_GE(met, 10'000U);
  expect_verifier_agrees(load.server.events());
}

// Exactly one event says "allowed" for each reply that was given.
TEST_F(Interleavings, EveryAllowedReplyHasItsAllowedEvent) {
  const std::uint64_t before = load.server.event_count();
  std::map<std::string, std::string> consents;
  for (const std::string& number : numbers) {
    consents[number] = load.consent(number, {});
    ++allowed;
  }
  meet_in_every_case([&](const std::string& number) {
    v1::RevokeConsentRequest request;
    request.set_case_number(number);
    request.set_consent(consents[number]);
    return http_of(cast.coordinator_tyr, "ConsentService/RevokeConsent", request);
  });
  const auto events = load.server.events();
  const auto events_allowed = std::count_if(
      events.begin() + static_cast<std::ptrdiff_t>(before), events.end(),
      [](const v1::AuditEvent& event) { return event.outcome() == v1::OUTCOME_ALLOWED; });
  EXPECT_EQ(static_cast<std::size_t>(events_allowed), allowed);
}

}  // namespace
}  // namespace sspf::test::interleaving
