// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "client/cli/audit.h"
#include "client/cli/failure.h"
#include "client/cli/render.h"
#include "crypto/encoding.h"
#include "crypto/merkle.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {
namespace {

const google::protobuf::MethodDescriptor* checkpoint_method() {
  return v1::GetCheckpointRequest::descriptor()
      ->file()
      ->FindServiceByName("AuditService")
      ->FindMethodByName("GetCheckpoint");
}

// After a restore the log goes on under a new name and key. Nobody but security staff can tell that
// from another log in its place, so nothing goes on by itself.
[[noreturn]] void report_new_log() {
  throw verification_failure(tr(
      "The server's log has another name than before. Either it goes on after a restore, as a new "
      "epoch, or it is not the log that you know. Ask security staff, get its new verifier key "
      "from them and not from the server, and go on with `sspf context trust-log KEY`."));
}

crypto::Checkpoint verified(const std::string& bytes, const crypto::NoteVerifier& log) {
  const auto shown = crypto::checkpoint_in(bytes);
  if (shown && shown->origin != log.name) report_new_log();
  const auto checkpoint = crypto::verified_checkpoint(bytes, log);
  if (!checkpoint) {
    throw verification_failure(
        tr("The checkpoint is not signed with the log's key. Tell security staff."));
  }
  return *checkpoint;
}

[[noreturn]] void report_fork(std::uint64_t size) {
  throw verification_failure(
      fill(tr("The log has been changed: at {0} events it is not the log that the server has "
              "shown before. Tell security staff."),
           {std::to_string(size)}));
}

bool continues(const crypto::Checkpoint& before, const crypto::Checkpoint& shown,
               const std::vector<crypto::Digest>& proof) {
  if (before.size == 0) return true;
  if (shown.size == before.size) return shown.root == before.root;
  return shown.size > before.size && crypto::merkle::verify_consistency(
                                         before.size, before.root, shown.size, shown.root, proof);
}

void compare(const crypto::Checkpoint& before, const crypto::Checkpoint& shown,
             const std::optional<std::vector<crypto::Digest>>& proof) {
  if (shown.size < before.size) {
    throw verification_failure(
        fill(tr("The log is shorter than it was: the server shows {0} events, and has shown {1}. "
                "Tell security staff."),
             {std::to_string(shown.size), std::to_string(before.size)}));
  }
  const bool is_to_be_proved = proof.has_value() || shown.size == before.size;
  if (is_to_be_proved && !continues(before, shown, proof.value_or(std::vector<crypto::Digest>()))) {
    report_fork(before.size);
  }
}

// The checkpoint remembered, whichever log's it is: of no event when there is none, and nothing
// when it is damaged.
std::optional<crypto::Checkpoint> remembered(const ContextStore& store, const Context& context) {
  const auto bytes = store.checkpoint(context.name);
  if (!bytes) return crypto::Checkpoint{};
  return crypto::checkpoint_in(*bytes);
}

std::uint64_t remembered_size(const ContextStore& store, const Context& context) {
  return remembered(store, context).value_or(crypto::Checkpoint{}).size;
}

v1::GetCheckpointResponse newest_checkpoint(const SignedIn& user, std::uint64_t since_size) {
  v1::GetCheckpointRequest request;
  request.set_since_size(since_size);
  v1::GetCheckpointResponse answer;
  answer.CopyFrom(*user.call_method(*checkpoint_method(), request));
  return answer;
}

// The checkpoint, when it is shown to continue the one remembered.
crypto::Checkpoint continued(const ContextStore& store, const Context& context,
                             const ShownCheckpoint& shown) {
  crypto::Checkpoint checkpoint = verified_checkpoint(context, shown.note);
  if (const auto before = store.checkpoint(context.name)) {
    compare(verified_checkpoint(context, *before), checkpoint, shown.consistency_proof);
  }
  return checkpoint;
}

// Asks for the newest checkpoint, and that it continues the one remembered. It is not yet
// remembered itself.
struct Asked {
  crypto::Checkpoint checkpoint;
  std::string note;
};

Asked ask_for_checkpoint(const SignedIn& user, const ContextStore& store) {
  const auto answer = newest_checkpoint(user, remembered_size(store, user.context()));
  return {continued(store, user.context(),
                    {answer.checkpoint_note(), hashes_of(answer.consistency_proof())}),
          answer.checkpoint_note()};
}

// A full or closed folder stops nobody's work, but the next look at the log has less to compare.
void remember_or_warn(const Context& context, const std::string& note, const Session& session) {
  try {
    session.store.remember_checkpoint(context.name, note);
  } catch (const std::exception&) {
    write_warning(tr("The newest checkpoint of the log could not be kept on this computer, so "
                     "changes in the log's history are not noticed. See `sspf help contexts`."),
                  session.output, session.terminal);
  }
}

}  // namespace

