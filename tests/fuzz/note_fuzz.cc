// SPDX-License-Identifier: Apache-2.0
//
// Signed notes and checkpoints: whatever parses marshals back to the same bytes.
#include "crypto/note.h"
#include "tests/fuzz/fuzz.h"

void sspf::test::fuzz(std::string_view input) {
  const auto note = crypto::parse_note(input);
  if (note) {
    ENSURE(crypto::marshal_note(*note) == input);
    if (const auto checkpoint = crypto::parse_checkpoint(note->text)) {
      ENSURE(crypto::marshal_checkpoint(*checkpoint) == note->text);
    }
  }
  if (const auto verifier = crypto::NoteVerifier::parse(input)) {
    ENSURE(verifier->text() == input);
  }
}
