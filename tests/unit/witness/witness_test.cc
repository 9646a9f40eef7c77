// SPDX-License-Identifier: Apache-2.0
//
// The rules of c2sp.org/tlog-witness, one status code after the other, and that nothing but a
// success moves what the witness remembers.
#include "witness/witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "crypto/key_file.h"
#include "tests/support/fake_log.h"
#include "tests/support/temporary_folder.h"
#include "witness/request.h"

namespace sspf::witness {
namespace {

using test::FakeLog;

constexpr std::uint64_t now_seconds = 1'795'600'000;

struct WitnessRules : testing::Test {
  WitnessRules() {
    State::create(folder.path() / "state", "polisen.example/vittne");
    state.emplace(folder.path() / "state");
    state->add_log(log.verifier());
    log.grow_to(40);
  }

  HttpResponse ask(const std::string& body) {
    return add_checkpoint(
        *state, [] { return Instant{static_cast<std::int64_t>(now_seconds) * 1'000'000 + 17}; },
        body);
  }
  int status(const std::string& body) { return ask(body).status; }
  std::uint64_t latest() { return state->find(log.verifier().name)->latest.size; }
  std::uint64_t latest_on_disk() {
    const auto hash = crypto::sha256(crypto::view_of(log.verifier().name));
    const auto text = crypto::read_file(
        folder.path() / "state" / (crypto::hex(hash) + ".checkpoint"), std::size_t{1} << 20U);
    const auto note = crypto::parse_note(text.value_or(""));
    return note ? crypto::parse_checkpoint(note->text)->size : 0;
  }

  test::TemporaryFolder folder;
  FakeLog log;
  std::optional<State> state;
};

TEST_F(WitnessRules, TheCosignatureIsOnTheCheckpointAndIsDurableFirst) {
  const HttpResponse answer = ask(log.request(0, 7));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto note = crypto::parse_note(crypto::marshal_note(log.signed_note(7)) + answer.body);
  ASSERT_TRUE(note);
  EXPECT_EQ(crypto::cosigned_at(*note, state->verifier()), now_seconds);
  EXPECT_EQ(latest_on_disk(), 7U);
}

TEST_F(WitnessRules, EveryStatusHasItsCauseAndMovesNothing) {
  ASSERT_EQ(status(log.request(0, 8)), 200);
  FakeLog stranger("log.example/audit/2");
  FakeLog impostor;  // the same name with another key
  stranger.grow_to(9);
  impostor.grow_to(9);
  const std::string good_note = crypto::marshal_note(log.signed_note(12));
  auto wrong_proof = log.proof(8, 12);
  wrong_proof.front()[0] ^= 1;
  auto long_proof = log.proof(8, 12);
  long_proof.push_back(long_proof.front());
  const std::vector<std::pair<std::string, int>> cases = {
      {"", 400},
      {"old 8\n", 400},
      {good_note, 400},
      {"old 8\n\n", 400},
      {"old 08\n\n" + good_note, 400},
      {"old -8\n\n" + good_note, 400},
      {"old  8\n\n" + good_note, 400},
      {"old 8 \n\n" + good_note, 400},
      {"Old 8\n\n" + good_note, 400},
      {"old 18446744073709551616\n\n" + good_note, 400},
      {"old 8\r\n\r\n" + good_note, 400},
      {"old 8\nAAAA\n\n" + good_note, 400},
      {"old 8\nnot base64\n\n" + good_note, 400},
      {"old 8\n" + good_note, 400},  // no empty line: the origin is no hash
      {"old 8\n\n" + good_note + "more", 400},
      {"old 8\n\n" + good_note.substr(0, good_note.size() - 1), 400},
      {FakeLog::request_with(8, std::vector<crypto::Digest>(64), good_note), 400},
      {stranger.request(0, 9), 404},
      {impostor.request(0, 9), 403},
      {FakeLog::request_with(13, {}, good_note), 400},  // old is larger than the checkpoint
      {log.request(0, 12), 409},
      {log.request(7, 12), 409},
      {log.request(9, 12), 409},
      {log.request(0, 8), 409},
      {log.request(4, 4), 409},  // back to where it was
      {FakeLog::request_with(8, {}, good_note), 422},
      {FakeLog::request_with(8, wrong_proof, good_note), 422},
      {FakeLog::request_with(8, long_proof, good_note), 422},
      {FakeLog::request_with(8, std::vector<crypto::Digest>(63), good_note), 422},
      {FakeLog::request_with(8, log.proof(8, 12), crypto::marshal_note(log.signed_note(8))), 422},
  };
  for (const auto& [body, wanted] : cases) {
    const HttpResponse answer = ask(body);
    EXPECT_EQ(answer.status, wanted) << body;
    if (wanted == 409) {
      EXPECT_EQ(answer.body, "8\n");
      EXPECT_EQ(answer.content_type, "text/x.tlog.size");
    }
    EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr("\u2014")));
    EXPECT_EQ(latest(), 8U);
    EXPECT_EQ(latest_on_disk(), 8U);
  }
  EXPECT_EQ(status(log.request(8, 12)), 200);
}

