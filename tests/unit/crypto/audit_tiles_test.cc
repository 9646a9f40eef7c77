// SPDX-License-Identifier: Apache-2.0
//
// The folder that c2sp.org/tlog-tiles describes, and what a verifier says of one that was changed.
#include "crypto/audit_tiles.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <stdexcept>

#include "tests/support/temporary_folder.h"
#include "tests/unit/crypto/log_fixture.h"

namespace sspf::crypto {
namespace {

namespace fs = std::filesystem;
using test::check_number;
using test::log_verifier;
using test::note_of;
using test::numbered_events;

void put(const fs::path& path, std::string_view content) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, Tile> tiles_of(const std::vector<std::string>& events) {
  std::map<std::string, Tile> tiles;
  TileBuilder builder([&tiles](const Tile& tile) {
    EXPECT_TRUE(tiles.emplace(tile.path, tile).second) << tile.path;
  });
  for (const std::string& event : events) builder.add(view_of(event));
  builder.finish();
  return tiles;
}

class AuditTiles : public testing::Test {
 protected:
  fs::path folder_of(const std::vector<std::string>& events) {
    const fs::path folder = folder_.path() / std::to_string(++count_);
    fs::create_directories(folder);
    put(folder / "checkpoint", note_of(events, events.size()));
    for (const auto& [path, tile] : tiles_of(events)) put(folder / path, text_of(tile.content));
    return folder;
  }
  VerifyReport judge(const fs::path& folder) {
    return verify_audit_tiles(folder, {.log = log_verifier(), .earlier_notes = {}}, check_number);
  }
  void expect_tampered(const fs::path& folder, std::optional<std::uint64_t> event) {
    const VerifyReport report = judge(folder);
    EXPECT_EQ(report.outcome, VerifyOutcome::tampered);
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(report.findings.front().event, event) << report.findings.front().text;
  }

 private:
  sspf::test::TemporaryFolder folder_;
  int count_ = 0;
};

TEST_F(AuditTiles, NamesAreInGroupsOfThreeDigits) {
  EXPECT_EQ(tile_name(0, 256), "000");
  EXPECT_EQ(tile_name(999, 256), "999");
  EXPECT_EQ(tile_name(1000, 256), "x001/000");
  EXPECT_EQ(tile_name(1234067, 256), "x001/x234/067");
  EXPECT_EQ(tile_name(273, 112), "273.p/112");
}

// The example of the specification: 273 full tiles of level 0 and one of 112, one full and one of
// 17 of level 1, and one of 1 of level 2.
TEST_F(AuditTiles, SeventyThousandEventsMakeTheTilesOfTheSpecification) {
  const auto tiles = tiles_of(numbered_events(70'000));
  EXPECT_TRUE(tiles.contains("tile/0/272"));
  EXPECT_TRUE(tiles.contains("tile/0/273.p/112"));
  EXPECT_TRUE(tiles.contains("tile/1/000"));
  EXPECT_TRUE(tiles.contains("tile/1/001.p/17"));
  EXPECT_TRUE(tiles.contains("tile/2/000.p/1"));
  EXPECT_TRUE(tiles.contains("tile/entries/273.p/112"));
  EXPECT_EQ(tiles.size(), 274U + 2U + 1U + 274U);
  EXPECT_EQ(tiles.at("tile/0/000").content.size(), 8192U);
}

TEST_F(AuditTiles, TwoHundredAndFiftySixFillATileAndBeginTheNextLevel) {
  const auto tiles = tiles_of(numbered_events(256));
  EXPECT_EQ(tiles.size(), 3U);
  EXPECT_TRUE(tiles.contains("tile/0/000"));
  EXPECT_TRUE(tiles.contains("tile/1/000.p/1"));
  EXPECT_TRUE(tiles.contains("tile/entries/000"));
}

TEST_F(AuditTiles, AWholeFolderIsOkAtEverySize) {
  for (const std::size_t size : {1U, 2U, 255U, 256U, 257U, 512U, 513U, 65'537U}) {
    const VerifyReport report = judge(folder_of(numbered_events(size)));
    EXPECT_EQ(report.outcome, VerifyOutcome::ok) << size;
    EXPECT_EQ(report.event_count, size);
  }
}

TEST_F(AuditTiles, AChangedEventIsNoticed) {
  const auto folder = folder_of(numbered_events(300));
  const fs::path bundle = folder / "tile/entries/000";
  std::string bytes = content(bundle);
  bytes.replace(bytes.find("event 17"), 8, "Event 17");
  put(bundle, bytes);
  expect_tampered(folder, 0);  // the root alone tells: no checkpoint agreed before
  put(folder / "checkpoints/10", note_of(numbered_events(300), 10));
  expect_tampered(folder, 10);
}

TEST_F(AuditTiles, ABundleThatEndsEarlyOrLateIsNamedWhereItDoes) {
  for (const bool longer : {false, true}) {
    const auto folder = folder_of(numbered_events(300));
    const fs::path bundle = folder / "tile/entries/000";
    const std::string bytes = content(bundle);
    put(bundle, longer ? bytes + std::string("\0\1x", 3) : bytes.substr(0, bytes.size() - 1));
    expect_tampered(folder, longer ? 256 : 255);
  }
  const auto folder = folder_of(numbered_events(300));
  fs::remove(folder / "tile/entries/001.p/44");
  expect_tampered(folder, 256);
  put(folder / "tile/entries/001.p/44", std::string("\0\0", 2));  // an event of nothing
  expect_tampered(folder, 256);
}

TEST_F(AuditTiles, ATileThatIsNotOfTheseEventsIsNamedByItsFirst) {
  const auto events = numbered_events(600);
  for (const auto& [path, first] : std::map<std::string, std::uint64_t>{
           {"tile/0/001", 256}, {"tile/0/002.p/88", 512}, {"tile/1/000.p/2", 0}}) {
    const auto changed = folder_of(events);
    std::string bytes = content(changed / path);
    bytes[40] = static_cast<char>(bytes[40] ^ 1);
    put(changed / path, bytes);
    expect_tampered(changed, first);
    put(changed / path, bytes.substr(0, 32));
    expect_tampered(changed, first);
    fs::remove(changed / path);
    expect_tampered(changed, first);
  }
}

TEST_F(AuditTiles, AFileBesideTheTilesIsNoticed) {
  const auto folder = folder_of(numbered_events(300));
  put(folder / "tile/0/001", std::string(8192, 'x'));  // a full tile of events not signed for
  expect_tampered(folder, std::nullopt);
}

TEST_F(AuditTiles, WithoutACheckpointNothingIsTold) {
  const auto folder = folder_of(numbered_events(3));
  fs::remove(folder / "checkpoint");
  EXPECT_EQ(judge(folder).outcome, VerifyOutcome::cannot_tell);
  put(folder / "checkpoint", note_of(numbered_events(3), 3));
  put(folder / "checkpoints/2", "no note");
  EXPECT_EQ(judge(folder).outcome, VerifyOutcome::cannot_tell);
}

TEST_F(AuditTiles, AnEventThatDoesNotFitIsRefused) {
  TileBuilder builder([](const Tile&) {});
  EXPECT_THROW(builder.add({}), std::invalid_argument);
  EXPECT_THROW(builder.add(view_of(std::string(65536, 'x'))), std::invalid_argument);
  EXPECT_NO_THROW(builder.add(view_of(std::string(65535, 'x'))));
}

}  // namespace
}  // namespace sspf::crypto
