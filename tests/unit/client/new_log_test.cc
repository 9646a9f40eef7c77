// SPDX-License-Identifier: Apache-2.0
//
// `sspf context trust-log`: the way to the log of a new epoch.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "tests/unit/client/audit_server.h"

namespace sspf::cli {
namespace {

using test::AuditServer;
using test::event;
using test::events_of;
using test::Log;
using test::run_program;
using test::Words;

// After a restore the log has another name, and whose it is no program can tell.
class NewLog : public AuditServer {
 protected:
  // The server has shown its log, and from now on shows one of another name.
  NewLog() {
    show(events_of(4));
    EXPECT_EQ(checkpoint().exit, 0);
    old_note_ = log_.note(events_of(4));
  }
  // Events under the new name, with the proof that they continue `since` events; returns the note.
  std::string go_on_with(const Words& events, std::uint64_t since) {
    const std::string note = new_log_.note(events);
    v1::GetCheckpointResponse response;
    response.set_checkpoint_note(note);
    for (const auto& hash : Log::consistency_proof(events, since)) {
      response.add_consistency_proof(std::string(crypto::text_of(hash)));
    }
    response_ = test::unary_response(response.SerializeAsString());
    return note;
  }
  test::Ran trust(const std::string& key, const Words& more = {}) {
    Words words = {"context", "trust-log", key};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words);
  }

  // What is kept of the log before.
  std::string kept() const {
    char name[32];
    std::snprintf(name, sizeof(name), "checkpoint-%08x", log_.verifier().key_id());
    return test::read_file((user_.folder() / "state" / "home" / name).string());
  }

  const Log new_log_{"log.example/sspf/2"};
  std::string old_note_;
};

TEST_F(NewLog, IsWaitedForUntilTheUserTrustsIt) {
  const std::string note = go_on_with(events_, 4);
  const auto warned = checkpoint();
  EXPECT_EQ(warned.exit, 7);
  EXPECT_NE(warned.err.find("another name"), std::string::npos);
  const auto in_swedish = run_program({"audit", "checkpoint", "--lang", "sv"});
  EXPECT_NE(in_swedish.err.find("`sspf context trust-log NYCKEL`"), std::string::npos);
  EXPECT_EQ(run_program({"context", "trust-log"}).exit, 1);
  EXPECT_EQ(trust("x").exit, 1);
  EXPECT_EQ(trust(Log().vkey()).exit, 1);  // of the same name
  const crypto::NoteVerifier renamed{new_log_.verifier().name, log_.verifier().key};
  EXPECT_EQ(trust(renamed.text()).exit, 1);  // of the same key
  EXPECT_EQ(user_.store().checkpoint("home"), old_note_);

  const std::string identity = user_.store().load("home").identity_pem;
  const auto trusted = trust(new_log_.vkey());
  EXPECT_EQ(trusted.exit, 0);
  EXPECT_NE(trusted.out.find("shown before  4"), std::string::npos) << trusted.out;
  EXPECT_EQ(asked_since_, 4U);
  EXPECT_EQ(user_.store().checkpoint("home"), note);
  EXPECT_EQ(user_.store().load("home").identity_pem, identity);
  EXPECT_EQ(checkpoint().exit, 0);
  EXPECT_EQ(trust(log_.vkey()).exit, 1);  // never comes back
  EXPECT_EQ(user_.store().load("home").log_verifier_key, new_log_.vkey());
}

// RFC 6962 2.1.2: of a log under another name, too, the user sees that it holds what was shown.
TEST_F(NewLog, HasToContinueWhatWasShown) {
  auto forked = events_;
  forked[1] = event(1, 1'000'000);
  for (const Words& events : {forked, events_of(3)}) {
    const std::string note = go_on_with(events, std::min<std::size_t>(events.size(), 4));
    const auto ran = trust(new_log_.vkey());
    EXPECT_EQ(ran.exit, 7);
    EXPECT_NE(ran.err.find("the 4 events"), std::string::npos) << ran.err;
    EXPECT_EQ(user_.store().checkpoint("home"), old_note_);
    EXPECT_EQ(user_.store().load("home").log_verifier_key, log_.vkey());
  }
  // Security staff say that events were lost.
  const auto trusted = trust(new_log_.vkey(), {"--lost"});
  EXPECT_EQ(trusted.exit, 0);
  EXPECT_NE(trusted.out.find("shown before  0"), std::string::npos) << trusted.out;
  EXPECT_EQ(checkpoint().exit, 0);
}

TEST_F(NewLog, IsNotTakenWithoutProofWhenWhatIsRememberedIsDamaged) {
  go_on_with(events_, 4);
  for (const std::string& damaged : {std::string(), old_note_.substr(0, 20)}) {
    user_.store().remember_checkpoint("home", damaged);
    const auto ran = trust(new_log_.vkey());
    EXPECT_EQ(ran.exit, 7);
    EXPECT_NE(ran.err.find("damaged"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(trust(new_log_.vkey(), {"--lost"}).exit, 0);
  EXPECT_EQ(trust(log_.vkey()).exit, 1);
}

TEST_F(NewLog, KeepsTheLastThatWasShownOfTheLogBefore) {
  // A run that was cut short at once, after which the old log went on for a while.
  user_.store().leave_log("home", log_.verifier());
  show(events_of(6));
  EXPECT_EQ(checkpoint().exit, 0);
  go_on_with(events_, 6);
  EXPECT_EQ(trust(new_log_.vkey()).exit, 0);
  EXPECT_EQ(kept(), log_.note(events_of(6)));
}

TEST_F(NewLog, OfAsManyEventsHasTheSameRoot) {
  auto forked = events_of(4);
  forked[1] = event(1, 1'000'000);
  go_on_with(forked, 4);
  EXPECT_EQ(trust(new_log_.vkey()).exit, 7);
  go_on_with(events_of(4), 4);
  EXPECT_EQ(trust(new_log_.vkey()).exit, 0);
}

TEST_F(NewLog, IsSignedWithTheKeyThatWasGiven) {
  go_on_with(events_, 4);
  const Log of_another_key{"log.example/sspf/2"};
  const crypto::NoteVerifier of_another_name{"log.example/sspf/3", new_log_.verifier().key};
  for (const std::string& key : {of_another_key.vkey(), of_another_name.text()}) {
    const auto ran = trust(key, {"--lost"});
    EXPECT_EQ(ran.exit, 7);
    EXPECT_NE(ran.err.find("not signed with that key"), std::string::npos);
    EXPECT_EQ(user_.store().checkpoint("home"), old_note_);
  }
  response_ = test::error_response(404, R"({"code":"not_found"})");
  EXPECT_EQ(trust(new_log_.vkey(), {"--lost"}).exit, 5);
  EXPECT_EQ(user_.store().load("home").log_verifier_key, log_.vkey());
}

// The machine goes down after the checkpoint was written and before the key was.
TEST_F(NewLog, IsTrustedAgainAfterBeingCutShort) {
  const std::string note = go_on_with(events_, 4);
  user_.store().leave_log("home", log_.verifier());
  user_.store().remember_checkpoint("home", note);
  EXPECT_EQ(checkpoint().exit, 7);
  go_on_with(events_of(9), 7);
  EXPECT_EQ(trust(new_log_.vkey()).exit, 0);
  EXPECT_EQ(asked_since_, 7U);
  EXPECT_EQ(checkpoint().exit, 0);
  EXPECT_EQ(kept(), old_note_);
}

}  // namespace
}  // namespace sspf::cli
