// SPDX-License-Identifier: Apache-2.0
//
// Property: two municipalities never see each other. The people of one send every RPC, filled at
// random with the names of their own and of the other's, and never get an answer that holds
// anything of the other, nor one that tells what is there from what is not; and the other reads
// everything unchanged. The seed is fixed, and printed with whatever fails.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "server/rpc/methods.h"
#include "sspf/v1/options.pb.h"
#include "tests/support/full_municipality.h"

namespace sspf::test::municipalities_property {
namespace {

using google::protobuf::Message;

constexpr std::uint32_t seed = 20261125;
#ifdef SSPF_SANITIZED
constexpr int rounds_min = 8;  // it looks at memory and threads: the same lines, less often
#else
constexpr int rounds_min = 60;
#endif
constexpr int rounds_max = 3000;

struct Direction {
  const char* own;
  const char* other;
  friend void PrintTo(const Direction& direction, std::ostream* out) { *out << direction.own; }
};

// Of the whole installation: nobody in a municipality alone may call them.
bool is_of_installation(const rpc::Method& row) {
  for (const char* name : {"CreateMunicipality", "CreateAgency", "UpdateAgency", "AddBasis",
                           "EndBasis", "ExportEvents"}) {
    if (row.path.ends_with(std::string("/") + name)) return true;
  }
  return row.effect == access::Effect::enrols;
}

// What nobody has.
std::string unknown(const std::string& name, const std::string& code) {
  if (name == "case_number") return code + "-2026-9999";
  if (name == "meeting_number") return code + "-M-2026-9999";
  if (name == "handle") return "ingen.alls";
  if (name == "serial") return std::string(40, 'a');
  if (name == "identity_number") return "200901072389";
  if (name == "agency_code") return "ZZZ-ZZZ";
  if (name == "municipality_code") return "ZZZ";
  return "zzzzzzzz";
}

bool names_a_person(const std::vector<Naming>& namings) {
  return std::any_of(namings.begin(), namings.end(), [](const Naming& naming) {
    return vocabulary_name(naming.field->name()) == "identity_number";
  });
}

// Those of `theirs` that are not among `ours`: a shared agency's code may be known to both.
std::vector<std::string> not_among(const std::vector<std::string>& ours,
                                   std::vector<std::string> theirs) {
  theirs.erase(std::remove_if(theirs.begin(), theirs.end(),
                              [&](const std::string& value) {
                                return std::find(ours.begin(), ours.end(), value) != ours.end();
                              }),
               theirs.end());
  return theirs;
}

class Municipalities : public testing::TestWithParam<Direction> {
 protected:
  TestServer server;
  Cast cast{server};
  FullMunicipality own{server, GetParam().own};
  FullMunicipality other{server, GetParam().other};
  std::mt19937 random{seed};
  RandomRequest filler{random};

  int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random); }
  const std::string& any_of(const std::vector<std::string>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
  }

  void set_dry_run(Message& request) {
    const auto* write = request.GetDescriptor()->FindFieldByName("write");
    if (write == nullptr) return;
    auto& filled = *request.GetReflection()->MutableMessage(&request, write);
    dynamic_cast<v1::Write&>(filled).set_dry_run(true);
  }

  // Puts names of the other municipality into the request: into none of its fields, one, or some.
  std::vector<Naming> smuggle(Message& request) {
    std::vector<Naming> namings = namings_of(request);
    std::shuffle(namings.begin(), namings.end(), random);
    const std::size_t wanted = namings.empty() ? 0 : static_cast<std::size_t>(below(3));
    namings.resize(std::min(namings.size(), wanted == 2 ? namings.size() : wanted));
    for (const Naming& naming : namings) {
      const std::string name = vocabulary_name(naming.field->name());
      rename(naming, any_of(not_among(own.vocabulary().at(name), other.vocabulary().at(name))));
    }
    return namings;
  }

  void expect_nothing_of_the_other(const rpc::Method& row, const Account& caller,
                                   const Message& request, const Answered& answered) {
    std::string told = answered.message + answered.field;
    for (const std::string& body : answered.bodies) told += body;
    for (const std::string& secret : other.secrets()) {
      EXPECT_EQ(told.find(secret), std::string::npos)
          << row.path << " told " << caller.handle << " " << secret << ", seed " << seed << ": "
          << request.ShortDebugString();
    }
  }

  // With an unknown name in the place of the other's, the answer is the same to the byte.
  void expect_as_unknown(const rpc::Method& row, const Account& caller, Message& request,
                         const Naming& naming, const Answered& answered) {
    rename(naming, unknown(vocabulary_name(naming.field->name()), GetParam().other));
    const Answered absent = call(row, caller, request);
    EXPECT_EQ(absent.summary() + absent.message, answered.summary() + answered.message)
        << row.path << " tells " << caller.handle << " that there is something behind "
        << naming.field->full_name() << ", seed " << seed << ": " << request.ShortDebugString();
  }

  Answered call(const rpc::Method& row, const Account& caller, const Message& request) {
    const std::uint64_t before = server.event_count();
    const Answered answered = server.call(caller, std::string(row.path.substr(1)), request);
    EXPECT_EQ(server.event_count() - before, std::max<std::size_t>(1, answered.bodies.size()));
    return answered;
  }

  // True when a request with the caller's own names alone was allowed.
  bool try_once(const rpc::Method& row) {
    const std::unique_ptr<Message> request(row.request_type().New());
    filler.fill(*request, own.vocabulary(), own.marker());
    const std::vector<Naming> foreign = smuggle(*request);
    // What the other municipality does not meet may not change what the next round meets.
    // Neither may a person of the other's who has become one's own.
    if (foreign.empty() || names_a_person(foreign)) set_dry_run(*request);
    const auto& people = own.people();
    const Account& caller =
        people[static_cast<std::size_t>(below(static_cast<int>(people.size())))];
    const Answered answered = call(row, caller, *request);
    expect_nothing_of_the_other(row, caller, *request, answered);
    if (foreign.size() == 1 && !answered.ok() && !names_something_new(*foreign.front().field)) {
      expect_as_unknown(row, caller, *request, foreign.front(), answered);
    }
    return foreign.empty() && answered.ok();
  }
};

TEST_P(Municipalities, NeverSeeEachOther) {
  const std::string before = other.as_seen();
  ASSERT_NE(before.find(other.marker()), std::string::npos);
  server.installation().checkpointer().sign_if_due();  // else nothing of the log can be proved
  for (const rpc::Method& row : rpc::methods()) {
    int allowed = 0;
    int rounds = 0;
    while (rounds < rounds_min || (allowed == 0 && rounds < rounds_max)) {
      allowed += try_once(row) ? 1 : 0;
      ++rounds;
      if (is_of_installation(row) && rounds == rounds_min) break;
      if (HasFailure()) return;
    }
    // Not true for want of calls that reach anything.
    EXPECT_EQ(allowed > 0, !is_of_installation(row)) << row.path << ", seed " << seed;
    EXPECT_EQ(other.as_seen(), before) << row.path << " changed the other, seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Both, Municipalities,
                         testing::Values(Direction{"TYR", "NAC"}, Direction{"NAC", "TYR"}),
                         [](const auto& each) { return std::string(each.param.own); });

}  // namespace
}  // namespace sspf::test::municipalities_property
