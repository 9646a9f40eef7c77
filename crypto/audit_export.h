// SPDX-License-Identifier: Apache-2.0
//
// The offline export of an audit log, "sspf-audit-export/v1": proto/sspf/v1/checkpoint.md.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "crypto/bytes.h"

namespace sspf::crypto {

inline constexpr std::size_t export_entry_bytes_max = 65535;

// The file's beginning, with the signed checkpoint that covers the events after it. Throws
// std::invalid_argument on a note that is empty or too long.
std::string export_header(const std::string& note);

// Throws std::invalid_argument on an event that is empty or too long.
void append_export_entry(std::string& out, ByteView event);

// What comes next when the events of a log are read in order.
enum class NextEntry { entry, end, malformed };

// Reads such a file in order, one event in memory at a time. The stream must be binary and outlive
// the reader. Whatever the format does not allow is malformed, and stays so.
class AuditExportReader {
 public:
  explicit AuditExportReader(std::istream& stream);

  // The signed checkpoint, as bytes; nothing when the file does not begin as it must.
  std::optional<std::string> note() const { return note_; }

  NextEntry next(Bytes& entry);

 private:
  std::optional<std::uint32_t> read_length();

  std::istream& stream_;
  std::optional<std::string> note_;
  bool is_malformed_ = false;
};

}  // namespace sspf::crypto
