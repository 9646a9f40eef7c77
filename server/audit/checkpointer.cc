// SPDX-License-Identifier: Apache-2.0
#include "server/audit/checkpointer.h"

#include <fmt/format.h>

#include "crypto/key_file.h"
#include "server/base/ensure.h"

namespace sspf::audit {

Checkpointer::Checkpointer(store::Database& database, const crypto::SigningKey& key,
                           std::string origin, std::filesystem::path file)
    : database_(database), key_(key), origin_(std::move(origin)), file_(std::move(file)) {}

void Checkpointer::sign_if_due() {
  const std::uint64_t size = database_.log_size();
  if (size == signed_size_) return;
  const crypto::Checkpoint checkpoint{origin_, size, database_.log_root()};
  const std::string note = crypto::marshal_note(
      crypto::sign_note(crypto::marshal_checkpoint(checkpoint), origin_, key_));
  database_.add_checkpoint(size, note);
  crypto::replace_file(file_, note, 0600);
  signed_size_ = size;
}

void Checkpointer::keep_cosigned(const crypto::Note& note) {
  const auto checkpoint = crypto::parse_checkpoint(note.text);
  ENSURE(checkpoint && checkpoint->origin == origin_);
  const std::string bytes = crypto::marshal_note(note);
  database_.keep_cosigned(checkpoint->size, bytes);
  if (checkpoint->size == signed_size_) crypto::replace_file(file_, bytes, 0600);
}

crypto::NoteVerifier Checkpointer::verifier() const { return {origin_, key_.public_key()}; }

std::string log_trouble(store::Database& database, const crypto::NoteVerifier& verifier,
                        const std::optional<std::string>& outside_note) {
  if (!outside_note) return "the checkpoint file outside the database is missing";
  const auto note = crypto::parse_note(*outside_note);
  if (!note || !crypto::verify_note(*note, verifier)) {
    return "the checkpoint file outside the database is not signed by this log";
  }
  const auto checkpoint = crypto::parse_checkpoint(note->text);
  if (!checkpoint || checkpoint->origin != verifier.name) {
    return "the checkpoint file outside the database is of another log";
  }
  if (database.log_size() < checkpoint->size) {
    return fmt::format("the database holds {} events, and the checkpoint outside it covers {}",
                       database.log_size(), checkpoint->size);
  }
  if (database.log_root_at(checkpoint->size) != checkpoint->root) {
    return fmt::format("the log is not the one that the checkpoint of {} events covers",
                       checkpoint->size);
  }
  return {};
}

}  // namespace sspf::audit
