// SPDX-License-Identifier: Apache-2.0
//
// Every RPC against every kind of account that may never be allowed it (tests/vectors/callers.txt):
// whatever the request names, the answer is a refusal, no row changes, and the log says who tried.
// That the others are allowed is for the tables of each service and for
// municipalities_property_test.cc. The seed is fixed, and printed with whatever fails.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>

#include "server/rpc/methods.h"
#include "tests/places/places.h"
#include "tests/support/full_municipality.h"
#include "tests/support/stored_values.h"

namespace sspf::test::every_rpc {
namespace {

using google::protobuf::Message;

constexpr std::uint32_t seed = 20261126;
#ifdef SSPF_SANITIZED
constexpr int denials_wanted = 1;  // the same lines, less often
#else
constexpr int denials_wanted = 3;
#endif
constexpr int tries_max = 300;

// By path: the letters of who may.
std::map<std::string, std::string> callers_of_rpcs() {
  std::ifstream file(source_folder() / "tests/vectors/callers.txt");
  std::map<std::string, std::string> table;
  std::string rpc;
  while (file >> rpc) {
    std::string who;
    std::getline(file, who);
    if (rpc.starts_with("#")) continue;
    EXPECT_TRUE(table.emplace("/sspf.v1." + rpc, who.substr(1)).second) << rpc << " twice";
  }
  return table;
}

struct EveryRpc : testing::Test {
  TestServer server;
  Cast cast{server};
  FullMunicipality town{server, "TYR"};
  const std::map<char, Account> callers{{'I', cast.root},           {'A', town.people().at(0)},
                                        {'C', town.people().at(1)}, {'M', town.people().at(2)},
                                        {'G', town.people().at(3)}, {'H', cast.auditor}};
  const std::map<std::string, std::string> allowed = callers_of_rpcs();
  std::mt19937 random{seed};
  RandomRequest filler{random};

  std::unique_ptr<Message> request_for(const rpc::Method& row) {
    std::unique_ptr<Message> request(row.request_type().New());
    filler.fill(*request, town.vocabulary(), town.marker());
    return request;
  }
  // True when it was refused for who the caller is, and not for what the request says.
  bool is_denied(const rpc::Method& row, const Account& caller, const Message& request) {
    const Answered answered = server.call(caller, std::string(row.path.substr(1)), request);
    EXPECT_FALSE(answered.ok()) << row.path << " allows " << caller.handle << ", seed " << seed
                                << ": " << request.ShortDebugString();
    const v1::AuditEvent event = server.last_event();
    EXPECT_EQ("/" + event.rpc(), row.path);
    EXPECT_EQ(event.outcome(), v1::OUTCOME_REFUSED) << row.path << " " << caller.handle;
    EXPECT_EQ(event.items_shown(), 0U);
    return answered.code == "permission_denied" || answered.code == "not_found" ||
           answered.code == "unauthenticated";
  }
  void expect_denied(const rpc::Method& row, const Account& caller) {
    int denied = 0;
    for (int tries = 0; tries < tries_max && denied < denials_wanted && !HasFailure(); ++tries) {
      if (is_denied(row, caller, *request_for(row))) ++denied;
    }
    EXPECT_EQ(denied, denials_wanted) << row.path << " " << caller.handle;
  }
};

TEST_F(EveryRpc, IsInTheTable) {
  for (const rpc::Method& row : rpc::methods()) {
    EXPECT_TRUE(allowed.contains(std::string(row.path))) << row.path;
  }
  EXPECT_EQ(allowed.size(), rpc::methods().size());
}

TEST_F(EveryRpc, RefusesWhoeverMayNotAndStoresNothing) {
  const std::string before = digest_of_values(server.config());
  int refused = 0;
  for (const rpc::Method& row : rpc::methods()) {
    if (row.effect == access::Effect::enrols) continue;
    const std::string& who = allowed.at(std::string(row.path));
    for (const auto& [letter, caller] : callers) {
      if (who.find(letter) != std::string::npos) continue;
      expect_denied(row, caller);
      if (HasFailure()) return;
      ++refused;
    }
    ASSERT_EQ(digest_of_values(server.config()), before) << row.path << ", seed " << seed;
  }
  EXPECT_GT(refused, 400);
}

TEST_F(EveryRpc, RefusesWhoeverIsNotSignedInOrSuspended) {
  const std::string before = digest_of_values(server.config());
  for (const rpc::Method& row : rpc::methods()) {
    if (row.effect == access::Effect::enrols) continue;
    for (const auto& [caller, cause] : {std::pair(cast.nobody, Reason::no_certificate),
                                        {cast.suspended, Reason::account_suspended}}) {
      EXPECT_TRUE(is_denied(row, caller, *request_for(row))) << row.path;
      EXPECT_EQ(server.last_event().cause_reason(), static_cast<std::uint32_t>(cause)) << row.path;
      if (HasFailure()) return;
    }
  }
  EXPECT_EQ(digest_of_values(server.config()), before);
}

}  // namespace
}  // namespace sspf::test::every_rpc
