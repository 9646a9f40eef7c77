// SPDX-License-Identifier: Apache-2.0
//
// The log as a folder of tiles (c2sp.org/tlog-tiles): proto/sspf/v1/checkpoint.md, "The exported
// log as tiles".
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/audit_export.h"
#include "crypto/merkle.h"

namespace sspf::crypto {

inline constexpr std::uint64_t tile_width = 256;
inline constexpr std::uint32_t tile_levels = 8;  // 256^8 is more events than there can be

struct Tile {
  std::string path;               // within the folder: "tile/0/x001/234"
  std::uint64_t first_event = 0;  // of those that it covers
  Bytes content;
};

// Makes every file of a tree while its events pass: each when it is full, the rest with finish().
class TileBuilder {
 public:
  using Sink = std::function<void(const Tile& tile)>;
  explicit TileBuilder(Sink sink) : sink_(std::move(sink)) {}

  // Throws std::invalid_argument on an event that is empty or too long.
  void add(ByteView event);
  void finish();

 private:
  void add_hash(std::uint32_t level, const Digest& hash);
  void emit_hashes(std::uint32_t level);
  void emit_bundle();

  Sink sink_;
  std::uint64_t size_ = 0;
  Bytes bundle_;
  std::array<std::vector<Digest>, tile_levels> hashes_;    // of the tile that each level fills
  std::array<std::uint64_t, tile_levels> tile_indexes_{};  // its number
};

// "x001/x234/067"; with ".p/112" behind it for a tile of fewer than 256.
std::string tile_name(std::uint64_t index, std::uint64_t width);

// The whole file; nothing unless it is a regular file of at most so many bytes. Throws
// std::system_error when it cannot be read.
std::optional<std::string> content_of(const std::filesystem::path& path, std::size_t bytes_max);

// Reads the events of a folder with so many, a bundle in memory at a time.
class TileReader {
 public:
  TileReader(std::filesystem::path folder, std::uint64_t size)
      : folder_(std::move(folder)), size_(size) {}

  NextEntry next(Bytes& entry);

 private:
  bool open_bundle();

  std::filesystem::path folder_;
  std::uint64_t size_;
  std::uint64_t read_ = 0;
  std::string bundle_;
  std::size_t at_ = 0;
};

}  // namespace sspf::crypto
