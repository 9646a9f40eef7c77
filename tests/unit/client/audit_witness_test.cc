// SPDX-License-Identifier: Apache-2.0
//
// Checkpoints with the lines of witnesses: the command goes by the log's own signature, as before.
#include <gtest/gtest.h>

#include "client/cli/audit.h"
#include "client/cli/failure.h"
#include "crypto/cosignature.h"
#include "tests/unit/client/audit_fixture.h"

namespace sspf::cli {
namespace {

using test::event;
using test::events_of;

struct AuditWitness : test::AuditVerifyCommand {
  AuditWitness() { context.log_verifier_key = log_.vkey(); }

  std::string cosigned(const std::string& bytes, std::uint64_t time) const {
    crypto::Note note = crypto::parse_note(bytes).value();
    note.signatures.push_back(crypto::cosign(note.text, {name, key}, time));
    return crypto::marshal_note(note);
  }
  std::uint64_t accept(const std::string& note) {
    return accept_checkpoint(user_.store(), context, {note, std::nullopt}).size;
  }

  Context context{"home", "", "", "", "", ""};
  const std::string name = "polisen.example/vittne";
  const crypto::SigningKey key = crypto::SigningKey::generate();
};

TEST_F(AuditWitness, TheirLinesChangeNothing) {
  const std::string plain = log_.note(events_of(4));
  EXPECT_EQ(accept(plain), 4U);
  EXPECT_EQ(accept(cosigned(plain, 1000)), 4U);
  EXPECT_EQ(accept(cosigned(plain, 2000)), 4U);
  EXPECT_EQ(accept(plain), 4U);
  EXPECT_EQ(accept(cosigned(log_.note(events_of(5)), 3000)), 5U);
  EXPECT_THROW(accept(cosigned(plain, 4000)), Failure);  // shorter
}

TEST_F(AuditWitness, TheyDoNotStandForTheLog) {
  crypto::Note note = crypto::parse_note(cosigned(log_.note(events_of(4)), 1000)).value();
  note.signatures.erase(note.signatures.begin());
  EXPECT_THROW(accept(crypto::marshal_note(note)), Failure);
}

}  // namespace
}  // namespace sspf::cli
