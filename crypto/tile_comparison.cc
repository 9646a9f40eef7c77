// SPDX-License-Identifier: Apache-2.0
#include "crypto/tile_comparison.h"

#include <algorithm>

namespace sspf::crypto {

std::optional<VerifyFinding> TileComparison::finding() {
  builder_.finish();
  if (first_bad_event_) {
    return VerifyFinding{.event = first_bad_event_,
                         .text = "a tile of hashes is not the one that the events make"};
  }
  const auto place = folder_ / "tile";
  if (!std::filesystem::exists(place)) return std::nullopt;
  for (const auto& file : std::filesystem::recursive_directory_iterator(place)) {
    if (file.is_directory()) continue;
    if (paths_.contains(file.path().lexically_relative(folder_).generic_string())) continue;
    return VerifyFinding{.event = std::nullopt, .text = "a file lies there that is no tile"};
  }
  return std::nullopt;
}

void TileComparison::compare(const Tile& tile) {
  paths_.insert(tile.path);
  const auto found = content_of(folder_ / tile.path, tile.content.size());
  if (found && *found == text_of(tile.content)) return;
  first_bad_event_ = std::min(first_bad_event_.value_or(tile.first_event), tile.first_event);
}

}  // namespace sspf::crypto
