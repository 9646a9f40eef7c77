// SPDX-License-Identifier: Apache-2.0
//
// What the server takes from a witness's answer: a cosignature, nothing, or that its own log is not
// the one that was seen.
#include "server/audit/witness_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "server/base/fault.h"
#include "tests/support/fake_log.h"

namespace sspf::audit {
namespace {

using test::FakeLog;
using testing::ElementsAre;
using testing::HasSubstr;

HttpResponse answer(int status, const std::string& body = "") {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/plain";
  response.body = body;
  return response;
}
HttpResponse conflict(const std::string& body) {
  HttpResponse response = answer(409, body);
  response.content_type = "text/x.tlog.size";
  return response;
}

struct WitnessCall : testing::Test {
  WitnessCall() { log.grow_to(30); }

  HttpResponse cosignature(std::uint64_t size) const {
    const auto note = log.signed_note(size);
    return answer(200, crypto::marshal_signature(crypto::cosign(note.text, {name, key}, 1000)));
  }
  // One witness that gives these answers, one after the other.
  Round round(std::vector<std::optional<HttpResponse>> answers, std::uint64_t known = 0,
              std::uint64_t size = 20) {
    auto next = std::make_shared<std::size_t>(0);
    std::vector<Witness> witnesses = {{{name, key.public_key()},
                                       [this, answers, next](const std::string& body) {
                                         bodies.push_back(body);
                                         return answers.at((*next)++);
                                       },
                                       known}};
    Round asked = ask_witnesses(witnesses, collect(size));
    known_after = witnesses[0].size;
    return asked;
  }
  Collect collect(std::uint64_t size) const {
    return [this, size](const std::vector<std::uint64_t>& from,
                        const std::optional<crypto::Checkpoint>& to) {
      Material material;
      if (!to) material.note = crypto::marshal_note(log.signed_note(size));
      for (const std::uint64_t first : from) {
        material.proofs.push_back(first < size ? log.proof(first, size)
                                               : std::vector<crypto::Digest>());
      }
      return material;
    };
  }

