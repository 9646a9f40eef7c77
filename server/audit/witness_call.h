// SPDX-License-Identifier: Apache-2.0
//
// Asking witnesses to cosign a checkpoint (c2sp.org/tlog-witness), and what their answers mean for
// a log that must never be two. How a request travels is not known here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/cosignature.h"
#include "server/base/http.h"

namespace sspf::audit {

// Sends the body of an add-checkpoint request. Nothing when no whole answer came in time. Called on
// a thread of its own.
using SendToWitness = std::function<std::optional<HttpResponse>(const std::string& body)>;

struct Witness {
  crypto::CosignatureVerifier key;
  SendToWitness send;
  std::uint64_t size = 0;  // of the last checkpoint that it cosigned, as far as is known here
};

enum class Heard {
  nothing,    // no answer
  cosigned,   // a cosignature that verifies
  refused,    // an answer without one, which says nothing against our log
  elsewhere,  // it stands at another size, from where it has to be asked
  disagrees,  // it has seen a log that ours is not the continuation of
};

struct Said {
  Heard heard = Heard::nothing;
  std::string what;                           // for the operator
  std::optional<crypto::NoteSignature> line;  // when cosigned
};

// A signed checkpoint, and that it contains the log up to witness.size.
struct Submission {
  const crypto::Note& note;
  std::vector<crypto::Digest> proof;
};

// One request. Sets witness.size to what the witness says or has now cosigned.
Said ask_witness(Witness& witness, const Submission& submission);

// A checkpoint, and a consistency proof to its size from each that was asked for; an empty one from
// a larger size.
struct Material {
  std::string note;
  std::vector<std::vector<crypto::Digest>> proofs;
};

// Reads the log: the newest checkpoint and proofs to it, or proofs to the checkpoint that is named.
using Collect = std::function<Material(const std::vector<std::uint64_t>& from,
                                       const std::optional<crypto::Checkpoint>& to)>;

struct Round {
  crypto::Note note;       // the checkpoint with the lines of all who have cosigned it
  std::vector<Said> said;  // one for each witness

  std::size_t cosigned() const;
  const Said* disagreement() const;  // the first; null when nobody disagrees
};

// Asks all at the same time, and again from where they stand. Throws Fault when the newest
// checkpoint does not parse, and what `collect` throws.
Round ask_witnesses(std::vector<Witness>& witnesses, const Collect& collect);

}  // namespace sspf::audit
