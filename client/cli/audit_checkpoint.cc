// SPDX-License-Identifier: Apache-2.0
#include "client/cli/audit.h"
#include "client/cli/failure.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "crypto/encoding.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {
namespace {

crypto::Checkpoint verified(const std::string& bytes, const crypto::NoteVerifier& log) {
  const auto note = crypto::parse_note(bytes);
  const auto checkpoint = note ? crypto::parse_checkpoint(note->text) : std::nullopt;
  const bool is_ours = checkpoint && checkpoint->origin == log.name;
  if (!is_ours || !crypto::verify_note(*note, log)) {
    throw verification_failure(
        tr("The checkpoint is not signed with the log's key. Tell security staff."));
  }
  return *checkpoint;
}

}  // namespace

crypto::Checkpoint accept_checkpoint(const ContextStore& store, const Context& context,
                                     const std::string& note) {
  const auto log = crypto::NoteVerifier::parse(context.log_verifier_key);
  if (!log) throw local_failure(fill(tr("The context {0} is damaged."), {context.name}));
  const crypto::Checkpoint shown = verified(note, *log);
  const auto remembered = store.checkpoint(context.name);
  if (remembered) {
    const crypto::Checkpoint before = verified(*remembered, *log);
    if (shown.size < before.size) {
      throw verification_failure(
          fill(tr("The log is shorter than it was: the server shows {0} events, and has shown {1}. "
                  "Tell security staff."),
               {std::to_string(shown.size), std::to_string(before.size)}));
    }
    if (shown.size == before.size && shown.root != before.root) {
      throw verification_failure(
          fill(tr("The log has been changed: at {0} events it is not the log that the server has "
                  "shown before. Tell security staff."),
               {std::to_string(shown.size)}));
    }
  }
  store.remember_checkpoint(context.name, note);
  return shown;
}

void show_checkpoint(const Session& session) {
  const auto request = build_request(session.typed, session.terminal);
  const SignedIn user(session);
  v1::GetCheckpointResponse answer;
  answer.CopyFrom(*user.call(*request));
  const crypto::Checkpoint checkpoint =
      accept_checkpoint(session.store, user.context(), answer.checkpoint_note());
  write_facts({{"origin", msg("Log"), checkpoint.origin},
               {"size", msg("Events"), std::to_string(checkpoint.size)},
               {"root", msg("Root hash"), crypto::base64(checkpoint.root)},
               {"checkpointNote", msg("Signed checkpoint"), answer.checkpoint_note()}},
              session.output, session.terminal);
  if (session.output == Output::table) {
    session.terminal.err() << tr("The signature holds. The checkpoint is remembered.") << '\n';
  }
}

}  // namespace sspf::cli
