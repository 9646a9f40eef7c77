// SPDX-License-Identifier: Apache-2.0
//
// Holds the tiles of an exported folder against those that its events make.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "crypto/audit_tiles.h"
#include "crypto/audit_verify.h"

namespace sspf::crypto {

class TileComparison {
 public:
  explicit TileComparison(std::filesystem::path folder)
      : folder_(std::move(folder)), builder_([this](const Tile& tile) { compare(tile); }) {}
  TileComparison(const TileComparison&) = delete;
  TileComparison& operator=(const TileComparison&) = delete;

  void add(ByteView event) { builder_.add(event); }

  // After the last event: the first event of a tile that differs or is missing; or, without an
  // event, that something lies beside the tiles. Throws std::filesystem::filesystem_error.
  std::optional<VerifyFinding> finding();

 private:
  void compare(const Tile& tile);

  std::filesystem::path folder_;
  TileBuilder builder_;
  std::set<std::string> paths_;
  std::optional<std::uint64_t> first_bad_event_;
};

}  // namespace sspf::crypto
