// SPDX-License-Identifier: Apache-2.0
//
// The body of an add-checkpoint request: what parses is put together again to the same bytes.
#include "crypto/encoding.h"
#include "tests/fuzz/fuzz.h"
#include "witness/request.h"

void sspf::test::fuzz(std::string_view input) {
  const auto request = witness::parse_add_checkpoint(input);
  if (!request) return;
  ENSURE(request->proof.size() <= witness::proof_lines_max);
  std::string again = "old " + std::to_string(request->old_size) + "\n";
  for (const crypto::Digest& hash : request->proof) again += crypto::base64(hash) + "\n";
  ENSURE(again + "\n" + crypto::marshal_note(request->note) == input);
  ENSURE(request->note.text.starts_with(crypto::marshal_checkpoint(request->checkpoint)));
}
