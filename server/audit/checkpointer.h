// SPDX-License-Identifier: Apache-2.0
//
// Signs the head of the log and keeps the newest checkpoint outside the database, where an older
// copy of the database cannot bring an older checkpoint along (trust.md 4,
// proto/sspf/v1/checkpoint.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crypto/note.h"
#include "server/store/database.h"

namespace sspf::audit {

class Checkpointer {
 public:
  Checkpointer(store::Database& database, const crypto::SigningKey& key, std::string origin,
               std::filesystem::path file);

  // Signs, stores and writes the file, if there are events since the last one. Throws
  // store::CommitUnknown or std::system_error: then the process must end.
  void sign_if_due();

  // Keeps the note of a stored checkpoint with the lines of its witnesses: in the database, and in
  // the file as long as that holds the same checkpoint. Throws as sign_if_due().
  void keep_cosigned(const crypto::Note& note);

  crypto::NoteVerifier verifier() const;

 private:
  store::Database& database_;
  const crypto::SigningKey& key_;
  std::string origin_;
  std::filesystem::path file_;
  std::uint64_t signed_size_ = 0;
};

// Compares the log with the checkpoint kept outside. Empty when the log holds everything that the
// checkpoint covers; else what is wrong, for the operator: the server must stay closed.
std::string log_trouble(store::Database& database, const crypto::NoteVerifier& verifier,
                        const std::optional<std::string>& outside_note);

}  // namespace sspf::audit
