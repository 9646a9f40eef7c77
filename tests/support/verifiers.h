// SPDX-License-Identifier: Apache-2.0
//
// Both verifiers of the log: `sspf audit verify`, and the one that was written from the description
// of the format alone (tests/oracle).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sspf::test {

struct Judgement {
  int exit_code = -1;           // 0 ok, 1 tampered, 2 cannot tell
  std::string first_bad_event;  // its number; empty when none is named
  bool operator==(const Judgement&) const = default;
};
void PrintTo(const Judgement& judgement, std::ostream* out);

// Of an export, with the log's verifier key and the checkpoints that somebody kept; files are put
// into `folder`. Throws std::runtime_error when the two do not agree.
Judgement judged_by_both(const std::filesystem::path& folder, const std::string& exported,
                         const std::string& verifier_key,
                         const std::vector<std::string>& kept_notes);

// Likewise of a file or folder that is there.
Judgement judged_by_both(const std::filesystem::path& exported,
                         const std::vector<std::string>& against);

}  // namespace sspf::test
