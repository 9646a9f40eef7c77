// SPDX-License-Identifier: Apache-2.0
#include "crypto/receipt.h"

#include <algorithm>
#include <charconv>

#include "crypto/audit_export.h"
#include "crypto/encoding.h"

namespace sspf::crypto {
namespace {

constexpr std::size_t proof_lines_max = 63;
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

// The next line without its end, taken off the text; nothing when no line ends.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::string_view> take_line_after(std::string_view& text, std::string_view word) {
  const auto line = take_line(text);
  if (!line || !line->starts_with(word)) return std::nullopt;
  return line->substr(word.size());
}

std::optional<std::uint64_t> decimal(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (!is_whole || std::to_string(number) != text) return std::nullopt;
  return number;
}

std::optional<Digest> hash_of(std::string_view line) {
  const auto bytes = from_base64(line);
  Digest hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

}  // namespace

std::string marshal_receipt(const Receipt& receipt) {
  std::string text(receipt_first_line);
  text += std::string(extra_word) + base64(receipt.event) + "\n";
  text += std::string(index_word) + std::to_string(receipt.index) + "\n";
  for (const Digest& hash : receipt.proof) text += base64(hash) + "\n";
  return text + "\n" + receipt.checkpoint_note;
}

std::optional<Receipt> parse_receipt(std::string_view text) {
  if (text.size() > receipt_bytes_max || !text.starts_with(receipt_first_line)) return {};
  text.remove_prefix(receipt_first_line.size());
  const auto extra = take_line_after(text, extra_word);
  const auto event = extra ? from_base64(*extra) : std::nullopt;
  if (!event || event->empty() || event->size() > export_entry_bytes_max) return {};
  const auto index_text = take_line_after(text, index_word);
  const auto index = index_text ? decimal(*index_text) : std::nullopt;
  if (!index) return {};
  Receipt receipt{.event = *event, .index = *index, .proof = {}, .checkpoint_note = {}};
  for (auto line = take_line(text); line != ""; line = take_line(text)) {
    const auto hash = line ? hash_of(*line) : std::nullopt;
    if (!hash || receipt.proof.size() == proof_lines_max) return {};
    receipt.proof.push_back(*hash);
  }
  receipt.checkpoint_note = text;
  return receipt;
}

}  // namespace sspf::crypto