std::vector<crypto::Digest> hashes_of(
    const google::protobuf::RepeatedPtrField<std::string>& field) {
  std::vector<crypto::Digest> hashes;
  for (const std::string& bytes : field) {
    crypto::Digest hash{};
    if (bytes.size() != hash.size()) {
      throw transport_failure(tr("The server's answer cannot be understood."));
    }
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    hashes.push_back(hash);
  }
  return hashes;
}

crypto::Checkpoint verified_checkpoint(const Context& context, const std::string& note) {
  const auto log = crypto::NoteVerifier::parse(context.log_verifier_key);
  if (!log) throw local_failure(fill(tr("The context {0} is damaged."), {context.name}));
  return verified(note, *log);
}

crypto::Checkpoint accept_checkpoint(const ContextStore& store, const Context& context,
                                     const ShownCheckpoint& shown) {
  crypto::Checkpoint checkpoint = continued(store, context, shown);
  store.remember_checkpoint(context.name, shown.note);
  return checkpoint;
}

NewEpoch ask_for_new_epoch(const SignedIn& user, const ContextStore& store,
                           const crypto::NoteVerifier& log, bool were_events_lost) {
  const auto before = remembered(store, user.context());
  const auto answer = newest_checkpoint(user, before ? before->size : 0);
  const auto shown = crypto::verified_checkpoint(answer.checkpoint_note(), log);
  if (!shown) {
    throw verification_failure(
        tr("The server's log is not signed with that key. Compare the key with security staff."));
  }
  if (before && continues(*before, *shown, hashes_of(answer.consistency_proof()))) {
    return {answer.checkpoint_note(), before->size};
  }
  if (were_events_lost) return {answer.checkpoint_note(), 0};
  if (!before) {
    throw verification_failure(
        tr("The checkpoint remembered of the log before is damaged, so nothing can be proved. Tell "
           "security staff, and go on with --lost only if they say so."));
  }
  throw verification_failure(
      fill(tr("The new log does not hold the {0} events that the server has shown before. Either "
              "events were lost in the restore, or it is not the same log. Ask security staff "
              "whether events were lost, and go on with --lost only if they say so."),
           {std::to_string(before->size)}));
}

void watch_log(const SignedIn& user, const Session& session) {
  const ContextStore& store = session.store;
  if (store.has_checked_log_within(user.context().name, std::chrono::hours(1))) return;
  std::string note;
  try {
    note = ask_for_checkpoint(user, store).note;
  } catch (const Failure& failure) {
    if (failure.problem().exit == Exit::verification_failed) throw;
    if (remembered_size(store, user.context()) == 0) return;
    write_warning(tr("The server has not proved that its log is whole. If this goes on, "
                     "tell security staff."),
                  session.output, session.terminal);
    return;
  }
  remember_or_warn(user.context(), note, session);
}

void show_checkpoint(const Session& session) {
  const SignedIn user(session);
  const auto [checkpoint, note] = ask_for_checkpoint(user, session.store);
  session.store.remember_checkpoint(user.context().name, note);
  write_facts({{"origin", msg("Log"), checkpoint.origin},
               {"size", msg("Events"), std::to_string(checkpoint.size)},
               {"root", msg("Root hash"), crypto::base64(checkpoint.root)},
               {"checkpointNote", msg("Signed checkpoint"), note}},
              session.output, session.terminal);
  if (session.output == Output::table) {
    session.terminal.err() << tr("The signature holds. The checkpoint is remembered.") << '\n';
  }
}

}  // namespace sspf::cli
