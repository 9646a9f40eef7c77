// SPDX-License-Identifier: Apache-2.0
//
// The body of an add-checkpoint request (c2sp.org/tlog-witness).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/note.h"

namespace sspf::witness {

// The longest note, and before it the longest proof.
inline constexpr std::size_t request_bytes_max = std::size_t{20} * 1024;
inline constexpr std::size_t proof_lines_max = 63;

struct AddCheckpoint {
  std::uint64_t old_size = 0;
  std::vector<crypto::Digest> proof;
  crypto::Note note;
  crypto::Checkpoint checkpoint;  // the first three lines of the note's text
};

// The first three lines. Unlike our own logs, another's may have more, none of them empty.
std::optional<crypto::Checkpoint> checkpoint_in(std::string_view note_text);

// Nothing for what the format does not allow.
std::optional<AddCheckpoint> parse_add_checkpoint(std::string_view body);

}  // namespace sspf::witness