TEST_F(WitnessRules, TheSameCheckpointIsCosignedAgain) {
  ASSERT_EQ(status(log.request(0, 8)), 200);
  EXPECT_EQ(status(log.request(8, 8)), 200);
  EXPECT_EQ(latest(), 8U);
}

TEST_F(WitnessRules, TwoRequestsInFlightNeverTakeItBack) {
  ASSERT_EQ(status(log.request(0, 10)), 200);
  const std::string a = log.request(10, 20);
  const std::string b = log.request(10, 30);
  EXPECT_EQ(status(b), 200);
  const HttpResponse late = ask(a);
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.body, "30\n");
  EXPECT_EQ(latest_on_disk(), 30U);
}

TEST_F(WitnessRules, ALogThatBecameTwoIsRefusedAndKeptAsProof) {
  FakeLog forked = log;
  ASSERT_EQ(status(log.request(0, 40)), 200);
  log.grow_to(50);
  forked.become_another();
  forked.grow_to(60);
  ASSERT_EQ(status(log.request(40, 50)), 200);
  // At the same size with another root.
  const HttpResponse same_size = ask(forked.request(50, 50));
  EXPECT_EQ(same_size.status, 409);
  EXPECT_EQ(same_size.body, "50\n");
  EXPECT_EQ(status(forked.request(50, 60)), 422);
  EXPECT_EQ(latest(), 50U);
  const auto hash = crypto::sha256(crypto::view_of(log.verifier().name));
  EXPECT_EQ(crypto::read_file(folder.path() / "state" / (crypto::hex(hash) + ".disputed"), 100'000),
            forked.request(50, 50));
}

TEST_F(WitnessRules, OtherSignaturesAndExtensionLinesPassThrough) {
  // A log that is not ours may have more lines, and they are cosigned with the others.
  const std::string text = crypto::marshal_checkpoint(log.checkpoint(8)) + "an extension\n";
  crypto::Note note = crypto::sign_note(text, log.verifier().name, log.key());
  note.signatures.push_back(
      crypto::sign_note(text, "stranger", crypto::SigningKey::generate()).signatures[0]);
  const HttpResponse answer = ask(FakeLog::request_with(0, {}, crypto::marshal_note(note)));
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto cosigned = crypto::parse_note(crypto::marshal_note(note) + answer.body);
  ASSERT_TRUE(cosigned);
  EXPECT_TRUE(crypto::cosigned_at(*cosigned, state->verifier()));
  state.reset();
  EXPECT_NO_THROW(state.emplace(folder.path() / "state"));
  EXPECT_EQ(latest(), 8U);
}

TEST_F(WitnessRules, AnEmptyLogIsCosignedWithTheEmptyRootOnly) {
  EXPECT_EQ(status(log.request(0, 0)), 200);
  crypto::Checkpoint wrong = log.checkpoint(0);
  wrong.root[0] ^= 1;
  const auto note =
      crypto::sign_note(crypto::marshal_checkpoint(wrong), log.verifier().name, log.key());
  EXPECT_EQ(status(FakeLog::request_with(0, {}, crypto::marshal_note(note))), 409);
}

TEST_F(WitnessRules, BytesThatNobodySendsAreRefused) {
  ASSERT_EQ(status(log.request(0, 8)), 200);
  const std::string good = log.request(8, 12);
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const char byte : {'\0', '\n', ' ', '\x7f', '\xff', '9'}) {
      std::string changed = good;
      changed[i] = byte;
      if (changed == good) continue;
      EXPECT_NE(status(changed), 200) << i;
    }
    EXPECT_EQ(status(good.substr(0, i)), 400) << i;
  }
  EXPECT_EQ(latest(), 8U);
  EXPECT_EQ(status(good), 200);
}

}  // namespace
}  // namespace sspf::witness
