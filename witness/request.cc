// SPDX-License-Identifier: Apache-2.0
#include "witness/request.h"

#include <algorithm>

#include "crypto/encoding.h"

namespace sspf::witness {
namespace {

constexpr std::string_view old_start = "old ";

// The line before the next newline, and `text` goes on after it.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<crypto::Digest> hash_in(std::string_view line) {
  const auto bytes = crypto::from_base64(line);
  crypto::Digest hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

}  // namespace

std::optional<crypto::Checkpoint> checkpoint_in(std::string_view note_text) {
  std::size_t end = 0;
  for (int line = 0; line < 3; ++line) {
    end = note_text.find('\n', end);
    if (end == std::string_view::npos) return std::nullopt;
    ++end;
  }
  std::string_view extensions = note_text.substr(end);
  while (!extensions.empty()) {
    const auto line = take_line(extensions);
    if (!line || line->empty()) return std::nullopt;
  }
  return crypto::parse_checkpoint(note_text.substr(0, end));
}

std::optional<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  AddCheckpoint request;
  const auto old_line = take_line(body);
  if (!old_line || !old_line->starts_with(old_start)) return std::nullopt;
  const auto old_size = crypto::parse_tree_size(old_line->substr(old_start.size()));
  if (!old_size) return std::nullopt;
  request.old_size = *old_size;
  for (auto line = take_line(body);; line = take_line(body)) {
    if (!line) return std::nullopt;
    if (line->empty()) break;
    const auto hash = hash_in(*line);
    if (!hash || request.proof.size() == proof_lines_max) return std::nullopt;
    request.proof.push_back(*hash);
  }
  auto note = crypto::parse_note(body);
  if (!note) return std::nullopt;
  const auto checkpoint = checkpoint_in(note->text);
  if (!checkpoint) return std::nullopt;
  request.note = *std::move(note);
  request.checkpoint = *checkpoint;
  return request;
}

}  // namespace sspf::witness
