// SPDX-License-Identifier: Apache-2.0
#include "client/cli/audit.h"
#include "client/cli/audit_report.h"
#include "client/cli/failure.h"
#include "client/cli/new_file.h"
#include "client/cli/render.h"
#include "client/cli/request.h"
#include "crypto/receipt.h"
#include "sspf/v1/audit.pb.h"

namespace sspf::cli {
crypto::Receipt receipt_of(std::uint64_t sequence, const v1::GetInclusionProofResponse& answer) {
  const crypto::ByteView event = crypto::view_of(answer.event());
  crypto::Receipt receipt{.event = {event.begin(), event.end()},
                          .index = sequence,
                          .proof = hashes_of(answer.inclusion_proof()),
                          .checkpoint_note = answer.checkpoint_note()};
  return receipt;
}

void fetch_receipt(const Session& session) {
  const std::string path = session.value("file");
  if (path.empty()) throw usage_failure(fill(tr("{0} is missing."), {tr(value::file)}));
  const auto built = build_request(session.typed, session.terminal);
  v1::GetInclusionProofRequest request;
  request.CopyFrom(*built);
  const SignedIn user(session);
  v1::GetInclusionProofResponse answer;
  answer.CopyFrom(*user.call(request));
  NewFile file(path);
  file.write_all(crypto::marshal_receipt(receipt_of(request.sequence(), answer)));
  file.keep();
  const auto log = crypto::NoteVerifier::parse(user.context().log_verifier_key);
  if (!log) throw local_failure(fill(tr("The context {0} is damaged."), {user.context().name}));
  report_verification(session, judged(path, {.log = *log, .earlier_notes = {}}, session.terminal));
}

}  // namespace sspf::cli
