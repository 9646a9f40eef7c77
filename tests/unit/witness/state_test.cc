// SPDX-License-Identifier: Apache-2.0
//
// A witness that has lost or mixed up what it has seen does not start.
#include "witness/state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "crypto/key_file.h"
#include "server/trouble.h"
#include "tests/support/fake_log.h"
#include "tests/support/temporary_folder.h"
#include "witness/witness.h"

namespace sspf::witness {
namespace {

namespace fs = std::filesystem;
using test::FakeLog;

struct WitnessState : testing::Test {
  WitnessState() {
    State::create(at, "polisen.example/vittne");
    State state(at);
    log.grow_to(9);
    other.grow_to(9);
    for (const FakeLog* each : {&log, &other}) {
      state.add_log(each->verifier());
      const auto answer = add_checkpoint(
          state, [] { return Instant{1'000'000}; }, each->request(0, 9));
      if (answer.status != 200) throw std::runtime_error(answer.body);
    }
  }

  fs::path file_of(const FakeLog& of, const std::string& ending) {
    return State(at).find(of.verifier().name)->file.replace_extension(ending);
  }
  // The exit code and text of an attempt to open it; 0 when it opens.
  std::pair<int, std::string> opened() {
    try {
      const State state(at);
      return {0, ""};
    } catch (const Trouble& trouble) {
      return {trouble.exit_code, trouble.what()};
    }
  }

  test::TemporaryFolder folder;
  fs::path at = folder.path() / "state";
  FakeLog log;
  FakeLog other{"log.example/audit/2"};
};

TEST_F(WitnessState, ComesBackAsItWas) {
  const State state(at);
  EXPECT_EQ(state.logs().size(), 2U);
  EXPECT_EQ(state.logs().at(log.verifier().name).latest, log.checkpoint(9));
  EXPECT_EQ(state.verifier().name, "polisen.example/vittne");
}

TEST_F(WitnessState, EveryFileThatIsNotRightKeepsItClosed) {
  const fs::path checkpoint = file_of(log, ".checkpoint");
  const fs::path key = file_of(log, ".log");
  const fs::path others = file_of(other, ".checkpoint");
  crypto::Note not_cosigned = log.signed_note(9);
  crypto::Note by_another = log.signed_note(9);
  const crypto::SigningKey stranger = crypto::SigningKey::generate();
  const std::string name = "polisen.example/vittne";
  by_another.signatures.push_back(crypto::cosign(by_another.text, {name, stranger}, 1));
  const crypto::NoteVerifier another_key{log.verifier().name, stranger.public_key()};
  const crypto::CosignatureVerifier another_name{"skolan", State(at).verifier().key};
  struct Case {
    fs::path file;
    std::string content;
    int exit_code;
  };
  const std::vector<Case> cases = {
      {checkpoint, "", 0},  // as before the first checkpoint
      {checkpoint, "nothing\n", 5},
      {checkpoint, crypto::read_file(others, 100'000).value(), 5},  // of another log
      {checkpoint, crypto::marshal_note(not_cosigned), 5},
      {checkpoint, crypto::marshal_note(by_another), 5},
      {key, "", 3},
      {key, "nothing\n", 5},
      {key, another_key.text() + "\n", 5},
      {key, other.verifier().text() + "\n", 5},
      {at / "witness.pub", "", 3},
      {at / "witness.pub", "nothing\n", 3},
      {at / "witness.pub", crypto::CosignatureVerifier{name, stranger.public_key()}.text() + "\n",
       3},
      {at / "witness.pub", another_name.text() + "\n", 5},  // not its cosignatures any more
      {at / "witness.key", std::string(64, 'a') + "\n", 3},
      {at / "witness.key", "short\n", 3},
  };
  for (const Case& each : cases) {
    const std::string kept = crypto::read_file(each.file, 100'000).value();
    crypto::replace_file(each.file, each.content, 0600);
    const auto [exit_code, text] = opened();
    EXPECT_EQ(exit_code, each.exit_code) << each.file << "\n" << each.content << "\n" << text;
    crypto::replace_file(each.file, kept, 0600);
    ASSERT_EQ(opened().first, 0);
  }
}

TEST_F(WitnessState, AMissingFileIsNotABeginning) {
  const fs::path checkpoint = file_of(log, ".checkpoint");
  fs::rename(checkpoint, folder.path() / "away");
  EXPECT_EQ(opened().first, 5);
  fs::rename(folder.path() / "away", checkpoint);
  fs::rename(file_of(log, ".log"), folder.path() / "away");
  EXPECT_EQ(opened().first, 5);  // a checkpoint of a log that is not watched
}

TEST_F(WitnessState, OneProcessHasItAloneAndNothingIsMadeTwice) {
  State state(at);
  EXPECT_EQ(opened().first, 2);
  EXPECT_THROW(state.add_log(log.verifier()), Trouble);
  EXPECT_THROW(State::create(at, "again"), Trouble);
  EXPECT_THROW(State::create(folder.path() / "new", "two words"), Trouble);
  EXPECT_THROW(State(folder.path() / "none"), Trouble);
  EXPECT_FALSE(fs::exists(folder.path() / "none"));
}

}  // namespace
}  // namespace sspf::witness
