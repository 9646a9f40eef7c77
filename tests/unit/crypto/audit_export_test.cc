// SPDX-License-Identifier: Apache-2.0
#include "crypto/audit_export.h"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "tests/unit/crypto/vectors.h"

namespace sspf::crypto {
namespace {

using Next = NextEntry;

struct Reading {
  std::optional<std::string> note;
  std::vector<Bytes> entries;
  Next last;
};

Reading read_all(const std::string& file) {
  std::istringstream stream(file);
  AuditExportReader reader(stream);
  Reading reading{.note = reader.note(), .entries = {}, .last = Next::end};
  Bytes entry;
  while ((reading.last = reader.next(entry)) == Next::entry) reading.entries.push_back(entry);
  EXPECT_EQ(reader.next(entry), reading.last);  // and stays so
  return reading;
}

std::string file_with(const std::vector<Bytes>& entries) {
  std::string file = export_header("the note\n");
  for (const Bytes& entry : entries) append_export_entry(file, entry);
  return file;
}

TEST(AuditExport, IsTheDocumentedBytes) {
  EXPECT_EQ(file_with({Bytes{0xaa, 0xbb}, Bytes{0xcc}}),
            std::string(
                "sspf-audit-export/v1\n\0\0\0\x09the note\n\0\0\0\x02\xaa\xbb\0\0\0\x01\xcc", 45));
}

TEST(AuditExport, ComesBackAsWritten) {
  const std::vector<Bytes> entries = {pattern(1), pattern(200), pattern(65535), pattern(3)};
  const Reading reading = read_all(file_with(entries));
  EXPECT_EQ(reading.note, "the note\n");
  EXPECT_EQ(reading.entries, entries);
  EXPECT_EQ(reading.last, Next::end);
}

TEST(AuditExport, WithoutEventsIsWhole) {
  const Reading reading = read_all(file_with({}));
  EXPECT_TRUE(reading.note);
  EXPECT_TRUE(reading.entries.empty());
  EXPECT_EQ(reading.last, Next::end);
}

TEST(AuditExport, CutOffAnywhereButBetweenEventsIsMalformed) {
  const std::string empty = file_with({});
  const std::string one = file_with({pattern(5)});
  const std::string file = file_with({pattern(5), pattern(7)});
  for (std::size_t size = 0; size < file.size(); ++size) {
    const Reading reading = read_all(file.substr(0, size));
    EXPECT_EQ(reading.note.has_value(), size >= empty.size());
    const bool is_between = size == empty.size() || size == one.size();
    EXPECT_EQ(reading.last, is_between ? Next::end : Next::malformed) << size;
  }
}

TEST(AuditExport, LengthsOutsideTheirRangeAreMalformed) {
  const std::string header = export_header("n");
  const std::string line = "sspf-audit-export/v1\n";
  for (const std::string& length : {std::string("\0\0\0\0", 4), std::string("\0\x01\0\0", 4),
                                    std::string("\xff\xff\xff\xff", 4)}) {
    EXPECT_EQ(read_all(header + length + std::string(70000, 'x')).last, Next::malformed);
    EXPECT_FALSE(read_all(line + length + std::string(70000, 'x')).note);
  }
  const std::string too_long_note("\0\0\x40\x01", 4);
  EXPECT_FALSE(read_all(line + too_long_note + std::string(0x4001, 'x')).note);
}

TEST(AuditExport, AnotherFirstLineIsMalformed) {
  const std::string file = file_with({});
  for (std::size_t i = 0; i < 21; ++i) {
    std::string other = file;
    other[i] = static_cast<char>(other[i] ^ 1);
    EXPECT_FALSE(read_all(other).note);
    EXPECT_EQ(read_all(other).last, Next::malformed);
  }
}

TEST(AuditExport, OnlyWhatReadsBackIsWritten) {
  std::string out;
  EXPECT_THROW(append_export_entry(out, {}), std::invalid_argument);
  EXPECT_THROW(append_export_entry(out, Bytes(65536)), std::invalid_argument);
  EXPECT_TRUE(out.empty());
  EXPECT_THROW(export_header(""), std::invalid_argument);
  EXPECT_THROW(export_header(std::string(16385, 'x')), std::invalid_argument);
  EXPECT_TRUE(read_all(export_header(std::string(16384, 'x'))).note);
}

}  // namespace
}  // namespace sspf::crypto
