// SPDX-License-Identifier: Apache-2.0
#include "crypto/audit_tiles.h"

#include <algorithm>
#include <stdexcept>

#include "crypto/key_file.h"

namespace sspf::crypto {
namespace {

constexpr std::size_t bundle_bytes_max = tile_width * (export_entry_bytes_max + 2);

std::string three_digits(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(3 - digits.size(), '0') + digits;
}

std::uint64_t events_each(std::uint32_t level) { return std::uint64_t{1} << (8U * level); }

}  // namespace

std::string tile_name(std::uint64_t index, std::uint64_t width) {
  std::string name = three_digits(index % 1000);
  for (std::uint64_t rest = index / 1000; rest > 0; rest /= 1000) {
    name.insert(0, "x" + three_digits(rest % 1000) + "/");
  }
  return width == tile_width ? name : name + ".p/" + std::to_string(width);
}

std::optional<std::string> content_of(const std::filesystem::path& path, std::size_t bytes_max) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  const auto size = std::filesystem::file_size(path, error);
  if (error || size > bytes_max) return std::nullopt;
  return read_file(path, bytes_max);
}

void TileBuilder::add(ByteView event) {
  if (event.empty() || event.size() > export_entry_bytes_max) {
    throw std::invalid_argument("an exported event is 1 to 65535 bytes");
  }
  bundle_.push_back(static_cast<std::uint8_t>(event.size() >> 8U));
  bundle_.push_back(static_cast<std::uint8_t>(event.size()));
  bundle_.insert(bundle_.end(), event.begin(), event.end());
  ++size_;
  if (size_ % tile_width == 0) emit_bundle();
  add_hash(0, merkle::leaf_hash(event));
}

void TileBuilder::finish() {
  if (size_ % tile_width != 0) emit_bundle();
  for (std::uint32_t level = 0; level < tile_levels; ++level) {
    if (!hashes_[level].empty()) emit_hashes(level);
  }
}

void TileBuilder::add_hash(std::uint32_t level, const Digest& hash) {
  hashes_.at(level).push_back(hash);
  if (hashes_[level].size() < tile_width) return;
  merkle::Frontier tile;
  for (const Digest& each : hashes_[level]) tile.append(each);
  emit_hashes(level);
  add_hash(level + 1, tile.root());
}

void TileBuilder::emit_hashes(std::uint32_t level) {
  std::vector<Digest>& hashes = hashes_[level];
  const std::uint64_t index = tile_indexes_[level]++;
  Tile tile{.path = "tile/" + std::to_string(level) + "/" + tile_name(index, hashes.size()),
            .first_event = index * tile_width * events_each(level),
            .content = {}};
  for (const Digest& hash : hashes) {
    tile.content.insert(tile.content.end(), hash.begin(), hash.end());
  }
  hashes.clear();
  sink_(tile);
}

void TileBuilder::emit_bundle() {
  const std::uint64_t index = (size_ - 1) / tile_width;
  const std::uint64_t width = size_ - index * tile_width;
  sink_({.path = "tile/entries/" + tile_name(index, width),
         .first_event = index * tile_width,
         .content = std::move(bundle_)});
  bundle_.clear();
}

NextEntry TileReader::next(Bytes& entry) {
  entry.clear();
  const bool is_bundle_over = at_ == bundle_.size() && read_ % tile_width == 0;
  if (read_ == size_) return at_ == bundle_.size() ? NextEntry::end : NextEntry::malformed;
  if (read_ == 0 || is_bundle_over) {
    if (!open_bundle()) return NextEntry::malformed;
  } else if (read_ % tile_width == 0) {
    return NextEntry::malformed;  // the bundle holds more than its width
  }
  const ByteView rest = view_of(bundle_).subspan(at_);
  if (rest.size() < 2) return NextEntry::malformed;
  const std::size_t length = std::size_t{rest[0]} << 8U | rest[1];
  if (length == 0 || rest.size() - 2 < length) return NextEntry::malformed;
  entry.assign(rest.begin() + 2, rest.begin() + 2 + static_cast<std::ptrdiff_t>(length));
  at_ += 2 + length;
  ++read_;
  return NextEntry::entry;
}

bool TileReader::open_bundle() {
  const std::uint64_t width = std::min(tile_width, size_ - read_);
  const auto path = folder_ / "tile/entries" / tile_name(read_ / tile_width, width);
  auto content = content_of(path, bundle_bytes_max);
  if (!content) return false;
  bundle_ = std::move(*content);
  at_ = 0;
  return true;
}

}  // namespace sspf::crypto
