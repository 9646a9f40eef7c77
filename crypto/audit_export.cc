// SPDX-License-Identifier: Apache-2.0
#include "crypto/audit_export.h"

#include <array>
#include <istream>
#include <stdexcept>

#include "crypto/note.h"

namespace sspf::crypto {
namespace {

constexpr std::string_view first_line = "sspf-audit-export/v1\n";
constexpr std::size_t length_bytes = 4;

void append_with_length(std::string& out, std::string_view bytes) {
  const auto length = static_cast<std::uint32_t>(bytes.size());
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(length >> shift)));
  }
  out.append(bytes);
}

bool read_exactly(std::istream& stream, std::span<char> bytes) {
  const auto size = static_cast<std::streamsize>(bytes.size());
  return static_cast<bool>(stream.read(bytes.data(), size));
}

}  // namespace

std::string export_header(const std::string& note) {
  if (note.empty() || note.size() > note_bytes_max) {
    throw std::invalid_argument("an exported note is 1 to 16384 bytes");
  }
  std::string header(first_line);
  append_with_length(header, note);
  return header;
}

void append_export_entry(std::string& out, ByteView event) {
  if (event.empty() || event.size() > export_entry_bytes_max) {
    throw std::invalid_argument("an exported event is 1 to 65535 bytes");
  }
  append_with_length(out, text_of(event));
}

AuditExportReader::AuditExportReader(std::istream& stream) : stream_(stream) {
  is_malformed_ = true;
  std::array<char, first_line.size()> line{};
  if (!read_exactly(stream_, line)) return;
  if (std::string_view(line.data(), line.size()) != first_line) return;
  const std::optional<std::uint32_t> length = read_length();
  if (!length || *length == 0 || *length > note_bytes_max) return;
  std::string note(*length, '\0');
  if (!read_exactly(stream_, note)) return;
  note_ = std::move(note);
  is_malformed_ = false;
}

NextEntry AuditExportReader::next(Bytes& entry) {
  entry.clear();
  if (is_malformed_) return NextEntry::malformed;
  // Only here may the file end.
  const bool is_at_end = stream_.peek() == std::istream::traits_type::eof();
  if (is_at_end && !stream_.bad()) return NextEntry::end;
  is_malformed_ = true;
  const std::optional<std::uint32_t> length = read_length();
  if (!length || *length == 0 || *length > export_entry_bytes_max) return NextEntry::malformed;
  entry.resize(*length);
  if (!read_exactly(stream_, {reinterpret_cast<char*>(entry.data()), entry.size()})) {
    entry.clear();
    return NextEntry::malformed;
  }
  is_malformed_ = false;
  return NextEntry::entry;
}

std::optional<std::uint32_t> AuditExportReader::read_length() {
  std::array<char, length_bytes> bytes{};
  if (!read_exactly(stream_, bytes)) return std::nullopt;
  std::uint32_t length = 0;
  for (const char byte : bytes) length = (length << 8U) | static_cast<std::uint8_t>(byte);
  return length;
}

}  // namespace sspf::crypto
