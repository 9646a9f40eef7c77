// SPDX-License-Identifier: Apache-2.0
#include "witness/witness.h"

#include "crypto/merkle.h"
#include "server/base/log.h"
#include "witness/request.h"

namespace sspf::witness {
namespace {

HttpResponse answer(int status, std::string_view text) {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::string(text) + "\n";
  return response;
}

HttpResponse conflict(const WatchedLog& log) {
  HttpResponse response = answer(409, std::to_string(log.latest.size));
  response.content_type = "text/x.tlog.size";
  return response;
}

void tell(std::string_view event, const WatchedLog& log, const crypto::Checkpoint& shown) {
  log_error(event, {{"origin", log.key.name},
                    {"cosigned", std::to_string(log.latest.size)},
                    {"shown", std::to_string(shown.size)}});
}

HttpResponse cosign(State& state, WatchedLog& log, AddCheckpoint request, Instant now) {
  const auto seconds = static_cast<std::uint64_t>(now.microseconds / 1'000'000);
  const crypto::NoteSignature line = crypto::cosign(request.note.text, state.cosigner(), seconds);
  // The log's own lines and ours; what else was there is nothing to us.
  std::erase_if(request.note.signatures, [&](const crypto::NoteSignature& other) {
    return other.name != log.key.name || other.key_id != log.key.key_id();
  });
  request.note.signatures.push_back(line);
  state.advance(log, request.checkpoint, request.note);
  HttpResponse response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = crypto::marshal_signature(line);
  return response;
}

}  // namespace

HttpResponse add_checkpoint(State& state, const Clock& clock, const std::string& body) {
  auto request = parse_add_checkpoint(body);
  if (!request) return answer(400, "not an add-checkpoint request");
  WatchedLog* const log = state.find(request->checkpoint.origin);
  if (log == nullptr) return answer(404, "not a log that this witness watches");
  if (!crypto::verify_note(request->note, log->key)) return answer(403, "not signed by the log");
  if (request->old_size > request->checkpoint.size) {
    return answer(400, "the old size is larger than that of the checkpoint");
  }
  if (request->old_size != log->latest.size) return conflict(*log);
  if (request->checkpoint.size == log->latest.size &&
      request->checkpoint.root != log->latest.root) {
    // Two roots of one size, both signed by the log: whoever signed them has to explain that.
    tell("log_disputed", *log, request->checkpoint);
    state.keep_dispute(*log, body);
    return conflict(*log);
  }
  if (!crypto::merkle::verify_consistency(log->latest.size, log->latest.root,
                                          request->checkpoint.size, request->checkpoint.root,
                                          request->proof)) {
    // Anybody can send a wrong proof with a right checkpoint: this alone proves nothing.
    tell("proof_failed", *log, request->checkpoint);
    return answer(422, "the proof of consistency does not hold");
  }
  return cosign(state, *log, *std::move(request), clock());
}

}  // namespace sspf::witness