  FakeLog log;
  const std::string name = "polisen.example/vittne";
  const crypto::SigningKey key = crypto::SigningKey::generate();
  std::vector<std::string> bodies;
  std::uint64_t known_after = 0;
};

TEST_F(WitnessCall, ACosignatureIsAddedToTheNote) {
  const Round asked = round({cosignature(20)});
  EXPECT_EQ(asked.cosigned(), 1U);
  EXPECT_EQ(asked.disagreement(), nullptr);
  EXPECT_EQ(known_after, 20U);
  EXPECT_THAT(bodies, ElementsAre(log.request(0, 20)));
  EXPECT_TRUE(crypto::verify_note(asked.note, log.verifier()));
  EXPECT_EQ(crypto::cosigned_at(asked.note, {name, key.public_key()}), 1000U);
}

TEST_F(WitnessCall, ItIsAskedAgainFromWhereItStands) {
  const Round asked = round({conflict("12\n"), cosignature(20)});
  EXPECT_EQ(asked.cosigned(), 1U);
  EXPECT_THAT(bodies, ElementsAre(log.request(0, 20), log.request(12, 20)));
  EXPECT_EQ(asked.said[0].what, "");
}

TEST_F(WitnessCall, EveryAnswerHasItsMeaning) {
  struct Case {
    std::vector<std::optional<HttpResponse>> answers;
    Heard heard;
    std::uint64_t known = 0;
  };
  const auto plain_signature = [&] {
    return crypto::marshal_signature(
        crypto::sign_note(log.signed_note(20).text, name, key).signatures[0]);
  };
  const std::string stranger_name = "stranger";
  const auto of_stranger = crypto::marshal_signature(
      crypto::cosign(log.signed_note(20).text, {stranger_name, key}, 1000));
  const std::vector<Case> cases = {
      {{std::nullopt}, Heard::nothing},
      {{answer(200, "")}, Heard::refused},
      {{answer(200, "\n")}, Heard::refused},
      {{answer(200, "text\n\n" + cosignature(20).body)}, Heard::refused},
      {{cosignature(19)}, Heard::refused},  // of another checkpoint
      {{answer(200, plain_signature())}, Heard::refused},
      {{answer(200, of_stranger)}, Heard::refused},
      {{answer(200, of_stranger + cosignature(20).body)}, Heard::cosigned},
      {{answer(200, cosignature(19).body + cosignature(20).body)}, Heard::refused},
      {{answer(201, cosignature(20).body)}, Heard::refused},
      {{answer(400)}, Heard::refused},
      {{answer(403)}, Heard::refused},
      {{answer(404)}, Heard::refused},
      {{answer(500)}, Heard::refused},
      {{answer(422)}, Heard::refused},        // to an empty proof from 0: its fault
      {{answer(422)}, Heard::disagrees, 12},  // from where it stands
      {{conflict("12\n"), answer(422)}, Heard::disagrees},
      {{conflict("21\n")}, Heard::disagrees},  // it has seen more
      {{conflict("18446744073709551615\n")}, Heard::disagrees},
      {{conflict("20\n"), conflict("20\n")}, Heard::disagrees},  // another root
      {{conflict("20\n"), cosignature(20)}, Heard::cosigned},
      {{conflict("20\n")}, Heard::disagrees, 20},
      {{conflict("12\n")}, Heard::refused, 12},
      {{conflict("0\n")}, Heard::refused},
      {{conflict("12\n"), conflict("13\n"), conflict("14\n")}, Heard::refused},
      {{conflict("5\n"), cosignature(20)}, Heard::cosigned, 12},  // it has forgotten something
      {{conflict("12")}, Heard::refused},
      {{conflict("012\n")}, Heard::refused},
      {{conflict("12\n\n")}, Heard::refused},
      {{conflict("")}, Heard::refused},
      {{answer(409, "21\n")}, Heard::refused},  // of another type
      {{conflict("12\n"), std::nullopt}, Heard::nothing},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Round asked = round(cases[i].answers, cases[i].known);
    ASSERT_EQ(asked.said.size(), 1U);
    EXPECT_EQ(asked.said[0].heard, cases[i].heard) << i << " " << asked.said[0].what;
    EXPECT_EQ(asked.cosigned(), cases[i].heard == Heard::cosigned ? 1U : 0U) << i;
    EXPECT_EQ(asked.disagreement() != nullptr, cases[i].heard == Heard::disagrees) << i;
    EXPECT_EQ(asked.said[0].line.has_value(), cases[i].heard == Heard::cosigned) << i;
    EXPECT_EQ(asked.note.signatures.size(), asked.cosigned() + 1) << i;
    if (cases[i].heard != Heard::cosigned) {
      EXPECT_NE(asked.said[0].what, "") << i;
    }
  }
}

TEST_F(WitnessCall, WhoForgetsIsTold) {
  EXPECT_THAT(round({conflict("5\n"), cosignature(20)}, 12).said[0].what,
              HasSubstr("stands at 5 events and has stood at 12"));
}

TEST_F(WitnessCall, AllAreAskedAtOnceAndOneMayBeSilent) {
  const crypto::SigningKey other = crypto::SigningKey::generate();
  const std::string other_name = "skolan.example/vittne";
  std::promise<void> arrived;
  std::shared_future<void> first = arrived.get_future().share();
  std::vector<Witness> witnesses = {{{name, key.public_key()},
                                     [&](const std::string&) -> std::optional<HttpResponse> {
                                       // Answers only after the second was asked.
                                       first.wait();
                                       return cosignature(20);
                                     },
                                     0},
                                    {{other_name, other.public_key()},
                                     [&](const std::string&) -> std::optional<HttpResponse> {
                                       arrived.set_value();
                                       return std::nullopt;
                                     },
                                     0}};
  const Round asked = ask_witnesses(witnesses, collect(20));
  EXPECT_EQ(asked.said[0].heard, Heard::cosigned);
  EXPECT_EQ(asked.said[1].heard, Heard::nothing);
}

TEST_F(WitnessCall, ANewLineTakesThePlaceOfTheOlderAndOthersStay) {
  crypto::Note before = log.signed_note(20);
  const std::string other_name = "skolan.example/vittne";
  const crypto::SigningKey other = crypto::SigningKey::generate();
  before.signatures.push_back(crypto::cosign(before.text, {other_name, other}, 900));
  before.signatures.push_back(crypto::cosign(before.text, {name, key}, 900));
  std::vector<Witness> witnesses = {{{name, key.public_key()},
                                     [&](const std::string& body) {
                                       bodies.push_back(body);
                                       return cosignature(20);
                                     },
                                     20}};
  const Round asked = ask_witnesses(witnesses, [&](const auto& from, const auto&) {
    return Material{crypto::marshal_note(before),
                    std::vector<std::vector<crypto::Digest>>(from.size())};
  });
  EXPECT_EQ(asked.note.signatures.size(), 3U);
  EXPECT_EQ(crypto::cosigned_at(asked.note, {name, key.public_key()}), 1000U);
  EXPECT_EQ(crypto::cosigned_at(asked.note, {other_name, other.public_key()}), 900U);
  EXPECT_THAT(bodies, ElementsAre(log.request(20, 20)));  // without the lines of witnesses
}

TEST_F(WitnessCall, WithoutACheckpointNobodyIsAsked) {
  std::vector<Witness> witnesses;
  EXPECT_THROW(ask_witnesses(witnesses, [](const auto&, const auto&) { return Material(); }),
               Fault);
}

}  // namespace
}  // namespace sspf::audit
