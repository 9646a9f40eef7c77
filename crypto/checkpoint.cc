// SPDX-License-Identifier: Apache-2.0
//
// The checkpoint of note.h: the text of a note, without its signatures.
#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "crypto/encoding.h"
#include "crypto/note.h"
#include "crypto/text.h"

namespace sspf::crypto {
namespace {

bool is_origin(std::string_view line) {
  return !line.empty() && is_note_text(line) && line.find('\n') == std::string_view::npos;
}

// The line before the next newline, and `text` goes on after it.
std::optional<std::string_view> next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::optional<std::uint64_t> parse_tree_size(std::string_view digits) {
  if (digits.empty() || (digits.front() == '0' && digits != "0")) return std::nullopt;
  std::uint64_t size = 0;
  const std::from_chars_result result =
      std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (result.ec != std::errc() || result.ptr != digits.data() + digits.size()) return std::nullopt;
  return size;
}

std::string marshal_checkpoint(const Checkpoint& checkpoint) {
  if (!is_origin(checkpoint.origin)) {
    throw std::invalid_argument("a checkpoint's origin is one line of UTF-8");
  }
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base64(checkpoint.root) + "\n";
}

std::optional<Checkpoint> parse_checkpoint(std::string_view note_text) {
  const std::optional<std::string_view> origin = next_line(note_text);
  const std::optional<std::string_view> size_line = next_line(note_text);
  const std::optional<std::string_view> root_line = next_line(note_text);
  // Nothing follows: an extension line would be signed, yet no verifier could check what it says.
  if (!origin || !size_line || !root_line || !note_text.empty()) return std::nullopt;
  const std::optional<std::uint64_t> size = parse_tree_size(*size_line);
  const std::optional<Bytes> root = from_base64(*root_line);
  Checkpoint checkpoint;
  if (!is_origin(*origin) || !size || !root || root->size() != checkpoint.root.size()) {
    return std::nullopt;
  }
  checkpoint.origin = *origin;
  checkpoint.size = *size;
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  return checkpoint;
}

std::optional<Checkpoint> checkpoint_in(std::string_view note) {
  const std::optional<Note> parsed = parse_note(note);
  return parsed ? parse_checkpoint(parsed->text) : std::nullopt;
}

std::optional<Checkpoint> verified_checkpoint(std::string_view note, const NoteVerifier& log) {
  const std::optional<Note> parsed = parse_note(note);
  if (!parsed || !verify_note(*parsed, log)) return std::nullopt;
  auto checkpoint = parse_checkpoint(parsed->text);
  if (!checkpoint || checkpoint->origin != log.name) return std::nullopt;
  return checkpoint;
}

}  // namespace sspf::crypto
